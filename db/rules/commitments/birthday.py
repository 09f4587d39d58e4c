"""政治生日: who has it in a month, by the day that the subdistrict chose (docs/domain.md 10.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.rules.years import anniversary, milestone
from db.terms import PoliticalDay


@dataclass(frozen=True, slots=True)
class Birthday:
    """A member's day of this year; `years` are full on it, `marked` when they are 10, 30 or 50."""

    member_id: int
    on: date
    begun: date
    years: int
    marked: bool


def day_that_counts(joined_on: date, full_on: date | None, kind: PoliticalDay) -> date | None:
    """The day from which years are counted, or None when it is not known or not yet there."""
    return joined_on if kind is PoliticalDay.JOINED else full_on


def birthdays(members: Iterable[tuple[int, date | None]], year: int, month: int) -> tuple[Birthday, ...]:
    """Those whose day lies in a month of a year after its first, by day and id, from (member, the day that counts).

    Who began on 29 February has the day on the 28th of a common year (`db.rules.years`).
    """
    found = []
    for member_id, begun in members:
        if begun is None or begun.year >= year:
            continue
        on = anniversary(begun, year)
        if on.month == month:
            marked = milestone(begun, year) is not None
            found.append(Birthday(member_id, on, begun, year - begun.year, marked))
    return tuple(sorted(found, key=lambda one: (one.on, one.member_id)))
