"""Periods of figures: what a code means, what stands beside it, leap days."""

from datetime import date

import pytest

from db.rules.results.period import before, offered, period, usual, year_before

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("code", "since", "until"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026-03", date(2026, 3, 1), TODAY),
        ("2026-Q1", date(2026, 1, 1), TODAY),
    ],
)
def test_a_code_names_days_and_a_running_period_ends_today(code: str, since: date, until: date) -> None:
    found = period(code, today=TODAY)

    assert (found.since, found.until, found.running) == (since, until, until == TODAY)


@pytest.mark.parametrize("code", ["", "2026-13", "2026-Q5", "2026-04", "2026-3", "0000", "３０２６", "2027", "x"])
def test_nonsense_and_the_future_are_no_period(code: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        period(code, today=TODAY)


def test_the_period_before_is_whole_and_ends_the_day_before() -> None:
    assert (before(period("2026-01", today=TODAY)).code, before(period("2026-Q1", today=TODAY)).code) == (
        "2025-12",
        "2025-Q4",
    )
    assert before(period("2026", today=TODAY)).until == date(2025, 12, 31)


def test_a_whole_february_stands_beside_a_whole_one() -> None:
    leap, after = date(2028, 3, 1), date(2029, 3, 1)

    assert year_before(period("2028-02", today=leap)).until == date(2027, 2, 28)
    assert year_before(period("2029-02", today=after)).until == date(2028, 2, 29)


def test_a_running_period_stands_beside_the_same_days_also_on_the_leap_day() -> None:
    assert year_before(period("2028-02", today=date(2028, 2, 29))).until == date(2027, 2, 28)
    assert year_before(period("2029-02", today=date(2029, 2, 28))).until == date(2028, 2, 29)
    assert year_before(period("2026-03", today=TODAY)).until == date(2025, 3, 5)


def test_every_offered_code_can_be_read() -> None:
    assert [period(code, today=TODAY).code for code in offered(TODAY)] == list(offered(TODAY))
    assert offered(TODAY)[0] == "2026-03"


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2026, 12, 1), "2026-11"),
        (date(2026, 1, 3), "2025-12"),
        (date(2026, 12, 4), "2026-12"),
        (date(2026, 11, 30), "2026-11"),
    ],
)
def test_the_first_days_of_a_month_look_at_the_one_that_ended(today: date, code: str) -> None:
    assert usual(today) == code
