"""活动: planned, done with hours and readings, cancelled; wrong hours are corrected in the open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.projects.indicators import read_goals
from db.actions.projects.projects import own_project
from db.actions.volunteers.volunteers import add_minutes
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import Activity, Opening, Placement, Project, ServiceRecord, Volunteer
from db.rules.lifecycle import may_become
from db.rules.limits import ACTIVITY_MINUTES_MOST, HALF_HOUR, PEOPLE_MOST
from db.rules.permissions import Permission
from db.terms import ActivityState, Happening, PlacementState

LONG_MINUTES = 480
"""More than eight hours needs a reason (docs/domain.md 9.2)."""
BEEN_IN_TEAM = (PlacementState.ACCEPTED, PlacementState.LEFT, PlacementState.REPLACED)


@dataclass(frozen=True, slots=True)
class Served:
    """One volunteer at one activity: minutes in steps of 30, and why it was long."""

    volunteer_id: int
    minutes: int
    note: str = ""


@action(Permission.RUN_PROJECT)
def plan_activity(
    session: Session,
    *,
    project_id: int,
    title: str,
    on: date | None,
    place: str,
    needed: int | None,
    now: datetime,
) -> int:
    """Put an activity into the plan; returns its id."""
    project = own_project(session, project_id)
    activity = Activity(
        community_id=project.community_id,
        project_id=project.id,
        title=fields.line("title", title, most=60),
        on=fields.day("on", on, least=project.starts_on),
        place=fields.line("place", place, most=60),
        needed=fields.whole("needed", needed, least=1, most=500),
    )
    session.add(activity)
    session.flush()
    add_to_life(session, project, Happening.ACTIVITY_PLANNED, now=now, title=activity.title, on=activity.on.isoformat())
    return activity.id


@action(Permission.RUN_PROJECT)
def report_activity(
    session: Session,
    *,
    activity_id: int,
    version: int,
    people_served: int | None,
    report: str,
    served: Sequence[Served] = (),
    readings: Mapping[int, Decimal] | None = None,
    now: datetime,
) -> int:
    """What an activity brought: who served how long, whom it reached, where the goals stand; returns the minutes.

    Raises Refused: activity_ahead, not_in_team (number=), day_too_long (number=, minutes=); BadInput at
    `minutes_<volunteer>`, `note_<volunteer>`, `reading_<indicator>`.
    """
    activity = load(session, Activity, activity_id, version=version, lock=True)
    project = own_project(session, activity.project_id)
    if activity.on > day_of(now):
        raise Refused("activity_ahead")
    activity.served = fields.whole("people_served", people_served, least=0, most=PEOPLE_MOST)
    activity.report = fields.words("report", report, most=500)
    activity.reported_at, activity.reported_by = now, actor_of(session).id
    _turn(session, activity, ActivityState.DONE)
    minutes = _credit(session, activity, served, now=now)
    read_goals(session, project, readings or {}, on=activity.on, activity_id=activity.id, now=now)
    add_to_life(
        session,
        project,
        Happening.ACTIVITY_DONE,
        now=now,
        title=activity.title,
        served=activity.served,
        minutes=minutes,
        people=len(served),
    )
    return minutes


def _credit(session: Session, activity: Activity, served: Sequence[Served], *, now: datetime) -> int:
    """Write the service records of one activity; the volunteers are held so that a day is added up only once."""
    ids = sorted({fields.row_id("served", one.volunteer_id) for one in served})
    if len(ids) != len(served):
        raise BadInput("served", Problem.TAKEN)
    held = select(Volunteer).where(Volunteer.id.in_(ids)).order_by(Volunteer.id).with_for_update()
    volunteers = {volunteer.id: volunteer for volunteer in session.scalars(held)} if ids else {}
    team, day_before = _team_of(session, activity.project_id), _minutes_on(session, activity.on, ids)
    for one in sorted(served, key=lambda one: one.volunteer_id):
        volunteer = volunteers.get(one.volunteer_id)
        if volunteer is None:
            raise BadInput("served", Problem.UNKNOWN_CHOICE)
        if volunteer.id not in team:
            raise Refused("not_in_team", number=volunteer.number)
        minutes, note = _checked(one)
        total = day_before.get(volunteer.id, 0) + minutes
        if total > ACTIVITY_MINUTES_MOST:
            raise Refused("day_too_long", number=volunteer.number, minutes=total)
        session.add(
            ServiceRecord(
                community_id=activity.community_id,
                account_id=volunteer.account_id,
                activity_id=activity.id,
                volunteer_id=volunteer.id,
                on=activity.on,
                minutes=minutes,
                note=note,
                recorded_at=now,
                recorded_by=actor_of(session).id,
            )
        )
        add_minutes(session, volunteer, minutes)
    return sum(one.minutes for one in served)


def _checked(one: Served) -> tuple[int, str]:
    field = f"minutes_{one.volunteer_id}"
    minutes = fields.whole(field, one.minutes, least=HALF_HOUR, most=ACTIVITY_MINUTES_MOST)
    if minutes % HALF_HOUR:
        raise BadInput(field, Problem.WRONG)
    return minutes, fields.line(f"note_{one.volunteer_id}", one.note, most=200, needed=minutes > LONG_MINUTES)


def _team_of(session: Session, project_id: int) -> set[int]:
    """Everybody who is or was in the team: the roster exists before hours are credited (docs/domain.md 9.2)."""
    query = (
        select(Placement.volunteer_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .where(Opening.project_id == project_id, Placement.state.in_(BEEN_IN_TEAM), Placement.answered_at.is_not(None))
    )
    return set(session.scalars(query))


def _minutes_on(session: Session, on: date, volunteer_ids: Sequence[int]) -> dict[int, int]:
    """What each has on that day already, in any project."""
    query = (
        select(ServiceRecord.volunteer_id, func.sum(ServiceRecord.minutes))
        .where(ServiceRecord.volunteer_id.in_(volunteer_ids), ServiceRecord.on == on)
        .group_by(ServiceRecord.volunteer_id)
    )
    return {volunteer_id: int(total) for volunteer_id, total in session.execute(query)}


@action(Permission.RUN_PROJECT)
def cancel_activity(session: Session, *, activity_id: int, version: int, reason: str, now: datetime) -> None:
    """A planned activity does not take place; the reason stays beside it."""
    activity = load(session, Activity, activity_id, version=version, lock=True)
    project = own_project(session, activity.project_id)
    activity.report = fields.words("reason", reason, most=500)
    activity.reported_at, activity.reported_by = now, actor_of(session).id
    _turn(session, activity, ActivityState.CANCELLED)
    add_to_life(session, project, Happening.ACTIVITY_CANCELLED, now=now, note=activity.report, title=activity.title)


def _turn(session: Session, activity: Activity, to: ActivityState) -> None:
    if not may_become(activity.state, to):
        raise WrongStage(what="activity", stage=activity.state, permission=session.info.get("permission"))
    activity.state = to


@action(Permission.MANAGE_VOLUNTEERS)
def correct_service(session: Session, *, record_id: int, minutes: int | None, reason: str, now: datetime) -> None:
    """Correct wrong hours, also of a finished project; 0 strikes the record out. What was recorded first stays.

    Done by the community's staff, not by the leader who reported: two people stand behind changed hours.
    """
    record = load(session, ServiceRecord, record_id, lock=True)
    after = fields.whole("minutes", minutes, least=0, most=ACTIVITY_MINUTES_MOST)
    why, before = fields.line("reason", reason, most=200), record.minutes
    if after % HALF_HOUR or after == before:
        raise BadInput("minutes", Problem.WRONG)
    volunteer = load(session, Volunteer, record.volunteer_id, lock=True)
    total = _minutes_on(session, record.on, [volunteer.id])[volunteer.id] - before + after
    if total > ACTIVITY_MINUTES_MOST:
        raise Refused("day_too_long", number=volunteer.number, minutes=total)
    activity = load(session, Activity, record.activity_id)
    if record.first_minutes is None:
        record.first_minutes = before
    record.minutes, record.correction = after, why
    add_to_life(
        session,
        load(session, Project, activity.project_id),
        Happening.SERVICE_CORRECTED,
        now=now,
        note=why,
        title=activity.title,
        number=volunteer.number,
        before=before,
        after=after,
    )
    add_minutes(session, volunteer, after - before)
