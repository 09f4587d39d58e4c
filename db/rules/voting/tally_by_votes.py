"""Projects by their votes: from the most to the fewest, whatever still fits into what is left is taken.

A dearer one that does not fit is passed over. When projects with equal votes do not all fit, each of them may be the
next one taken: `tally_ways` says what becomes of such a tie. A project without a vote is never taken.
"""

from collections.abc import Mapping


class ByVotes:
    """One way of taking projects by their votes."""

    def __init__(self, votes: Mapping[int, int], costs: Mapping[int, int], rest: int) -> None:
        self._votes = votes
        self._costs = costs
        self._rest = rest
        self._open = [number for number, count in votes.items() if count > 0]
        self.winners: list[int] = []

    @property
    def contenders(self) -> list[int]:
        """Every project not yet taken or passed over that fits into what is left."""
        return [number for number in self._open if self._costs[number] <= self._rest]

    def copy(self) -> "ByVotes":
        """The same state, to go another way."""
        other = ByVotes(self._votes, self._costs, self._rest)
        other._open, other.winners = list(self._open), list(self.winners)
        return other

    def run(self) -> list[int]:
        """Take projects to the end, which gives nobody, or to a tie, which gives those that could be next."""
        while self.contenders:
            most = max(self._votes[number] for number in self.contenders)
            best = [number for number in self.contenders if self._votes[number] == most]
            if sum(self._costs[number] for number in best) > self._rest:
                return best
            for number in best:
                self.settle(number)
        return []

    def settle(self, number: int) -> None:
        """Take a project."""
        self._open.remove(number)
        self._rest -= self._costs[number]
        self.winners.append(number)

    def after(self, number: int) -> frozenset[int]:
        """What was taken says all."""
        return frozenset([*self.winners, number])
