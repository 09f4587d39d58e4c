"""The owners' committee election of a project: its steps with their days, and what the owners decided."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Election, ElectionStep, HolidayOverride
from db.rules.projects.election import (
    BY_KIND,
    COMES_AFTER,
    ORDER,
    OwnersCount,
    OwnersDecision,
    Period,
    StepFacts,
    owners_decide,
    plan,
)
from db.terms import ElectionStepKind


@dataclass(frozen=True, slots=True)
class ElectionStepRow:
    """A step: what the law asks for, what was done, and the first and last day on which it may be over."""

    id: int
    version: int
    kind: ElectionStepKind
    period: Period
    days: int
    began_on: date | None
    ended_on: date | None
    note: str
    done_name: str
    earliest: date
    latest: date | None
    can_begin: bool
    """What comes before is over."""


@dataclass(frozen=True, slots=True)
class ElectionRow:
    """The election with its steps in order; `decision` is what the owners decided, None before they voted."""

    id: int
    version: int
    estate: str
    owners: int
    area: Decimal
    starts_on: date
    count: OwnersCount | None
    voted_on: date | None
    votes: int
    decision: OwnersDecision | None
    steps: tuple[ElectionStepRow, ...]

    @property
    def next_step(self) -> ElectionStepRow | None:
        """The first step that is not over."""
        return next((step for step in self.steps if step.ended_on is None), None)


def days_by_hand(session: Session) -> dict[date, bool]:
    """Days that the subdistrict has set by hand: day → people work."""
    rows = session.execute(select(HolidayOverride.day, HolidayOverride.workday))
    return {row.day: row.workday for row in rows}


def election_of(session: Session, project_id: int) -> ElectionRow | None:
    """The election of a project, None when it is about none; three statements."""
    row = session.scalars(select(Election).where(Election.project_id == project_id)).first()
    if row is None:
        return None
    found = {
        step.kind: step for step in session.scalars(select(ElectionStep).where(ElectionStep.election_id == row.id))
    }
    facts = {kind: StepFacts(kind, step.period_days, step.began_on, step.ended_on) for kind, step in found.items()}
    days = {one.kind: one for one in plan(row.starts_on, facts, days_by_hand(session))}
    count = None
    if row.took_part is not None and row.agreed is not None:
        area_part, area_agreed = row.area_part or Decimal(0), row.area_agreed or Decimal(0)
        count = OwnersCount(row.owners, row.area, row.took_part, area_part, row.agreed, area_agreed)
    return ElectionRow(
        *(row.id, row.version, row.estate, row.owners, row.area, row.starts_on),
        count=count,
        voted_on=row.voted_on,
        votes=row.votes,
        decision=owners_decide(count) if count else None,
        steps=tuple(
            ElectionStepRow(
                *(found[kind].id, found[kind].version, kind, BY_KIND[kind].period, found[kind].period_days),
                *(found[kind].began_on, found[kind].ended_on, found[kind].note, found[kind].done_name),
                *(days[kind].earliest, days[kind].latest),
                can_begin=all(found[before].ended_on is not None for before in COMES_AFTER[kind]),
            )
            for kind in ORDER
        ),
    )
