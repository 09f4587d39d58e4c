"""晒承诺、亮作为: what the public reads of a quarter, with small numbers hidden."""

from dataclasses import dataclass

LEAST = 5
"""Fewer than this may point at somebody; none at all hides behind the same sign."""


def shown(number: int) -> int | None:
    """The number as it is shown, or None for "fewer than five"."""
    return number if number >= LEAST else None


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises of the quarter: times due and, of them, kept; None for fewer than five."""

    due: int | None
    kept: int | None


def kept_of(due: int, kept: int) -> Kept:
    """Both numbers, each hidden by itself. How many were missed can be told from two that are shown, as it can from
    the wall, where every promise stands with the day on which it was last kept.
    """
    return Kept(shown(due), shown(kept))
