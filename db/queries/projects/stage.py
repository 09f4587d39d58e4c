"""Who stands on the stage of a project: now, and from which day to which day before."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Milestone, ProjectRole, Unit
from db.queries.paging import ROWS
from db.rules.projects.stage import Standing
from db.terms import StageBody, StagePart


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One part, with the name that the body had when it took it and the unit's name now."""

    id: int
    version: int
    milestone_id: int | None
    step: str
    body: StageBody
    part: StagePart
    name: str
    unit_id: int | None
    since: date
    until: date | None
    set_name: str

    @property
    def standing(self) -> Standing:
        """As the rules see it."""
        return Standing(self.milestone_id, self.body, self.part, self.since, self.until)


def roles_of(session: Session, project_id: int) -> tuple[RoleRow, ...]:
    """Every part, those that stand first, then the latest."""
    query = (
        select(
            *(ProjectRole.id, ProjectRole.version, ProjectRole.milestone_id, Milestone.title, ProjectRole.body),
            *(ProjectRole.part, ProjectRole.name, ProjectRole.unit_id, ProjectRole.since, ProjectRole.until),
            *(ProjectRole.set_name, Unit.name.label("unit")),
        )
        .outerjoin(Milestone, Milestone.id == ProjectRole.milestone_id)
        .outerjoin(Unit, Unit.id == ProjectRole.unit_id)
        .where(ProjectRole.project_id == project_id)
        .order_by(ProjectRole.until.is_not(None), ProjectRole.milestone_id.is_not(None), ProjectRole.milestone_id)
        .order_by(ProjectRole.part.desc(), ProjectRole.since.desc(), ProjectRole.id)
        .limit(ROWS)
    )
    return tuple(
        RoleRow(
            *(row.id, row.version, row.milestone_id, row.title or "", row.body, row.part),
            row.name if row.until is not None else row.unit or row.name,
            *(row.unit_id, row.since, row.until, row.set_name),
        )
        for row in session.execute(query)
    )
