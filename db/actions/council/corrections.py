"""更正: a clerical error in a meeting's record, asked for by one person and confirmed by another.

Only words are corrected, never numbers: what was counted is what was decided, and a wrong result is a matter for an
objection and a second vote.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, line, row_id, words
from db.actions.loading import actor_of, load
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused, WrongStage
from db.models import AgendaItem, Ballot, Correction, DiscussionPoint, HandCount, Meeting
from db.rules.lifecycle import may_become
from db.rules.permissions import Permission
from db.terms import BallotState, CorrectionField, CorrectionState, MeetingState

MOST = {
    CorrectionField.TITLE: 60,
    CorrectionField.MOTION: 1000,
    CorrectionField.POINT: 500,
    CorrectionField.TELLER: 60,
}
"""Characters that the corrected text may have."""


@action(Permission.CORRECT_RECORD)
def ask_correction(
    session: Session,
    *,
    item_id: int,
    field: CorrectionField | None,
    target_id: int | None,
    before: str,
    after: str,
    reason: str,
    now: datetime,
) -> int:
    """Ask for a clerical error to be put right once the item was decided; nothing changes yet. The id.

    `before` is the text that the asker saw; another one in the record is a Conflict told at "after".
    """
    item = load(session, AgendaItem, item_id)
    meeting = load(session, Meeting, item.meeting_id)
    if meeting.state not in (MeetingState.OPEN, MeetingState.CLOSED) or item.decided_at is None:
        raise Refused("nothing_to_correct")
    what = chosen("field", field, tuple(MOST))
    text = (words if MOST[what] > 100 else line)("after", after, most=MOST[what])
    why = line("reason", reason, most=200)
    target_id = None if target_id is None else row_id("target_id", target_id)
    present = _text_of(session, item, what, target_id)
    if present != before:
        raise Refused("record_changed")
    if text == present:
        raise BadInput("after", Problem.WRONG)
    waiting = select(Correction.id).where(
        Correction.item_id == item.id,
        Correction.field == what,
        Correction.target_id.is_(None) if target_id is None else Correction.target_id == target_id,
        Correction.state == CorrectionState.ASKED,
    )
    if session.scalar(waiting) is not None:
        raise Refused("correction_waits")
    row = Correction(
        community_id=item.community_id,
        meeting_id=meeting.id,
        item_id=item.id,
        field=what,
        target_id=target_id,
        before=present,
        after=text,
        reason=why,
        asked_by=actor_of(session).id,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


@action(Permission.CORRECT_RECORD)
def settle_correction(session: Session, *, correction_id: int, version: int, confirmed: bool, now: datetime) -> str:
    """The second person confirms (the record changes, both texts stay) or refuses. Whoever asked cannot settle."""
    row = load(session, Correction, correction_id, version=version, lock=True)
    to = CorrectionState.CONFIRMED if confirmed else CorrectionState.REFUSED
    if not may_become(row.state, to):
        raise WrongStage(what="correction", stage=row.state, permission=Permission.CORRECT_RECORD)
    if row.asked_by == actor_of(session).id:
        raise Refused("second_person_needed")
    if confirmed:
        item = load(session, AgendaItem, row.item_id, lock=True)
        if _text_of(session, item, row.field, row.target_id) != row.before:
            raise Refused("record_changed")
        _put(session, item, row)
    row.state, row.settled_by, row.settled_at = to, actor_of(session).id, now
    return to.value


def _text_of(session: Session, item: AgendaItem, field: CorrectionField, target_id: int | None) -> str:
    if field is CorrectionField.TITLE:
        return item.title
    if field is CorrectionField.MOTION:
        return item.motion
    if field is CorrectionField.POINT:
        return _point(session, item, target_id).words
    return _count(session, item, target_id).teller_name


def _put(session: Session, item: AgendaItem, row: Correction) -> None:
    if row.field is CorrectionField.TITLE:
        item.title = row.after
    elif row.field is CorrectionField.MOTION:
        item.motion = row.after
    elif row.field is CorrectionField.POINT:
        _point(session, item, row.target_id).words = row.after
    else:
        _count(session, item, row.target_id).teller_name = row.after


def _point(session: Session, item: AgendaItem, target_id: int | None) -> DiscussionPoint:
    point = session.scalar(
        select(DiscussionPoint).where(DiscussionPoint.id == target_id, DiscussionPoint.item_id == item.id)
    )
    if point is None:
        raise NotFound(what="discussion_point", id=target_id)
    return point


def _count(session: Session, item: AgendaItem, target_id: int | None) -> HandCount:
    count = session.scalar(
        select(HandCount)
        .join(Ballot, Ballot.id == HandCount.ballot_id)
        .where(HandCount.id == target_id, Ballot.item_id == item.id, Ballot.state == BallotState.CLOSED)
    )
    if count is None:
        raise NotFound(what="hand_count", id=target_id)
    return count
