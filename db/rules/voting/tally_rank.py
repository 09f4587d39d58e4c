"""Ranking: instant run-off for one place, single transferable vote for several, by one and the same rule.

This is the rule of our own, in exact fractions; a body may choose the arithmetic of Scotland's council elections
instead (`tally_scottish`). The two rarely elect different options, but they do.

Every ballot stands with the first option on it that is still in the count; a ballot whose options are all out is
exhausted. The quota is the share (ballots that rank something) / (places + 1): more options than places can never all
hold more. For one place that is half. (Droop's quota without rounding it up to a whole vote: it elects the same
options of whole votes, and hands on the fraction, too.) Then round by round:

1. Whoever holds more than the quota is elected and keeps the quota. Of all elected in a round together, every ballot
   is handed on at the same fraction of its value, (held - quota) / held, to the next option on it still in the count
   (weighted inclusive Gregory; nobody draws "the upper ballots of the pile").
2. If nobody does, the largest group of the lowest is excluded whose votes all together are fewer than those of the
   next one, as long as enough stay to fill the places; otherwise the lowest alone.
3. Whoever is left for no more than the places that are left is elected.

An option that no ballot names is out from the start. When several hold the fewest and cannot go together, each of them
may be the one excluded: `tally_ways` says what becomes of such a tie. There is no looking back to earlier rounds.
"""

from collections.abc import Collection, Sequence
from itertools import accumulate

from db.rules.voting.question import Question
from db.rules.voting.tally_parts import Ballots, OptionCount, Round, Tally, named_on
from db.rules.voting.tally_piles import Piles
from db.rules.voting.tally_scottish import Scottish
from db.rules.voting.tally_ways import follow
from db.terms import RankRule


def count_rank(question: Question, ballots: Ballots, *, valid: int, abstained: int) -> Tally:
    """Count ballots without their abstentions; raises BadPattern."""
    numbers = question.numbers
    if not ballots:
        nothing = tuple(OptionCount(number, 0, won=False, rank=1) for number in numbers)
        return Tally(valid=valid, abstained=abstained, options=nothing, winners=())
    table = named_on(ballots, ">", len(numbers))
    if question.rank_rule is RankRule.SCOTTISH:
        whole = Scottish(table, len(numbers), question.seats)
        first, named = whole.first_preferences(), tuple(whole.running)
        winners, tied, rounds = _followed(whole)
    else:
        piles = Piles(table, len(numbers), question.seats)
        first, named = piles.first_preferences(), tuple(piles.running)
        winners, tied, rounds = _followed(_Count(piles, question.seats))
    standing = {number: _standing(number, winners, tied, rounds, named) for number in numbers}
    return Tally(
        valid=valid,
        abstained=abstained,
        options=tuple(
            OptionCount(
                number=number,
                count=first[number],
                won=number in winners,
                rank=1 + sum(other < standing[number] for other in standing.values()),
            )
            for number in numbers
        ),
        winners=winners,
        tied=tied,
        rounds=rounds,
    )


def _followed(count: "_Count | Scottish") -> tuple[tuple[int, ...], tuple[int, ...], tuple[Round, ...]]:
    """Winners, those tied, and the rounds, at a tie up to where it came."""
    ways = follow(count)
    rounds = tuple(ways.shown.rounds)
    return ways.winners, ways.tied, (*rounds, ways.shown.round()) if ways.tied else rounds


class _Count:
    """One way through the rounds."""

    def __init__(self, piles: Piles, seats: int) -> None:
        self.piles = piles
        self.seats = seats
        self.winners: list[int] = []
        self.rounds: list[Round] = []

    @property
    def contenders(self) -> list[int]:
        """Everybody still in the count."""
        return self.piles.running

    def round(self) -> Round:
        """What is held now."""
        return self.piles.round()

    def copy(self) -> "_Count":
        """The same count, to go another way."""
        other = _Count(self.piles.copy(), self.seats)
        other.winners, other.rounds = list(self.winners), list(self.rounds)
        return other

    def run(self) -> list[int]:
        """Count to the end, which gives nobody, or to a tie for exclusion, which gives those who are in it."""
        while len(self.winners) < self.seats and self.piles.running:
            running, left = self.piles.running, self.seats - len(self.winners)
            if len(running) <= left:
                self._elect(running)
                break
            over = [number for number in running if self.piles.held[number] > self.piles.quota]
            if over:
                self._elect(over)
                if len(self.winners) < self.seats:
                    self.piles.hand_on_surplus(over)
                continue
            lowest = self._lowest(left)
            if not lowest:
                fewest = min(self.piles.held[number] for number in running)
                return [number for number in running if self.piles.held[number] == fewest]
            if len(running) - len(lowest) == left:
                self._elect([number for number in running if number not in lowest])
                break
            self._exclude(lowest)
        return []

    def settle(self, number: int) -> None:
        """Exclude one of those who hold the fewest."""
        self._exclude([number])

    def after(self, number: int) -> frozenset[int] | None:
        """While nobody is elected, every ballot has its whole value: who is left says where all of them are."""
        return None if self.winners else frozenset(self.piles.running) - {number}

    def _exclude(self, options: list[int]) -> None:
        self.rounds.append(self.piles.round(excluded=options))
        self.piles.exclude(options)

    def _elect(self, options: list[int]) -> None:
        self.rounds.append(self.piles.round(elected=options))
        self.winners += sorted(options, key=lambda number: (-self.piles.held[number], number))

    def _lowest(self, left: int) -> list[int]:
        """The largest group of the lowest who together hold less than the next; nobody, when there is none."""
        held = self.piles.held
        lowest = sorted(self.piles.running, key=lambda number: (held[number], number))
        sums = list(accumulate(held[number] for number in lowest))
        for size in range(len(lowest) - left, 0, -1):
            if sums[size - 1] < held[lowest[size]]:
                return sorted(lowest[:size])
        return []


def _standing(
    number: int, winners: Sequence[int], tied: Sequence[int], rounds: Sequence[Round], named: Collection[int]
) -> tuple[int, int]:
    """The smaller, the better: winners as they won, the tied, those who stayed longest, those whom nobody named."""
    if number in winners:
        return 0, winners.index(number)
    if number in tied:
        return 1, 0
    out = next((index for index, one in enumerate(rounds) if number in one.excluded), len(rounds))
    return (2, -out) if number in named else (3, 0)
