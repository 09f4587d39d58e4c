"""The accounts of one way of voting in words, as the result sheet proves them (docs/domain.md 5.4)."""

from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.outcome_words import Translator
from db.rules.voting.question import Question
from db.terms import Choice, QuestionKind


def account_words(account: BallotAccount, question: Question, _: Translator) -> list[str]:
    """The three equations of one way of voting, as they are proved on the result sheet (docs/domain.md 5.4)."""
    values = {
        "issued": account.issued,
        "returned": account.returned,
        "not_cast": account.not_cast,
        "valid": account.valid,
        "blank": account.blank,
        "spoilt": account.spoilt,
    }
    if question.kind is QuestionKind.MOTION:
        choices = {choice: account.choices.get(choice, 0) for choice in Choice}
        summed = _(
            "有效{valid} = 赞成{votes_for} + 反对{votes_against} + 弃权{votes_abstain}",
            valid=account.valid,
            votes_for=choices[Choice.FOR],
            votes_against=choices[Choice.AGAINST],
            votes_abstain=choices[Choice.ABSTAIN],
        )
    else:
        summed = _("有效{valid} = 各种填法合计{sum}", valid=account.valid, sum=sum(account.choices.values()))
    return [
        _("发出{issued} = 收回{returned} + 未投{not_cast}", **values),
        _("收回{returned} = 有效{valid} + 空白{blank} + 废票{spoilt}", **values),
        summed,
    ]


def fault_words(fault: str, _: Translator) -> str:
    """An equation that does not hold (`BallotAccount.faults`), said plainly."""
    return {
        "negative": _("有一个数小于零"),
        "issued": _("收回的票多于发出的票"),
        "returned": _("收回的票不等于有效票加无效票"),
        "valid": _("有效票不等于各种填法的合计"),
    }[fault]
