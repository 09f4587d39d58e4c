"""服务日志: the one life of an entry, and what of a text points at a person: numbers, doors, known names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.masking import find_personal, masked_name, redact
from db.terms import DiaryState

S = DiaryState
MOST_TITLE, MOST_BODY = 100, 2000
SHORTEST_NAME = 2
"""One character is a word of its own far more often than a name."""


class DiaryEvent(StrEnum):
    """What can happen to an entry."""

    AMEND = "amend"  # 修改
    SUBMIT = "submit"  # 送审
    RETURN = "return"  # 退回
    APPROVE = "approve"  # 审核通过
    TAKE = "take"  # 取用
    WITHDRAW = "withdraw"  # 撤下


E = DiaryEvent
TABLE: Mapping[DiaryEvent, Mapping[DiaryState, DiaryState]] = {
    E.AMEND: {S.DRAFT: S.DRAFT},
    E.SUBMIT: {S.DRAFT: S.SUBMITTED},
    # What was approved goes back, too: a consent may end between the review and the day it is taken.
    E.RETURN: {S.SUBMITTED: S.DRAFT, S.APPROVED: S.DRAFT},
    E.APPROVE: {S.SUBMITTED: S.APPROVED},
    E.TAKE: {S.APPROVED: S.TAKEN, S.TAKEN: S.TAKEN},
    E.WITHDRAW: dict.fromkeys((S.DRAFT, S.SUBMITTED, S.APPROVED, S.TAKEN), S.WITHDRAWN),
}
"""Event → state → the state after it; what is not here cannot happen."""


def after(event: DiaryEvent, state: DiaryState) -> DiaryState | None:
    """The state after an event, or None when it cannot happen there."""
    return TABLE[event].get(state)


@dataclass(frozen=True, slots=True)
class DiaryInput:
    """The words of an entry and the quotes that stand below them, unchecked."""

    title: str = ""
    on: date | None = None
    body: str = ""
    quote_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something in a text that points at a person: the line, the place in it (both from 1), and its mask."""

    line: int
    place: int
    masked: str
    kind: str
    """A `PersonalKind`, or "name"."""


NAME = "name"


def pointers(text: str, names: Collection[str]) -> tuple[Pointer, ...]:
    """Every number, door and known name in a text, in order of position."""
    found = [(one.start, one.masked, one.kind.value) for one in find_personal(text)]
    found += [(start, masked_name(name), NAME) for start, _end, name in _named(text, names)]
    return tuple(
        Pointer(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), masked, kind)
        for start, masked, kind in sorted(found)
    )


def nameless(text: str, names: Collection[str]) -> str:
    """The text with known names cut down to the surname, and numbers and doors masked."""
    parts, end = [], 0
    for start, stop, name in _named(text, names):
        parts += [text[end:start], masked_name(name)]
        end = stop
    return redact("".join([*parts, text[end:]]))


def _named(text: str, names: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where known names stand, the longer one where two begin at the same place; never overlapping."""
    hits = []
    for name in {one.strip() for one in names}:
        start = text.find(name) if len(name) >= SHORTEST_NAME else -1
        while start >= 0:
            hits.append((start, start + len(name), name))
            start = text.find(name, start + len(name))
    kept: list[tuple[int, int, str]] = []
    for hit in sorted(hits, key=lambda one: (one[0], -one[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept
