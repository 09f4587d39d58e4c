"""开会: whom the notice has reached, the opening with what speaks against it, and the opening taken back."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import row_id
from db.actions.loading import actor_of
from db.actions.meetings.attendance import sheet_of
from db.actions.meetings.electorate import follow
from db.actions.meetings.meetings import advance, frozen_rule, meeting_at
from db.actions.screen.screen import back_to_rotation, show
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import AgendaItem, Ballot, Meeting, SpeakerTurn
from db.rules.meetings.opening import OpeningDoubt, opening_doubts
from db.rules.permissions import Permission
from db.rules.voting.decision import quorum
from db.terms import ItemState, MeetingState, MemberPresence, ScreenMode, SpeakerState


@action(Permission.PREPARE_MEETING)
def record_delivery(session: Session, *, meeting_id: int, told: Collection[int], now: datetime) -> dict[str, int]:
    """送达: write down whom the notice of a called meeting has reached; the others count as not reached.

    Who was marked before keeps the first time. Returns how many of how many ("told", "due").
    """
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED)
    if not isinstance(told, Collection) or isinstance(told, str | bytes):
        raise BadInput("told", Problem.WRONG)
    reached, sheet = {row_id("told", one) for one in told}, sheet_of(session, meeting.id)
    # Who was on the page and is no longer due has ended meanwhile: nothing is written of them.
    for member_id, row in sheet.items():
        row.told_at = (row.told_at or now) if member_id in reached else None
    return {"told": sum(row.told_at is not None for row in sheet.values()), "due": len(sheet)}


@action(Permission.RUN_MEETING)
def open_meeting(
    session: Session, *, meeting_id: int, despite: Collection[OpeningDoubt] | None = None, now: datetime
) -> int:
    """Declare the meeting open; the screen of the room follows it from here on, and who is due is fixed.

    `despite` is what the chair was told and opens in spite of: what came up since is Refused("opens_other_day", at=)
    or Refused("opens_without_quorum", present=, needed=). None is a caller that has nobody to ask.
    """
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED)
    if not follow(session, meeting, max(day_of(meeting.at), day_of(now)), now=now):
        raise Refused("nobody_in_office")
    if despite is not None:
        _told_of_doubts(session, meeting, frozenset(despite), now)
    meeting.state, meeting.opened_at, meeting.chair_id = MeetingState.OPEN, now, actor_of(session).id
    meeting.sign_in_key = secrets.token_urlsafe(12)
    session.flush()
    values = {"mode": ScreenMode.MEETING, "meeting_id": meeting.id, "item_id": None, "revealed": False}
    show(session, meeting.community_id, now=now, **values)
    return meeting.id


def _told_of_doubts(session: Session, meeting: Meeting, told: frozenset[OpeningDoubt], now: datetime) -> None:
    sheet = sheet_of(session, meeting.id)
    there = sum(row.presence is MemberPresence.PRESENT for row in sheet.values())
    check = quorum(frozen_rule(meeting), len(sheet), there)
    new = [doubt for doubt in opening_doubts(meeting.at, check, day_of(now)) if doubt not in told]
    if OpeningDoubt.OTHER_DAY in new:
        raise Refused("opens_other_day", at=day_of(meeting.at).isoformat())
    if new:
        raise Refused("opens_without_quorum", present=check.present, needed=check.needed)


@action(Permission.RUN_MEETING)
def take_back_opening(session: Session, *, meeting_id: int, now: datetime) -> int:
    """撤回开会: the meeting was opened by mistake; it is called again, as before.

    Who signed in stays signed in, what was said stays on record. Raises Refused("voted_already") after the first
    vote, whatever became of it, and Refused("item_done") once an item is concluded.
    """
    meeting = meeting_at(session, meeting_id, MeetingState.OPEN)
    if session.scalar(select(func.count()).where(Ballot.meeting_id == meeting.id)):
        raise Refused("voted_already")
    items = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).all()
    if any(item.state not in (ItemState.PENDING, ItemState.DISCUSSING) for item in items):
        raise Refused("item_done")
    for item in items:
        if item.state is ItemState.DISCUSSING:
            advance(session, item, ItemState.PENDING)
    _nobody_speaks(session, meeting, now)
    for row in sheet_of(session, meeting.id).values():
        if row.presence is MemberPresence.LEFT_EARLY:
            # Nobody leaves a meeting that has not begun.
            row.presence, row.came_at, row.left_at, row.proxy = MemberPresence.DUE, None, None, ""
    meeting.state, meeting.opened_at, meeting.chair_id = MeetingState.CONVENED, None, None
    meeting.chair_name = meeting.sign_in_key = ""
    back_to_rotation(session, meeting, now=now)
    return meeting.id


def _nobody_speaks(session: Session, meeting: Meeting, now: datetime) -> None:
    turns = session.scalars(
        select(SpeakerTurn)
        .join(AgendaItem, AgendaItem.id == SpeakerTurn.item_id)
        .where(
            AgendaItem.meeting_id == meeting.id, SpeakerTurn.state.in_((SpeakerState.WAITING, SpeakerState.SPEAKING))
        )
    )
    for turn in turns:
        if turn.state is SpeakerState.SPEAKING:
            turn.state, turn.ended_at = SpeakerState.DONE, now
        else:
            turn.state = SpeakerState.WITHDRAWN
