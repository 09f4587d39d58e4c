"""When things happen in a community: more on Mondays than on Fridays, little on holidays, in office hours."""

from bisect import bisect
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from db.rules.workdays import is_workday
from db.rules.zone import CHINA

BACK = 364
"""Days of history before the day of building."""
_WEEKDAY = (1.25, 1.15, 1.0, 1.05, 0.9, 0.35, 0.18)
_MONTH = (0.75, 0.6, 1.1, 1.0, 1.05, 1.15, 1.2, 1.1, 1.05, 0.95, 1.0, 0.9)
"""Little is asked for around the Spring Festival, much in the wet and hot months."""


@cache
def works(day: date) -> bool:
    """Whether the office is open."""
    return is_workday(day, {})[0]


def next_workday(day: date) -> date:
    """The day itself or the first working day after it."""
    while not works(day):
        day += timedelta(days=1)
    return day


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of a Chinese day."""
    return datetime.combine(day, time(hour, minute, second), CHINA)


def in_office(rng: Random, day: date) -> datetime:
    """A moment of the day at which a worker writes something down."""
    hour = rng.choices((8, 9, 10, 11, 13, 14, 15, 16, 17), (2, 5, 6, 3, 2, 5, 5, 4, 2))[0]
    return at(day, hour, rng.randrange(60), rng.randrange(60))


def after(rng: Random, moment: datetime, least: float, most: float) -> datetime:
    """A moment in office hours of a working day, some days after a Chinese moment and never before it."""
    day = next_workday((moment + timedelta(days=rng.uniform(least, most))).date())
    later = in_office(rng, day)
    return later if later > moment else moment + timedelta(minutes=rng.randrange(20, 90))


def spread(rng: Random, days: Iterable[date], count: int) -> list[datetime]:
    """So many moments over the days, in order, in the rhythm of week and season."""
    listed = list(days)
    weights = [_WEEKDAY[day.weekday()] * _MONTH[day.month - 1] * (1.0 if works(day) else 0.3) for day in listed]
    summed = list(accumulate(weights))
    chosen = (listed[bisect(summed, rng.random() * summed[-1])] for _ in range(count))
    return sorted(in_office(rng, day) for day in chosen)
