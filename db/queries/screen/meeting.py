"""The meeting as its room sees it: numbers, words of the agenda, and seats instead of names (docs/domain.md 12.4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import AgendaItem, Attendance, Ballot, BodyMember, Meeting, Recusal, SpeakerTurn
from db.queries.meetings.meetings import open_ballot
from db.queries.voting.ballots import question_counted
from db.rules.meetings.sitting import BallotStanding
from db.rules.voting.decision import HouseRule, QuorumCheck, quorum
from db.rules.voting.question import MOTION, Question
from db.rules.voting.result import Result, result_from_json
from db.terms import BallotState, ItemState, MeetingState, MemberPresence, SpeakerSide, SpeakerState

RUNNING = (BallotState.OPEN, BallotState.STOPPED)
"""States of a ballot whose result nobody may know yet."""
MOST_WAITING = 6
"""Seats of the queue that a line on the screen holds."""


@dataclass(frozen=True, slots=True)
class SpeakerOnScreen:
    """Who speaks, by seat; until when, by the house rule and what the chair granted."""

    seat: int
    side: SpeakerSide
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResultOnScreen:
    """What the chair has revealed."""

    result: Result
    file_hash: str


@dataclass(frozen=True, slots=True)
class ItemOnScreen:
    """议题; `ballot` holds its turnout only, `result` is there only when the chair has revealed it."""

    position: int
    title: str
    motion: str
    state: ItemState
    owners_matter: bool
    question: Question = MOTION
    ballot: BallotStanding | None = None
    speaker: SpeakerOnScreen | None = None
    waiting: tuple[int, ...] = ()
    """Seats that asked to speak, in the order in which they asked."""
    decided: bool = False
    result: ResultOnScreen | None = None


@dataclass(frozen=True, slots=True)
class MeetingOnScreen:
    title: str
    state: MeetingState
    at: datetime
    place: str
    quorum: QuorumCheck | None
    agenda: tuple[tuple[int, str, ItemState], ...]
    """Position, words, state."""
    item: ItemOnScreen | None
    rule: HouseRule | None = None
    sign_in_key: str = ""
    """What the QR at the door of the meeting holds; empty while nobody signs in."""


def meeting_on_screen(session: Session, meeting_id: int, item_id: int | None, *, revealed: bool) -> MeetingOnScreen:
    """A meeting in six statements at most: the item that the chair shows, or its agenda."""
    meeting = session.execute(
        select(*(Meeting.title, Meeting.state, Meeting.at, Meeting.place, Meeting.rule, Meeting.sign_in_key)).where(
            Meeting.id == meeting_id
        )
    ).one()
    items = session.execute(
        select(
            *(AgendaItem.id, AgendaItem.position, AgendaItem.title, AgendaItem.short_title, AgendaItem.motion),
            *(AgendaItem.state, AgendaItem.owners_matter, AgendaItem.outcome, AgendaItem.decision),
            *(AgendaItem.question, question_counted().label("counted")),
        )
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    ).all()
    rule = HouseRule.from_json(meeting.rule) if meeting.rule else None
    shown = next((item for item in items if item.id == item_id), None)
    return MeetingOnScreen(
        title=meeting.title,
        state=meeting.state,
        at=meeting.at,
        place=meeting.place,
        quorum=_quorum(session, meeting_id, item_id, rule),
        agenda=tuple(
            # A result that nobody announced yet must not show in the list either.
            (item.position, item.short_title or item.title,
             ItemState.VOTING if _decided(item) and not revealed and item is shown else item.state)
            for item in items
        ),
        item=None if shown is None else _item(session, meeting_id, shown, rule, revealed=revealed),
        rule=rule,
        sign_in_key=meeting.sign_in_key,
    )  # fmt: skip


def _item(session: Session, meeting_id: int, shown: Any, rule: HouseRule | None, *, revealed: bool) -> ItemOnScreen:
    running = open_ballot(session, meeting_id)
    ballot = running if running is not None and running.item_id == shown.id else None
    decided = _decided(shown) and ballot is None
    speaker, waiting = _floor(session, shown.id, rule)
    return ItemOnScreen(
        position=shown.position,
        title=shown.short_title or shown.title,
        motion=shown.motion,
        state=shown.state,
        owners_matter=shown.owners_matter,
        question=ballot.question if ballot is not None else Question.from_json(shown.counted or shown.question),
        ballot=ballot,
        speaker=speaker,
        waiting=waiting,
        decided=decided,
        result=_result(session, shown) if revealed and decided and shown.decision else None,
    )


def _decided(item: Any) -> bool:
    """Voted on, and not under discussion again after a tie."""
    return item.outcome is not None and item.state not in (ItemState.PENDING, ItemState.DISCUSSING)


def _floor(session: Session, item_id: int, rule: HouseRule | None) -> tuple[SpeakerOnScreen | None, tuple[int, ...]]:
    """Who speaks on the item and who waits."""
    rows = session.execute(
        select(
            *(BodyMember.seat, SpeakerTurn.side, SpeakerTurn.state),
            *(SpeakerTurn.began_at, SpeakerTurn.extra_seconds),
        )
        .join(BodyMember, BodyMember.id == SpeakerTurn.member_id)
        .where(SpeakerTurn.item_id == item_id, SpeakerTurn.state.in_((SpeakerState.SPEAKING, SpeakerState.WAITING)))
        .order_by(SpeakerTurn.id)
        .limit(2 * MOST_WAITING)
    ).all()
    speaking = next((row for row in rows if row.state is SpeakerState.SPEAKING), None)
    waiting = tuple(row.seat for row in rows if row.state is SpeakerState.WAITING)[:MOST_WAITING]
    if speaking is None:
        return None, waiting
    ends_at = None
    if speaking.began_at is not None and rule is not None:
        ends_at = speaking.began_at + timedelta(seconds=rule.speech_seconds + speaking.extra_seconds)
    return SpeakerOnScreen(speaking.seat, speaking.side, ends_at), waiting


def _result(session: Session, shown: Any) -> ResultOnScreen:
    counted = (
        select(Ballot.file_hash)
        .where(Ballot.item_id == shown.id, Ballot.state == BallotState.CLOSED)
        .order_by(Ballot.round.desc())
        .limit(1)
    )
    return ResultOnScreen(result=result_from_json(shown.decision), file_hash=session.scalar(counted) or "")


def _quorum(session: Session, meeting_id: int, item_id: int | None, rule: HouseRule | None) -> QuorumCheck | None:
    """应到 and 实到 of the meeting, without those who stepped back on the item shown."""
    if rule is None:
        return None
    out = (
        select(Recusal.member_id)
        .where(Recusal.item_id == item_id, Recusal.member_id == Attendance.member_id)
        .correlate(Attendance)
        .exists()
    )
    there = Attendance.presence == MemberPresence.PRESENT
    row = session.execute(
        select(
            func.count(),
            func.count().filter(there),
            func.count().filter(out),
            func.count().filter(out & there),
        )
        .select_from(Attendance)
        .where(Attendance.meeting_id == meeting_id)
    ).one()
    return quorum(rule, *row) if row[0] else None
