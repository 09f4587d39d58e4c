"""The method of equal shares for projects with costs (Peters, Pierczyński and Skowron 2021), an approval counts one.

The budget is divided equally among the ballots that approve something (an abstention takes no share out of it). Again
and again that project is bought whose supporters can pay for it with the lowest price each, where a supporter who has
less than the price gives all there is; its supporters pay. When the supporters of no project can pay for it any more,
the method ends; what is left of the budget stays unspent.

Projects at the same lowest price are bought together when nobody who supports several of them has to pay for them more
than there is. Otherwise each of them may be the next one bought: `tally_ways` says what becomes of such a tie.

Whoever wants nothing left unspent raises the share of every ballot by one yuan after another (`tally_completion`).
Every price and purse is then a line over the raise, with a value now and a growth per yuan; `steady` says how far the
raise may go while every comparison of this count stays as it is, so that the yuan in between need no count.

Prices and purses are exact fractions. The purse of a ballot is its share less the prices it has paid, so that ballots
that paid for the same projects have the same purse; floats only sort out ballots whose purse is far from a price.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np
from numpy.typing import NDArray

from db.rules.voting.tally_parts import Numbers, Table

NEAR = 1e-6
"""Purses this near to a price, in shares, are compared exactly. A float purse is off by less than 1e-12 of a share."""


FLAT = 1e-9
"""Purses and prices that drift apart by less than this a yuan are taken to drift by this."""


@dataclass(frozen=True, slots=True)
class Line:
    """An amount in yuan, and by how much it grows with every yuan that each share is raised."""

    value: Fraction
    growth: Fraction = Fraction(0)

    def __sub__(self, other: "Line") -> "Line":
        return Line(self.value - other.value, self.growth - other.growth)

    def __mul__(self, times: int | Fraction) -> "Line":
        return Line(self.value * times, self.growth * times)


class Shares:
    """One way of buying projects. `raised` is by how many yuan the share of every ballot is more than its part."""

    def __init__(self, table: Table, costs: Mapping[int, int], budget: int, raised: int = 0) -> None:
        numbers, rows = table.numbers, table.rows
        self._costs = costs
        self._counts = table.counts
        self._share = Line(Fraction(budget, int(table.counts.sum())) + raised, Fraction(1))
        self._steady = [inf]
        """Of all ways of this count together, in yuan."""
        self._supporters: dict[int, Numbers] = {number: rows[numbers == number] for number in costs}
        self._prices: list[Line] = []
        """What each supporter paid, in the order of buying."""
        self._paid: NDArray[np.uint64] = np.zeros(len(table.counts), dtype=np.uint64)
        """For each ballot, a bit for every price it has paid in full."""
        self._purse: NDArray[np.float64] = np.ones(len(table.counts), dtype=np.float64)
        """About what is left, in shares."""
        self._growth: NDArray[np.float64] = np.ones(len(table.counts), dtype=np.float64)
        """About how that grows, in yuan per yuan of the raise."""
        self._gave_all: NDArray[np.bool_] = np.zeros(len(table.counts), dtype=bool)
        self._lowest: dict[int, Line] = {
            number: Line(Fraction(costs[number], int(table.counts[rows].sum())))
            for number, rows in self._supporters.items()
            if rows.size
        }
        """For each project that may still be bought, its price when last looked at. Prices only rise from one purchase
        to the next."""
        self.winners: list[int] = []

    @property
    def contenders(self) -> list[int]:
        """Projects whose supporters may still be able to pay."""
        return list(self._lowest)

    @property
    def steady(self) -> int:
        """By how many whole yuan at least the share may rise beyond this one while the same is bought, in all ways."""
        return int(min(self._steady[0] * (1 - NEAR), 10**12))

    def copy(self) -> "Shares":
        """The same state, to go another way."""
        other = object.__new__(Shares)
        other.__dict__.update(self.__dict__)
        other._supporters, other._lowest = dict(self._supporters), dict(self._lowest)
        other._prices, other.winners = list(self._prices), list(self.winners)
        other._paid, other._purse, other._gave_all = self._paid.copy(), self._purse.copy(), self._gave_all.copy()
        other._growth = self._growth.copy()
        return other

    def run(self) -> list[int]:
        """Buy to the end, which gives nobody, or to a tie, which gives those of whom one is next."""
        while best := self._best():
            first = self._first_of(best)
            if len(first) > 1:
                return first
            self.settle(first[0])
        return []

    def settle(self, number: int) -> None:
        """Buy a project at its price."""
        price, rows = self._lowest.pop(number), self._with_purse(self._supporters[number])
        gives_all = self._has_less(rows, price, or_equal=True)
        self._gave_all[rows[gives_all]] = True
        pays = rows[~gives_all]
        self._paid[pays] |= np.uint64(1 << len(self._prices))
        self._purse[pays] -= float(price.value / self._share.value)
        self._growth[pays] -= float(price.growth)
        self._prices.append(price)
        self.winners.append(number)

    def after(self, number: int) -> None:
        """What was bought does not say who paid how much."""

    def _best(self) -> list[int]:
        """The projects at the lowest price."""
        best: list[int] = []
        lowest: Fraction | None = None
        for number in sorted(self._lowest, key=lambda one: (self._lowest[one].value, one)):
            if lowest is not None and self._lowest[number].value > lowest:
                break
            price = self._price(number)
            if price is None:
                del self._lowest[number]
                continue
            self._lowest[number] = price
            if lowest is None or price.value < lowest:
                best, lowest = [number], price.value
            elif price.value == lowest:
                best.append(number)
        for number in self._lowest if best else ():
            self._cross(self._lowest[number] - self._lowest[best[0]])
        return sorted(best)

    def _cross(self, apart: Line) -> None:
        """Note where two lines meet that are so far apart now; those that meet here and part are steady nowhere."""
        if apart.value * apart.growth < 0:
            self._steady[0] = min(self._steady[0], float(-apart.value / apart.growth))
        elif not apart.value and apart.growth:
            self._steady[0] = 0

    def _price(self, number: int) -> Line | None:
        """The lowest price at which the supporters can pay; None when all they have is less than the cost."""
        rows = self._supporters[number] = self._with_purse(self._supporters[number])
        missing, payers = Line(Fraction(self._costs[number])), int(self._counts[rows].sum())
        while payers:
            price = missing * Fraction(1, payers)
            poor = self._has_less(rows, price)
            if not poor.any():
                return price
            missing -= self._sum(rows[poor])
            payers -= int(self._counts[rows[poor]].sum())
            rows = rows[~poor]
        return None

    def _with_purse(self, rows: Numbers) -> Numbers:
        return rows[~self._gave_all[rows]]

    def _has_less(self, rows: Numbers, price: Line, *, or_equal: bool = False) -> NDArray[np.bool_]:
        """Which of these ballots have less than the price, each compared exactly where floats cannot tell."""
        off = self._purse[rows] - float(price.value / self._share.value)
        less: NDArray[np.bool_] = off < 0.0
        far = np.abs(off) >= NEAR
        near = np.flatnonzero(~far)
        if near.size:
            masks, which = np.unique(self._paid[rows[near]], return_inverse=True)
            apart = [self._left(int(mask)) - price for mask in masks]
            exact = np.array([one.value < 0 or (or_equal and not one.value) for one in apart], dtype=bool)
            less[near] = exact[which]
            for one in apart:
                self._cross(one)
        drift = self._growth[rows] - float(price.growth)
        meet = far & ((off * drift < 0) | (np.abs(drift) < FLAT))
        if meet.any():
            soonest = float((np.abs(off[meet]) / np.maximum(np.abs(drift[meet]), FLAT)).min())
            self._steady[0] = min(self._steady[0], soonest * float(self._share.value))
        return less

    def _left(self, mask: int) -> Line:
        """The exact purse of a ballot that has paid these prices in full."""
        left = self._share
        for bit, price in enumerate(self._prices):
            if mask >> bit & 1:
                left -= price
        return left

    def _sum(self, rows: Numbers) -> Line:
        """What these ballots have left together, exactly."""
        counts, paid = self._counts[rows], self._paid[rows]
        total = self._share * int(counts.sum())
        for bit, price in enumerate(self._prices):
            payers = int(counts[(paid & np.uint64(1 << bit)) != 0].sum())
            if payers:
                total -= price * payers
        return total

    def _first_of(self, best: list[int]) -> list[int]:
        """One project that can be bought before the others at the same price without changing what they cost, or a
        group of whom one is next: linked by ballots that have less than the price of all that they want of them.
        """
        if len(best) == 1:
            return best
        wants = np.zeros((len(best), len(self._purse)), dtype=bool)
        for index, number in enumerate(best):
            wants[index, self._with_purse(self._supporters[number])] = True
        times, price = wants.sum(axis=0), self._lowest[best[0]]
        short = np.zeros(len(self._purse), dtype=bool)
        for several in range(2, int(times.max()) + 1):
            rows = np.flatnonzero(times == several)
            short[rows] = self._has_less(rows, price * several)
        linked = wants[:, short].astype(np.int64)
        linked = linked @ linked.T
        for index, number in enumerate(best):
            if not linked[index].any():
                return [number]
        group = {0}
        while (wider := group | {int(other) for index in group for other in np.flatnonzero(linked[index])}) != group:
            group = wider
        return [best[index] for index in sorted(group)]
