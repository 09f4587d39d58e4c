"""One ballot as form fields, for every kind of question: what was entered becomes a pattern, or words at the field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered of a question with options: ticked numbers, or a score or place by number, or an abstention."""

    numbers: Sequence[int]
    lines: Mapping[int, int | None]
    abstain: bool


def choice_fields(filling: Filling, question: Question, start: str = "", order: Sequence[int] = ()) -> Entered | str:
    """The fields of one ballot in an open form: the choice of a motion, or what was entered of any other question.

    `start` is the pattern so far, `order` the numbers as shown.
    """
    shown = list(order or question.numbers)
    if question.kind is QuestionKind.MOTION:
        first = Choice(start) if start else None
        choice = filling.choice("choice", _("意见"), list(Choice), start=first, few=True)
        return choice.value if choice else ""
    given = start if start != ABSTAIN else ""
    numbers: list[int] = []
    lines: dict[int, int | None] = {}
    if question.kind in (QuestionKind.SCORE, QuestionKind.RANK):
        lines = _numbered(filling, question, given, shown)
    else:
        numbers = filling.ticks(
            "choice", choose_label(question), shown, start=list(numbers_of(given)) if given else [],
            show=lambda number: option_words(question, number),
        )  # fmt: skip
    abstain = filling.yes("abstain", term(Choice.ABSTAIN), start=start == ABSTAIN)
    return Entered(numbers, lines, abstain)


def _numbered(filling: Filling, question: Question, given: str, shown: Sequence[int]) -> dict[int, int | None]:
    """A field for every option: a score, the best one first, or a place."""
    scores = question.kind is QuestionKind.SCORE
    numbers = list(range(BEST_SCORE, -1, -1)) if scores else list(range(1, len(shown) + 1))
    before = _before(question, given)
    return {
        number: filling.choice(
            f"p{number}", option_words(question, number), numbers, start=before.get(number), show=str,
            placeholder=_("不打分") if scores else _("不排"),
        )
        for number in shown
    }  # fmt: skip


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


def read_choice(filling: Filling, question: Question, entered: Entered | str) -> str | None:
    """The pattern, or None after saying at the field what is missing or too much."""
    if isinstance(entered, str):
        if not entered:
            filling.problem("choice", _("请选一项。"))
        return entered or None
    lines = entered.lines
    chosen = bool(entered.numbers) or any(value is not None for value in lines.values())
    if entered.abstain:
        if not chosen:
            return ABSTAIN
        filling.problem("abstain", _("既选了弃权，又选了别的：请只留一种。"))
        return None
    try:
        return _pattern(question, entered.numbers, lines)
    except BadPattern as bad:
        filling.problem("abstain" if lines else "choice", _problem(question, bad.reason, len(entered.numbers)))
        return None


def _pattern(question: Question, numbers: Sequence[int], lines: Mapping[int, int | None]) -> str:
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
