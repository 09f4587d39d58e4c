"""Choose up to k of n: the options with the most votes fill the places.

Every option named on a ballot has one vote of it. A threshold of the question is a share of the valid ballots,
abstentions included: an option below it is out of the race, however many places stay empty. Options with equal votes
that do not all fit into the last places are tied, and none of them wins. An option without a vote never wins.
"""

from db.rules.voting.question import Question
from db.rules.voting.tally_parts import Ballots, Tally, approvals, option_counts, places


def count_choose(question: Question, ballots: Ballots, *, valid: int, abstained: int) -> Tally:
    """Count ballots without their abstentions; raises BadPattern."""
    votes = dict.fromkeys(question.numbers, 0)
    if ballots:
        _, votes = approvals(ballots, len(question.options), question.most)
    limit = question.threshold
    enough = {number: limit is None or limit.met(count, valid) for number, count in votes.items()}
    winners, tied = places({number: count for number, count in votes.items() if enough[number]}, question.seats)
    return Tally(
        valid=valid,
        abstained=abstained,
        options=option_counts(votes, winners, enough),
        winners=winners,
        tied=tied,
    )
