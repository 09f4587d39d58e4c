"""Check what a form sent, field by field: clean value or BadInput at that field."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from db.errors import BadInput, Problem
from db.rules.wording_input import Cleaned, clean_line, clean_text

T = TypeVar("T")


def _kept(field: str, cleaned: Cleaned, needed: bool) -> str:
    problem = cleaned.problem
    if problem is None:
        return cleaned.value
    if problem.code.value == Problem.EMPTY:
        if needed:
            raise BadInput(field, Problem.EMPTY)
        return ""
    raise BadInput(field, Problem.TOO_LONG, length=problem.length, most=problem.most)


def line(field: str, text: str | None, *, most: int, needed: bool = True) -> str:
    """One clean line, or BadInput (empty when needed, too long)."""
    return _kept(field, clean_line(text or "", most), needed)


def words(field: str, text: str | None, *, most: int, needed: bool = True) -> str:
    """Clean text of several lines, or BadInput."""
    return _kept(field, clean_text(text or "", most), needed)


def whole(field: str, value: int | None, *, least: int, most: int) -> int:
    """A whole number within limits, or BadInput: the limits of a widget are only the browser's."""
    if value is None:
        raise BadInput(field, Problem.EMPTY)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput(field, Problem.NOT_A_NUMBER)
    if not least <= value <= most:
        raise BadInput(field, Problem.OUT_OF_RANGE, least=least, most=most)
    return value


def amount(field: str, value: Decimal | None, *, least: int = -(10**9), most: int = 10**9) -> Decimal:
    """An exact number with at most two decimals within limits, or BadInput."""
    if value is None:
        raise BadInput(field, Problem.EMPTY)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise BadInput(field, Problem.NOT_A_NUMBER)
    if not least <= value <= most:
        raise BadInput(field, Problem.OUT_OF_RANGE, least=least, most=most)
    if value != value.quantize(Decimal("0.01")):
        raise BadInput(field, Problem.NOT_A_NUMBER)
    return value


def chosen(field: str, value: T | None, options: Sequence[T] | None = None) -> T:
    """A choice that was made and is one of the options, or BadInput."""
    if value is None:
        raise BadInput(field, Problem.EMPTY)
    if options is not None and value not in options:
        raise BadInput(field, Problem.UNKNOWN_CHOICE)
    return value


def day(field: str, value: date | None, *, least: date | None = None, most: date | None = None) -> date:
    """A day within limits, or BadInput."""
    if value is None:
        raise BadInput(field, Problem.EMPTY)
    if (least and value < least) or (most and value > most):
        raise BadInput(field, Problem.BAD_DATE)
    return value
