"""签到 and 回避: who is there, who left, who steps back on an item."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import line, row_id, whole
from db.actions.loading import load
from db.actions.meetings import item_of_open_meeting, meeting_at
from db.actions.screen import turn_if_following
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Attendance, Recusal
from db.rules.permissions import Permission
from db.rules.sitting import DONE
from db.terms import ItemState, MeetingState, MemberPresence


def sheet_of(session: Session, meeting_id: int) -> dict[int, Attendance]:
    """The sign-in sheet by member."""
    rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id))
    return {row.member_id: row for row in rows}


@action(Permission.RUN_MEETING)
def take_attendance(
    session: Session,
    *,
    meeting_id: int,
    present: Collection[int],
    on_leave: Collection[int] = (),
    observers: int | None = 0,
    now: datetime,
) -> dict[str, int]:
    """Write the sign-in sheet: members ticked as present or on leave, everybody else is still due.

    Who left early and is ticked has come back; who left early and is not ticked stays so.
    """
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    sheet = sheet_of(session, meeting.id)
    there, away = set(present), set(on_leave)
    if not there | away <= sheet.keys():
        raise BadInput("present", Problem.UNKNOWN_CHOICE)
    if there & away:
        raise BadInput("on_leave", Problem.WRONG)
    meeting.observers = whole("observers", observers, least=0, most=500)
    for member_id, row in sheet.items():
        _mark(row, member_id in there, member_id in away, now)
    turn_if_following(session, meeting, now=now)
    return {"present": sum(row.presence is MemberPresence.PRESENT for row in sheet.values()), "due": len(sheet)}


def _mark(row: Attendance, there: bool, away: bool, now: datetime) -> None:
    if there:
        if row.presence is not MemberPresence.PRESENT:
            row.presence, row.left_at = MemberPresence.PRESENT, None
            row.came_at = row.came_at or now
    elif away:
        row.presence, row.came_at, row.left_at = MemberPresence.LEAVE, None, None
    elif row.presence is not MemberPresence.LEFT_EARLY:
        row.presence, row.came_at = MemberPresence.DUE, None


@action(Permission.RUN_MEETING)
def leave_early(session: Session, *, meeting_id: int, member_id: int | None, now: datetime) -> dict[str, int]:
    """中途离席: a present member leaves now; from here on counted neither as present nor in a new ballot."""
    meeting = meeting_at(session, meeting_id, MeetingState.OPEN)
    row = sheet_of(session, meeting.id).get(row_id("member_id", member_id))
    if row is None or row.presence is not MemberPresence.PRESENT:
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    row.presence, row.left_at = MemberPresence.LEFT_EARLY, now
    turn_if_following(session, meeting, now=now)
    return {"member_id": row.member_id}


@action(Permission.RUN_MEETING)
def recuse(session: Session, *, item_id: int, member_id: int | None, reason: str, now: datetime) -> int:
    """回避: take a member with an interest out of due and present for one item, with the reason. The id."""
    item, meeting = item_of_open_meeting(session, item_id)
    if item.state is ItemState.VOTING:
        raise Refused("ballot_open")
    if item.state in DONE:
        raise Refused("item_done")
    member_id = row_id("member_id", member_id)
    if member_id not in sheet_of(session, meeting.id):
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    why = line("reason", reason, most=200)
    twice = select(Recusal.id).where(Recusal.item_id == item.id, Recusal.member_id == member_id)
    if session.scalar(twice) is not None:
        raise BadInput("member_id", Problem.TAKEN)
    row = Recusal(community_id=item.community_id, item_id=item.id, member_id=member_id, reason=why, declared_at=now)
    session.add(row)
    turn_if_following(session, meeting, now=now)
    return row.id


@action(Permission.RUN_MEETING)
def undo_recusal(session: Session, *, item_id: int, member_id: int | None, now: datetime) -> None:
    """A member was taken out by mistake; the log keeps both."""
    item, meeting = item_of_open_meeting(session, item_id)
    if item.state is ItemState.VOTING:
        raise Refused("ballot_open")
    query = select(Recusal).where(Recusal.item_id == item.id, Recusal.member_id == row_id("member_id", member_id))
    row = session.scalar(query)
    if row is None:
        raise NotFound(what="recusal", id=member_id)
    session.delete(load(session, Recusal, row.id))
    turn_if_following(session, meeting, now=now)
