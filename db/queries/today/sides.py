"""What stands beside the things to do for roles other than the desk: a leader's projects, a member's next agenda."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import AgendaItem, BodyMember, Meeting, Project
from db.queries.projects.progress import ProjectLight, project_lights
from db.rules.permissions import Actor
from db.terms import MeetingState

ITEMS = 8
"""Items of an agenda that the page names."""


def led_projects(session: Session, actor: Actor, *, today: date) -> tuple[ProjectLight, ...]:
    """The live projects that the actor leads, red first; three statements."""
    own = set(session.scalars(select(Project.id).where(Project.leader_id == actor.id)))
    lights = project_lights(session, today=today, community_id=actor.community_id) if own else ()
    return tuple(one for one in lights if one.id in own)


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The meeting that comes next for a member, and what stands on its agenda."""

    id: int
    title: str
    at: datetime
    place: str
    items: tuple[str, ...]


def next_meeting(session: Session, actor: Actor, *, now: datetime) -> NextMeeting | None:
    """Of the bodies in which the actor sits; one that runs now comes before one that is called. Two statements."""
    goes_on = func.coalesce(BodyMember.until, date.max) >= day_of(now)
    seat = exists().where(BodyMember.body_id == Meeting.body_id, BodyMember.account_id == actor.id, goes_on)
    row = session.execute(
        select(Meeting.id, Meeting.title, Meeting.at, Meeting.place)
        .where(Meeting.state.in_((MeetingState.OPEN, MeetingState.CONVENED)), seat)
        .order_by(Meeting.state != MeetingState.OPEN, Meeting.at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    items = session.scalars(
        select(AgendaItem.title).where(AgendaItem.meeting_id == row.id).order_by(AgendaItem.position).limit(ITEMS)
    )
    return NextMeeting(*row, items=tuple(items))
