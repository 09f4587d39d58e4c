"""A budget: projects with costs, each ballot naming those it approves.

By votes: see `tally_by_votes`. Equal shares: see `tally_shares`, and `tally_completion` for what they leave unspent. A
project without a vote never wins.
"""

from db.rules.voting.question import Question
from db.rules.voting.tally_by_votes import ByVotes
from db.rules.voting.tally_completion import shared
from db.rules.voting.tally_parts import Ballots, Tally, approvals, option_counts
from db.rules.voting.tally_ways import follow


def count_budget(question: Question, ballots: Ballots, *, valid: int, abstained: int, yuan: int = 1) -> Tally:
    """Count ballots without their abstentions; raises BadPattern. Costs are in such parts of a yuan."""
    costs = {option.number: option.cost for option in question.options}
    votes = dict.fromkeys(costs, 0)
    winners: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    filled: tuple[int, ...] = ()
    raised = 0
    if ballots:
        table, votes = approvals(ballots, len(costs), len(costs))
        if question.shares:
            found = shared(table, votes, costs, question.budget, question.completion, yuan)
            winners, tied, filled, raised = found.winners, found.tied, found.filled, found.raised
        else:
            taken = follow(ByVotes(votes, costs, question.budget))
            winners, tied = taken.winners, taken.tied
    return Tally(
        valid=valid,
        abstained=abstained,
        options=option_counts(votes, winners),
        winners=winners,
        tied=tied,
        spent=sum(costs[number] for number in winners),
        filled=filled,
        raised=raised,
    )
