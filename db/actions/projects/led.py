"""书记领办 of a year: how many there are to be, and year and direction of a project that has none or a wrong one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.projects.projects import YEARS
from db.engine import action
from db.errors import Refused
from db.models import LedProject, LedRound, Project
from db.rules.permissions import Permission
from db.terms import ProjectDirection, ProjectKind

MOST_PLANNED = 500


@action(Permission.PLAN_ROUND)
def plan_round(session: Session, *, year: int | None, planned: int | None) -> int:
    """How many secretary-led projects a year is to have; said again, the number is changed. The id."""
    about = fields.whole("year", year, **YEARS)
    number = fields.whole("planned", planned, least=1, most=MOST_PLANNED)
    row = session.scalars(select(LedRound).where(LedRound.year == about).with_for_update()).one_or_none()
    if row is None:
        row = LedRound(subdistrict_id=actor_of(session).subdistrict_id, year=about, planned=number)
        session.add(row)
    row.planned = number
    session.flush()
    return row.id


@action(Permission.SET_UP_PROJECT)
def choose_direction(session: Session, *, project_id: int, direction: ProjectDirection | None, year: int | None) -> int:
    """Year and direction of a secretary-led project, also of one that was set up before there were any. The id.

    Raises Refused("direction_of_others") for a project of another kind.
    """
    project = load(session, Project, project_id, lock=True)
    if project.kind is not ProjectKind.SECRETARY_LED:
        raise Refused("direction_of_others")
    way = fields.chosen("direction", direction, list(ProjectDirection))
    about = fields.whole("year", year, **YEARS)
    row = session.scalars(select(LedProject).where(LedProject.project_id == project.id)).one_or_none()
    if row is None:
        row = LedProject(community_id=project.community_id, project_id=project.id, year=about, direction=way)
        session.add(row)
    row.year, row.direction = about, way
    session.flush()
    return row.id
