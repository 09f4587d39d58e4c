"""What an item asks, checked field by field before it is kept: the agenda's own part of bad input."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.actions.fields import chosen, line, whole, words
from db.errors import BadInput, Problem
from db.rules.meetings.item_input import MotionInput
from db.rules.voting.house_rule import DecisionMisuse, threshold_from_json
from db.rules.voting.question import MOST_OPTIONS, Question, QuestionMisuse
from db.terms import BudgetRule, Completion, QuestionKind, RankRule

MOST_WORDS = 60
"""Characters of one option: it must fit a phone, a slip and the room's screen."""
MOST_YUAN = 10**9


def worded(given: MotionInput) -> dict[str, Any]:
    """What an item says, by columns, clean; BadInput at the field that is wrong."""
    return {
        "motion": words("motion", given.motion, most=1000),
        "question": asked(given.question),
        "short_title": line("short_title", given.short_title, most=30, needed=False),
        "owners_matter": given.owners_matter,
    }


def asked(question: Mapping[str, Any] | None) -> dict[str, object] | None:
    """The question as it is kept, or None for a plain motion; BadInput at the field that is wrong.

    Fields: question (kind), options, seats, most, threshold, budget, budget_rule, completion, rank_rule.
    """
    if question is None:
        return None
    if not isinstance(question, Mapping):
        raise BadInput("question", Problem.WRONG)
    kind = chosen("question", question.get("kind"), [one.value for one in QuestionKind])
    if kind == QuestionKind.MOTION:
        return None
    options = _options(question.get("options"), with_cost=kind == QuestionKind.BUDGET)
    kept = {
        "version": 1,
        "kind": str(kind),
        "options": options,
        "seats": whole("seats", question.get("seats", 1), least=1, most=len(options)),
        "most": whole("most", question.get("most", 1), least=1, most=len(options)),
        "threshold": _threshold(question.get("threshold")),
        "budget": 0,
        "budget_rule": chosen(
            "budget_rule", question.get("budget_rule", BudgetRule.BY_VOTES.value), [one.value for one in BudgetRule]
        ),
    }
    kept |= _rules(question, kind, kept["budget_rule"])
    if kind == QuestionKind.BUDGET:
        kept["budget"] = whole("budget", question.get("budget"), least=1, most=MOST_YUAN)
    try:
        return Question.from_json(kept).to_json()
    except QuestionMisuse:
        raise BadInput("question", Problem.WRONG) from None


def _rules(question: Mapping[str, Any], kind: str, budget_rule: Any) -> dict[str, object]:
    """The rule by which a ranking or a budget is counted, which its result will name; nothing of other kinds."""
    if kind == QuestionKind.RANK:
        rule = chosen("rank_rule", question.get("rank_rule", RankRule.EXACT.value), [one.value for one in RankRule])
        return {"version": 2, "completion": Completion.NONE.value, "rank_rule": rule}
    if kind == QuestionKind.BUDGET:
        fitting = list(Completion) if budget_rule == BudgetRule.EQUAL_SHARES else [Completion.NONE]
        rest = question.get("completion", Completion.NONE.value)
        completion = chosen("completion", rest, [one.value for one in fitting])
        return {"version": 2, "completion": completion, "rank_rule": RankRule.EXACT.value}
    return {}


def _options(given: Any, *, with_cost: bool) -> list[list[Any]]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise BadInput("options", Problem.EMPTY if given is None else Problem.WRONG)
    if not 2 <= len(given) <= MOST_OPTIONS:
        raise BadInput("options", Problem.OUT_OF_RANGE, least=2, most=MOST_OPTIONS)
    found: list[list[Any]] = []
    for one in given:
        if not isinstance(one, Sequence) or isinstance(one, str) or len(one) != 2:
            raise BadInput("options", Problem.WRONG)
        title = line("options", one[0], most=MOST_WORDS)
        if any(title == other for other, _cost in found):
            raise BadInput("options", Problem.TAKEN)
        found.append([title, whole("options", one[1], least=1, most=MOST_YUAN) if with_cost else 0])
    return found


def _threshold(given: Any) -> Any:
    if given is None:
        return None
    try:
        threshold_from_json(given)
    except (DecisionMisuse, KeyError):
        raise BadInput("threshold", Problem.WRONG) from None
    return dict(given)
