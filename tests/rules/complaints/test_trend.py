"""Before and after: whole months only, the months between count for neither side, and short periods say so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.complaints.trend import before_and_after, month_of, months_from, next_month

FIRST, TODAY = date(2025, 1, 10), date(2026, 3, 5)
EVERY = dict.fromkeys(months_from(FIRST, TODAY), 6)


def test_thirteen_a_month_before_and_four_after_is_a_fall_of_two_thirds() -> None:
    counts = {month: 13 if month < date(2025, 7, 1) else 4 for month in EVERY}

    trend = before_and_after(counts, first=FIRST, today=TODAY, begins=date(2025, 7, 9), ends=date(2025, 9, 30))

    assert (trend.before.months, trend.before.total, trend.before.tenths) == (5, 65, 130)  # February to June
    assert (trend.after.months, trend.after.total, trend.after.tenths) == (5, 20, 40)  # October to February
    assert trend.change_percent == -69
    assert not trend.short
    assert trend.seasons_differ


@pytest.mark.parametrize(
    ("begins", "ends", "before", "after"),
    [
        (date(2025, 2, 1), date(2025, 2, 28), 0, 12),  # January is the first month of the register
        (date(2026, 3, 1), None, 13, 0),
        (date(2026, 1, 31), date(2026, 2, 1), 11, 0),  # March is not over
        (None, None, 0, 0),
    ],
)
def test_only_whole_months_outside_count(begins: date | None, ends: date | None, before: int, after: int) -> None:
    trend = before_and_after(EVERY, first=FIRST, today=TODAY, begins=begins, ends=ends)

    assert (trend.before.months, trend.after.months) == (before, after)
    assert trend.short


def test_no_change_is_told_from_nothing() -> None:
    nothing = before_and_after({}, first=FIRST, today=TODAY, begins=date(2025, 6, 1), ends=date(2025, 8, 1))

    assert nothing.change_percent is None
    assert nothing.before.tenths == 0


@given(st.dates(date(2024, 1, 1), TODAY), st.dates(date(2024, 1, 1), TODAY), st.dates(date(2024, 1, 1), TODAY))
def test_no_month_counts_on_both_sides(first: date, begins: date, ends: date) -> None:
    counts = dict.fromkeys(months_from(date(2024, 1, 1), TODAY), 1)

    trend = before_and_after(counts, first=first, today=TODAY, begins=begins, ends=max(begins, ends))

    assert trend.before.months + trend.after.months < len(trend.months) or len(trend.months) <= 1
    assert trend.before.total == trend.before.months
    assert all(
        next_month(before) == after for (before, _), (after, _) in zip(trend.months, trend.months[1:], strict=False)
    )
    assert trend.months[0][0] == month_of(first)
