from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.activities.months import month_from, next_month, previous_month


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_month_on_and_a_month_back_is_the_same_month(day: date) -> None:
    month = day.replace(day=1)

    assert previous_month(next_month(month)) == month == month_from(f"{month:%Y-%m}")


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "1999-01", "2100-01", "x-y", "2026-03-05"])
def test_nonsense_is_no_month(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        month_from(text)
