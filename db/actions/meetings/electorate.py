"""应到: until a meeting opens, who is due follows who is in office; every change is a line on its sheet."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.loading import actor_of
from db.counters import day_of
from db.models import Attendance, BodyMember, Meeting, MeetingChange
from db.queries.council.council import in_office
from db.terms import MeetingChangeKind, MeetingState


def members_on(session: Session, body_id: int, day: date) -> dict[int, BodyMember]:
    """The members of a body who hold a seat on a day, by id, in the order of the seats."""
    query = select(BodyMember).where(BodyMember.body_id == body_id, in_office(day)).order_by(BodyMember.seat)
    return {member.id: member for member in session.scalars(query)}


def follow_members(session: Session, body_id: int, *, now: datetime) -> None:
    """Members of a body changed: its meetings that are called and not open yet follow."""
    meetings = session.scalars(
        select(Meeting)
        .where(Meeting.body_id == body_id, Meeting.state == MeetingState.CONVENED)
        .order_by(Meeting.id)
        .with_for_update(),
        execution_options={"populate_existing": True},
    )
    for meeting in meetings.all():
        follow(session, meeting, day_of(meeting.at), now=now)


def follow(session: Session, meeting: Meeting, day: date, *, now: datetime) -> int:
    """Bring the sheet of a meeting that is not open yet to who is in office on a day; how many are due then."""
    members = members_on(session, meeting.body_id, day)
    sheet = {
        row.member_id: row for row in session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))
    }
    for member_id in sorted(sheet.keys() - members.keys()):
        row, gone = sheet[member_id], session.get_one(BodyMember, member_id)
        change(session, meeting, MeetingChangeKind.LEFT, now=now, member_id=member_id, seat=gone.seat, before=row.name)
        session.delete(row)
    for member in members.values():
        who = {"member_id": member.id, "seat": member.seat}
        if member.id not in sheet:
            session.add(Attendance(community_id=meeting.community_id, meeting_id=meeting.id, member_id=member.id))
            change(session, meeting, MeetingChangeKind.JOINED, now=now, **who, after=member.name)
            continue
        row = sheet[member.id]
        if (row.name, row.capacity) != (member.name, member.capacity):
            words = {"before": _called(row.name, row.capacity), "after": _called(member.name, member.capacity)}
            row.name, row.capacity = member.name, member.capacity
            change(session, meeting, MeetingChangeKind.RENAMED, now=now, **who, **words)
    session.flush()
    return len(members)


def _called(name: str, capacity: str) -> str:
    return f"{name}（{capacity}）"


def change(session: Session, meeting: Meeting, kind: MeetingChangeKind, *, now: datetime, **values: Any) -> None:
    """Write down what changed about a meeting after its notice went out."""
    common = {"community_id": meeting.community_id, "meeting_id": meeting.id, "kind": kind}
    session.add(MeetingChange(**common, **values, noted_at=now, noted_by=actor_of(session).id))
