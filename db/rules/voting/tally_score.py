"""Scores from 0 to 10: the options with the most points fill the places.

An option without a score on a ballot has 0 points of it. Options with equal points that do not all fit into the last
places are tied, and none of them wins. An option without a point never wins.
"""

import numpy as np

from db.rules.voting.question import BEST_SCORE, BadPattern, Question
from db.rules.voting.tally_parts import Ballots, Tally, option_counts, places, table_of, weights


def count_score(question: Question, ballots: Ballots, *, valid: int, abstained: int) -> Tally:
    """Count ballots without their abstentions; raises BadPattern."""
    points = dict.fromkeys(question.numbers, 0)
    if ballots:
        points = _points(ballots, len(question.options))
    winners, tied = places(points, question.seats)
    return Tally(valid=valid, abstained=abstained, options=option_counts(points, winners), winners=winners, tied=tied)


def _points(ballots: Ballots, options: int) -> dict[int, int]:
    # No score counts as 0. Two patterns that become equal by this simply stay two rows.
    patterns = [pattern.replace("-", "0") for pattern in ballots]
    table = table_of(patterns, weights(ballots), ",", BEST_SCORE)
    if np.any(table.lengths != options):
        raise BadPattern("unknown")
    sums = table.counts @ table.numbers.reshape(-1, options).astype(np.int64)
    return {number: int(sums[number - 1]) for number in range(1, options + 1)}
