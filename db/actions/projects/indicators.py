"""量化目标: readings, and a changed target that never hides the one before."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.projects.projects import own_project, plain
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Indicator, Project, Reading, TargetChange
from db.rules.permissions import Permission
from db.terms import Happening


@action(Permission.RUN_PROJECT)
def record_reading(
    session: Session,
    *,
    indicator_id: int,
    on: date | None,
    value: Decimal | None,
    note: str = "",
    now: datetime,
) -> int:
    """What a goal stood at on a day; returns the reading's id. An earlier day does not change where it stands now."""
    goal = load(session, Indicator, indicator_id, lock=True)
    project = own_project(session, goal.project_id)
    return read_goal(
        session,
        project,
        goal,
        on=fields.day("on", on, most=day_of(now)),
        value=fields.amount("value", value),
        note=fields.line("note", note, most=200, needed=False),
        now=now,
    )


def read_goal(
    session: Session,
    project: Project,
    goal: Indicator,
    *,
    on: date,
    value: Decimal,
    note: str = "",
    activity_id: int | None = None,
    now: datetime,
) -> int:
    """Store one reading of a goal that the caller has loaded and locked."""
    latest = session.scalar(select(func.max(Reading.on)).where(Reading.indicator_id == goal.id))
    reading = Reading(
        community_id=goal.community_id,
        indicator_id=goal.id,
        activity_id=activity_id,
        on=on,
        value=value,
        note=note,
        read_by=actor_of(session).id,
    )
    session.add(reading)
    if latest is None or on >= latest:
        goal.actual = value
    session.flush()
    add_to_life(
        session, project, Happening.READING, now=now, note=note, name=goal.name, value=plain(value), unit=goal.unit
    )
    return reading.id


def read_goals(
    session: Session,
    project: Project,
    readings: Mapping[int, Decimal],
    *,
    on: date,
    activity_id: int,
    now: datetime,
) -> None:
    """Readings reported with an activity, by indicator; BadInput for an indicator of another project."""
    for indicator_id, value in sorted(readings.items()):
        goal = load(session, Indicator, indicator_id, lock=True)
        if goal.project_id != project.id:
            raise BadInput("readings", Problem.UNKNOWN_CHOICE)
        checked = fields.amount(f"reading_{indicator_id}", value)
        read_goal(session, project, goal, on=on, value=checked, activity_id=activity_id, now=now)


@action(Permission.CHANGE_TARGET)
def change_target(
    session: Session,
    *,
    indicator_id: int,
    version: int,
    target: Decimal | None,
    reason: str,
    now: datetime,
) -> None:
    """Aim higher or lower, with the reason; before and after both stay. Raises Refused("goal_does_not_move")."""
    goal = load(session, Indicator, indicator_id, version=version, lock=True)
    project = own_project(session, goal.project_id)
    after, before = fields.amount("target", target), goal.target
    why = fields.words("reason", reason, most=500)
    if after == before:
        raise BadInput("target", Problem.WRONG)
    if after == goal.baseline:
        raise Refused("goal_does_not_move")
    goal.target = after
    session.add(
        TargetChange(
            community_id=goal.community_id,
            indicator_id=goal.id,
            before=before,
            after=after,
            reason=why,
            changed_at=now,
            changed_by=actor_of(session).id,
        )
    )
    add_to_life(
        session,
        project,
        Happening.TARGET_CHANGED,
        now=now,
        note=why,
        name=goal.name,
        before=plain(before),
        after=plain(after),
        unit=goal.unit,
    )
