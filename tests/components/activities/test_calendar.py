from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from components.activities.calendar import days_shown
from db.rules.activities.months import month_of


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_a_month_is_shown_in_whole_weeks_from_monday(day: date) -> None:
    days, (first, last) = days_shown(day), month_of(day)

    assert days[0].weekday() == 0
    assert len(days) % 7 == 0
    assert len(days) <= 42
    assert {first, last, day} <= set(days)
    assert (first.day, first.month, last.month) == (1, day.month, day.month)
