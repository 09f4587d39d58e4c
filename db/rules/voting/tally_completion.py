"""What equal shares leave unspent, and how a body wants it spent; without a completion it stays unspent.

By votes (in the literature "utilitarian greedy completion", U): what is left goes to the other projects from the most
votes to the fewest, as far as it reaches (`tally_by_votes`).

Raised ("completion by varying the budget", Add1): every share is raised by one yuan, as if there were more money, and
the count is held anew, until nothing more fits into the real budget, or until the next raise would spend more than it:
then the result before that raise stands. Projects dearer than the whole budget never take part.

Raised, then by votes (Add1U): the first and after it the second, which spends what even the raise could not.

A tie in any of these counts is followed every way, each count by itself; what all ways share has won.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from db.rules.voting.tally_by_votes import ByVotes
from db.rules.voting.tally_parts import Table
from db.rules.voting.tally_shares import Shares
from db.rules.voting.tally_ways import MOST_WAYS, ends, follow, together
from db.terms import Completion

RAISES = frozenset({Completion.RAISED, Completion.RAISED_BY_VOTES})
FILLS = frozenset({Completion.BY_VOTES, Completion.RAISED_BY_VOTES})


@dataclass(frozen=True, slots=True)
class Shared:
    """What equal shares and their completion give, as in `Tally`. After a tie `raised` is 0 where it differs."""

    winners: tuple[int, ...]
    tied: tuple[int, ...] = ()
    filled: tuple[int, ...] = ()
    raised: int = 0


_Outcome = tuple[tuple[int, ...], int]
"""What was bought, and at which raise."""


def shared(
    table: Table, votes: Mapping[int, int], costs: Mapping[int, int], budget: int, completion: Completion, yuan: int = 1
) -> Shared:
    """Buy by equal shares, then as the completion says. Costs are in such parts of a yuan; so is `raised`."""
    whole = Shares(table, costs, budget)
    if completion is Completion.NONE:
        found = follow(whole)
        return Shared(found.winners, found.tied)
    fitting = {number: cost for number, cost in costs.items() if votes[number] and cost <= budget}
    bought = _raised(table, fitting, budget, yuan) if completion in RAISES else _once(whole)
    outcomes = _filled(bought, votes, fitting, budget) if completion in FILLS and bought else bought
    if not outcomes:
        # More ways than anybody follows: nobody is sure to win, and everybody may.
        return Shared((), tuple(sorted(fitting)))
    sure, some = together([winners for winners, _raise in outcomes])
    paid = {number for winners, _raise in bought or () for number in winners}
    raises = {extra for _winners, extra in outcomes}
    return Shared(
        winners=sure,
        tied=some,
        filled=tuple(number for number in sure if number not in paid),
        raised=raises.pop() if len(raises) == 1 else 0,
    )


def _once(count: Shares) -> list[_Outcome] | None:
    """All that equal shares may give as they are; None when there are too many ways."""
    found = ends(count)
    return None if found is None else [(tuple(way.winners), 0) for way in found]


def _raised(table: Table, costs: Mapping[int, int], budget: int, yuan: int) -> list[_Outcome] | None:
    """All that raised shares may give, each as far as its ways go on; None when there are too many ways."""
    before: dict[frozenset[int], _Outcome] = {}
    final: dict[frozenset[int], _Outcome] = {}
    extra = 0
    while True:
        count = Shares(table, costs, budget, extra)
        found = ends(count)
        if found is None:
            return None
        going: dict[frozenset[int], _Outcome] = {}
        over = False
        for way in found:
            left = budget - sum(costs[number] for number in way.winners)
            outcome, key = (tuple(way.winners), extra), frozenset(way.winners)
            over |= left < 0
            if left >= 0:
                fits = any(costs[number] <= left for number in costs if number not in key)
                (going if fits else final).setdefault(key, outcome)
        if over:
            final = {**before, **final}
        if not going:
            return list(final.values())
        steady = count.steady // yuan * yuan
        if over and steady:
            final = {**going, **final}  # the next raise, which gives the same, ends there
        # Between here and there the same is bought: the last of these raises is the one before the next change.
        before = {key: (winners, extra + steady) for key, (winners, _raise) in going.items()}
        extra += steady + yuan


def _filled(
    bought: list[_Outcome] | None, votes: Mapping[int, int], costs: Mapping[int, int], budget: int
) -> list[_Outcome] | None:
    """All that taking by votes may make of these; None when there are too many ways."""
    found: dict[frozenset[int], _Outcome] = {}
    for winners, extra in bought or ():
        rest = {number: count if number in costs and number not in winners else 0 for number, count in votes.items()}
        dear = {number: costs.get(number, budget + 1) for number in votes}
        ways = ends(ByVotes(rest, dear, budget - sum(costs[number] for number in winners)))
        if ways is None or len(found) > MOST_WAYS:
            return None
        for way in ways:
            found.setdefault(frozenset([*winners, *way.winners]), ((*winners, *way.winners), extra))
    return list(found.values())
