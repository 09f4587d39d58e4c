"""When a promise comes due: periods without gaps, cut by the promise's own days; pauses; what is over and what runs."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.commitments.dates import Window, standing, windows, windows_on_the_wall
from db.terms import PromiseRhythm as R

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@given(st.sampled_from(list(R)), DAYS, st.integers(0, 800))
def test_periods_cover_the_promise_without_gap_or_overlap(rhythm: R, start: date, length: int) -> None:
    until = start + timedelta(days=length)
    found = windows(rhythm, start, until)

    assert (found[0].first, found[-1].last) == (start, until)
    assert all(two.first - one.last == timedelta(days=1) for one, two in pairwise(found))
    assert all(one.first <= one.last for one in found)


@pytest.mark.parametrize(
    ("rhythm", "number"),
    [(R.ONCE, 1), (R.WEEKLY, 53), (R.FORTNIGHTLY, 27), (R.MONTHLY, 12), (R.QUARTERLY, 4), (R.YEARLY, 1)],
)
def test_a_year_has_its_periods(rhythm: R, number: int) -> None:
    assert len(windows(rhythm, *YEAR)) == number


def test_a_promise_that_ends_before_it_begins_has_none() -> None:
    assert windows(R.WEEKLY, date(2026, 3, 2), date(2026, 3, 1)) == ()


def test_february_ends_on_its_last_day_in_a_leap_year_too() -> None:
    assert [one.last for one in windows(R.MONTHLY, date(2028, 1, 31), date(2028, 3, 1))] == [
        date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 1),
    ]  # fmt: skip


def test_two_of_three_months_are_kept_and_the_running_one_is_open() -> None:
    days = [date(2026, 1, 28), date(2026, 3, 1), date(2026, 3, 30)]
    found = standing(windows(R.MONTHLY, *YEAR), days, times=1, on=date(2026, 4, 10))

    assert (found.due, found.kept) == (3, 2)
    assert found.missed == (Window(date(2026, 2, 1), date(2026, 2, 28)),)
    assert found.current == Window(date(2026, 4, 1), date(2026, 4, 30))


def test_a_pause_takes_out_the_periods_that_lie_in_it_whole() -> None:
    ill = Window(date(2026, 1, 15), date(2026, 3, 31))
    found = standing(windows(R.MONTHLY, *YEAR), [], times=1, on=date(2026, 4, 10), paused=[ill])

    assert (found.due, found.kept) == (1, 0)
    assert found.missed == (Window(date(2026, 1, 1), date(2026, 1, 31)),)


@pytest.mark.parametrize(
    ("shown_on", "months"), [(date(2025, 12, 20), 12), (date(2026, 3, 31), 10), (date(2026, 4, 1), 9)]
)
def test_nothing_is_due_that_was_over_before_the_promise_stood_on_the_wall(shown_on: date, months: int) -> None:
    found = windows_on_the_wall(R.MONTHLY, *YEAR, shown_on)

    assert (len(found), found[-1]) == (months, Window(date(2026, 12, 1), date(2026, 12, 31)))
    assert len(windows_on_the_wall(R.ONCE, *YEAR, shown_on)) == 1


def test_what_was_kept_in_the_running_period_counts_and_nothing_of_it_is_open() -> None:
    found = standing(windows(R.MONTHLY, *YEAR), [date(2026, 1, 5)], times=1, on=date(2026, 1, 10))

    assert (found.due, found.kept, found.current) == (1, 1, None)


@given(
    st.sampled_from(list(R)), DAYS, st.integers(0, 400), st.lists(DAYS, max_size=40), st.integers(1, 4), DAYS,
    st.tuples(DAYS, st.integers(0, 200)),
)  # fmt: skip
def test_kept_never_exceeds_due_and_nothing_counts_ahead(
    rhythm: R, start: date, length: int, days: list[date], times: int, on: date, rest: tuple[date, int]
) -> None:
    periods = windows(rhythm, start, start + timedelta(days=length))
    paused = [Window(rest[0], rest[0] + timedelta(days=rest[1]))]
    found = standing(periods, days, times=times, on=on, paused=paused)

    assert 0 <= found.kept <= found.due <= times * len(periods)
    assert found.due - found.kept >= len(found.missed)
    assert found.kept == standing(periods, [day for day in days if day <= on], times=times, on=on, paused=paused).kept
    assert all(one.last < on for one in found.missed)
