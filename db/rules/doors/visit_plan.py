"""Whom to visit next, in which order the doors are walked, and when a door that stays shut is tried again.

The days between two visits are the norms of practice (docs/domain.md 7.3): an ordinary household twice a year, a key
one once a month, an old person living alone once a week; a subdistrict may set its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Protocol, TypeVar

from db.terms import HouseholdKind

DAYS: Mapping[HouseholdKind, int] = MappingProxyType(
    {HouseholdKind.ORDINARY: 182, HouseholdKind.KEY: 30, HouseholdKind.HIGH_RISK: 7}
)
DAYS_LEAST, DAYS_MOST = 1, 730
SHUT_TWICE = 2
"""Doors that stayed shut so often are tried in the evening."""
TAKE_BACK_WITHIN = timedelta(minutes=10)
"""A wrong tap may be taken back so long."""
_URGENCY = {HouseholdKind.HIGH_RISK: 0, HouseholdKind.KEY: 1, HouseholdKind.ORDINARY: 2}
_PARTS = re.compile(r"\d+|\D+")


def next_due(kind: HouseholdKind, met_on: date, days: Mapping[HouseholdKind, int] = DAYS) -> date:
    """The day by which the household is to be met again; a kind that `days` leaves out keeps its norm."""
    return met_on + timedelta(days=days.get(kind, DAYS[kind]))


def is_due(due_on: date | None, today: date) -> bool:
    """Whether a visit is due: its day has come. A door without a day was never planned."""
    return due_on is not None and due_on <= today


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts by the numbers inside: 2幢 before 12幢, 302 before 1001, numbers before words."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _PARTS.findall(text))


def floor_of(room: str) -> int:
    """The floor of a room number: 302 → 3, 1201 → 12; a door without a floor lies at the ground."""
    found = re.search(r"\d+", room)
    number = int(found[0]) if found else 0
    return number // 100 if number >= 100 else 0


def evening_advised(tries: int) -> bool:
    """Whether the next try should be in the evening: twice nobody opened."""
    return tries >= SHUT_TWICE


def urgency(kind: HouseholdKind, overdue: bool) -> int:
    """What goes first: 0 an overdue high-risk household, 1 an overdue key one, 2 everything else."""
    return _URGENCY[kind] if overdue else 2


@dataclass(frozen=True, slots=True)
class Stop:
    """One stairwell of a round: how many doors are due, how many of them urgent."""

    place_id: int
    place: str
    building: str
    stairwell: str
    due: int
    high_risk: int = 0
    key: int = 0

    @property
    def first(self) -> int:
        """0 with an overdue high-risk household, 1 with an overdue key one, else 2."""
        return 0 if self.high_risk else 1 if self.key else 2


class _Door(Protocol):
    @property
    def room(self) -> str: ...
    @property
    def kind(self) -> HouseholdKind: ...
    @property
    def due_on(self) -> date | None: ...


D = TypeVar("D", bound=_Door)


def walk(stops: Sequence[Stop]) -> list[Stop]:
    """The stairwells of a round: those with urgent doors first, then place by place, building by building."""
    return sorted(
        stops,
        key=lambda stop: (
            stop.first,
            stop.place,
            stop.place_id,
            natural(stop.building),
            natural(stop.stairwell),
        ),
    )


def following(stops: Sequence[Stop], place: str, building: str, stairwell: str) -> Stop | None:
    """Where to go from a stairwell that is done: to urgent doors, else on along the way, else back to its beginning."""
    if not stops or stops[0].first < 2:
        return stops[0] if stops else None
    here = (place, natural(building), natural(stairwell))
    on = (stop for stop in stops if (stop.place, natural(stop.building), natural(stop.stairwell)) > here)
    return next(on, stops[0])


def goes_up(stairwell: str) -> bool:
    """Alternating: odd stairwells are walked from the ground up, even ones from the top down."""
    found = re.search(r"\d+", stairwell)
    return (int(found[0]) if found else 1) % 2 == 1


def knock_order(doors: Sequence[D], stairwell: str, today: date) -> list[D]:
    """The doors of one stairwell: overdue high-risk and key first, then floor by floor, left to right on each."""
    up = 1 if goes_up(stairwell) else -1

    def at(door: D) -> tuple[int, int, tuple[tuple[int, int, str], ...]]:
        overdue = is_due(door.due_on, today)
        return urgency(door.kind, overdue), up * floor_of(door.room), natural(door.room)

    return sorted(doors, key=at)
