"""Percentages as people read them: one rule for every screen, chart and paper (四舍五入)."""

from fractions import Fraction


def percent(share: Fraction, *, parts: int = 1) -> int:
    """A share in whole percent, or in tenths of one with `parts` 10; a half goes away from zero.

    What is not nothing never reads 0, and what is short of the whole never reads 100 percent.
    """
    exact, whole = abs(share) * 100 * parts, 100 * parts
    steps = int(exact + Fraction(1, 2))
    if exact and not steps:
        steps = 1
    elif steps == whole and exact < whole:
        steps = whole - 1
    return steps if share >= 0 else -steps
