"""签到 and 回避: who is there, who left, who steps back on an item.

Whoever leaves the room also leaves the floor: a turn that waits is given up, a speech that runs is over.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import line, row_id, whole
from db.actions.loading import load
from db.actions.meetings.meetings import frozen_rule, item_of_open_meeting, meeting_at
from db.actions.screen.screen import turn_if_following
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import AgendaItem, Attendance, Meeting, Recusal, SpeakerTurn
from db.rules.meetings.sitting import DONE
from db.rules.permissions import Permission
from db.terms import ItemState, MeetingState, MemberPresence, SpeakerState


def sheet_of(session: Session, meeting_id: int) -> dict[int, Attendance]:
    """The sign-in sheet by member."""
    rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id))
    return {row.member_id: row for row in rows}


# --- the whole sheet ----------------------------------------------------------------------------------


@action(Permission.TAKE_ATTENDANCE)
def take_attendance(
    session: Session,
    *,
    meeting_id: int,
    present: Collection[int],
    on_leave: Collection[int] = (),
    observers: int | None = 0,
    seen: Mapping[int, str] | None = None,
    now: datetime,
) -> dict[str, int]:
    """Write the sign-in sheet: members ticked as present or on leave, everybody else is still due.

    Who left early and is ticked has come back; who left early and is not ticked stays so. `seen` is what the page
    showed, member by presence: a row that somebody else changed since stays as it is now, and only what differs
    from what was shown is written. Returns the figures; with `seen` also how many rows were newer ("kept").
    """
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    sheet = sheet_of(session, meeting.id)
    there, away = set(present), set(on_leave)
    if seen is not None and not isinstance(seen, Mapping):
        raise BadInput("present", Problem.WRONG)
    # Who was on the page and is no longer due has ended meanwhile: the other ticks of that page still hold.
    gone = (seen or {}).keys() - sheet.keys()
    there, away = there - gone, away - gone
    if not there | away <= sheet.keys():
        raise BadInput("present", Problem.UNKNOWN_CHOICE)
    if there & away:
        raise BadInput("on_leave", Problem.WRONG)
    meeting.observers = whole("observers", observers, least=0, most=500)
    kept = len(gone)
    for member_id, row in sheet.items():
        if seen is not None and seen.get(member_id) != row.presence.value:
            kept += 1
            continue
        _mark(row, member_id in there, member_id in away, now)
    _leave_the_floor(session, meeting, sheet, now)
    turn_if_following(session, meeting, now=now)
    counted = {"present": sum(row.presence is MemberPresence.PRESENT for row in sheet.values()), "due": len(sheet)}
    return counted if seen is None else counted | {"kept": kept}


def _mark(row: Attendance, there: bool, away: bool, now: datetime) -> None:
    if there:
        _there(row, now)
    elif away:
        _not_there(row, MemberPresence.LEAVE)
    elif row.presence is not MemberPresence.LEFT_EARLY:
        _not_there(row, MemberPresence.DUE)


def _there(row: Attendance, now: datetime) -> None:
    if row.presence is not MemberPresence.PRESENT:
        row.presence, row.left_at = MemberPresence.PRESENT, None
        row.came_at = row.came_at or now


def _not_there(row: Attendance, presence: MemberPresence) -> None:
    row.presence, row.came_at, row.left_at, row.proxy = presence, None, None, ""


def _leave_the_floor(session: Session, meeting: Meeting, sheet: Mapping[int, Attendance], now: datetime) -> None:
    turns = session.scalars(
        select(SpeakerTurn)
        .join(AgendaItem, AgendaItem.id == SpeakerTurn.item_id)
        .where(
            AgendaItem.meeting_id == meeting.id,
            SpeakerTurn.state.in_((SpeakerState.WAITING, SpeakerState.SPEAKING)),
        )
    )
    for turn in turns:
        if sheet[turn.member_id].presence is MemberPresence.PRESENT:
            continue
        if turn.state is SpeakerState.SPEAKING:
            turn.state, turn.ended_at = SpeakerState.DONE, now
        else:
            turn.state = SpeakerState.WITHDRAWN


# --- one member ---------------------------------------------------------------------------------------


def _row_of(session: Session, meeting: Meeting, member_id: int | None) -> Attendance:
    row = sheet_of(session, meeting.id).get(row_id("member_id", member_id))
    if row is None:
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    return row


def _moved(session: Session, meeting: Meeting, row: Attendance, now: datetime) -> dict[str, int]:
    _leave_the_floor(session, meeting, sheet_of(session, meeting.id), now)
    turn_if_following(session, meeting, now=now)
    return {"member_id": row.member_id}


@action(Permission.TAKE_ATTENDANCE)
def mark_present(session: Session, *, meeting_id: int, member_id: int | None, now: datetime) -> dict[str, int]:
    """One member has come in person, or has come back; who is there already stays, with the time of coming."""
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    row = _row_of(session, meeting, member_id)
    _there(row, now)
    row.proxy = ""
    return _moved(session, meeting, row, now)


@action(Permission.TAKE_ATTENDANCE)
def call_roll(session: Session, *, meeting_id: int, member_ids: Collection[int], now: datetime) -> dict[str, int]:
    """点名: those who answered are there; a tap each, or several taps that come at once. The figures of the sheet."""
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    if not isinstance(member_ids, Collection) or isinstance(member_ids, str | bytes) or not member_ids:
        raise BadInput("member_ids", Problem.EMPTY)
    sheet = sheet_of(session, meeting.id)
    for member_id in {row_id("member_ids", one) for one in member_ids}:
        if member_id not in sheet:
            raise BadInput("member_ids", Problem.UNKNOWN_CHOICE)
        _there(sheet[member_id], now)
    turn_if_following(session, meeting, now=now)
    return {"present": sum(row.presence is MemberPresence.PRESENT for row in sheet.values()), "due": len(sheet)}


@action(Permission.TAKE_ATTENDANCE)
def all_present(session: Session, *, meeting_id: int, now: datetime) -> dict[str, int]:
    """全部到会: whoever has not reported by now is there; who sent word or left stays so. The figures of the sheet.

    Which members these are is read here, not on the page: somebody may have been marked as on leave meanwhile.
    """
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    sheet = sheet_of(session, meeting.id)
    for row in sheet.values():
        if row.presence is MemberPresence.DUE:
            _there(row, now)
    turn_if_following(session, meeting, now=now)
    return {"present": sum(row.presence is MemberPresence.PRESENT for row in sheet.values()), "due": len(sheet)}


@action(Permission.TAKE_ATTENDANCE)
def mark_proxy(
    session: Session, *, meeting_id: int, member_id: int | None, proxy: str, now: datetime
) -> dict[str, int]:
    """委托出席: somebody sits there with the member's written authority; counted as present, named in the minutes.

    Only where the meeting's house rules allow it, never a member of this meeting, and for one member each: nobody
    raises two hands. Raises Refused("proxies_not_allowed").
    """
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    who = line("proxy", proxy, most=60)
    if not frozen_rule(meeting).proxies_allowed:
        raise Refused("proxies_not_allowed")
    row = _row_of(session, meeting, member_id)
    sheet = sheet_of(session, meeting.id)
    if any(other.proxy == who for other in sheet.values() if other is not row):
        raise BadInput("proxy", Problem.TAKEN)
    if any(other.name == who for other in sheet.values()):
        raise Refused("proxy_is_member")
    _there(row, now)
    row.proxy = who
    return _moved(session, meeting, row, now)


@action(Permission.TAKE_ATTENDANCE)
def mark_leave(session: Session, *, meeting_id: int, member_id: int | None, now: datetime) -> dict[str, int]:
    """请假: one member has sent word and does not come."""
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    row = _row_of(session, meeting, member_id)
    _not_there(row, MemberPresence.LEAVE)
    return _moved(session, meeting, row, now)


@action(Permission.TAKE_ATTENDANCE)
def mark_due(session: Session, *, meeting_id: int, member_id: int | None, now: datetime) -> dict[str, int]:
    """One member was marked by mistake: not reported yet, as before; the log keeps both."""
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    row = _row_of(session, meeting, member_id)
    _not_there(row, MemberPresence.DUE)
    return _moved(session, meeting, row, now)


@action(Permission.TAKE_ATTENDANCE)
def leave_early(session: Session, *, meeting_id: int, member_id: int | None, now: datetime) -> dict[str, int]:
    """中途离席: a present member leaves now; from here on counted neither as present nor in a new ballot."""
    meeting = meeting_at(session, meeting_id, MeetingState.OPEN)
    row = _row_of(session, meeting, member_id)
    if row.presence is not MemberPresence.PRESENT:
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    row.presence, row.left_at = MemberPresence.LEFT_EARLY, now
    return _moved(session, meeting, row, now)


# --- stepping back ------------------------------------------------------------------------------------


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
