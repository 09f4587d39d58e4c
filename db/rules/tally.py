"""Count ballots: every method from the same input, a count per pattern, to one result that explains itself.

Grouping equal ballots first is what makes it fast: a method sees each pattern once, with its weight. Whole numbers and
fractions only. A tie for the last place is reported, never broken here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Ballots = Mapping[str, int]
"""How many valid ballots say what: pattern (`db.rules.question`) → count."""


@dataclass(frozen=True, slots=True)
class OptionCount:
    """One option in the result. `count` is what the method compares: votes, points, or first preferences."""

    number: int
    count: int
    won: bool
    rank: int
    """1 is best; equal counts share a rank."""
    enough: bool = True
    """Whether it met the question's own threshold, if there is one."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a ranking: what every remaining option holds, as exact fractions [numerator, denominator]."""

    held: tuple[tuple[int, int, int], ...]
    """(option, numerator, denominator)"""
    elected: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    exhausted: tuple[int, int] = (0, 1)
    """Votes that prefer none of the remaining options, as a fraction."""


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


def tally_to_json(tally: Tally) -> dict[str, Any]:
    """The tally as plain values for a JSON column; `tally_from_json` reads it back unchanged."""
    return {
        "valid": tally.valid,
        "abstained": tally.abstained,
        "options": [[one.number, one.count, one.won, one.rank, one.enough] for one in tally.options],
        "winners": list(tally.winners),
        "tied": list(tally.tied),
        "rounds": [
            {
                "held": [list(held) for held in one.held],
                "elected": list(one.elected),
                "excluded": list(one.excluded),
                "exhausted": list(one.exhausted),
            }
            for one in tally.rounds
        ],
        "spent": tally.spent,
    }


def tally_from_json(stored: Mapping[str, Any]) -> Tally:
    """Read a tally written by `tally_to_json`."""
    return Tally(
        valid=stored["valid"],
        abstained=stored["abstained"],
        options=tuple(OptionCount(*one) for one in stored["options"]),
        winners=tuple(stored["winners"]),
        tied=tuple(stored["tied"]),
        rounds=tuple(
            Round(
                held=tuple((number, upper, lower) for number, upper, lower in one["held"]),
                elected=tuple(one["elected"]),
                excluded=tuple(one["excluded"]),
                exhausted=(one["exhausted"][0], one["exhausted"][1]),
            )
            for one in stored["rounds"]
        ),
        spent=stored["spent"],
    )
