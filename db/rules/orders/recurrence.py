"""定期服务: on which days a weekly, fortnightly or monthly service comes."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from db.rules.workdays import is_workday
from db.terms import Rhythm

AHEAD_DAYS = 7
"""A turn becomes an order a week before its day: time enough to find somebody, too short to be forgotten."""
_WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}


def turn(starts_on: date, rhythm: Rhythm, number: int) -> date:
    """The day of turn `number` (0 is the first).

    Monthly keeps the day of the month of the beginning; where a month has none it is its last day (31 January, 28
    February, 31 March): counted from the beginning and not from the turn before, so that it never slips for good.
    """
    if rhythm is not Rhythm.MONTHLY:
        return starts_on + timedelta(weeks=_WEEKS[rhythm] * number)
    months = starts_on.month - 1 + number
    year, month = starts_on.year + months // 12, months % 12 + 1
    return date(year, month, min(starts_on.day, monthrange(year, month)[1]))


def turns(starts_on: date, rhythm: Rhythm, until: date | None = None) -> Iterator[date]:
    """The days of a series in order, to its end or without one."""
    number = 0
    while until is None or turn(starts_on, rhythm, number) <= until:
        yield turn(starts_on, rhythm, number)
        number += 1


def next_turn(starts_on: date, rhythm: Rhythm, after: date, until: date | None = None) -> date | None:
    """The first turn later than `after`; None when the series is over by then."""
    for day in turns(starts_on, rhythm, until):
        if day > after:
            return day
    return None


def first_from(starts_on: date, rhythm: Rhythm, day: date, until: date | None = None) -> date | None:
    """The first turn on `day` or later."""
    return next_turn(starts_on, rhythm, day - timedelta(days=1), until)


def day_off(day: date, overrides: Mapping[date, bool]) -> bool:
    """Whether a turn falls on a day off of the working calendar; a worker then decides whether it takes place.

    A turn is never moved by itself: blood pressure is measured on Tuesdays because Tuesdays suit, not because they
    are working days. Week-ends that were asked for count as wanted.
    """
    return not is_workday(day, overrides)[0] and day.weekday() < 5
