"""Steps that every action on a ballot takes: load it under lock, at a state that allows the action."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.loading import load
from db.actions.meetings.meetings import item_of_open_meeting
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import AgendaItem, Ballot, BallotWay, Meeting
from db.rules.voting.question import BEST_SCORE, BadPattern, Question, canonical
from db.terms import BallotState, VoteMethod

RUNNING = (BallotState.OPEN, BallotState.STOPPED)
"""States at which nothing is announced yet; counts of hands and paper come in."""


def with_meeting(session: Session, ballot_id: int) -> tuple[Ballot, AgendaItem, Meeting]:
    """A ballot with its item and meeting, locked in the order meeting, ballot, in which everybody locks."""
    ballot = load(session, Ballot, ballot_id)
    item, meeting = item_of_open_meeting(session, ballot.item_id)
    return load(session, Ballot, ballot_id, lock=True), item, meeting


def ballot_at(session: Session, ballot_id: int, states: Collection[BallotState]) -> Ballot:
    """The ballot, held against other writers, at one of the states; else Refused("ballot_closed")."""
    ballot = load(session, Ballot, ballot_id, lock=True)
    if ballot.state not in states:
        raise Refused("ballot_stopped" if ballot.state is BallotState.STOPPED else "ballot_closed")
    return ballot


def voters_by(session: Session, ballot: Ballot, way: VoteMethod) -> int:
    """How many vote in a way that is counted by hand; WrongStage when nobody does."""
    issued = session.scalar(select(BallotWay.issued).where(BallotWay.ballot_id == ballot.id, BallotWay.way == way))
    if issued is None:
        raise WrongStage(what="ballot", stage=ballot.method, permission=session.info.get("permission"))
    return issued


def pattern(question: Question, text: str | None, field: str = "choice") -> str:
    """What a voter entered, in its one form, or BadInput at `field`."""
    if text is None or text == "":
        raise BadInput(field, Problem.EMPTY)
    if not isinstance(text, str):
        raise BadInput(field, Problem.UNKNOWN_CHOICE)
    try:
        return canonical(question, text)
    except BadPattern as bad:
        if bad.reason == "none_chosen":
            raise BadInput(field, Problem.EMPTY) from None
        if bad.reason == "too_many":
            raise BadInput(field, Problem.OUT_OF_RANGE, least=1, most=question.most, reason=bad.reason) from None
        if bad.reason == "bad_score":
            raise BadInput(field, Problem.OUT_OF_RANGE, least=0, most=BEST_SCORE, reason=bad.reason) from None
        problem = Problem.WRONG if bad.reason == "twice" else Problem.UNKNOWN_CHOICE
        raise BadInput(field, problem, reason=bad.reason) from None
