"""Whose vote the chair enters in an open ballot."""

from sqlalchemy.orm import Session

from db.queries.named import Named
from db.queries.voting.voting import voters_to_assist, voters_without_account
from db.rules.meetings.sitting import BallotStanding
from db.terms import BallotState, VoteMethod


def voters_at_the_desk(session: Session, ballot: BallotStanding) -> dict[VoteMethod, tuple[Named, ...]]:
    """Members who have not voted yet and whose vote the chair enters in an open ballot, by their way of voting."""
    if ballot.state is not BallotState.OPEN:
        return {}
    enter = {VoteMethod.ASSISTED: voters_to_assist, VoteMethod.NAMED: voters_without_account}
    waiting = {way.way for way in ballot.ways if not way.complete}
    return {way: read(session, ballot.id) for way, read in enter.items() if way in waiting}
