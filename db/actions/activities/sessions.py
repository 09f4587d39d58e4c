"""场次与到会: further sessions, and who came to each of them: by name, or as a head count."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.activities import open_session, own_activity, sessions_of
from db.actions.loading import load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import ActivityParticipant, ActivityPresence, ActivitySession
from db.rules.activities.input import SessionInput
from db.rules.limits import PEOPLE_MOST
from db.rules.permissions import Permission
from db.terms import ActivityState, SeatState


@action(Permission.RUN_ACTIVITY)
def add_session(session: Session, *, activity_id: int, given: SessionInput, now: datetime) -> int:
    """One more session; its id. Raises BadInput at `begins` when another one goes on, Refused("too_many_sessions")."""
    activity = own_activity(session, activity_id, lock=True)
    return open_session(session, activity, given, now=now).id


@action(Permission.RUN_ACTIVITY)
def drop_session(session: Session, *, session_id: int) -> None:
    """A session that will not be held; Refused("last_session"), ("session_taken") when people were counted in."""
    row = load(session, ActivitySession, session_id)
    activity = own_activity(session, row.activity_id, lock=True)
    others = [one for one in sessions_of(session, activity.id) if one.id != row.id]
    if not others:
        raise Refused("last_session")
    if row.taken_at is not None:
        raise Refused("session_taken")
    session.delete(row)
    activity.on = min(one.on for one in others)


@action(Permission.RUN_ACTIVITY)
def take_presence(
    session: Session,
    *,
    session_id: int,
    version: int,
    present: Sequence[int] = (),
    heads: int | None = 0,
    children: int | None = 0,
    now: datetime,
) -> int:
    """Who came: the named ones by their sign-ups, everybody else as `heads`, of them `children`; how many in all.

    Whoever may not see the names of a sensitive group leaves them as they are and counts heads. Raises
    Refused("activity_ahead"), BadInput at `present`, `heads`, `children`.
    """
    row = load(session, ActivitySession, session_id, version=version, lock=True)
    activity = own_activity(session, row.activity_id, open_only=False)
    if activity.state is ActivityState.CANCELLED:
        raise WrongStage(what="activity", stage=activity.state, permission=session.info.get("permission"))
    if row.on > day_of(now):
        raise Refused("activity_ahead")
    ids = {fields.row_id("present", one) for one in present}
    seen = select(ActivityParticipant.id).where(
        ActivityParticipant.activity_id == activity.id, ActivityParticipant.state == SeatState.IN
    )
    visible = set(session.scalars(seen))
    if not ids <= visible:
        raise BadInput("present", Problem.UNKNOWN_CHOICE)
    counted = fields.whole("heads", heads, least=0, most=PEOPLE_MOST)
    row.children = fields.whole("children", children, least=0, most=PEOPLE_MOST)
    if row.children > counted:
        raise BadInput("children", Problem.OUT_OF_RANGE, least=0, most=counted)
    row.heads, row.taken_at = counted, now
    there = {
        one.participant_id: one
        for one in session.scalars(select(ActivityPresence).where(ActivityPresence.session_id == row.id))
    }
    for participant_id in (visible & there.keys()) - ids:
        session.delete(there[participant_id])
    for participant_id in sorted(ids - there.keys()):
        session.add(ActivityPresence(community_id=row.community_id, session_id=row.id, participant_id=participant_id))
    session.flush()
    return len((there.keys() - visible) | ids) + counted
