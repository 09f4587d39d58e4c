"""Who may be sent somewhere: pauses, minors, half days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.orders.dispatch import SLOTS
from db.rules.volunteers.asking import age_band, is_paused, known_slots, may_be_minor, year_may_be

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 400), DAYS)
def test_a_pause_holds_on_its_first_and_last_day_and_on_no_other(first: date, length: int, on: date) -> None:
    last = first + timedelta(days=length)

    assert is_paused(first, last, first)
    assert is_paused(first, last, last)
    assert not is_paused(first, last, last + timedelta(days=1))
    assert is_paused(first, last, on) == (first <= on <= last)
    assert not is_paused(None, None, on)


@pytest.mark.parametrize(("year", "minor"), [(2009, True), (2008, True), (2007, False), (None, False)])
def test_whoever_can_be_under_eighteen_counts_as_a_minor(year: int | None, minor: bool) -> None:
    assert may_be_minor(year, date(2026, 12, 31)) is minor


@given(st.integers(1916, 2018), DAYS)
def test_an_age_lies_in_its_band(year: int, on: date) -> None:
    band = age_band(year, on)

    assert band is not None
    assert band[0] <= max(on.year - year, 0)
    assert band[1] is None or on.year - year <= band[1]


def test_without_a_year_there_is_no_band_and_the_oldest_is_open() -> None:
    assert age_band(None, date(2026, 1, 1)) is None
    assert age_band(1940, date(2026, 1, 1)) == (80, None)
    assert age_band(2010, date(2026, 1, 1)) == (0, 17)


def test_a_baby_and_a_typing_error_are_nobody_to_register() -> None:
    assert [year_may_be(year, date(2026, 1, 1)) for year in (2025, 2018, 1916, 1899)] == [False, True, True, False]


@given(st.lists(st.sampled_from(SLOTS)))
def test_half_days_are_kept_once_in_the_order_of_the_week(slots: list[str]) -> None:
    kept = known_slots(slots)

    assert set(kept) == set(slots)
    assert kept == sorted(kept, key=SLOTS.index)


def test_what_is_no_half_day_is_refused() -> None:
    with pytest.raises(ValueError, match="mon-night"):
        known_slots(["mon-am", "mon-night"])
