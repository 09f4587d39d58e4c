"""What every way of counting shares: its result, the places that counts fill, and ballots as arrays of numbers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from db.rules.voting.question import BadPattern

Ballots = Mapping[str, int]
"""How many valid ballots say what: pattern (`db.rules.voting.question`) → count."""

Numbers = NDArray[np.int64]

MOST_BALLOTS = 2**31
"""More than this in all is refused: points of so many still fit the whole numbers of 64 bits that are summed."""


@dataclass(frozen=True, slots=True)
class OptionCount:
    """One option in the result. `count` is what the method compares: votes, points, or first preferences."""

    number: int
    count: int
    won: bool
    rank: int
    """1 is best; equal counts share a rank. Of a ranking: who won, then who stayed in the count for longer."""
    enough: bool = True
    """Whether it met the question's own threshold, if there is one."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a ranking: what every option still in the count holds, as fractions [numerator, denominator].

    Those elected in an earlier round stand with what they keep: the quota, once their surplus is handed on. `held` and
    `exhausted` together are all ballots that rank something.
    """

    held: tuple[tuple[int, int, int], ...]
    """(option, numerator, denominator)"""
    elected: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    exhausted: tuple[int, int] = (0, 1)
    """Votes that prefer none of the remaining options, as a fraction."""
    handed_on: int = 0
    """Whose surplus is handed on next, where surpluses go one by one (`tally_scottish`); 0: nobody's."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the ballots say. `winners` in the order in which they won; `tied` compete for what is left."""

    valid: int
    """Valid ballots, abstentions included."""
    abstained: int
    options: tuple[OptionCount, ...]
    winners: tuple[int, ...]
    tied: tuple[int, ...] = ()
    rounds: tuple[Round, ...] = ()
    spent: int = 0
    """Yuan, of a budget."""
    filled: tuple[int, ...] = ()
    """Those of the winners that equal shares did not pay for: taken by their votes from what was left."""
    raised: int = 0
    """By how many yuan the share of every ballot was raised before equal shares gave this result."""


# --- places -------------------------------------------------------------------------------------------


def places(counts: Mapping[int, int], seats: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who fills `seats` places by the most, and who is tied for the last of them: (winners, tied).

    Nobody of a group that does not fit as a whole wins. An option that counts nothing is never among them.
    """
    ordered = sorted((number for number, count in counts.items() if count > 0), key=lambda one: (-counts[one], one))
    if len(ordered) <= seats:
        return tuple(ordered), ()
    last = counts[ordered[seats - 1]]
    if counts[ordered[seats]] < last:
        return tuple(ordered[:seats]), ()
    return (
        tuple(number for number in ordered if counts[number] > last),
        tuple(number for number in ordered if counts[number] == last),
    )


def option_counts(
    counts: Mapping[int, int], winners: Sequence[int], enough: Mapping[int, bool] | None = None
) -> tuple[OptionCount, ...]:
    """The options in the order of their numbers; the rank is one more than there are options that count more."""
    best_first = sorted(counts.values(), reverse=True)
    return tuple(
        OptionCount(
            number=number,
            count=count,
            won=number in winners,
            rank=best_first.index(count) + 1,
            enough=enough is None or enough[number],
        )
        for number, count in sorted(counts.items())
    )


# --- ballots as numbers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """Patterns of numbers as flat arrays: all numbers in a row, a 0 behind each pattern."""

    flat: NDArray[np.uint8]
    starts: Numbers
    """Where in `flat` each pattern begins."""
    lengths: Numbers
    counts: Numbers
    """How many ballots say each pattern."""

    @property
    def numbers(self) -> NDArray[np.uint8]:
        """All numbers without the zeros between the patterns."""
        keep = np.ones(len(self.flat), dtype=bool)
        keep[self.starts + self.lengths] = False
        return self.flat[keep]

    @property
    def rows(self) -> Numbers:
        """For each of `numbers`, which pattern it is of."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int64), self.lengths)


def table_of(patterns: Collection[str], counts: Numbers, separator: str, most: int) -> Table:
    """Read patterns of numbers of at most two digits, none above `most`. Raises BadPattern("unknown") on any other.

    One pass over the joined text instead of a split per ballot: a hundred thousand rankings of fifty in a fraction
    of a second.
    """
    text = "\n".join(patterns) + "\n"
    if not text.isascii():
        raise BadPattern("unknown")
    raw = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    digit = raw - np.uint8(ord("0"))  # wraps around: everything that is no digit is above nine
    is_digit = digit < 10
    line_end = raw == ord("\n")
    starts_number = is_digit.copy()
    starts_number[1:] &= ~is_digit[:-1]
    between = np.count_nonzero(raw == ord(separator))
    found = np.count_nonzero(starts_number)
    # Nothing else in the text, and between two numbers of a pattern exactly one separator.
    well_formed = np.count_nonzero(is_digit) + between + len(patterns) == len(raw) and found == between + len(patterns)
    if not well_formed or np.any(is_digit[:-2] & is_digit[1:-1] & is_digit[2:]):
        raise BadPattern("unknown")
    where = np.flatnonzero(starts_number | line_end)
    flat, ends = digit[where], line_end[where]
    flat[ends] = 0
    second = digit[np.minimum(where + 1, len(raw) - 1)]
    two = np.flatnonzero((second < 10) & ~ends)
    if np.any(flat[two] == 0):
        raise BadPattern("unknown")
    flat[two] = flat[two] * np.uint8(10) + second[two]
    if np.any(flat > most):
        raise BadPattern("unknown")
    stops = np.flatnonzero(ends)
    starts = np.concatenate(([0], stops[:-1] + 1)).astype(np.int64)
    return Table(flat, starts, (stops - starts).astype(np.int64), counts)


def weights(ballots: Ballots) -> Numbers:
    """The counts of the patterns, in their order. Raises ValueError on more ballots than can be summed exactly."""
    if sum(ballots.values()) > MOST_BALLOTS:
        raise ValueError("more ballots than can be counted")
    return np.fromiter(ballots.values(), dtype=np.int64, count=len(ballots))


def named_on(ballots: Ballots, separator: str, options: int) -> Table:
    """The table of ballots that name options. Raises BadPattern on a number that is none, or one named twice."""
    table = table_of(ballots, weights(ballots), separator, options)
    if np.count_nonzero(table.flat == 0) > len(ballots):
        raise BadPattern("unknown")
    # A power of two for each name: their sum has as many bits set as there are names only if no two are the same.
    powers = np.concatenate(([0], 2 ** np.arange(options, dtype=np.uint64))).astype(np.uint64)
    sums = np.add.reduceat(powers[table.flat], table.starts)
    if np.any(table.lengths > options) or np.any(np.bitwise_count(sums) != table.lengths):
        raise BadPattern("twice")
    return table


def approvals(ballots: Ballots, options: int, most: int) -> tuple[Table, dict[int, int]]:
    """The table of ballots that name options, and how many ballots name each option.

    Raises BadPattern on a number that is none of the options, one named twice, or more than `most` names.
    """
    table = named_on(ballots, ",", options)
    if np.any(table.lengths > most):
        raise BadPattern("too_many")
    votes = np.zeros(options + 1, dtype=np.int64)
    np.add.at(votes, table.numbers, np.repeat(table.counts, table.lengths))
    return table, {number: int(votes[number]) for number in range(1, options + 1)}
