"""Check what a form sent, field by field: clean value or BadInput at that field.

While an action runs, the problems of all its fields are gathered and told together (`db.together`).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TypeVar

from db.errors import BadInput, Problem
from db.rules.phone import NUMBER_MOST, REMARK_MOST, read_phone
from db.rules.typed import Cleaned, clean_line, clean_text
from db.together import amiss

T = TypeVar("T")

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 12, 31)
"""A day outside is a slip of the finger, and arithmetic with it leaves the calendar."""
MOST_ID = 2**63 - 1


def _kept(field: str, cleaned: Cleaned, needed: bool) -> str:
    problem = cleaned.problem
    if problem is None:
        return cleaned.value
    if problem.code.value == Problem.EMPTY:
        return amiss(BadInput(field, Problem.EMPTY), "") if needed else ""
    return amiss(BadInput(field, Problem.TOO_LONG, length=problem.length, most=problem.most), "")


def line(field: str, text: str | None, *, most: int, needed: bool = True) -> str:
    """One clean line, or BadInput (empty when needed, too long)."""
    return _kept(field, clean_line(_text(field, text), most), needed)


def words(field: str, text: str | None, *, most: int, needed: bool = True) -> str:
    """Clean text of several lines, or BadInput."""
    return _kept(field, clean_text(_text(field, text), most), needed)


def _text(field: str, text: object) -> str:
    if text is None or isinstance(text, str):
        return text or ""
    return amiss(BadInput(field, Problem.WRONG), "")


def telephone(field: str, text: str | None) -> str | None:
    """A telephone number as it was typed, with what is said beside it (转801, 儿子); None for none, or BadInput."""
    kept = line(field, text, most=NUMBER_MOST + REMARK_MOST + 1, needed=False)
    if not kept:
        return None
    found = read_phone(kept)
    if found is None or len(found.number) > NUMBER_MOST:
        return amiss(BadInput(field, Problem.NO_PHONE), None)
    return kept


def whole(field: str, value: int | None, *, least: int, most: int) -> int:
    """A whole number within limits, or BadInput: the limits of a widget are only the browser's."""
    if value is None:
        return amiss(BadInput(field, Problem.EMPTY), least)
    if isinstance(value, bool) or not isinstance(value, int):
        return amiss(BadInput(field, Problem.NOT_A_NUMBER), least)
    if not least <= value <= most:
        return amiss(BadInput(field, Problem.OUT_OF_RANGE, least=least, most=most), least)
    return value


def amount(field: str, value: Decimal | None, *, least: int = -(10**9), most: int = 10**9) -> Decimal:
    """An exact number with at most two decimals within limits, or BadInput."""
    if value is None:
        return amiss(BadInput(field, Problem.EMPTY), Decimal(max(least, 1)))
    if not isinstance(value, Decimal) or not value.is_finite():
        return amiss(BadInput(field, Problem.NOT_A_NUMBER), Decimal(max(least, 1)))
    if not least <= value <= most:
        return amiss(BadInput(field, Problem.OUT_OF_RANGE, least=least, most=most), Decimal(max(least, 1)))
    if value != value.quantize(Decimal("0.01")):
        return amiss(BadInput(field, Problem.NOT_A_NUMBER), Decimal(max(least, 1)))
    return value


def chosen(field: str, value: T | None, options: Sequence[T] | None = None) -> T:
    """A choice that was made and is one of the options, or BadInput."""
    if value is None:
        return amiss(BadInput(field, Problem.EMPTY), _first(options))
    if options is None:
        return value
    # The option itself, not what merely equals it: a plain "safety" is no Urgency.SAFETY, and True is not 1.
    for option in options:
        if option == value and isinstance(option, bool) is isinstance(value, bool):
            return option
    return amiss(BadInput(field, Problem.UNKNOWN_CHOICE), _first(options))


def _first(options: Sequence[T] | None) -> T:
    """What stands in for a choice that was not made (`db.together`); nothing is written with it."""
    return options[0] if options else None  # type: ignore[return-value]


def is_id(value: object) -> bool:
    """Whether the database could hold this as the id of a row."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_ID


def row_id(field: str, value: int | None) -> int:
    """The id of a row that was chosen, or BadInput; whether there is such a row is another question."""
    if value is None:
        return amiss(BadInput(field, Problem.EMPTY), 0)
    if not is_id(value):
        return amiss(BadInput(field, Problem.UNKNOWN_CHOICE), 0)
    return value


def day(field: str, value: date | None, *, least: date | None = None, most: date | None = None) -> date:
    """A day within limits, or BadInput, which names the limit."""
    first, last = least or FIRST_DAY, most or LAST_DAY
    if value is None:
        return amiss(BadInput(field, Problem.EMPTY), least or most or FIRST_DAY)
    if not isinstance(value, date) or isinstance(value, datetime):
        return amiss(BadInput(field, Problem.BAD_DATE), least or most or FIRST_DAY)
    if value < first:
        return amiss(BadInput(field, Problem.TOO_EARLY, day=str(first)), least or most or FIRST_DAY)
    if value > last:
        return amiss(BadInput(field, Problem.TOO_LATE, day=str(last)), least or most or FIRST_DAY)
    return value


def moment(field: str, value: datetime | None) -> datetime:
    """A day with a time and its zone, or BadInput."""
    if value is None:
        return amiss(BadInput(field, Problem.EMPTY), datetime.combine(FIRST_DAY, time(), UTC))
    if not isinstance(value, datetime) or value.tzinfo is None:
        return amiss(BadInput(field, Problem.BAD_DATE), datetime.combine(FIRST_DAY, time(), UTC))
    day(field, value.date())
    return value.astimezone(UTC)
