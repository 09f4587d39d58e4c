"""定期服务: on which days a series comes."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.orders.recurrence import day_off, first_from, next_turn, turn, turns
from db.terms import Rhythm

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(DAYS, st.sampled_from(list(Rhythm)))
def test_turns_only_go_forward_and_keep_their_distance(start: date, rhythm: Rhythm) -> None:
    least, most = {Rhythm.WEEKLY: (7, 7), Rhythm.FORTNIGHTLY: (14, 14), Rhythm.MONTHLY: (28, 31)}[rhythm]

    for one, following in pairwise(islice(turns(start, rhythm), 30)):
        assert least <= (following - one).days <= most


@given(DAYS, st.integers(0, 60))
def test_a_monthly_series_keeps_its_day_or_the_last_of_the_month(start: date, number: int) -> None:
    day = turn(start, Rhythm.MONTHLY, number)

    assert day.day == min(start.day, monthrange(day.year, day.month)[1])


@given(DAYS, st.sampled_from(list(Rhythm)), st.integers(0, 400))
def test_the_next_turn_is_the_first_one_later(start: date, rhythm: Rhythm, ahead: int) -> None:
    after = start + timedelta(days=ahead)
    following = next_turn(start, rhythm, after)

    assert following is not None
    assert following > after
    assert not any(after < day < following for day in islice(turns(start, rhythm), 80))


def test_the_31st_comes_back_after_a_short_month() -> None:
    days = list(islice(turns(date(2026, 1, 31), Rhythm.MONTHLY), 4))
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_series_ends_with_its_last_day_counted_in() -> None:
    until = date(2026, 3, 24)
    assert list(turns(date(2026, 3, 10), Rhythm.WEEKLY, until)) == [
        date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 24),
    ]  # fmt: skip
    assert next_turn(date(2026, 3, 10), Rhythm.WEEKLY, until, until) is None
    assert first_from(date(2026, 3, 10), Rhythm.WEEKLY, until, until) == until


@pytest.mark.parametrize(
    ("day", "off"), [(date(2026, 10, 1), True), (date(2026, 3, 10), False), (date(2026, 3, 14), False)]
)
def test_a_turn_on_a_holiday_is_marked_and_a_week_end_is_wanted(day: date, off: bool) -> None:
    assert day_off(day, {}) is off
