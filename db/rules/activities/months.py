"""Months as an address holds them: 2026-03."""

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2000, 2099


def month_from(text: str) -> date:
    """The first day of the month of an address; raises ValueError for nonsense."""
    year, _dash, month = text.partition("-")
    first = date(int(year), int(month), 1)
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise ValueError(text)
    return first


def next_month(month: date) -> date:
    """The first day of the month behind."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, next_month(first) - timedelta(days=1)
