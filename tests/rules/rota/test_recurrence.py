from datetime import date

import pytest

from db.rules.rota.recurrence import days_of, rule_of
from db.terms import DaysOff, MonthEnd, SlotRhythm


def monthly(day: int, month_end: MonthEnd, first: date, last: date) -> list[str]:
    rule = rule_of(SlotRhythm.MONTHLY, month_day=day, month_end=month_end)
    return [f"{one:%m-%d}" for one in days_of(rule, first, last, DaysOff.ALSO, {})]


def test_the_31st_falls_on_the_last_day_or_is_left_out() -> None:
    span = (date(2026, 1, 1), date(2026, 5, 31))

    assert monthly(31, MonthEnd.LAST_DAY, *span) == ["01-31", "02-28", "03-31", "04-30", "05-31"]
    assert monthly(31, MonthEnd.LEFT_OUT, *span) == ["01-31", "03-31", "05-31"]


def test_the_29th_of_february_is_there_in_leap_years() -> None:
    assert monthly(29, MonthEnd.LAST_DAY, date(2027, 2, 1), date(2027, 3, 31)) == ["02-28", "03-29"]
    assert monthly(29, MonthEnd.LEFT_OUT, date(2028, 2, 1), date(2028, 3, 31)) == ["02-29", "03-29"]
    assert monthly(29, MonthEnd.LEFT_OUT, date(2027, 2, 1), date(2027, 3, 31)) == ["03-29"]


def test_every_second_week_on_two_days() -> None:
    rule = rule_of(SlotRhythm.WEEKLY, every=2, weekdays=[1, 5])

    days = days_of(rule, date(2026, 3, 3), date(2026, 3, 31), DaysOff.ALSO, {})

    assert [f"{day:%m-%d}" for day in days] == ["03-03", "03-07", "03-17", "03-21", "03-31"]


@pytest.mark.parametrize(
    ("days_off", "left"),
    [
        (DaysOff.ALSO, ["02-14", "02-15", "02-16", "02-17", "02-23", "02-24", "02-28"]),
        (DaysOff.NO_FESTIVALS, ["02-14", "02-24", "02-28"]),
        (DaysOff.WORKDAYS, ["02-14", "02-24", "02-28"]),
        (DaysOff.OFF_ONLY, ["02-15", "02-16", "02-17", "02-23"]),
    ],
)
def test_festivals_and_make_up_workdays_are_known(days_off: DaysOff, left: list[str]) -> None:
    """The Spring Festival of 2026 was off from 15 to 23 February; Saturdays 14 and 28 February were worked."""
    days = days_of("FREQ=DAILY", date(2026, 2, 14), date(2026, 2, 28), days_off, {})

    watched = {"02-14", "02-15", "02-16", "02-17", "02-23", "02-24", "02-28"}
    assert [f"{day:%m-%d}" for day in days if f"{day:%m-%d}" in watched] == left


def test_an_ordinary_week_end_is_no_festival() -> None:
    assert days_of("FREQ=DAILY", date(2026, 3, 7), date(2026, 3, 8), DaysOff.NO_FESTIVALS, {}) == (
        date(2026, 3, 7), date(2026, 3, 8),
    )  # fmt: skip


def test_the_installations_calendar_wins() -> None:
    day = date(2026, 3, 11)

    assert days_of("", day, day, DaysOff.WORKDAYS, {day: False}) == ()
    assert days_of("", date(2026, 2, 17), date(2026, 2, 17), DaysOff.NO_FESTIVALS, {date(2026, 2, 17): True})


def test_a_year_that_the_calendar_does_not_know_has_its_statutory_days() -> None:
    festival = date(2050, 10, 1)

    assert days_of("", festival, festival, DaysOff.NO_FESTIVALS, {}) == ()
