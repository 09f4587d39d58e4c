"""季度亮绩: days of a quarter, and a promise's times belong to the quarter in which their period ends."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.rules.commitments.dates import Window, windows
from db.rules.commitments.quarter import Figures, due_and_kept, figures_from, last_quarters, quarter_of
from db.terms import PromiseRhythm

FIRST, SECOND = Window(date(2026, 1, 1), date(2026, 3, 31)), Window(date(2026, 4, 1), date(2026, 6, 30))
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS)
def test_quarters_follow_each_other_without_a_gap(day: date) -> None:
    quarter = quarter_of(day)

    assert quarter.holds(day)
    assert quarter_of(quarter.last + timedelta(days=1)).first == quarter.last + timedelta(days=1)


def test_the_running_quarter_comes_first() -> None:
    assert [one.first for one in last_quarters(date(2026, 2, 28), 3)] == [
        date(2026, 1, 1), date(2025, 10, 1), date(2025, 7, 1),
    ]  # fmt: skip


def test_a_month_that_is_over_is_due_and_one_that_runs_is_not() -> None:
    months = windows(PromiseRhythm.MONTHLY, date(2026, 1, 1), date(2026, 12, 31))
    days = [date(2026, 1, 5), date(2026, 1, 9), date(2026, 4, 1)]

    assert due_and_kept(months, days, FIRST, times=1, today=date(2026, 3, 10)) == (2, 1)
    assert due_and_kept(months, days, FIRST, times=1, today=date(2026, 9, 1)) == (3, 1)
    assert due_and_kept(months, days, SECOND, times=1, today=date(2026, 9, 1)) == (3, 1)


def test_a_promise_by_the_year_is_shown_in_its_last_quarter() -> None:
    year = windows(PromiseRhythm.YEARLY, date(2026, 1, 1), date(2026, 12, 31))

    assert due_and_kept(year, [date(2026, 2, 1)], FIRST, times=1, today=date(2027, 1, 1)) == (0, 0)
    assert due_and_kept(year, [date(2026, 2, 1)], quarter_of(date(2026, 12, 1)), times=1, today=date(2027, 1, 1)) == (
        1,
        1,
    )


def test_a_month_in_a_rest_is_not_due() -> None:
    months = windows(PromiseRhythm.MONTHLY, date(2026, 1, 1), date(2026, 12, 31))
    rest = Window(date(2026, 1, 20), date(2026, 3, 2))

    assert due_and_kept(months, [], FIRST, times=2, today=date(2026, 5, 1), paused=[rest]) == (4, 0)


def test_figures_come_back_as_they_were_kept() -> None:
    figures = Figures(3, 2, 5, 9, 125, 4, 3)

    assert figures_from(figures.plain()) == figures
    assert figures_from({}) == Figures()
