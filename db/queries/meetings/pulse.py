"""Has anything in a meeting changed? One cheap statement, so that two people at two consoles see each other's work."""

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import (
    AgendaItem,
    Attendance,
    AuditEntry,
    Ballot,
    DiscussionPoint,
    HandCount,
    Meeting,
    MeetingChange,
    PaperCount,
    Recusal,
    ScreenState,
    Slip,
    SpeakerTurn,
)


def meeting_pulse(session: Session, meeting_id: int) -> str:
    """A short text that differs after every change that a console shows; the same text means nothing changed.

    Counts, newest ids and versions of what belongs to the meeting, in one statement by index. Votes that come in are
    not part of it (the turnout has its own fragment), so that no console flickers while people vote.
    """
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id).scalar_subquery()
    ballots = select(Ballot.id).where(Ballot.meeting_id == meeting_id).scalar_subquery()
    points = select(DiscussionPoint.id).where(DiscussionPoint.item_id.in_(items)).scalar_subquery()
    screen = select(ScreenState).join(Meeting, Meeting.community_id == ScreenState.community_id)
    row = session.execute(
        select(
            _one(func.max(Meeting.version), Meeting.id == meeting_id),
            _one(func.sum(AgendaItem.version), AgendaItem.meeting_id == meeting_id),
            _one(func.sum(Attendance.version), Attendance.meeting_id == meeting_id),
            *_newest(MeetingChange.id, MeetingChange.meeting_id == meeting_id),
            *_newest(Recusal.id, Recusal.item_id.in_(items)),
            _one(func.sum(Recusal.member_id), Recusal.item_id.in_(items)),
            *_newest(SpeakerTurn.id, SpeakerTurn.item_id.in_(items)),
            _one(func.sum(SpeakerTurn.version), SpeakerTurn.item_id.in_(items)),
            *_newest(DiscussionPoint.id, DiscussionPoint.item_id.in_(items)),
            # A point has no version: its words and its fate change only together with a line in the log.
            _one(func.max(AuditEntry.id), AuditEntry.table_name == "discussion_point", AuditEntry.row_id.in_(points)),
            _one(func.sum(Ballot.version), Ballot.meeting_id == meeting_id),
            *_newest(HandCount.id, HandCount.ballot_id.in_(ballots)),
            *_newest(PaperCount.id, PaperCount.ballot_id.in_(ballots)),
            _one(func.count(), Slip.meeting_id == meeting_id),
            *(
                screen.with_only_columns(column).where(Meeting.id == meeting_id).scalar_subquery()
                for column in (ScreenState.mode, ScreenState.item_id, ScreenState.revealed)
            ),
        )
    ).one()
    return ".".join("-" if value is None else str(value) for value in row)


def _one(value: ColumnElement[int], *where: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(value).where(*where).scalar_subquery()


def _newest(
    row_id: InstrumentedAttribute[int], *where: ColumnElement[bool]
) -> tuple[ScalarSelect[int], ScalarSelect[int]]:
    """How many there are and the newest: an insert and a delete both show."""
    return _one(func.count(row_id), *where), _one(func.max(row_id), *where)
