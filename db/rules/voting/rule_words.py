"""The rule by which a question with options was counted, in words, as the sentence of a result names it."""

from collections.abc import Callable

from db.rules.voting.question import Question
from db.terms import Completion, QuestionKind, RankRule


def counted_by(question: Question, raised: int, _: Callable[..., str]) -> list[str]:
    """按可转移单票（苏格兰计票法）计票; 按等额份额法入选，每份提高1200元. Nothing where there is no rule to choose.

    Questions that were asked before rules had a name say nothing: their sentences stay as they were. `raised` in yuan.
    """
    if not question.says_rule:
        return []
    if question.kind is QuestionKind.RANK:
        exact = question.rank_rule is RankRule.EXACT
        if question.seats == 1:
            return [_("按即时决选（精确分数）计票") if exact else _("按即时决选（苏格兰计票法）计票")]
        return [_("按可转移单票（精确分数）计票") if exact else _("按可转移单票（苏格兰计票法）计票")]
    if question.kind is not QuestionKind.BUDGET:
        return []
    if not question.shares:
        return [_("按得票从高到低入选")]
    return {
        Completion.NONE: [_("按等额份额法入选，余款不再分")],
        Completion.BY_VOTES: [_("按等额份额法入选，余款按得票补足")],
        Completion.RAISED: [_("按等额份额法入选，份额逐元提高（每份提高{raised}元）", raised=raised)],
        Completion.RAISED_BY_VOTES: [
            _("按等额份额法入选，份额逐元提高（每份提高{raised}元），余款按得票补足", raised=raised)
        ],
    }[question.completion]
