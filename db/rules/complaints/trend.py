"""Did it get better? Complaints a month before something began and after it was accepted, whole months only.

The month in which it began, those it lasted and the month it ended belong to neither side; so does the running month,
which is not over, and the first month of the register, which may have begun in the middle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from db.rules.percent import percent

ENOUGH_MONTHS = 3
"""Fewer on either side say little. [D]"""
A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Side:
    """Whole months on one side and the complaints in them."""

    months: int
    total: int

    @property
    def tenths(self) -> int | None:
        """Complaints a month in tenths, halves rounded up; None without a month."""
        return (20 * self.total + self.months) // (2 * self.months) if self.months else None


@dataclass(frozen=True, slots=True)
class Trend:
    """Every month from the first to the running one with its count, and both sides."""

    months: tuple[tuple[date, int], ...]
    before: Side
    after: Side
    begins: date | None
    ends: date | None

    @property
    def short(self) -> bool:
        """Whether one side is too short to say much."""
        return min(self.before.months, self.after.months) < ENOUGH_MONTHS

    @property
    def seasons_differ(self) -> bool:
        """Whether the sides do not both hold a whole year, so that a season may explain the difference."""
        return min(self.before.months, self.after.months) < A_YEAR

    @property
    def change_percent(self) -> int | None:
        """How much the monthly average changed, in whole percent; None when it cannot be said."""
        if not self.before.total or not self.after.months:
            return None
        was, now = self.before.total * self.after.months, self.after.total * self.before.months
        return percent(Fraction(now - was, was))


def month_of(day: date) -> date:
    """The first day of a month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the following month."""
    return month_of(month + timedelta(days=32))


def months_from(first: date, last: date) -> list[date]:
    """The months from that of `first` to that of `last`."""
    found, month = [], month_of(first)
    while month <= month_of(last):
        found.append(month)
        month = next_month(month)
    return found


def before_and_after(
    counts: Mapping[date, int], *, first: date, today: date, begins: date | None, ends: date | None
) -> Trend:
    """`counts` by first day of month; `first` is the first day that anything was registered at all.

    Without `begins` there are no sides; without `ends` it still goes on, and there is nothing after.
    """
    months = months_from(first, today)
    whole = [month for month in months[1:] if next_month(month) <= today]
    early = [month for month in whole if begins is not None and next_month(month) <= month_of(begins)]
    late = [month for month in whole if begins is not None and ends is not None and month > month_of(ends)]
    return Trend(
        tuple((month, counts.get(month, 0)) for month in months),
        Side(len(early), sum(counts.get(month, 0) for month in early)),
        Side(len(late), sum(counts.get(month, 0) for month in late)),
        begins,
        ends,
    )
