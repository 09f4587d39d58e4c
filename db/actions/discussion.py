"""What is said about an item, and how its motion changes before the vote."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.attendance import sheet_of
from db.actions.fields import row_id, words
from db.actions.loading import load
from db.actions.meetings import advance, item_of_open_meeting
from db.actions.screen import turn_if_following
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import AgendaItem, DiscussionPoint, Meeting
from db.rules.permissions import Permission
from db.terms import ItemState


@action(Permission.RECORD_DISCUSSION)
def start_item(session: Session, *, item_id: int, now: datetime) -> int:
    """Call an item up for discussion; a screen that follows the meeting shows it."""
    item, meeting = item_of_open_meeting(session, item_id)
    advance(session, item, ItemState.DISCUSSING)
    turn_if_following(session, meeting, now=now, item_id=item.id, revealed=False)
    return item.id


def _under_discussion(session: Session, item_id: int) -> tuple[AgendaItem, Meeting]:
    item, meeting = item_of_open_meeting(session, item_id)
    if item.state is ItemState.VOTING:
        raise Refused("ballot_open")
    if item.state not in (ItemState.DISCUSSING, ItemState.PENDING, ItemState.TIED):
        raise WrongStage(what="agenda_item", stage=item.state, permission=session.info.get("permission"))
    if item.state is ItemState.PENDING:
        advance(session, item, ItemState.DISCUSSING)
    return item, meeting


def _speaker(session: Session, meeting: Meeting, member_id: int | None) -> int | None:
    if member_id is not None and row_id("member_id", member_id) not in sheet_of(session, meeting.id):
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    return member_id


@action(Permission.RECORD_DISCUSSION)
def record_point(session: Session, *, item_id: int, said: str, member_id: int | None = None, now: datetime) -> int:
    """Write down a point for the minutes, with or without the name of who made it. The id."""
    text = words("said", said, most=500)
    item, meeting = _under_discussion(session, item_id)
    point = DiscussionPoint(
        community_id=item.community_id,
        item_id=item.id,
        member_id=_speaker(session, meeting, member_id),
        words=text,
        at=now,
    )
    session.add(point)
    session.flush()
    return point.id


@action(Permission.RECORD_DISCUSSION)
def move_amendment(
    session: Session,
    *,
    item_id: int,
    new_motion: str,
    said: str = "",
    member_id: int | None = None,
    now: datetime,
) -> int:
    """修正动议: propose other words for the motion; one at a time. The id."""
    wording, why = words("new_motion", new_motion, most=1000), words("said", said, most=500, needed=False)
    item, meeting = _under_discussion(session, item_id)
    if open_amendment(session, item.id) is not None:
        raise Refused("amendment_open")
    if wording == item.motion:
        raise Refused("amendment_same")
    point = DiscussionPoint(
        community_id=item.community_id,
        item_id=item.id,
        member_id=_speaker(session, meeting, member_id),
        words=why,
        amendment=True,
        new_motion=wording,
        motion_before=item.motion,
        at=now,
    )
    session.add(point)
    turn_if_following(session, meeting, now=now)
    return point.id


def open_amendment(session: Session, item_id: int) -> int | None:
    """The amendment of an item that is neither carried nor dropped yet."""
    return session.scalar(
        select(DiscussionPoint.id).where(
            DiscussionPoint.item_id == item_id,
            DiscussionPoint.amendment.is_(True),
            DiscussionPoint.carried.is_(None),
        )
    )


@action(Permission.RUN_MEETING)
def settle_amendment(session: Session, *, point_id: int, carried: bool, now: datetime) -> int:
    """Take an amendment over into the motion, or not; the former words stay beside it."""
    point = load(session, DiscussionPoint, point_id)
    item, meeting = _under_discussion(session, point.item_id)
    session.refresh(point)
    if not point.amendment or point.carried is not None:
        raise Refused("amendment_settled")
    point.carried, point.motion_before = carried, item.motion
    if carried:
        item.motion = point.new_motion
    turn_if_following(session, meeting, now=now)
    return point.id
