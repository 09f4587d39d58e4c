"""The piles of a ranking: which ballots stand with which option, at what value, as arrays of pointers.

A ballot is a pointer into the flat row of all preferences; to exclude an option moves the pointers of its own pile
only. The value of a ballot is a whole number of parts, the same part for all (`parts` to one vote), so that sums and
comparisons are of whole numbers: nothing here is a float. With every round of surpluses the parts become finer; they
stay exact up to `FINEST` parts. Beyond that (after some five rounds of surpluses of a hundred thousand ballots) a value
is cut off at that fineness, some 150 digits behind the point, and what was cut off counts as exhausted.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from db.rules.voting.tally_parts import Numbers, Round, Table

FINEST = 2**512


class Piles:
    """Ballots in piles; options are numbered from one, a 0 ends a ballot."""

    def __init__(self, table: Table, options: int, seats: int) -> None:
        self._flat = table.flat
        self._counts = table.counts
        self._votes = int(table.counts.sum())
        self._seats = seats
        self._at = table.starts.copy()
        self._worth: NDArray[np.int32] = np.zeros(len(table.starts), dtype=np.int32)
        """Which of `_values` each ballot is worth."""
        self.parts = seats + 1
        """Into how many parts a vote is divided: a multiple of places + 1, so that the quota is a whole number."""
        self._values = [self.parts]
        self._stays: NDArray[np.bool_] = np.zeros(options + 1, dtype=bool)
        self._stays[np.unique(table.flat)] = True
        self.running = [number for number in range(1, options + 1) if self._stays[number]]
        """Options still in the count; those that no ballot names never are."""
        self._elected: list[int] = []
        self.held = [0] * (options + 1)
        """What each option holds, in parts; those elected keep the quota."""
        self._heaps: list[list[Numbers]] = [[] for _ in range(options + 1)]
        self._pile_up(np.arange(len(table.starts), dtype=np.int64))

    def copy(self) -> "Piles":
        """The same piles, for a count that goes its own way from here."""
        other = object.__new__(Piles)
        other.__dict__.update(self.__dict__)
        other._at, other._worth, other._stays = self._at.copy(), self._worth.copy(), self._stays.copy()
        other._values, other.held = list(self._values), list(self.held)
        other.running, other._elected = list(self.running), list(self._elected)
        other._heaps = [list(heap) for heap in self._heaps]
        return other

    @property
    def quota(self) -> int:
        """Ballots / (places + 1), in parts."""
        return self._votes * self.parts // (self._seats + 1)

    def first_preferences(self) -> list[int]:
        """How many ballots stand with each option before anybody is excluded; of option 0, which is none, nothing."""
        return [held // self.parts for held in self.held]

    def round(self, *, elected: Sequence[int] = (), excluded: Sequence[int] = ()) -> Round:
        """What is held now, and what is about to happen."""
        shown = sorted([*self._elected, *self.running])
        exhausted = Fraction(self._votes * self.parts - sum(self.held), self.parts)
        return Round(
            held=tuple((number, *Fraction(self.held[number], self.parts).as_integer_ratio()) for number in shown),
            elected=tuple(elected),
            excluded=tuple(excluded),
            exhausted=exhausted.as_integer_ratio(),
        )

    def exclude(self, options: Sequence[int]) -> None:
        """Hand on the ballots of these options, each at its value."""
        rows = self._take(options)
        for number in options:
            self.held[number] = 0
        self._pile_up(rows)

    def hand_on_surplus(self, options: Sequence[int]) -> None:
        """Hand on the ballots of these options, which hold more than the quota, at (held - quota) / held."""
        quota, coarse = self.quota, self.parts
        shares = {number: Fraction(self.held[number] - quota, self.held[number]) for number in options}
        self.parts = min(coarse * lcm(*(share.denominator for share in shares.values())), FINEST * (self._seats + 1))
        piles = {number: self._take([number]) for number in options}
        old_values, old_worth = self._values, self._worth
        known: dict[int, int] = {}
        kept = [known.setdefault(value * self.parts // coarse, len(known)) for value in old_values]
        self._worth = np.array(kept, dtype=np.int32)[old_worth]
        for number, rows in piles.items():
            share = shares[number]
            lowered = np.zeros(len(old_values), dtype=np.int32)
            for old in np.unique(old_worth[rows]).tolist():
                value = old_values[old] * share.numerator * self.parts // (share.denominator * coarse)
                lowered[old] = known.setdefault(value, len(known))
            self._worth[rows] = lowered[old_worth[rows]]
        self._values = list(known)
        self._elected += options
        for number in self.running:
            self.held[number] = self._sum(self._rows(number))
        for number in self._elected:
            self.held[number] = self.quota
        self._pile_up(np.concatenate(list(piles.values())))

    def _rows(self, number: int) -> Numbers:
        heap = self._heaps[number]
        return np.concatenate(heap) if heap else np.zeros(0, dtype=np.int64)

    def _take(self, options: Sequence[int]) -> Numbers:
        """The ballots that stand with these options, which are no longer in the count."""
        rows = np.concatenate([self._rows(number) for number in options])
        for number in options:
            self._stays[number] = False
            self._heaps[number] = []
            self.running.remove(number)
        return rows

    def _pile_up(self, rows: Numbers) -> None:
        """Put ballots to the first of their options still in the count; those without one leave the piles."""
        if not rows.size:
            return
        at = self._at[rows]
        wrong = np.flatnonzero(~self._stays[self._flat[at]])
        while wrong.size:
            at[wrong] += 1
            wrong = wrong[~self._stays[self._flat[at[wrong]]]]
        self._at[rows] = at
        targets = self._flat[at]
        order = np.argsort(targets, kind="stable")
        numbers, begins = np.unique(targets[order], return_index=True)
        for number, pile in zip(numbers.tolist(), np.split(rows[order], begins[1:]), strict=True):
            if number:
                self._heaps[number].append(pile)
                self.held[number] += self._sum(pile)

    def _sum(self, rows: Numbers) -> int:
        """What these ballots are worth together, in parts."""
        times = np.zeros(len(self._values), dtype=np.int64)
        np.add.at(times, self._worth[rows], self._counts[rows])
        return sum(int(times[index]) * self._values[index] for index in np.flatnonzero(times))
