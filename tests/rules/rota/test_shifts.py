from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.rota.shifts import Shift, ShiftProblem, day_minutes, halves, shift_of, shifts_of
from db.rules.zone import CHINA

DAY = date(2026, 2, 28)


@pytest.mark.parametrize(
    "typed", ["07:00-09:00", "7:00—9:00", "０７：００－０９：００", " 7.00 ~ 9.00 ", "07:00至09:00"]
)
def test_a_shift_is_read_as_people_type_it(typed: str) -> None:
    assert shift_of(typed) == Shift(time(7), time(9))


@pytest.mark.parametrize(
    "typed", ["", "早班", "7-9", "25:00-26:00", "08:00-08:10", "08:00-08:00", "06:00-20:00", "08:61-09:00"]
)
def test_what_is_no_shift_is_said(typed: str) -> None:
    with pytest.raises(ShiftProblem):
        shift_of(typed)


@pytest.mark.parametrize("typed", ["22:00-06:00", "22:00-次日6:00"])
def test_over_midnight_belongs_to_the_day_on_which_it_starts(typed: str) -> None:
    begins, ends = shift_of(typed).on(DAY)

    assert (begins.date(), ends.date()) == (DAY, date(2026, 3, 1))
    assert day_minutes(begins, ends) == {DAY: 120, date(2026, 3, 1): 360}


def test_midnight_as_an_end_is_the_end_of_the_day() -> None:
    assert shift_of("18:00-24:00").on(DAY)[1] == datetime(2026, 3, 1, tzinfo=CHINA)


def test_several_shifts_stand_in_order_and_each_once() -> None:
    assert [str(one) for one in shifts_of("18:00-22:00\n06:00-12:00，12:00-18:00、06:00-12:00")] == [
        "06:00-12:00", "12:00-18:00", "18:00-22:00",
    ]  # fmt: skip


def test_two_shifts_that_begin_together_are_refused() -> None:
    with pytest.raises(ShiftProblem):
        shifts_of("06:00-12:00\n06:00-10:00")


@given(st.integers(0, 1439), st.integers(15, 720))
def test_the_minutes_of_the_days_are_those_of_the_shift(begin: int, length: int) -> None:
    end = (begin + length) % 1440
    shift = Shift(time(begin // 60, begin % 60), time(end // 60, end % 60))

    assert shift.minutes == length == sum(day_minutes(*shift.on(DAY)).values())
    assert {day for day, _half in halves(*shift.on(DAY))} == set(day_minutes(*shift.on(DAY)))


def test_a_long_shift_needs_both_half_days() -> None:
    assert halves(*shift_of("10:00-14:00").on(DAY)) == {(DAY, "am"), (DAY, "pm")}
