"""What changed about a meeting between its notice and its opening."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import MeetingChange
from db.rules.meetings.sitting import Change

MOST = 300


def changes_of(session: Session, meeting_id: int) -> tuple[Change, ...]:
    """Moves of the meeting and changes of who is due, oldest first."""
    rows = session.execute(
        select(
            *(MeetingChange.kind, MeetingChange.seat, MeetingChange.before, MeetingChange.after),
            *(MeetingChange.at_before, MeetingChange.at_after, MeetingChange.reason, MeetingChange.noted_at),
            MeetingChange.noted_name,
        )
        .where(MeetingChange.meeting_id == meeting_id)
        .order_by(MeetingChange.id)
        .limit(MOST)
    )
    return tuple(Change(*row) for row in rows)
