"""One ballot as form fields, for every kind of question: what was entered becomes a pattern, or words at the field."""

from collections.abc import Sequence
from typing import Any

from components.forms import Filling
from components.voting.question_words import option_words
from components.wording import _
from components.wording.terms import term
from db.rules.voting.question import (
    ABSTAIN,
    BEST_SCORE,
    BadPattern,
    Question,
    numbers_of,
    pattern_of,
    scores_of,
)
from db.terms import Choice, QuestionKind


def choice_fields(
    filling: Filling, question: Question, start: str = "", order: Sequence[int] = ()
) -> dict[str, Any] | str:
    """The fields of one ballot in an open form; `start` is the pattern so far, `order` the numbers as shown."""
    shown = list(order or question.numbers)
    if question.kind is QuestionKind.MOTION:
        first = Choice(start) if start else None
        choice = filling.choice("choice", _("意见"), list(Choice), start=first, few=True)
        return choice.value if choice else ""
    given = start if start != ABSTAIN else ""
    entered: dict[str, Any] = {"numbers": [], "lines": {}}
    if question.kind in (QuestionKind.SCORE, QuestionKind.RANK):
        most = BEST_SCORE if question.kind is QuestionKind.SCORE else len(shown)
        least = 0 if question.kind is QuestionKind.SCORE else 1
        before = _before(question, given)
        for number in shown:
            entered["lines"][number] = filling.choice(
                f"p{number}", option_words(question, number), list(range(most, least - 1, -1))
                if question.kind is QuestionKind.SCORE else list(range(least, most + 1)),
                start=before.get(number), show=str, placeholder=_("不打分") if least == 0 else _("不排"),
            )  # fmt: skip
    else:
        entered["numbers"] = filling.ticks(
            "choice", choose_label(question), shown, start=list(numbers_of(given)) if given else [],
            show=lambda number: option_words(question, number),
        )  # fmt: skip
    entered["abstain"] = filling.yes("abstain", term(Choice.ABSTAIN), start=start == ABSTAIN)
    return entered


def choose_label(question: Question) -> str:
    """What to do, above the options."""
    if question.kind is QuestionKind.CHOOSE:
        return _("最多选 {most} 项", most=question.most)
    return _("选出您支持的方案，可选多项")


def _before(question: Question, pattern: str) -> dict[int, int]:
    if not pattern:
        return {}
    if question.kind is QuestionKind.SCORE:
        scores = zip(question.numbers, scores_of(pattern, len(question.options)), strict=True)
        return {number: score for number, score in scores if score is not None}
    return {number: place for place, number in enumerate(numbers_of(pattern), 1)}


def read_choice(filling: Filling, question: Question, entered: dict[str, Any] | str) -> str | None:
    """The pattern, or None after saying at the field what is missing or too much."""
    if isinstance(entered, str):
        if not entered:
            filling.problem("choice", _("请选一项。"))
        return entered or None
    lines: dict[int, int | None] = entered["lines"]
    said = bool(entered["numbers"]) or any(value is not None for value in lines.values())
    if entered["abstain"]:
        if not said:
            return ABSTAIN
        filling.problem("abstain", _("既选了弃权，又选了别的：请只留一种。"))
        return None
    try:
        return _pattern(question, entered["numbers"], lines)
    except BadPattern as bad:
        filling.problem("abstain" if lines else "choice", _problem(question, bad.reason, len(entered["numbers"])))
        return None


def _pattern(question: Question, numbers: Sequence[int], lines: dict[int, int | None]) -> str:
    if question.kind is QuestionKind.SCORE:
        return pattern_of(question, [lines[number] for number in question.numbers])
    if question.kind is QuestionKind.RANK:
        places = {place: number for number, place in lines.items() if place is not None}
        if len(places) < sum(place is not None for place in lines.values()):
            raise BadPattern("same_place")
        return pattern_of(question, [places[place] for place in sorted(places)])
    return pattern_of(question, list(numbers))


def _problem(question: Question, reason: str, count: int) -> str:
    if reason == "too_many":
        return _("最多选 {most} 项，现在选了 {count} 项。", most=question.most, count=count)
    if reason == "same_place":
        return _("有两项排在同一位：请给每一项不同的名次。")
    return _("请至少选一项，或勾选“弃权”。")
