"""Full years: right on 29 February, on the day itself, and before the beginning."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.years import anniversary, full_years, milestone

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("begun", "on", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(1996, 3, 5), date(2026, 3, 4), 29),
        (date(1996, 3, 5), date(2026, 3, 5), 30),
        (date(2026, 3, 5), date(2026, 3, 5), 0),
        (date(2026, 3, 5), date(2020, 1, 1), 0),
    ],
)
def test_a_year_is_full_on_its_day(begun: date, on: date, years: int) -> None:
    assert full_years(begun, on) == years


@given(DAYS, DAYS)
def test_years_never_go_back_and_grow_on_the_anniversary_alone(begun: date, on: date) -> None:
    yesterday = on - timedelta(days=1)
    grown = full_years(begun, on) - full_years(begun, yesterday)

    assert grown in (0, 1)
    assert not grown or on == anniversary(begun, on.year)


@given(DAYS, st.integers(1901, 2100))
def test_an_anniversary_stays_in_its_month(begun: date, year: int) -> None:
    assert anniversary(begun, year).month == begun.month


def test_only_marked_numbers_of_years_are_milestones() -> None:
    assert [milestone(date(1976, 3, 5), year) for year in (1986, 1996, 2006, 2026, 2027)] == [10, None, 30, 50, None]
