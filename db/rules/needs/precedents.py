"""What became of needs of the same kind: the evidence for how feasible the next one is (docs/domain.md 7.2, 可行性)."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

PRECEDENTS_LEAST = 3
"""Fewer needs of the kind that came to an end say nothing about the next one."""
IN_TIME = timedelta(days=183)
"""六个月内能完成."""


@dataclass(frozen=True, slots=True)
class Precedents:
    """What became of needs of the same kind in the last two years, and what could help this one.

    `ended` have their answer, `own` of them were done here, `in_time` of these within six months; `resources` are those
    of partner units on offer for the kind.
    """

    ended: int
    own: int
    in_time: int
    resources: int

    @property
    def tells(self) -> bool:
        """Whether there is enough to suggest anything."""
        return self.ended >= PRECEDENTS_LEAST

    def points(self, scale: int) -> int | None:
        """Thirds of the criterion as docs/domain.md 7.2 has them: within our power by the share that was done here,
        with means by what is on offer, else by the same share, within six months by the share of these in time.
        """
        if not self.tells:
            return None
        power = Fraction(self.own, self.ended)
        means = Fraction(1) if self.resources else power
        time = Fraction(self.in_time, self.own) if self.own else Fraction(0)
        return int(scale * (power + means + time) / 3 + Fraction(1, 2))
