"""What of a resource is still to be had: a venue by one, people and sets over time, goods until they are used up."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.terms import DayPart, ResourceKind, Weekday

MOST_DAYS = 62
"""Days of one request; longer use is an agreement, not a loan."""
WEEK = tuple(Weekday)
Cell = tuple[date, DayPart]
"""The smallest time that is given: a half day."""


@dataclass(frozen=True, slots=True)
class Hold:
    """So much of a resource from one day to another; `part` None is the whole day."""

    first: date
    last: date
    part: DayPart | None
    amount: int

    def cells(self) -> Iterator[Cell]:
        """Every half day that it takes."""
        for ahead in range((self.last - self.first).days + 1):
            for part in DayPart if self.part is None else (self.part,):
                yield self.first + timedelta(days=ahead), part


@dataclass(frozen=True, slots=True)
class Offer:
    """When a resource can be had, and how much of it there is."""

    kind: ResourceKind
    amount: int
    weekdays: Collection[str] = ()
    parts: Collection[str] = ()
    from_on: date | None = None
    until_on: date | None = None
    closed_on: date | None = None
    unit_ended_on: date | None = None


class NotGiven(StrEnum):
    """Why a resource cannot be had at a time, whatever others take."""

    CLOSED = "closed"
    UNIT_ENDED = "unit_ended"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    WEEKDAY = "weekday"
    PART = "part"
    TOO_MUCH = "too_much"


def capacity(offer: Offer) -> int:
    """How much can be had at one time: a venue is given to one at a time, its amount says how large it is."""
    return 1 if offer.kind is ResourceKind.VENUE else offer.amount


def taken_by(kind: ResourceKind, amount: int) -> int:
    """How much of the capacity a request takes."""
    return 1 if kind is ResourceKind.VENUE else amount


def why_not(offer: Offer, wanted: Hold) -> NotGiven | None:
    """Why the resource is not given at this time, or None; what others hold is another question (`room`)."""
    if offer.closed_on is not None and wanted.last >= offer.closed_on:
        return NotGiven.CLOSED
    if offer.unit_ended_on is not None and wanted.last > offer.unit_ended_on:
        return NotGiven.UNIT_ENDED
    if offer.from_on is not None and wanted.first < offer.from_on:
        return NotGiven.TOO_EARLY
    if offer.until_on is not None and wanted.last > offer.until_on:
        return NotGiven.TOO_LATE
    for day, part in wanted.cells():
        if offer.weekdays and WEEK[day.weekday()] not in offer.weekdays:
            return NotGiven.WEEKDAY
        if offer.parts and part not in offer.parts and wanted.part is not None:
            return NotGiven.PART
    if wanted.amount > offer.amount:
        return NotGiven.TOO_MUCH
    return None


def first_open(offer: Offer, today: date) -> date:
    """The first day on which some of it can be had at all; today where none of the next year is."""
    days = (today + timedelta(days=ahead) for ahead in range(366))
    return next((day for day in days if why_not(offer, Hold(day, day, None, 1)) is None), today)


def room(offer: Offer, holds: Iterable[Hold], wanted: Hold) -> int:
    """How much is left at the fullest half day of what is wanted; never below 0."""
    if offer.kind is ResourceKind.GOODS:
        return max(0, offer.amount - sum(hold.amount for hold in holds))
    cells = set(wanted.cells())
    taken: Counter[Cell] = Counter()
    for hold in holds:
        if hold.last < wanted.first or hold.first > wanted.last:
            continue
        for cell in hold.cells():
            if cell in cells:
                taken[cell] += taken_by(offer.kind, hold.amount)
    return max(0, capacity(offer) - max(taken.values(), default=0))


def fits(offer: Offer, holds: Iterable[Hold], wanted: Hold) -> bool:
    """Whether what is wanted can be promised beside what is promised already."""
    return room(offer, holds, wanted) >= taken_by(offer.kind, wanted.amount)
