"""Lights of projects with their reason, and one project's indicators against plan over time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import BigInteger, Date, Select, bindparam, func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.errors import NotFound
from db.models import Community, Indicator, Milestone, Project, Reading, Risk, TargetChange
from db.rules.projects.progress import LightResult, average_progress, indicator_progress, light, planned_share
from db.scope import built_once
from db.terms import Light, ProjectKind, ProjectState, RiskLevel

LIVE = (ProjectState.SET_UP, ProjectState.RUNNING, ProjectState.REWORK, ProjectState.HANDED_IN)
"""Projects that are under way; the accepted and the stopped ones have no light any more."""
MOST = 60
"""More live projects than a page shows at once; the lists of a whole subdistrict are narrowed by community."""
WORST_FIRST = {Light.RED: 0, Light.AMBER: 1, Light.GREEN: 2}


@dataclass(frozen=True, slots=True)
class ProjectLight:
    """One live project. `done` and `planned` are shares 0..1; `done` is None without indicators."""

    id: int
    number: str
    title: str
    kind: ProjectKind
    state: ProjectState
    community_id: int
    community: str
    due_on: date
    result: LightResult

    @property
    def done(self) -> Fraction | None:
        return self.result.values.progress

    @property
    def planned(self) -> Fraction:
        return self.result.values.planned


def project_lights(
    session: Session, *, today: date, community_id: int | None = None, most: int | None = None
) -> tuple[ProjectLight, ...]:
    """Live projects, red first, then by due day. Two statements; `most` cuts after sorting."""
    of_one, values = community_id is not None, {_DAY.key: today, _IN.key: community_id}
    progress = _progress((a, b, c, d) for a, b, c, d in session.execute(_shares(of_one), values))
    found = [
        ProjectLight(
            id=row.id,
            number=row.number,
            title=row.title,
            kind=row.kind,
            state=row.state,
            community_id=row.community_id,
            community=row.community,
            due_on=row.due_on,
            result=light(
                progress=progress[row.id],
                planned=planned_share(row.starts_on, row.due_on, today),
                overdue_milestones=row.overdue,
                high_risks_open=row.risks,
                due_on=row.due_on,
                today=today,
                # Handed in on time is not late while others judge it.
                finished=row.state is ProjectState.HANDED_IN,
            ),
        )
        for row in session.execute(_lights(of_one), values)
    ]
    found.sort(key=lambda project: (WORST_FIRST[project.result.light], project.due_on, project.id))
    return tuple(found[:most])


_DAY: Any = bindparam("lights_day", type_=Date())
_IN: Any = bindparam("lights_in", type_=BigInteger())


def _live(of_one: bool) -> tuple[Any, ...]:
    return (Project.state.in_(LIVE), *((Project.community_id == _IN,) if of_one else ()))


@built_once
def _lights(of_one: bool) -> Select[Any]:
    """Live projects of the scope, or of one community, with how much of them is late."""
    overdue = (
        select(func.count(Milestone.id))
        .where(Milestone.project_id == Project.id, Milestone.done_on.is_(None), Milestone.due_on < _DAY)
        .correlate(Project)
        .scalar_subquery()
    )
    risks = (
        select(func.count(Risk.id))
        .where(Risk.project_id == Project.id, Risk.level == RiskLevel.HIGH, Risk.closed_on.is_(None))
        .correlate(Project)
        .scalar_subquery()
    )
    return (
        select(
            Project.id,
            Project.number,
            Project.title,
            Project.kind,
            Project.state,
            Project.community_id,
            Community.name.label("community"),
            Project.starts_on,
            Project.due_on,
            overdue.label("overdue"),
            risks.label("risks"),
        )
        .join(Community, Community.id == Project.community_id)
        .where(*_live(of_one))
    )


@built_once
def _shares(of_one: bool) -> Select[int, Decimal, Decimal, Decimal]:
    """What the indicators of the same projects stand at."""
    return (
        select(Indicator.project_id, Indicator.baseline, Indicator.target, Indicator.actual)
        .join(Project, Project.id == Indicator.project_id)
        .where(*_live(of_one))
    )


def _progress(rows: Iterable[tuple[int, Decimal, Decimal, Decimal]]) -> dict[int, list[Fraction]]:
    shares: dict[int, list[Fraction]] = defaultdict(list)
    for project_id, baseline, target, actual in rows:
        share = indicator_progress(baseline, target, actual)
        if share is not None:
            shares[project_id].append(share)
    return shares


def light_counts(projects: Iterable[ProjectLight]) -> dict[Light, int]:
    """How many live projects show which light; every light is there."""
    counts = dict.fromkeys((Light.RED, Light.AMBER, Light.GREEN), 0)
    for project in projects:
        counts[project.result.light] += 1
    return counts


# --- one project ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A reading: its day, its value in the indicator's unit, and the share of the way then aimed at."""

    on: date
    value: Decimal
    share: Fraction


@dataclass(frozen=True, slots=True)
class Change:
    """A target before and after, and why."""

    on: date
    before: Decimal
    after: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class IndicatorCourse:
    id: int
    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    actual: Decimal
    points: tuple[Point, ...]
    changes: tuple[Change, ...]

    @property
    def share(self) -> Fraction | None:
        return indicator_progress(self.baseline, self.target, self.actual)


@dataclass(frozen=True, slots=True)
class ProjectCourse:
    """A project's indicators over time beside its plan; `planned` is today's share of the planned days."""

    id: int
    title: str
    state: ProjectState
    starts_on: date
    due_on: date
    planned: Fraction
    indicators: tuple[IndicatorCourse, ...]

    @property
    def done(self) -> Fraction | None:
        return average_progress([one.share for one in self.indicators if one.share is not None])


def project_course(session: Session, project_id: int, *, today: date) -> ProjectCourse:
    """Four statements. Raises NotFound outside the scope. The readings of one project are few (weekly at most)."""
    row = session.execute(
        select(Project.id, Project.title, Project.state, Project.starts_on, Project.due_on).where(
            Project.id == project_id
        )
    ).first()
    if row is None:
        raise NotFound(what="project", id=project_id)
    indicators = session.execute(
        select(Indicator.id, Indicator.name, Indicator.unit, Indicator.baseline, Indicator.target, Indicator.actual)
        .where(Indicator.project_id == project_id)
        .order_by(Indicator.id)
    ).all()
    ids = [indicator.id for indicator in indicators]
    readings = defaultdict(list)
    for reading in session.execute(
        select(Reading.indicator_id, Reading.on, Reading.value)
        .where(Reading.indicator_id.in_(ids))
        .order_by(Reading.on, Reading.id)
    ):
        readings[reading.indicator_id].append((reading.on, reading.value))
    changes = defaultdict(list)
    for change in session.execute(
        select(
            TargetChange.indicator_id,
            TargetChange.changed_at,
            TargetChange.before,
            TargetChange.after,
            TargetChange.reason,
        )
        .where(TargetChange.indicator_id.in_(ids))
        .order_by(TargetChange.id)
    ):
        day = day_of(change.changed_at)
        changes[change.indicator_id].append(Change(day, change.before, change.after, change.reason))
    return ProjectCourse(
        id=row.id,
        title=row.title,
        state=row.state,
        starts_on=row.starts_on,
        due_on=row.due_on,
        planned=planned_share(row.starts_on, row.due_on, today),
        indicators=tuple(
            IndicatorCourse(
                id=one.id,
                name=one.name,
                unit=one.unit,
                baseline=one.baseline,
                target=one.target,
                actual=one.actual,
                points=tuple(_points(one.baseline, one.target, readings[one.id], changes[one.id])),
                changes=tuple(changes[one.id]),
            )
            for one in indicators
        ),
    )


def _points(
    baseline: Decimal, target: Decimal, readings: list[tuple[date, Decimal]], changes: list[Change]
) -> Iterable[Point]:
    """Each reading as a share of the way to the target that held on its day: a later change rewrites nothing."""
    for on, value in readings:
        then = next((change.before for change in changes if on < change.on), target)
        share = indicator_progress(baseline, then, value)
        if share is not None:
            yield Point(on, value, share)
