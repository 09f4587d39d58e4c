"""The second ballot after a tie: only the tied stand in it, for the places that are left (docs/domain.md 5.8).

Whoever wins however the tie is broken is elected by the first ballot already (`Tally.winners`) and stands in no other.
"""

from dataclasses import replace

from db.rules.voting.question import Option, Question
from db.rules.voting.result import Result
from db.rules.voting.verdict import Verdict
from db.terms import Outcome, QuestionKind


def next_question(asked: Question, result: Result | None) -> Question:
    """What the next ballot on an item asks: `asked` is what the ballot asked that gave `result`, the last one so far.

    After a tie among options a narrower question, whose `elected` names who was chosen so far; else `asked` itself.
    Nobody may name more than the places that are left. The question's threshold is not asked for again: the tied have
    met it, and the most votes decide between them.
    """
    if not isinstance(result, Verdict) or result.outcome is not Outcome.TIE or not result.tally.tied:
        return asked
    tally = result.tally
    tied = [asked.option(number) for number in sorted(tally.tied)]
    left = len(tied) if asked.kind is QuestionKind.BUDGET else asked.seats - len(tally.winners)
    seats = min(asked.seats, left)
    return replace(
        asked,
        options=tuple(Option(number, one.title, one.cost) for number, one in enumerate(tied, 1)),
        seats=seats,
        most=min(asked.most, seats if asked.kind is QuestionKind.CHOOSE else len(tied)),
        threshold=None,
        budget=asked.budget - tally.spent,
        elected=elected_so_far(asked, result),
    )


def elected_so_far(asked: Question, result: Result | None) -> tuple[str, ...]:
    """The titles of everybody chosen by the ballot that asked this, and by those before it, in that order."""
    if not isinstance(result, Verdict):
        return ()
    won = result.tally.winners if result.outcome is not Outcome.NO_QUORUM else ()
    return (*asked.elected, *(asked.option(number).title for number in won))
