"""Count ballots: every method from the same input, a count per pattern, to one result that explains itself.

Grouping equal ballots first is what makes it fast: a method sees each pattern once, with its weight. Whole numbers and
fractions only. A tie that can change who wins is reported, never broken here. How each method counts is said in its
own module: `tally_choose`, `tally_score`, `tally_rank`, `tally_budget`.
"""

from collections.abc import Mapping
from typing import Any

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
    "tally_from_json",
    "tally_to_json",
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
