"""民主评议党员 after it was closed: the result is told, and a wrong grade is corrected by two people."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.commitments.review import line_of, not_the_own
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import ReviewCorrection
from db.rules.commitments.review import ReviewEvent
from db.rules.permissions import Permission
from db.terms import ReviewGrade
from db.together import amiss

MOST = 500


@action(Permission.RUN_REVIEW)
def mark_told(session: Session, *, reviewed_ids: Sequence[int], now: datetime) -> int:
    """These members were told their result today; how many. Refused("review_not_graded") for who has none."""
    ids = sorted({fields.row_id("reviewed_ids", one) for one in reviewed_ids})
    fields.whole("reviewed_ids", len(ids) or None, least=1, most=MOST)
    for one in ids:
        line, _review = line_of(session, one, None, ReviewEvent.CORRECT)
        if line.grade is None:
            raise Refused("review_not_graded")
        line.told_on = day_of(now)
    return len(ids)


@action(Permission.RUN_REVIEW)
def ask_review_correction(
    session: Session, *, reviewed_id: int, version: int, grade: ReviewGrade | None, reason: str, now: datetime
) -> int:
    """A closed grade was wrong: the right one with its reason, until somebody else accepts it; the id of the line.

    Raises Refused("own_review"), ("review_not_graded"), ("review_correction_waits").
    """
    line, _review = line_of(session, reviewed_id, version, ReviewEvent.CORRECT)
    not_the_own(session, line)
    if line.grade is None:
        raise Refused("review_not_graded")
    query = select(ReviewCorrection).where(ReviewCorrection.reviewed_id == line.id).order_by(ReviewCorrection.id)
    lines = session.scalars(query).all()
    if any(one.settled_at is None for one in lines):
        raise Refused("review_correction_waits")
    held = next((one.grade for one in reversed(lines) if one.accepted), line.grade)
    chosen = fields.chosen("grade", grade, list(ReviewGrade))
    if chosen is held:
        amiss(BadInput("grade", Problem.UNKNOWN_CHOICE), None)
    correction = ReviewCorrection(
        community_id=line.community_id,
        account_id=line.account_id,
        reviewed_id=line.id,
        grade=chosen,
        reason=fields.line("reason", reason, most=200),
        asked_by=actor_of(session).id,
        asked_at=now,
        accepted=False,
    )
    session.add(correction)
    session.flush()
    return correction.id


@action(Permission.RUN_REVIEW)
def settle_review_correction(
    session: Session, *, correction_id: int, version: int, accept: bool, now: datetime
) -> None:  # fmt: skip
    """Another person accepts it, and the member is to be told anew; or anybody drops it.

    Raises Refused("review_elsewhere") when it is settled, ("review_second_person"), ("own_review").
    """
    found = load(session, ReviewCorrection, correction_id)
    line, _review = line_of(session, found.reviewed_id, None, ReviewEvent.CORRECT)
    correction = load(session, ReviewCorrection, correction_id, version=version, lock=True)
    if correction.settled_at is not None:
        raise Refused("review_elsewhere")
    actor = actor_of(session)
    if accept is True:
        not_the_own(session, line)
        if correction.asked_by == actor.id:
            raise Refused("review_second_person")
        line.told_on = None
    correction.accepted = accept is True
    correction.settled_by, correction.settled_at = actor.id, now
