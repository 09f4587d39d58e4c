"""谁在台上: who leads and who assists a project or one of its steps; a change keeps the day on which it was made."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line
from db.actions.loading import actor_of, chosen_row, load
from db.actions.projects.projects import own_project
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Milestone, ProjectRole, Unit
from db.rules.permissions import Permission
from db.rules.projects.input import RoleInput
from db.terms import StageBody, StagePart

NAMED = (StageBody.PROPERTY_COMPANY, StageBody.DEPARTMENT)
"""Bodies of which there are many: it must be said which."""
OF_UNITS = (StageBody.UNIT, StageBody.PROPERTY_COMPANY)


@action(Permission.RUN_PROJECT)
def set_role(session: Session, *, project_id: int, given: RoleInput, now: datetime) -> int:
    """A body takes a part from a day on; whoever led the step, and this body's own part before, ends the day before.

    Returns the id of the part. Raises BadInput at `since` for a day before the part that it would follow.
    """
    project = own_project(session, project_id, lock=True)
    step = None
    if given.milestone_id is not None:
        step = chosen_row(session, Milestone, "milestone_id", given.milestone_id)
        if step.project_id != project.id:
            raise BadInput("milestone_id", Problem.UNKNOWN_CHOICE)
    body = chosen("body", given.body, list(StageBody))
    part = chosen("part", given.part, list(StagePart))
    since = day("since", given.since)
    unit = _unit(session, body, given.unit_id, since)
    name = line("name", given.name, most=200, needed=body in NAMED and unit is None)
    for before in _standing(session, project.id, step.id if step else None):
        if before.body is not body and not (part is StagePart.LEAD and before.part is StagePart.LEAD):
            continue
        if before.since > since:
            raise BadInput("since", Problem.TOO_EARLY, day=str(before.since))
        if before.since == since:
            # Put right on the same day: it never stood.
            session.delete(before)
        else:
            before.until = since - timedelta(days=1)
    session.flush()
    row = ProjectRole(
        community_id=project.community_id,
        project_id=project.id,
        milestone_id=step.id if step else None,
        body=body,
        part=part,
        name=name or (unit.name if unit else ""),
        unit_id=unit.id if unit else None,
        since=since,
        set_by=actor_of(session).id,
    )
    session.add(row)
    session.flush()
    return row.id


def _unit(session: Session, body: StageBody, unit_id: int | None, since: date) -> Unit | None:
    if body not in OF_UNITS or unit_id is None:
        if body is StageBody.UNIT:
            raise BadInput("unit_id", Problem.EMPTY)
        return None
    unit = chosen_row(session, Unit, "unit_id", unit_id)
    if unit.ended_on is not None and unit.ended_on < since:
        raise Refused("unit_not_there", name=unit.name)
    return unit


def _standing(session: Session, project_id: int, step_id: int | None) -> list[ProjectRole]:
    same = ProjectRole.milestone_id.is_(None) if step_id is None else ProjectRole.milestone_id == step_id
    query = select(ProjectRole).where(ProjectRole.project_id == project_id, same, ProjectRole.until.is_(None))
    return list(session.scalars(query.order_by(ProjectRole.id)))


@action(Permission.RUN_PROJECT)
def end_role(session: Session, *, role_id: int, version: int, until: date | None, now: datetime) -> int:
    """A body leaves the stage after its last day; the id of the part."""
    row = load(session, ProjectRole, role_id, version=version)
    own_project(session, row.project_id)
    if row.until is not None:
        raise Refused("already_done")
    row.until = day("until", until, least=row.since, most=day_of(now) + timedelta(days=366))
    return row.id
