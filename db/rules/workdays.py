"""Count working days of China, and weeks; say how sure the calendar is.

The State Council fixes each year's holidays late in the year before; until the calendar at hand knows a year,
its working days are an approximation that the screen must mark as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import chinese_calendar

from db.rules.zone import CHINA

_SATURDAY = 5


class CalendarMisuse(ValueError):
    """A count of days that cannot be."""


class CalendarSource(StrEnum):
    """What a working day was known from; the least certain one is reported."""

    OFFICIAL = "official"  # 国务院放假安排
    OVERRIDE = "override"  # 街道调整
    APPROXIMATE = "approximate"  # 放假安排未公布，按法定节假日估算


@dataclass(frozen=True, slots=True)
class NoticeEnd:
    """The last day of a period, and the least certain source its days were counted by."""

    ends_on: date
    counted_by: CalendarSource


@lru_cache(maxsize=32)
def _known_holidays(year: int) -> frozenset[date]:
    import holidays  # its calendars of all countries are asked for a year that the one at hand does not know

    return frozenset(holidays.country_holidays("CN", years=year))


def is_workday(day: date, overrides: Mapping[date, bool]) -> tuple[bool, CalendarSource]:
    """Whether people work on `day`, and how that is known.

    `overrides` (day → works) wins over every calendar. For a year the official calendar does not know,
    statutory holidays and week-ends are taken, without the days worked in exchange.
    """
    if day in overrides:
        return overrides[day], CalendarSource.OVERRIDE
    try:
        return bool(chinese_calendar.is_workday(day)), CalendarSource.OFFICIAL
    except NotImplementedError:
        works = day.weekday() < _SATURDAY and day not in _known_holidays(day.year)
        return works, CalendarSource.APPROXIMATE


def is_festival(day: date, overrides: Mapping[date, bool]) -> bool:
    """Whether `day` is off for a reason other than its week-end: a statutory holiday with its bridges, or set by hand.

    For a year that the official calendar does not know the statutory days are taken.
    """
    if day in overrides:
        return not overrides[day]
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return day in _known_holidays(day.year)
    return bool(off) and name is not None


def add_working_days(start: date, days: int, overrides: Mapping[date, bool]) -> NoticeEnd:
    """The last day of a notice of `days` working days posted on `start` (docs/domain.md 5.6, default 5).

    The day of posting is not counted (民法典 201); 0 days end on `start`.
    Raises CalendarMisuse when days < 0.
    """
    if days < 0:
        raise CalendarMisuse("a period of negative length")
    day, left, sources = start, days, {CalendarSource.OFFICIAL}
    while left:
        day += timedelta(days=1)
        works, source = is_workday(day, overrides)
        sources.add(source)
        left -= works
    return NoticeEnd(day, _least_certain(sources))


def _least_certain(sources: set[CalendarSource]) -> CalendarSource:
    for source in (CalendarSource.APPROXIMATE, CalendarSource.OVERRIDE):
        if source in sources:
            return source
    return CalendarSource.OFFICIAL


def working_days_left(today: date, ends_on: date, overrides: Mapping[date, bool]) -> int:
    """How many working days remain after today up to and with `ends_on`; 0 when it has come or gone."""
    span = (ends_on - today).days
    return sum(is_workday(today + timedelta(days=ahead), overrides)[0] for ahead in range(1, span + 1))


def moved_end(start: date, ends_on: date, before: Mapping[date, bool], after: Mapping[date, bool]) -> NoticeEnd:
    """The end of a period begun on `start` when the calendar changes from `before` to `after`: as many working days
    as it had.
    """
    return add_working_days(start, working_days_left(start, ends_on, before), after)


def notice_is_over(today: date, ends_on: date) -> bool:
    """Whether a notice has run its full last day; on that day objections are still heard."""
    return today > ends_on


def week_of(day: date) -> date:
    """The Monday of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())


def bounds_of_week(monday: date) -> tuple[datetime, datetime]:
    """The first moment of a week in China and the first of the next one."""
    start = datetime.combine(monday, time(), CHINA)
    return start, start + timedelta(weeks=1)


def weeks_between(first: date, last: date) -> int:
    """How many weeks from the week of `first` to that of `last`: 0 in the same week, negative before."""
    return (week_of(last) - week_of(first)).days // 7


def mondays(first: date, last: date) -> list[date]:
    """The Mondays of the weeks from that of `first` to that of `last`; empty when `last` is earlier."""
    return [week_of(first) + timedelta(weeks=ahead) for ahead in range(weeks_between(first, last) + 1)]
