"""发言: who asks to speak, who is called, when the speech ends. One speech at a time in a meeting.

Every step holds the meeting against other writers, so that chair and recorder can press at the same moment.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, row_id, whole
from db.actions.loading import actor_of, load
from db.actions.meetings.attendance import sheet_of
from db.actions.meetings.meetings import advance, frozen_rule, item_of_open_meeting
from db.actions.screen.screen import turn_if_following
from db.engine import action
from db.errors import BadInput, Conflict, NotPermitted, Problem, Refused
from db.models import AgendaItem, BodyMember, Meeting, Recusal, SpeakerTurn
from db.rules.meetings.floor import SPOKE
from db.rules.meetings.sitting import DONE
from db.rules.permissions import Permission
from db.terms import ItemState, MemberPresence, SpeakerSide, SpeakerState

MOST_EXTRA = 1800
"""Seconds that can be granted to one speech in all."""


# --- asking -------------------------------------------------------------------------------------------


@action(Permission.RUN_FLOOR)
def ask_to_speak(
    session: Session, *, item_id: int, member_id: int | None, side: SpeakerSide | None, now: datetime
) -> int:
    """Put a present member into the queue of an item. The turn's id.

    Raises Refused: "not_present", "already_waiting", "speeches_used" (most=), "recused_explains_only".
    """
    side = chosen("side", side, tuple(SpeakerSide))
    member_id = row_id("member_id", member_id)
    item, meeting = _discussed(session, item_id)
    if member_id not in sheet_of(session, meeting.id):
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    return _queue(session, item, meeting, member_id, side, now)


@action(Permission.ASK_TO_SPEAK)
def ask_to_speak_myself(session: Session, *, item_id: int, side: SpeakerSide | None, now: datetime) -> int:
    """A member with an account asks for the floor. The turn's id; Refused("no_seat_here") without a seat."""
    side = chosen("side", side, tuple(SpeakerSide))
    item, meeting = _discussed(session, item_id)
    member_id = _own_seat(session, meeting)
    if member_id is None:
        raise Refused("no_seat_here")
    return _queue(session, item, meeting, member_id, side, now)


def _discussed(session: Session, item_id: int) -> tuple[AgendaItem, Meeting]:
    item, meeting = item_of_open_meeting(session, item_id)
    if item.state is ItemState.VOTING:
        raise Refused("ballot_open")
    if item.state in DONE:
        raise Refused("item_done")
    return item, meeting


def _own_seat(session: Session, meeting: Meeting) -> int | None:
    return session.scalar(
        select(BodyMember.id).where(
            BodyMember.id.in_(sheet_of(session, meeting.id)), BodyMember.account_id == actor_of(session).id
        )
    )


def _queue(
    session: Session, item: AgendaItem, meeting: Meeting, member_id: int, side: SpeakerSide, now: datetime
) -> int:
    if sheet_of(session, meeting.id)[member_id].presence is not MemberPresence.PRESENT:
        raise Refused("not_present")
    recused = select(Recusal.id).where(Recusal.item_id == item.id, Recusal.member_id == member_id)
    if side is not SpeakerSide.NEUTRAL and session.scalar(recused) is not None:
        # Whoever steps back may be asked to explain, but argues neither way.
        raise Refused("recused_explains_only")
    _not_waiting(session, item.id, member_id)
    most = frozen_rule(meeting).speeches
    if _count(session, item.id, member_id, *SPOKE) >= most:
        raise Refused("speeches_used", most=most)
    turn = SpeakerTurn(
        community_id=item.community_id, item_id=item.id, member_id=member_id, side=side, asked_at=now
    )  # fmt: skip
    session.add(turn)
    turn_if_following(session, meeting, now=now)
    return turn.id


def _count(session: Session, item_id: int, member_id: int, *states: SpeakerState) -> int:
    query = select(func.count()).where(
        SpeakerTurn.item_id == item_id, SpeakerTurn.member_id == member_id, SpeakerTurn.state.in_(states)
    )
    return session.scalar(query) or 0


def _not_waiting(session: Session, item_id: int, member_id: int) -> None:
    if _count(session, item_id, member_id, SpeakerState.WAITING):
        raise Refused("already_waiting")


# --- speaking -----------------------------------------------------------------------------------------


def end_running_speech(session: Session, meeting: Meeting, *, now: datetime) -> None:
    """A step of other actions (a ballot opens, another item is called up): whoever speaks has finished."""
    running = session.scalars(
        select(SpeakerTurn)
        .join(AgendaItem, AgendaItem.id == SpeakerTurn.item_id)
        .where(AgendaItem.meeting_id == meeting.id, SpeakerTurn.state == SpeakerState.SPEAKING)
    )
    for turn in running:
        turn.state, turn.ended_at = SpeakerState.DONE, now


def _turn(session: Session, turn_id: int, version: int | None = None) -> tuple[SpeakerTurn, AgendaItem, Meeting]:
    """A turn as it is now that the meeting is held; whoever waited for the other's press sees what it did."""
    found = load(session, SpeakerTurn, turn_id)
    item, meeting = item_of_open_meeting(session, found.item_id)
    turn = load(session, SpeakerTurn, turn_id, version=version, lock=True)
    return turn, item, meeting


@action(Permission.RUN_FLOOR)
def begin_speech(session: Session, *, turn_id: int, now: datetime) -> int:
    """Give the floor to a member who waits; whoever spoke until now has finished. Pressed twice, it began once."""
    turn, item, meeting = _turn(session, turn_id)
    if turn.state is SpeakerState.SPEAKING:
        return turn.id
    if turn.state is not SpeakerState.WAITING:
        raise Refused("turn_over")
    _discussed(session, item.id)
    if sheet_of(session, meeting.id)[turn.member_id].presence is not MemberPresence.PRESENT:
        raise Refused("not_present")
    end_running_speech(session, meeting, now=now)
    turn.state, turn.began_at = SpeakerState.SPEAKING, now
    if item.state is ItemState.PENDING:
        advance(session, item, ItemState.DISCUSSING)
    turn_if_following(session, meeting, now=now)
    return turn.id


@action(Permission.RUN_FLOOR)
def end_speech(session: Session, *, turn_id: int, now: datetime) -> int:
    """The speech is over; when it was over before, nothing changes."""
    turn, _item, meeting = _turn(session, turn_id)
    if turn.state is SpeakerState.DONE:
        return turn.id
    if turn.state is not SpeakerState.SPEAKING:
        raise Refused("not_speaking")
    turn.state, turn.ended_at = SpeakerState.DONE, now
    turn_if_following(session, meeting, now=now)
    return turn.id


@action(Permission.RUN_FLOOR)
def undo_begin(session: Session, *, turn_id: int, now: datetime) -> int:
    """The wrong one was called: back into the queue at the old place, as if the speech had never begun."""
    turn, item, meeting = _turn(session, turn_id)
    if turn.state is SpeakerState.WAITING:
        return turn.id
    if turn.state not in SPOKE:
        raise Refused("turn_over")
    _discussed(session, item.id)
    _not_waiting(session, item.id, turn.member_id)
    turn.state, turn.began_at, turn.ended_at, turn.extra_seconds = SpeakerState.WAITING, None, None, 0
    turn_if_following(session, meeting, now=now)
    return turn.id


@action(Permission.RUN_FLOOR)
def grant_time(
    session: Session, *, turn_id: int, seconds: int | None, version: int | None = None, now: datetime
) -> int:
    """Give the running speech more time; with `version` a second person's press for the same minute is a Conflict.

    Returns the seconds granted to this speech in all.
    """
    more = whole("seconds", seconds, least=1, most=600)
    turn, _item, meeting = _turn(session, turn_id)
    if turn.state is not SpeakerState.SPEAKING:
        raise Refused("not_speaking")
    if version is not None and turn.version != version:
        raise Conflict(what="speaker_turn", id=turn.id, version=turn.version)
    turn.extra_seconds = whole("seconds", turn.extra_seconds + more, least=1, most=MOST_EXTRA)
    turn_if_following(session, meeting, now=now)
    return turn.extra_seconds


# --- giving up ----------------------------------------------------------------------------------------


def _withdraw(session: Session, turn: SpeakerTurn, meeting: Meeting, now: datetime) -> int:
    if turn.state in SPOKE:
        raise Refused("turn_begun")
    turn.state = SpeakerState.WITHDRAWN
    turn_if_following(session, meeting, now=now)
    return turn.id


@action(Permission.RUN_FLOOR)
def withdraw_turn(session: Session, *, turn_id: int, now: datetime) -> int:
    """A member who waits does not want to speak any more."""
    turn, _item, meeting = _turn(session, turn_id)
    return _withdraw(session, turn, meeting, now)


@action(Permission.ASK_TO_SPEAK)
def withdraw_my_turn(session: Session, *, turn_id: int, now: datetime) -> int:
    """The member's own turn in the queue, given up; NotPermitted for anybody else's."""
    turn, _item, meeting = _turn(session, turn_id)
    if turn.member_id != _own_seat(session, meeting):
        raise NotPermitted(permission=Permission.ASK_TO_SPEAK, role=actor_of(session).role)
    return _withdraw(session, turn, meeting, now)
