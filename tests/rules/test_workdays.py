"""A notice runs for working days, and an uncertain calendar says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.workdays import (
    CalendarMisuse,
    CalendarSource,
    NoticeEnd,
    add_working_days,
    is_workday,
    mondays,
    notice_is_over,
    week_of,
    weeks_between,
    working_days_left,
)

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
overridden = st.dictionaries(days, st.booleans(), max_size=5)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        (date(2025, 3, 3), 5, date(2025, 3, 10)),  # over a plain week-end
        (date(2025, 3, 7), 1, date(2025, 3, 10)),  # posted on a Friday
        (date(2025, 3, 8), 1, date(2025, 3, 10)),  # posted on a Saturday
        (date(2025, 4, 3), 1, date(2025, 4, 7)),  # over Tomb-Sweeping Day
        (date(2025, 9, 26), 5, date(2025, 10, 10)),  # Sunday 28 September is worked, 1 to 8 October is not
        (date(2025, 9, 30), 3, date(2025, 10, 11)),  # Saturday 11 October is worked
        (date(2025, 1, 24), 3, date(2025, 2, 5)),  # Sunday 26 January is worked, then the Spring Festival
        (date(2025, 3, 3), 0, date(2025, 3, 3)),
        (date(2025, 3, 3), 15, date(2025, 3, 24)),
    ],
)
def test_a_notice_ends_on_its_last_working_day_and_the_day_of_posting_does_not_count(
    start: date, length: int, end: date
) -> None:
    assert add_working_days(start, length, {}) == NoticeEnd(end, CalendarSource.OFFICIAL)


def test_a_year_the_calendar_does_not_know_is_marked_as_an_approximation() -> None:
    ended = add_working_days(date(2031, 9, 30), 1, {})

    assert ended.counted_by is CalendarSource.APPROXIMATE
    assert ended.ends_on > date(2031, 10, 1)


def test_a_period_that_only_ends_in_an_unknown_year_is_marked_too() -> None:
    known = add_working_days(date(2025, 12, 30), 5, {})
    unknown = add_working_days(date(2030, 12, 30), 5, {})

    assert known.counted_by is CalendarSource.OFFICIAL
    assert unknown.counted_by is CalendarSource.APPROXIMATE


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2031, 10, 1), False),  # National Day
        (date(2031, 5, 1), False),  # Labour Day
        (date(2031, 1, 1), False),  # New Year
        (date(2031, 3, 8), False),  # a Saturday
        (date(2031, 3, 10), True),  # a Monday
    ],
)
def test_in_an_unknown_year_statutory_holidays_and_week_ends_are_free(day: date, works: bool) -> None:
    assert is_workday(day, {}) == (works, CalendarSource.APPROXIMATE)


def test_the_subdistrict_may_correct_the_calendar() -> None:
    storm, make_up = date(2025, 3, 4), date(2025, 3, 8)

    ended = add_working_days(date(2025, 3, 3), 5, {storm: False, make_up: True})

    assert ended == NoticeEnd(date(2025, 3, 10), CalendarSource.OVERRIDE)
    assert is_workday(storm, {storm: False}) == (False, CalendarSource.OVERRIDE)


def test_a_correction_makes_an_approximate_year_no_surer() -> None:
    ended = add_working_days(date(2031, 3, 10), 2, {date(2031, 3, 11): True})

    assert ended.counted_by is CalendarSource.APPROXIMATE


def test_a_notice_of_negative_length_is_refused() -> None:
    with pytest.raises(CalendarMisuse):
        add_working_days(date(2025, 3, 3), -1, {})


def test_on_its_last_day_a_notice_still_runs() -> None:
    assert not notice_is_over(date(2025, 3, 10), date(2025, 3, 10))
    assert notice_is_over(date(2025, 3, 11), date(2025, 3, 10))


@pytest.mark.parametrize(
    ("today", "left"), [(date(2025, 3, 3), 5), (date(2025, 3, 7), 1), (date(2025, 3, 10), 0), (date(2025, 4, 1), 0)]
)
def test_the_days_left_are_working_days(today: date, left: int) -> None:
    assert working_days_left(today, date(2025, 3, 10), {}) == left


@given(days, st.integers(0, 15), overridden)
def test_the_period_holds_exactly_its_working_days(start: date, length: int, overrides: dict[date, bool]) -> None:
    ended = add_working_days(start, length, overrides)

    assert working_days_left(start, ended.ends_on, overrides) == length
    assert length == 0 or is_workday(ended.ends_on, overrides)[0]


@given(days, st.integers(0, 14), overridden)
def test_a_longer_notice_ends_later(start: date, length: int, overrides: dict[date, bool]) -> None:
    shorter = add_working_days(start, length, overrides)

    assert add_working_days(start, length + 1, overrides).ends_on > shorter.ends_on


# --- weeks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 3, 8), date(2026, 3, 2)),
        (date(2026, 1, 1), date(2025, 12, 29)),
    ],
)
def test_a_week_begins_on_monday(day: date, monday: date) -> None:
    assert week_of(day) == monday


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (date(2026, 3, 2), date(2026, 3, 8), 0),
        (date(2026, 3, 8), date(2026, 3, 9), 1),
        (date(2025, 12, 31), date(2026, 1, 5), 1),
        (date(2026, 3, 9), date(2026, 3, 8), -1),
    ],
)
def test_weeks_are_counted_from_monday_to_monday(first: date, last: date, weeks: int) -> None:
    assert weeks_between(first, last) == weeks


@given(days, st.integers(0, 200))
def test_every_week_of_a_span_is_listed_once(first: date, span: int) -> None:
    listed = mondays(first, first + timedelta(days=span))

    assert listed[0] == week_of(first)
    assert len(listed) == weeks_between(first, first + timedelta(days=span)) + 1
    assert all(day.isoweekday() == 1 for day in listed)


def test_a_span_that_runs_backwards_has_no_weeks() -> None:
    assert mondays(date(2026, 3, 9), date(2026, 3, 1)) == []
