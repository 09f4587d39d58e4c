"""Which promises the day itself moves on: they begin, rest, go on, fall due."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from db.models import Commitment, CommitmentPause
from db.terms import CommitmentState

S = CommitmentState


def resting_on(day: date) -> Select[int]:
    """The ids of promises that rest on a day."""
    return select(CommitmentPause.commitment_id).where(CommitmentPause.since <= day, CommitmentPause.until >= day)


def moved_by(day: date) -> ColumnElement[bool]:
    """Whether a promise is not yet where the day wants it."""
    resting = exists().where(
        CommitmentPause.commitment_id == Commitment.id, CommitmentPause.since <= day, CommitmentPause.until >= day
    )
    live = Commitment.state.in_((S.PUBLISHED, S.KEEPING, S.PAUSED))
    return or_(
        and_(Commitment.state == S.PUBLISHED, Commitment.starts_on <= day),
        and_(live, Commitment.state != S.PAUSED, resting),
        and_(Commitment.state == S.PAUSED, ~resting),
        and_(Commitment.state.in_((S.KEEPING, S.PAUSED)), Commitment.until < day),
    )


def anything_moves(session: Session, *, today: date) -> bool:
    """Whether `follow_the_days` has something to do."""
    return session.scalar(select(Commitment.id).where(moved_by(today)).limit(1)) is not None
