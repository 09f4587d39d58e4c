"""The figures that are reported: shares with their interval, growth against an earlier time, and what has no base.

A figure without a base is an answer of its own and never 0 %. Definitions: docs/domain.md 3.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

FEW = 30
"""Below so many answers a share says that they are few."""
_Z = 1.959963984540054
"""Standard normal quantile of 97.5 %, for an interval that holds the truth in 95 of 100 cases."""


class Base(StrEnum):
    """What a figure stands on."""

    FULL = "full"
    FEW = "few"  # 样本少于 30
    NONE = "none"  # 没有基数


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; `value` is None without a base."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"{self.part} of {self.whole}")

    @property
    def value(self) -> Fraction | None:
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def base(self) -> Base:
        if not self.whole:
            return Base.NONE
        return Base.FEW if self.whole < FEW else Base.FULL


def interval(share: Share) -> tuple[float, float] | None:
    """Where the true share lies in 95 of 100 cases (Wilson 1927), within 0 and 1; None without a base.

    It stays within its bounds at 0 and at 100 %, where the usual plus and minus has no width.
    """
    if not share.whole:
        return None
    n, p, square = share.whole, share.part / share.whole, _Z * _Z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = _Z * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Growth:
    """A sum beside the sum of an earlier time of the same length; both are always shown."""

    before: int
    now: int

    @property
    def change(self) -> Fraction | None:
        """+13/20 for 620 → 1,023; None when there was nothing before."""
        return Fraction(self.now - self.before, self.before) if self.before else None
