"""A meeting from its preparation to its end: agenda, notice, opening, closing."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import line, moment, whole
from db.actions.life import add_to_life
from db.actions.loading import load
from db.actions.meetings.agenda import worded
from db.actions.meetings.electorate import members_on
from db.actions.needs.agenda import back_to_queue, need_of
from db.actions.needs.stages import set_stage
from db.actions.screen.screen import back_to_rotation, turn_if_following
from db.audit import head_of_log
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Body,
    DiscussionPoint,
    HouseRules,
    Meeting,
    Need,
)
from db.queries.voting.ballots import question_behind
from db.rules.lifecycle import may_become
from db.rules.meetings.item_input import MotionInput
from db.rules.meetings.sitting import DONE
from db.rules.permissions import Permission
from db.rules.voting.decision import HouseRule
from db.rules.voting.result import result_from_json
from db.rules.voting.second_ballot import elected_so_far
from db.terms import (
    BallotState,
    Happening,
    ItemState,
    MeetingState,
    MemberPresence,
    NeedStage,
    Outcome,
)

AWAY = 100_000
"""Positions out of the way while an agenda is put into another order."""


# --- steps that other actions use ---------------------------------------------------------------------


def meeting_at(session: Session, meeting_id: int, *states: MeetingState, version: int | None = None) -> Meeting:
    """The meeting, held against other writers, at one of the states; else WrongStage."""
    meeting = load(session, Meeting, meeting_id, version=version, lock=True)
    if meeting.state not in states:
        raise WrongStage(what="meeting", stage=meeting.state, permission=session.info.get("permission"))
    return meeting


def item_of_open_meeting(session: Session, item_id: int) -> tuple[AgendaItem, Meeting]:
    """An item with its meeting, which is in session; the meeting is held against other writers."""
    item = load(session, AgendaItem, item_id)
    meeting = meeting_at(session, item.meeting_id, MeetingState.OPEN)
    session.refresh(item)
    return item, meeting


def advance(session: Session, item: AgendaItem, to: ItemState) -> None:
    """Change the state of an item along its life cycle, or WrongStage."""
    if not may_become(item.state, to):
        raise WrongStage(what="agenda_item", stage=item.state, permission=session.info.get("permission"), to=to)
    item.state = to


def postpone(session: Session, item: AgendaItem, *, now: datetime, note: str = "") -> None:
    """Take an item off this meeting undecided; its need waits for the next one.

    Whoever a ballot has chosen already stays so: the item has passed for them, and only the contested rest is left to
    another item; the reason stands among the points made.
    """
    if not _elected(session, item):
        advance(session, item, ItemState.POSTPONED)
        back_to_queue(session, item, now=now, note=note)
        return
    advance(session, item, ItemState.PASSED)
    item.outcome = Outcome.PASSED
    if note:
        session.add(DiscussionPoint(community_id=item.community_id, item_id=item.id, words=note, at=now))


def _elected(session: Session, item: AgendaItem) -> tuple[str, ...]:
    if item.decision is None:
        return ()
    return elected_so_far(question_behind(session, item.id), result_from_json(item.decision))


def rule_in_force(session: Session, body_id: int, day: date) -> HouseRule | None:
    """The newest house rule of a body that is valid on a day."""
    stored = session.scalar(
        select(HouseRules.rule)
        .where(HouseRules.body_id == body_id, HouseRules.valid_from <= day)
        .order_by(HouseRules.valid_from.desc(), HouseRules.id.desc())
        .limit(1)
    )
    return None if stored is None else HouseRule.from_json(stored)


def frozen_rule(meeting: Meeting) -> HouseRule:
    """The rule that was frozen when the notice went out; Refused when there is none."""
    if meeting.rule is None:
        raise Refused("no_house_rules")
    return HouseRule.from_json(meeting.rule)


def goes_out(session: Session, meeting: Meeting, field: str, reason: str, *, now: datetime) -> dict[str, int | bool]:
    """The notice goes out now: its period is checked, the house rule in force frozen. Days ahead, and whether short."""
    rule = rule_in_force(session, meeting.body_id, day_of(now))
    if rule is None:
        raise Refused("no_house_rules")
    if meeting.at <= now:
        raise BadInput("at", Problem.PAST)
    ahead = (day_of(meeting.at) - day_of(now)).days
    short = ahead < rule.call_days
    meeting.short_notice_reason = line(field, reason, most=200, needed=short) if short else ""
    meeting.rule, meeting.notice_sent_at = rule.to_json(), now
    return {"days": ahead, "short": short}


def _items(session: Session, meeting_id: int) -> list[AgendaItem]:
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position)
    return list(session.scalars(query))


# --- preparing ----------------------------------------------------------------------------------------


@action(Permission.PREPARE_MEETING)
def prepare_meeting(
    session: Session,
    *,
    body_id: int,
    title: str,
    number: int | None,
    at: datetime | None,
    place: str,
) -> int:
    """Plan a meeting of the running term; a number that this term uses is told at the field. The id.

    A meeting that was called off has given its number back.
    """
    body = load(session, Body, body_id, lock=True)
    count = whole("number", number, least=1, most=999)
    taken = select(Meeting.id).where(
        *(Meeting.body_id == body.id, Meeting.term == body.term, Meeting.number == count),
        Meeting.state != MeetingState.CANCELLED,
    )
    if session.scalar(taken) is not None:
        raise BadInput("number", Problem.TAKEN)
    when = moment("at", at)
    meeting = Meeting(
        community_id=body.community_id,
        body_id=body.id,
        term=body.term,
        number=count,
        title=line("title", title, most=80),
        at=when,
        place=line("place", place, most=80),
    )
    session.add(meeting)
    session.flush()
    return meeting.id


@action(Permission.PREPARE_MEETING)
def amend_meeting(
    session: Session, *, meeting_id: int, version: int, title: str, at: datetime | None, place: str
) -> int:
    """Change title, time or place while the notice is not out."""
    meeting = meeting_at(session, meeting_id, MeetingState.DRAFT, version=version)
    when = moment("at", at)
    meeting.title, meeting.at = line("title", title, most=80), when
    meeting.place = line("place", place, most=80)
    return meeting.id


@action(Permission.PREPARE_MEETING)
def add_need(
    session: Session,
    *,
    meeting_id: int,
    need_id: int | None,
    given: MotionInput,
    now: datetime,
) -> int:
    """Put a need that waits for the council on the agenda, with the words that will be voted on. The item's id.

    BadInput at the field of a question that is wrong (`db.actions.meetings.agenda`).
    """
    meeting = meeting_at(session, meeting_id, MeetingState.DRAFT)
    if need_id is None:
        raise BadInput("need_id", Problem.EMPTY)
    wording = worded(given)
    need = load(session, Need, need_id, lock=True)
    if need.community_id != meeting.community_id:
        raise BadInput("need_id", Problem.UNKNOWN_CHOICE)
    if need.restricted:
        # A restricted case is served person by person; an agenda is sent around.
        raise Refused("need_is_restricted")
    set_stage(session, need, NeedStage.ON_AGENDA, now=now)
    item = _append(session, meeting, title=need.title, need_id=need.id, **wording)
    add_to_life(session, need, Happening.ON_AGENDA, now=now, meeting=meeting.title, item_id=item.id)
    return item.id


@action(Permission.PREPARE_MEETING)
def add_item(
    session: Session,
    *,
    meeting_id: int,
    title: str,
    given: MotionInput,
    proposer: str,
) -> int:
    """Put a matter of the subdistrict or of a member on the agenda, as `add_need` does. The item's id."""
    meeting = meeting_at(session, meeting_id, MeetingState.DRAFT)
    heading, wording = line("title", title, most=60), worded(given)
    return _append(session, meeting, title=heading, proposer=line("proposer", proposer, most=60), **wording).id


def _append(session: Session, meeting: Meeting, **values: Any) -> AgendaItem:
    last = session.scalar(select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting.id))
    item = AgendaItem(community_id=meeting.community_id, meeting_id=meeting.id, position=(last or 0) + 1, **values)
    session.add(item)
    session.flush()
    return item


@action(Permission.PREPARE_MEETING)
def reword_item(
    session: Session,
    *,
    item_id: int,
    version: int,
    given: MotionInput,
) -> int:
    """Change what an item asks while the notice is not out; afterwards only an amendment does."""
    item = load(session, AgendaItem, item_id, version=version)
    meeting_at(session, item.meeting_id, MeetingState.DRAFT)
    for column, value in worded(given).items():
        setattr(item, column, value)
    return item.id


@action(Permission.PREPARE_MEETING)
def remove_item(session: Session, *, item_id: int, now: datetime) -> None:
    """Take an item off a draft agenda; its need waits for the council again."""
    item = load(session, AgendaItem, item_id)
    meeting = meeting_at(session, item.meeting_id, MeetingState.DRAFT)
    back_to_queue(session, item, now=now)
    session.delete(item)
    session.flush()
    _put_in_order(session, [row for row in _items(session, meeting.id) if row.id != item_id])


@action(Permission.PREPARE_MEETING)
def shift_item(session: Session, *, item_id: int, by: int) -> None:
    """Move an item of a draft agenda up (-1) or down (1); at the edge it stays."""
    item = load(session, AgendaItem, item_id)
    meeting = meeting_at(session, item.meeting_id, MeetingState.DRAFT)
    order = _items(session, meeting.id)
    place = next(i for i, row in enumerate(order) if row.id == item_id)
    order.insert(max(0, place + (1 if by > 0 else -1)), order.pop(place))
    _put_in_order(session, order)


def _put_in_order(session: Session, order: list[AgendaItem]) -> None:
    # A position is unique in its meeting, also for a moment between two updates.
    moved = [(place, row) for place, row in enumerate(order, 1) if row.position != place]
    for place, row in moved:
        row.position = AWAY + place
    session.flush()
    for place, row in moved:
        row.position = place
    session.flush()


@action(Permission.PREPARE_MEETING)
def send_notice(
    session: Session, *, meeting_id: int, version: int, reason: str = "", now: datetime
) -> dict[str, int | bool]:
    """Record that the notice went out: the house rule in force is frozen, and everybody in office is due.

    A notice later than the rule's `call_days` needs a reason (BadInput at "reason"). Returns the days ahead,
    whether that was short, and how many are due.
    """
    meeting = meeting_at(session, meeting_id, MeetingState.DRAFT, version=version)
    if not _items(session, meeting.id):
        raise Refused("agenda_empty")
    called = goes_out(session, meeting, "reason", reason, now=now)
    due = members_on(session, meeting.body_id, day_of(meeting.at))
    if not due:
        raise Refused("nobody_in_office")
    session.add_all(
        Attendance(community_id=meeting.community_id, meeting_id=meeting.id, member_id=member) for member in due
    )
    meeting.state = MeetingState.CONVENED
    return called | {"due": len(due)}


@action(Permission.PREPARE_MEETING)
def cancel_meeting(session: Session, *, meeting_id: int, version: int, reason: str, now: datetime) -> int:
    """Call a meeting off before it began; the needs on its agenda wait for the next one, its number is free again."""
    meeting = meeting_at(session, meeting_id, MeetingState.DRAFT, MeetingState.CONVENED, version=version)
    why = line("reason", reason, most=200)
    for item in _items(session, meeting.id):
        postpone(session, item, now=now, note=why)
    meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, why
    return meeting.id


# --- running ------------------------------------------------------------------------------------------


@action(Permission.RUN_MEETING)
def postpone_item(session: Session, *, item_id: int, reason: str, now: datetime) -> int:
    """Leave an item undecided in this meeting, with the reason; its need waits for the next one."""
    item, meeting = item_of_open_meeting(session, item_id)
    if item.state is ItemState.VOTING:
        raise Refused("ballot_open")
    postpone(session, item, now=now, note=line("reason", reason, most=200))
    turn_if_following(session, meeting, now=now)
    return item.id


@action(Permission.RUN_MEETING)
def close_meeting(session: Session, *, meeting_id: int, version: int, now: datetime) -> dict[str, int]:
    """Declare the meeting closed: what was not decided is postponed, who did not report was absent.

    The head of the audit log is kept for the minutes: the closing itself is the first entry after it.
    Raises Refused("ballot_open"), or Refused("words_owed") while a rejected need has been given no answer.
    """
    meeting = meeting_at(session, meeting_id, MeetingState.OPEN, version=version)
    unannounced = (BallotState.OPEN, BallotState.STOPPED)
    running = select(Ballot.id).where(Ballot.meeting_id == meeting.id, Ballot.state.in_(unannounced))
    if session.scalar(running) is not None:
        raise Refused("ballot_open")
    postponed = 0
    for item in _items(session, meeting.id):
        need = need_of(session, item)
        if item.state is ItemState.NOT_PASSED and need is not None and need.stage is NeedStage.ON_AGENDA:
            raise Refused("words_owed", title=item.title)
        if item.state not in DONE:
            postpone(session, item, now=now)
            postponed += 1
    silent = session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.presence == MemberPresence.DUE)
    ).all()
    for row in silent:
        row.presence = MemberPresence.ABSENT
    meeting.state, meeting.closed_at, meeting.sign_in_key = MeetingState.CLOSED, now, ""
    meeting.log_entries, meeting.log_hash = head_of_log(session)
    back_to_rotation(session, meeting, now=now)
    return {"postponed": postponed, "absent": len(silent)}
