"""改期: a called meeting gets another time or place, with a new notice."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import line, moment
from db.actions.meetings.electorate import change, follow
from db.actions.meetings.meetings import goes_out, meeting_at
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Attendance
from db.rules.permissions import Permission
from db.terms import MeetingChangeKind, MeetingState, MemberPresence


@action(Permission.PREPARE_MEETING)
def move_meeting(
    session: Session,
    *,
    meeting_id: int,
    version: int,
    at: datetime | None,
    place: str,
    reason: str,
    short_reason: str = "",
    now: datetime,
) -> dict[str, int | bool]:
    """改期: give a called meeting another time or place, with a new notice; the old ones stay on its sheet.

    The new notice is checked like the first one (BadInput at "short_reason" when it is late without one) and freezes
    the rule in force. Of another time everybody is asked anew: leave was given for the old one.
    """
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, version=version)
    when, where = moment("at", at), line("place", place, most=80)
    why = line("reason", reason, most=200)
    before = {"at_before": meeting.at, "before": meeting.place}
    if (when, where) == (meeting.at, meeting.place):
        raise BadInput("at", Problem.UNCHANGED)
    for row in session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id)):
        # The notice that reached somebody named another time or place.
        row.told_at = None
        if when != meeting.at:
            row.presence, row.came_at, row.proxy = MemberPresence.DUE, None, ""
    meeting.at, meeting.place = when, where
    called = goes_out(session, meeting, "short_reason", short_reason, now=now)
    change(session, meeting, MeetingChangeKind.MOVED, now=now, **before, at_after=when, after=where, reason=why)
    due = follow(session, meeting, day_of(when), now=now)
    if not due:
        raise Refused("nobody_in_office")
    return called | {"due": due}
