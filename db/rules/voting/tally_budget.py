"""A budget: projects with costs, each ballot naming those it approves.

By votes: from the most votes to the fewest, every project that still fits into what is left is taken; a dearer one that
does not fit is passed over. When projects with equal votes do not all fit, each of them may be the next one taken:
`tally_ways` says what becomes of such a tie. Equal shares: see `tally_shares`. A project without a vote never wins.
"""

from collections.abc import Mapping

from db.rules.voting.question import Question
from db.rules.voting.tally_parts import Ballots, Tally, approvals, option_counts
from db.rules.voting.tally_shares import Shares
from db.rules.voting.tally_ways import follow
from db.terms import BudgetRule


def count_budget(question: Question, ballots: Ballots, *, valid: int, abstained: int) -> Tally:
    """Count ballots without their abstentions; raises BadPattern."""
    costs = {option.number: option.cost for option in question.options}
    votes = dict.fromkeys(costs, 0)
    winners: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    if ballots:
        table, votes = approvals(ballots, len(costs), len(costs))
        if question.budget_rule is BudgetRule.EQUAL_SHARES:
            shared = follow(Shares(table, costs, question.budget))
            winners, tied = shared.winners, shared.tied
        else:
            taken = follow(_ByVotes(votes, costs, question.budget))
            winners, tied = taken.winners, taken.tied
    return Tally(
        valid=valid,
        abstained=abstained,
        options=option_counts(votes, winners),
        winners=winners,
        tied=tied,
        spent=sum(costs[number] for number in winners),
    )


class _ByVotes:
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

    def copy(self) -> "_ByVotes":
        """The same state, to go another way."""
        other = _ByVotes(self._votes, self._costs, self._rest)
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
