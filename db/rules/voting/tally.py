"""Count ballots: every method from the same input, a count per pattern, to one result that explains itself.

Grouping equal ballots first is what makes it fast: a method sees each pattern once, with its weight. Whole numbers and
fractions only. A tie that can change who wins is reported, never broken here. How each method counts is said in its
own module: `tally_choose`, `tally_score`, `tally_rank`, `tally_budget`.
"""

from db.rules.voting.question import ABSTAIN, MOTION_PATTERNS, BadPattern, Question
from db.rules.voting.tally_budget import count_budget
from db.rules.voting.tally_choose import count_choose
from db.rules.voting.tally_parts import Ballots, OptionCount, Round, Tally
from db.rules.voting.tally_rank import count_rank
from db.rules.voting.tally_score import count_score
from db.terms import QuestionKind

__all__ = [
    "Ballots",
    "OptionCount",
    "Round",
    "Tally",
    "motion_counts",
    "tally",
]

_COUNTS = {
    QuestionKind.CHOOSE: count_choose,
    QuestionKind.SCORE: count_score,
    QuestionKind.RANK: count_rank,
    QuestionKind.BUDGET: count_budget,
}


def tally(question: Question, ballots: Ballots) -> Tally:
    """Count the valid ballots of a question: pattern → how many say so, abstentions included.

    For a motion only `valid` and `abstained` are filled; `db.rules.voting.decision.decide` does the deciding, on what
    `motion_counts` gives. Only abstentions choose nothing. A pattern that stands there no time is as good as absent.
    Raises BadPattern on a pattern that the question does not allow, ValueError on a count that is no whole number or
    below zero.
    """
    if any(not isinstance(count, int) or count < 0 for count in ballots.values()):
        raise ValueError("a count of ballots is a whole number from zero")
    given = {pattern: count for pattern, count in ballots.items() if count}
    valid, abstained = sum(given.values()), given.pop(ABSTAIN, 0)
    if question.kind is QuestionKind.MOTION:
        motion_counts(given)
        return Tally(valid=valid, abstained=abstained, options=(), winners=())
    return _COUNTS[question.kind](question, given, valid=valid, abstained=abstained)


def motion_counts(ballots: Ballots) -> tuple[int, int, int]:
    """How many are for a motion, against it, and abstain. Raises BadPattern on any other word."""
    if not set(ballots) <= set(MOTION_PATTERNS):
        raise BadPattern("unknown")
    in_favour, against, abstain = (ballots.get(word, 0) for word in MOTION_PATTERNS)
    return in_favour, against, abstain
