"""The value of a cell as text. Part of the child that opens files: the standard library only."""

import re
from datetime import date, datetime, time, timedelta

CUT_FROM = 10**15
"""A table holds fifteen digits of a number."""
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
"""How .ods writes a length of time."""


def as_text(value: object) -> str:
    """A cell as text: digits stay digits, days become 2026-03-05, lengths of time 36:00.

    A number of 16 digits and more has lost the last ones already when the file was written: it becomes 3.302E+17, as
    the table shows it, and is refused at its cell.
    """
    if isinstance(value, str):
        long = _DURATION.fullmatch(value) if value.startswith("PT") else None
        return _clock(int(long[1]), int(long[2]), int(long[3])) if long else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _digits(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return _clock(value.hour, value.minute, value.second)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(abs(value).total_seconds())
        return ("-" if value < timedelta() else "") + _clock(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return "" if value is None else str(value)


def _digits(value: float) -> str:
    if abs(value) >= CUT_FROM:
        mantissa, exponent = f"{value:.14E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    return str(int(value)) if value == int(value) else f"{value:.15g}"


def _clock(hours: int, minutes: int, seconds: int) -> str:
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
