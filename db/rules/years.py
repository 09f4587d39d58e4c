"""Full years between two days: the age of a person, the years of a membership, and the day on which they are full.

A year ends on the day with the number of its beginning; where the month has none, on its last day (民法典 art. 202).
What began on 29 February is therefore a year older on 28 February of a common year.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

MILESTONES = (10, 30, 50)
"""Years of membership that are marked (光荣在党50年 is the last)."""


def anniversary(begun: date, year: int) -> date:
    """The day of `year` on which another year since `begun` is full."""
    return date(year, begun.month, min(begun.day, monthrange(year, begun.month)[1]))


def full_years(begun: date, on: date) -> int:
    """Years since `begun` that are full on `on`, that day counted in; 0 before the first, never below."""
    years = on.year - begun.year - (on < anniversary(begun, on.year))
    return max(0, years)


def milestone(begun: date, year: int, marked: Sequence[int] = MILESTONES) -> int | None:
    """The marked number of years that is full in `year`, or None."""
    years = year - begun.year
    return years if years in marked else None
