"""活动: planned, done with hours and readings, cancelled; `hours` says what can be credited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.projects.indicators import read_goals
from db.actions.projects.projects import own_project
from db.actions.volunteers.hours import credit, spells_of
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import Activity, Opening, Placement, Volunteer
from db.rules.lifecycle import may_become
from db.rules.limits import PEOPLE_MOST
from db.rules.permissions import Permission
from db.rules.zone import CHINA
from db.terms import ActivityState, Happening, PlacementState

FAR, FARTHEST = timedelta(days=366), timedelta(days=3 * 366)
"""How far ahead a day is asked about, and how far ahead it is no day of a plan."""
BEEN_IN_TEAM = (PlacementState.ACCEPTED, PlacementState.LEFT, PlacementState.REPLACED)


@dataclass(frozen=True, slots=True)
class Served:
    """One volunteer at one activity: minutes in steps of 30, and what there is to say to long or doubtful ones."""

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
    sure: bool = False,
) -> int:
    """Put an activity into the plan; returns its id.

    A day after the project's end or more than a year ahead is asked about: BadInput at `on`, FAR_DAY, until `sure`.
    """
    project, today = own_project(session, project_id), day_of(now)
    when = fields.day("on", on, least=project.starts_on, most=max(today, project.due_on) + FARTHEST)
    if when > min(project.due_on, today + FAR) and when > today and not sure:
        raise BadInput("on", Problem.FAR_DAY)
    activity = Activity(
        community_id=project.community_id,
        project_id=project.id,
        title=fields.line("title", title, most=60),
        on=when,
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
    began: time | None = None,
    now: datetime,
) -> int:
    """What an activity brought: who served how long, whom it reached, where the goals stand; returns the minutes.

    `began` is the time of day, in China, at which it really began. Hours in doubt that have a reason wait for a second
    person and are in no sum before. Raises Refused: activity_ahead, not_in_team (number=); BadInput at
    `minutes_<volunteer>` (also DAY_FULL, DOUBTFUL), `note_<volunteer>`, `reading_<indicator>`.
    """
    activity = load(session, Activity, activity_id, version=version, lock=True)
    project = own_project(session, activity.project_id or 0)
    if activity.on > day_of(now):
        raise Refused("activity_ahead")
    activity.served = fields.whole("people_served", people_served, least=0, most=PEOPLE_MOST)
    activity.report = fields.words("report", report, most=500)
    activity.reported_at, activity.reported_by = now, actor_of(session).id
    activity.began_at = _began(activity, began, now)
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


def _began(activity: Activity, began: time | None, now: datetime) -> datetime | None:
    if began is None:
        return None
    if not isinstance(began, time) or began.tzinfo is not None:
        raise BadInput("began", Problem.WRONG)
    moment = datetime.combine(activity.on, began, CHINA)
    if moment > now:
        raise BadInput("began", Problem.WRONG)
    return moment


def _credit(session: Session, activity: Activity, served: Sequence[Served], *, now: datetime) -> int:
    """Write the service records of one activity; the volunteers are held so that a day is added up only once."""
    ids = sorted({fields.row_id("served", one.volunteer_id) for one in served})
    if len(ids) != len(served):
        raise BadInput("served", Problem.TAKEN)
    held = select(Volunteer).where(Volunteer.id.in_(ids)).order_by(Volunteer.id).with_for_update()
    volunteers = {volunteer.id: volunteer for volunteer in session.scalars(held)} if ids else {}
    team, there = _team_of(session, activity.project_id or 0), spells_of(session, ids, activity.on)
    credited = 0
    for one in sorted(served, key=lambda one: one.volunteer_id):
        volunteer = volunteers.get(one.volunteer_id)
        if volunteer is None:
            raise BadInput("served", Problem.UNKNOWN_CHOICE)
        if volunteer.id not in team:
            raise Refused("not_in_team", number=volunteer.number)
        credited += credit(
            session, activity, volunteer, one.minutes,
            others=there.get(volunteer.id, []), note=one.note, sheet=len(ids), now=now,
            field=f"minutes_{volunteer.id}", note_field=f"note_{volunteer.id}",
        )  # fmt: skip
    return credited


def _team_of(session: Session, project_id: int) -> set[int]:
    """Everybody who is or was in the team: the roster exists before hours are credited (docs/domain.md 9.2)."""
    query = (
        select(Placement.volunteer_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .where(Opening.project_id == project_id, Placement.state.in_(BEEN_IN_TEAM), Placement.answered_at.is_not(None))
    )
    return set(session.scalars(query))


@action(Permission.RUN_PROJECT)
def cancel_activity(session: Session, *, activity_id: int, version: int, reason: str, now: datetime) -> None:
    """A planned activity does not take place; the reason stays beside it."""
    activity = load(session, Activity, activity_id, version=version, lock=True)
    project = own_project(session, activity.project_id or 0)
    activity.report = fields.words("reason", reason, most=500)
    activity.reported_at, activity.reported_by = now, actor_of(session).id
    _turn(session, activity, ActivityState.CANCELLED)
    add_to_life(session, project, Happening.ACTIVITY_CANCELLED, now=now, note=activity.report, title=activity.title)


def _turn(session: Session, activity: Activity, to: ActivityState) -> None:
    if not may_become(activity.state, to):
        raise WrongStage(what="activity", stage=activity.state, permission=session.info.get("permission"))
    activity.state = to
