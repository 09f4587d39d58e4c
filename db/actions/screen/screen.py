"""Steer the meeting-room screen: what it shows, and when a result is revealed. Screens poll `turn`."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from db.actions.loading import actor_of, load
from db.audit import UNAUDITED
from db.engine import action
from db.errors import NotFound, Refused
from db.models import AgendaItem, Meeting, ScreenState
from db.rules.permissions import Permission
from db.terms import ItemState, MeetingState, ScreenMode

# Not in the audit log: the screen only repeats what other rows say, and turns a page many times a meeting.


ROTATION: dict[str, Any] = {"mode": ScreenMode.ROTATION, "meeting_id": None, "item_id": None, "revealed": False}
"""What a screen holds that follows no meeting."""


def show(session: Session, community_id: int, *, now: datetime, **values: Any) -> None:
    """Set what the screen of a community shows and raise its turn by one, in one guarded statement."""
    draw_anew(session, community_id, now=now, changed_at=now, **values)


def draw_anew(session: Session, community_id: int, *, now: datetime, **values: Any) -> None:
    """Raise the turn by one; without `changed_at` a meeting that is over does not come back to the screen."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    first = {"mode": ScreenMode.ROTATION, "revealed": False, "turn": 0, "changed_at": now}
    session.execute(
        insert(ScreenState).values(community_id=community_id, **first).on_conflict_do_nothing(),
        execution_options=UNAUDITED,
    )
    session.execute(
        update(ScreenState).where(ScreenState.community_id == community_id).values(turn=ScreenState.turn + 1, **values),
        execution_options=UNAUDITED,
    )


def back_to_rotation(session: Session, meeting: Meeting, *, now: datetime) -> None:
    """A meeting is over or not begun after all: a screen that shows it goes back to its rotation."""
    session.flush()
    followed = select(ScreenState.id).where(
        ScreenState.community_id == meeting.community_id, ScreenState.meeting_id == meeting.id
    )
    if session.scalar(followed) is not None:
        show(session, meeting.community_id, now=now, **ROTATION)


def turn_if_following(session: Session, meeting: Meeting, *, now: datetime, **values: Any) -> None:
    """Something in the meeting changed: a screen that follows it draws anew, any other one stays as it is."""
    session.flush()
    session.execute(
        update(ScreenState)
        .where(
            ScreenState.community_id == meeting.community_id,
            ScreenState.mode == ScreenMode.MEETING,
            ScreenState.meeting_id == meeting.id,
        )
        .values(turn=ScreenState.turn + 1, changed_at=now, **values),
        execution_options=UNAUDITED,
    )


@action(Permission.STEER_SCREEN)
def follow_meeting(session: Session, *, meeting_id: int, item_id: int | None = None, now: datetime) -> int:
    """Let the screen show the meeting, at an item or at its agenda; a result stays hidden until it is revealed."""
    meeting = load(session, Meeting, meeting_id)
    if meeting.state in (MeetingState.DRAFT, MeetingState.CANCELLED):
        raise Refused("meeting_not_on_screen")
    if item_id is not None and load(session, AgendaItem, item_id).meeting_id != meeting.id:
        raise NotFound(what="agenda_item", id=item_id)
    values = {"mode": ScreenMode.MEETING, "meeting_id": meeting.id, "item_id": item_id, "revealed": False}
    show(session, meeting.community_id, now=now, **values)
    return meeting.id


@action(Permission.STEER_SCREEN)
def reveal_result(session: Session, *, item_id: int, now: datetime) -> int:
    """Show the result of a decided item to the room."""
    item = load(session, AgendaItem, item_id)
    if item.outcome is None or item.state is ItemState.VOTING:
        raise Refused("nothing_to_reveal")
    values = {"mode": ScreenMode.MEETING, "meeting_id": item.meeting_id, "item_id": item.id, "revealed": True}
    show(session, item.community_id, now=now, **values)
    return item.id


@action(Permission.STEER_SCREEN)
def show_rotation(session: Session, *, now: datetime) -> None:
    """Let the screen go through the progress of the community again."""
    community_id = actor_of(session).community_id
    if community_id is None:
        raise Refused("no_screen_of_its_own")
    show(session, community_id, now=now, **ROTATION)
