"""What an item asks, and what one ballot says, in the words of the hall; for console, phone, paper and screen."""

from decimal import Decimal

from components.voting.outcome import threshold_words
from components.wording import _, side_by_side
from components.wording.terms import term
from db.rules.voting.question import ABSTAIN, Question, numbers_of, scores_of
from db.terms import BudgetRule, Choice, Completion, QuestionKind, RankRule

Giving = tuple[BudgetRule, Completion]
"""How the money of a budget is given out."""
BY_VOTES: Giving = (BudgetRule.BY_VOTES, Completion.NONE)


def yuan(amount: int) -> str:
    """12,000 元, as everywhere."""
    return _("{amount} 元", amount=f"{amount:,}")


def question_words(question: Question) -> str:
    """多项选择：5 项中每人最多选 2 项，入选 2 项，须得有效票的过半数; of a second ballot who is in already."""
    said = _asked(question)
    if not question.elected:
        return said
    return _("同票再次表决，{said}；此前已入选：{names}", said=said, names=side_by_side(question.elected))


def _asked(question: Question) -> str:
    count = len(question.options)
    if question.kind is QuestionKind.CHOOSE:
        said = _("多项选择：{count} 项中每人最多选 {most} 项，入选 {seats} 项",
                 count=count, most=question.most, seats=question.seats)  # fmt: skip
        if question.threshold is None:
            return said
        return _("{said}，入选须得有效票的{share}", said=said, share=threshold_words(question.threshold))
    if question.kind is QuestionKind.SCORE:
        return _("打分：{count} 项各打 0–10 分，总分最高的 {seats} 项入选", count=count, seats=question.seats)
    if question.kind is QuestionKind.RANK:
        said = _("排序：{count} 项按喜好排先后，选出 {seats} 名", count=count, seats=question.seats)
        return _("{said}，{rule}", said=said, rule=term(question.rank_rule)) if question.says_rule else said
    if question.kind is QuestionKind.BUDGET:
        said = _("预算分配：总额 {budget}，{count} 个方案，{rule}",
                 budget=yuan(question.budget), count=count, rule=term(question.budget_rule))  # fmt: skip
        if not (question.shares and question.says_rule):
            return said
        return _("{said}，{rule}", said=said, rule=term(question.completion))
    return term(question.kind)


def method_hint(kind: QuestionKind) -> str:
    """One line for the secretary who chooses: what the method is good for."""
    return {
        QuestionKind.MOTION: _("一件事，做或不做。"),
        QuestionKind.CHOOSE: _("从几项里选出几项，例如从五个点位选两个先装。"),
        QuestionKind.SCORE: _("每一项都打分，适合比较满意程度。"),
        QuestionKind.RANK: _("按喜好排先后：选一名用即时决选，选多名用可转移单票。"),
        QuestionKind.BUDGET: _("一笔钱，几个方案，大家选要做哪些。"),
    }[kind]


def giving_words(giving: Giving) -> str:
    """How the money is given out, as one choice that fits a phone."""
    rule, completion = giving
    if rule is BudgetRule.BY_VOTES:
        return term(rule)
    return {
        Completion.NONE: _("等额份额法，余款不再分"),
        Completion.BY_VOTES: _("等额份额法，余款按得票补足"),
        Completion.RAISED: _("等额份额法，份额逐元提高"),
        Completion.RAISED_BY_VOTES: _("等额份额法，逐元提高再补足"),
    }[completion]


def giving_help() -> str:
    """What these mean; the completions by their names in the literature, too."""
    return _(
        "按得票从高到低：得票多的先入选，钱不够的跳过。等额份额法：总额平分给每位投票人，支持同一方案的人合力出资，少数人也有份。"
        "余款可以按得票补足（U），也可以把每份逐元提高、重新计算，直到用不下（Add1），或先提高再补足（Add1U）。"
    )


def rank_rule_words(rule: RankRule) -> str:
    """How a ranking is counted, as one choice that fits a phone."""
    return term(rule) if rule is RankRule.SCOTTISH else _("精确分数（本平台规则）")


def rank_rule_help() -> str:
    """What these mean."""
    return _(
        "精确分数：余票按分数转给下一选择，一票也不舍去。苏格兰计票法：当选票数取整加一，转移值截到五位小数。两种规则选出的结果极少不同。"
    )


def option_words(question: Question, number: int) -> str:
    """3. 南门休闲座椅（12,000元）."""
    option = question.option(number)
    if question.kind is QuestionKind.BUDGET:
        return _("{n}. {title}（{cost}）", n=number, title=option.title, cost=yuan(option.cost))
    return f"{number}. {option.title}"


def option_lines(question: Question) -> list[str]:
    """All options, one per line."""
    return [option_words(question, number) for number in question.numbers]


def choice_words(question: Question, pattern: str) -> str:
    """What one ballot says: 赞成; 1、3; 3 > 1 > 2; 1号 8 分,2号 –,3号 10 分."""
    if pattern == ABSTAIN:
        return term(Choice.ABSTAIN)
    if question.kind is QuestionKind.MOTION:
        return term(Choice(pattern))
    if question.kind is QuestionKind.SCORE:
        scores = scores_of(pattern, len(question.options))
        given = [(n, score) for n, score in zip(question.numbers, scores, strict=True) if score is not None]
        return side_by_side(_("{n} 号 {score} 分", n=n, score=score) for n, score in given)
    mark = " > " if question.kind is QuestionKind.RANK else _("、")
    return mark.join(str(number) for number in numbers_of(pattern))


def parts_of_votes(upper: int, lower: int, rule: RankRule) -> str:
    """5, or 5 1/3; by the Scottish rule, whose values have five decimals, 5.33332."""
    if rule is RankRule.SCOTTISH:
        return str(Decimal(upper) / Decimal(lower)) if upper % lower else str(upper // lower)
    whole, rest = divmod(upper, lower)
    if not rest:
        return str(whole)
    return f"{whole} {rest}/{lower}" if whole else f"{rest}/{lower}"
