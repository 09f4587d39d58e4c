"""量化目标 as a page shows them: where they stand, every reading, and every target they ever had."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Indicator, IndicatorClass, Reading, TargetChange
from db.queries.projects.projects import amount
from db.rules.projects.classes import ClassedGoal
from db.rules.projects.progress import indicator_progress
from db.terms import GoalClass, IndicatorKind

MOST_READINGS = 400


@dataclass(frozen=True, slots=True)
class Change:
    """A changed target: before and after, when, by whom and why."""

    before: Decimal
    after: Decimal
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    on: date
    value: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Goal:
    """An indicator with everything that ever moved it; `progress` is exact, None when there is no way to go."""

    id: int
    version: int
    name: str
    unit: str
    kind: IndicatorKind
    baseline: Decimal
    target: Decimal
    actual: Decimal
    progress: Fraction | None
    readings: tuple[ReadingRow, ...]
    changes: tuple[Change, ...]
    sort: GoalClass | None = None

    @property
    def classed(self) -> ClassedGoal:
        """As the rules see it."""
        return ClassedGoal(self.sort, self.unit, self.baseline, self.target, self.actual, self.progress)

    @property
    def first_target(self) -> Decimal:
        """What was aimed at when the project was set up."""
        return self.changes[0].before if self.changes else self.target


def goals_of(session: Session, project_id: int) -> list[Goal]:
    """The goals of a project in three statements, each with its readings and its changed targets."""
    columns = (
        Indicator.id,
        Indicator.version,
        Indicator.name,
        Indicator.unit,
        Indicator.kind,
        Indicator.baseline,
        Indicator.target,
        Indicator.actual,
        IndicatorClass.sort,
    )
    beside = select(*columns).outerjoin(IndicatorClass, IndicatorClass.indicator_id == Indicator.id)
    found = session.execute(beside.where(Indicator.project_id == project_id).order_by(Indicator.id)).all()
    if not found:
        return []
    ids = [row.id for row in found]
    readings: dict[int, list[ReadingRow]] = {goal_id: [] for goal_id in ids}
    latest = (
        select(Reading.indicator_id, Reading.on, Reading.value, Reading.note)
        .where(Reading.indicator_id.in_(ids))
        .order_by(Reading.on.desc(), Reading.id.desc())
        .limit(MOST_READINGS)
    )
    for row in session.execute(latest):
        readings[row.indicator_id].append(ReadingRow(row.on, amount(row.value), row.note))
    changes: dict[int, list[Change]] = {goal_id: [] for goal_id in ids}
    changed = select(TargetChange).where(TargetChange.indicator_id.in_(ids)).order_by(TargetChange.id)
    for change in session.scalars(changed):
        changes[change.indicator_id].append(
            Change(amount(change.before), amount(change.after), change.changed_at, change.changed_name, change.reason)
        )
    return [
        Goal(
            id=row.id,
            version=row.version,
            name=row.name,
            unit=row.unit,
            kind=row.kind,
            baseline=amount(row.baseline),
            target=amount(row.target),
            actual=amount(row.actual),
            progress=indicator_progress(row.baseline, row.target, row.actual),
            readings=tuple(reversed(readings[row.id])),
            changes=tuple(changes[row.id]),
            sort=row.sort,
        )
        for row in found
    ]
