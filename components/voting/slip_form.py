"""The form on a slip's page: what a phone sent becomes a pattern, or a problem in words with everything kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from components.voting.question_words import yuan
from components.wording import _
from components.wording.terms import term
from db.rules.voting.question import (
    ABSTAIN,
    BEST_SCORE,
    BadPattern,
    Option,
    Question,
    canonical,
    numbers_of,
    pattern_of,
    scores_of,
)
from db.terms import Choice, QuestionKind

MOST_LISTS = 20
"""Beyond so many options each has a field for a number: a list of choices per option would make the page too large."""
_NUMBERED = (QuestionKind.SCORE, QuestionKind.RANK)


class NotReadable(ValueError):
    """What was typed is no ballot; the message says why in words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A form as it was filled in. `pattern` is empty as long as there is a `problem`, or nothing was sent."""

    picked: frozenset[str] = frozenset()
    """Values of the ticked boxes and radio buttons: numbers, or a word of a motion, or "abstain"."""
    typed: Mapping[int, str] = field(default_factory=dict)
    """Scores or places by the number of the option."""
    witness: str = ""
    pattern: str = ""
    problem: str = ""

    def but(self, problem: str) -> "Entry":
        """The same form with something wrong about it."""
        return replace(self, pattern="", problem=problem)


def shape(question: Question) -> str:
    """What the form needs to be read, for a field of its own: kind, number of options, most that may be chosen.

    So a vote needs no second look at the ballot; what comes of it is checked against the real question all the same.
    """
    return f"{question.kind.value}.{len(question.options)}.{question.most}"


def question_of(said: str) -> Question | None:
    """A question of that shape, without its words; None when it was not ours."""
    kind, _dot, numbers = said.partition(".")
    count, _dot, most = numbers.partition(".")
    if not (count.isdecimal() and most.isdecimal() and len(numbers) < 8):
        return None
    try:
        options = tuple(Option(number, "", 1) for number in range(1, int(count) + 1))
        return Question(QuestionKind(kind), options, most=int(most), budget=1)
    except ValueError:
        return None


def entered(question: Question, fields: Mapping[str, Sequence[str]]) -> Entry:
    """Read the fields of the form."""
    picked = frozenset(value[:20] for value in fields.get("choice", ()))
    typed = {n: fields[f"p{n}"][0].strip()[:20] for n in question.numbers if fields.get(f"p{n}")}
    witness = "".join(fields.get("witness", ("",))[:1])[:200]
    try:
        return Entry(picked, typed, witness, pattern=_pattern(question, picked, typed))
    except BadPattern as bad:
        return Entry(picked, typed, witness, problem=_problem(question, bad.reason, len(picked)))
    except NotReadable as bad:
        return Entry(picked, typed, witness, problem=str(bad))


def _pattern(question: Question, picked: frozenset[str], typed: Mapping[int, str]) -> str:
    said = {n: value for n, value in typed.items() if value not in ("", "—", "-")}
    if ABSTAIN in picked:
        if len(picked) > 1 or said:
            raise NotReadable(_("既选了弃权，又选了别的：请只留一种。"))
        return ABSTAIN
    if question.kind is QuestionKind.MOTION:
        if len(picked) != 1:
            raise BadPattern("none_chosen")
        return canonical(question, next(iter(picked)))
    if question.kind is QuestionKind.SCORE:
        return pattern_of(question, [_whole(said.get(n), "bad_score") for n in question.numbers])
    if question.kind is QuestionKind.RANK:
        return pattern_of(question, _in_order(question, said))
    return pattern_of(question, [_whole(value, "unknown") for value in picked])


def _whole(text: str | None, reason: str) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 3:
        raise BadPattern(reason)
    return int(text)


def _in_order(question: Question, said: Mapping[int, str]) -> list[int]:
    """Numbers of the options by the place each was given; a place that is left out does no harm."""
    places: dict[int, int] = {}
    for number, text in said.items():
        place = _whole(text, "bad_place") or 0
        if not 1 <= place <= len(question.options):
            raise BadPattern("bad_place")
        if place in places:
            raise NotReadable(_("有两项都排在第 {place} 位：请给每一项不同的名次。", place=place))
        places[place] = number
    return [places[place] for place in sorted(places)]


def _problem(question: Question, reason: str, count: int) -> str:
    if reason == "none_chosen":
        if question.kind is QuestionKind.MOTION:
            return _("还没有选：请选一项。")
        return _("还没有选：请至少选一项，或选“弃权”。")
    if reason == "too_many":
        return _("最多选 {most} 项，您选了 {count} 项：请去掉 {over} 项。",
                 most=question.most, count=count, over=count - question.most)  # fmt: skip
    if reason == "bad_score":
        return _("分数要填 0 到 10 的整数。")
    if reason == "bad_place":
        return _("名次要填 1 到 {n} 的整数。", n=len(question.options))
    return _("选项有变化，请重新选择。")


def entry_of(question: Question, pattern: str) -> Entry:
    """The form as it was last sent, to be changed; an empty pattern is an empty form."""
    if not pattern:
        return Entry()
    if pattern == ABSTAIN or question.kind is QuestionKind.MOTION:
        return Entry(frozenset({pattern}))
    if question.kind is QuestionKind.SCORE:
        scores = zip(question.numbers, scores_of(pattern, len(question.options)), strict=True)
        return Entry(typed={n: str(score) for n, score in scores if score is not None})
    if question.kind is QuestionKind.RANK:
        return Entry(typed={n: str(place) for place, n in enumerate(numbers_of(pattern), 1)})
    return Entry(frozenset(map(str, numbers_of(pattern))))


def order_for(question: Question, seed: str, *, shuffled: bool) -> list[int]:
    """Numbers of the options as this voter sees them: for one slip and ballot always the same order."""
    if not shuffled:
        return list(question.numbers)
    return sorted(question.numbers, key=lambda n: hashlib.sha256(f"{seed}.{n}".encode()).digest())


def form_words(question: Question, entry: Entry, order: Sequence[int]) -> dict[str, object]:
    """The fields for the template: `boxes` to tick (of one kind, `radio` or `checkbox`) or `lines` with a number."""
    single = question.kind is QuestionKind.MOTION or (question.kind is QuestionKind.CHOOSE and question.most == 1)
    boxes, lines = [], []
    if question.kind is QuestionKind.MOTION:
        boxes = [_box(choice.value, term(choice), entry) for choice in Choice]
    elif question.kind in _NUMBERED:
        lines = [{"name": f"p{n}", "title": question.option(n).title, "value": entry.typed.get(n, "")} for n in order]
        boxes = [_box(ABSTAIN, term(Choice.ABSTAIN), entry)]
    else:
        boxes = [_box(str(n), question.option(n).title, entry, _cost(question, n)) for n in order]
        boxes.append(_box(ABSTAIN, term(Choice.ABSTAIN), entry))
    most = BEST_SCORE if question.kind is QuestionKind.SCORE else len(question.options)
    least = 0 if question.kind is QuestionKind.SCORE else 1
    return {
        "shape": shape(question),
        "hint": _hint(question),
        "problem": entry.problem,
        "box": "radio" if single else "checkbox",
        "boxes": boxes,
        "large": question.kind is QuestionKind.MOTION,
        "lines": lines,
        "numbers": list(range(least, most + 1)) if len(question.options) <= MOST_LISTS else [],
        "least": least,
        "most": most,
    }


def _box(value: str, title: str, entry: Entry, small: str = "") -> dict[str, object]:
    return {"value": value, "title": title, "small": small, "on": value in entry.picked}


def _cost(question: Question, number: int) -> str:
    return yuan(question.option(number).cost) if question.kind is QuestionKind.BUDGET else ""


def _hint(question: Question) -> str:
    if question.kind is QuestionKind.CHOOSE and question.most > 1:
        return _("最多选 {most} 项", most=question.most)
    if question.kind is QuestionKind.SCORE:
        return _("每一项打 0 到 10 分，10 分最好；不打分的留“—”")
    if question.kind is QuestionKind.RANK:
        return _("最赞成的填 1，其次填 2；不想排的留“—”")
    if question.kind is QuestionKind.BUDGET:
        return _("总额 {budget}：选出您支持的方案，可选多项", budget=yuan(question.budget))
    return _("请选一项")
