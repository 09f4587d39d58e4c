"""责任分工: who does what in a project from a day on; who leaves hands the duty to somebody, or it is over."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line
from db.actions.loading import actor_of, chosen_row, load
from db.actions.projects.projects import own_project
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Account, Project, ProjectDuty
from db.rules.permissions import Permission
from db.rules.projects.duties import HOLDERS
from db.terms import StagePart

AHEAD = timedelta(days=366)


@action(Permission.RUN_PROJECT)
def give_duty(
    session: Session,
    *,
    project_id: int,
    person_id: int | None,
    part: StagePart | None,
    what: str,
    since: date | None,
    now: datetime,
) -> int:
    """Somebody of the community takes a duty in a project from a day on; the id. Raises Refused("duty_stands")."""
    project = own_project(session, project_id, lock=True)
    duty = ProjectDuty(
        community_id=project.community_id,
        project_id=project.id,
        person_id=_person(session, project, person_id).id,
        part=chosen("part", part, list(StagePart)),
        what=line("what", what, most=100),
        since=day("since", since, most=day_of(now) + AHEAD),
        set_by=actor_of(session).id,
    )
    same = select(ProjectDuty.id).where(
        ProjectDuty.project_id == project.id,
        ProjectDuty.person_id == duty.person_id,
        ProjectDuty.what == duty.what,
        ProjectDuty.until.is_(None),
    )
    if session.scalar(same.limit(1)) is not None:
        raise Refused("duty_stands")
    session.add(duty)
    session.flush()
    return duty.id


@action(Permission.RUN_PROJECT)
def hand_over_duty(
    session: Session, *, duty_id: int, version: int, person_id: int | None, since: date | None, now: datetime
) -> int:
    """Somebody else takes a standing duty over from a day on; the other's last day is the one before. The new id."""
    before = load(session, ProjectDuty, duty_id, version=version, lock=True)
    project = own_project(session, before.project_id, lock=True)
    if before.until is not None:
        raise Refused("already_done")
    person = _person(session, project, person_id)
    if person.id == before.person_id:
        raise BadInput("person_id", Problem.UNKNOWN_CHOICE)
    start = day("since", since, least=before.since + timedelta(days=1), most=day_of(now) + AHEAD)
    before.until, before.handed_on = start - timedelta(days=1), True
    duty = ProjectDuty(
        community_id=project.community_id,
        project_id=project.id,
        person_id=person.id,
        part=before.part,
        what=before.what,
        since=start,
        follows_id=before.id,
        set_by=actor_of(session).id,
    )
    session.add(duty)
    session.flush()
    return duty.id


@action(Permission.RUN_PROJECT)
def end_duty(session: Session, *, duty_id: int, version: int, until: date | None, now: datetime) -> int:
    """A duty is over after its last day and nobody takes it over; the id."""
    duty = load(session, ProjectDuty, duty_id, version=version, lock=True)
    own_project(session, duty.project_id)
    if duty.until is not None:
        raise Refused("already_done")
    duty.until = day("until", until, least=duty.since, most=day_of(now) + AHEAD)
    return duty.id


def _person(session: Session, project: Project, person_id: int | None) -> Account:
    """Somebody of the project's community who is still there, or BadInput."""
    person = chosen_row(session, Account, "person_id", person_id)
    there = person.community_id == project.community_id and person.disabled_at is None
    if not there or person.role not in HOLDERS:
        raise BadInput("person_id", Problem.UNKNOWN_CHOICE)
    return person
