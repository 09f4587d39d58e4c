"""The round of a year of secretary-led projects: its plan, its projects by direction, and the years there are."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.models import Account, Community, LedProject, LedRound, Project
from db.queries.projects.projects import light_columns, light_of, progress_of
from db.rules.projects.led import Tally, tally, together
from db.rules.projects.progress import LightResult
from db.rules.zone import CHINA
from db.terms import ProjectDirection, ProjectKind, ProjectState

MOST = 100
"""Projects of one round: a subdistrict has about as many as communities."""


@dataclass(frozen=True, slots=True)
class LedRow:
    """One project of a round; `direction` is None for one that was set up before there were directions."""

    id: int
    number: str
    title: str
    direction: ProjectDirection | None
    state: ProjectState
    community: str
    leader: str
    due_on: date
    light: LightResult | None


@dataclass(frozen=True, slots=True)
class LedYear:
    """A round within the actor's scope; `planned` is the subdistrict's number, None when nobody said one."""

    year: int
    planned: int | None
    rows: tuple[LedRow, ...]

    @property
    def parts(self) -> dict[ProjectDirection | None, Tally]:
        """By direction."""
        return tally((row.direction, row.state) for row in self.rows)

    @property
    def whole(self) -> Tally:
        return together(self.parts.values())


@dataclass(frozen=True, slots=True)
class LedFacts:
    """Year and direction of one project."""

    year: int
    direction: ProjectDirection


def in_round(year: int) -> ColumnElement[bool]:
    """Condition on projects joined to their side row: of the round of a year; without a row by the day of set-up."""
    said = LedProject.year == year
    unsaid = and_(
        LedProject.id.is_(None),
        Project.set_up_at >= datetime.combine(date(year, 1, 1), time(), CHINA),
        Project.set_up_at < datetime.combine(date(year + 1, 1, 1), time(), CHINA),
    )
    return and_(Project.kind == ProjectKind.SECRETARY_LED, or_(said, unsaid))


def led_year(session: Session, year: int, *, today: date) -> LedYear:
    """The round of a year in three statements, by direction, then by number."""
    overdue, risks = light_columns(today)
    query = (
        select(
            *(Project.id, Project.number, Project.title, LedProject.direction, Project.state, Project.starts_on),
            *(Project.due_on, Community.name.label("community"), Account.name.label("leader"), overdue, risks),
        )
        .join(Community, Community.id == Project.community_id)
        .join(Account, Account.id == Project.leader_id)
        .outerjoin(LedProject, LedProject.project_id == Project.id)
        .where(in_round(year))
        .order_by(Project.number)
        .limit(MOST)
    )
    found = session.execute(query).all()
    shares = progress_of(session, [row.id for row in found])
    planned = session.scalar(select(LedRound.planned).where(LedRound.year == year))
    return LedYear(year, planned, tuple(sorted((_row(row, shares[row.id], today) for row in found), key=_place)))


def _row(row: Any, shares: Any, today: date) -> LedRow:
    return LedRow(
        *(row.id, row.number, row.title, row.direction, row.state, row.community, row.leader, row.due_on),
        light_of(row, shares, today),
    )


def _place(row: LedRow) -> tuple[int, str]:
    order = list(ProjectDirection)
    return (len(order) if row.direction is None else order.index(row.direction)), row.number


def led_years(session: Session, *, this_year: int) -> tuple[int, ...]:
    """Years that have a round or a plan, and this year; the latest first."""
    said = select(LedProject.year).union(select(LedRound.year))
    return tuple(sorted({this_year, *session.scalars(said)}, reverse=True))
