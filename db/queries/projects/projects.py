"""项目清单: every project with its light, the reason for it and how far it is; and what a new one can grow from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Account, Community, Indicator, LedProject, Milestone, Need, Project, Risk
from db.queries.paging import ROWS, due_first, worst_first
from db.queries.projects.progress import WORST_FIRST
from db.rules.permissions import GRANTS, Permission
from db.rules.projects.progress import LightResult, indicator_progress, light, planned_share
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.terms import Light, NeedStage, ProjectDirection, ProjectKind, ProjectState, RiskLevel, Role

ENDED = (ProjectState.ACCEPTED, ProjectState.STOPPED)
WINDOW = 300
"""Projects looked through for one page: the light, by which they are filtered and ordered, is computed, not stored."""

NO_LIGHTS: Mapping[int, LightResult | None] = {}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One line of the portfolio; `light` is None for a stopped project."""

    id: int
    number: str
    title: str
    kind: ProjectKind
    state: ProjectState
    community: str
    leader: str
    starts_on: date
    due_on: date
    light: LightResult | None
    direction: ProjectDirection | None = None
    """Of a secretary-led project."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A page of projects; `next_before` is the id to go on from, None at the end."""

    rows: tuple[ProjectRow, ...]
    next_before: int | None


def light_columns(today: date) -> tuple[Any, Any]:
    """Overdue milestones and open high risks of a project, as columns of the same statement."""
    overdue = (
        select(func.count())
        .select_from(Milestone)
        .where(Milestone.project_id == Project.id, Milestone.done_on.is_(None), Milestone.due_on < today)
        .correlate(Project)
        .scalar_subquery()
        .label("overdue")
    )
    risks = (
        select(func.count())
        .select_from(Risk)
        .where(Risk.project_id == Project.id, Risk.closed_on.is_(None), Risk.level == RiskLevel.HIGH)
        .correlate(Project)
        .scalar_subquery()
        .label("high_risks")
    )
    return overdue, risks


def progress_of(session: Session, project_ids: Sequence[int]) -> dict[int, list[Fraction]]:
    """The exact progress of every indicator, by project, in one statement."""
    shares: dict[int, list[Fraction]] = {project_id: [] for project_id in project_ids}
    if not project_ids:
        return shares
    query = select(Indicator.project_id, Indicator.baseline, Indicator.target, Indicator.actual).where(
        Indicator.project_id.in_(project_ids)
    )
    for row in session.execute(query):
        share = indicator_progress(row.baseline, row.target, row.actual)
        if share is not None:
            shares[row.project_id].append(share)
    return shares


def light_of(row: Any, shares: Sequence[Fraction], today: date) -> LightResult | None:
    """The light of a row that holds state, starts_on, due_on, overdue and high_risks."""
    if row.state is ProjectState.STOPPED:
        return None
    return light(
        progress=shares,
        planned=planned_share(row.starts_on, row.due_on, today),
        overdue_milestones=row.overdue,
        high_risks_open=row.high_risks,
        due_on=row.due_on,
        today=today,
        finished=row.state is ProjectState.ACCEPTED,
    )


def find_projects(
    session: Session,
    *,
    today: date,
    words: str = "",
    state: ProjectState | None = None,
    kind: ProjectKind | None = None,
    shade: Light | None = None,
    direction: ProjectDirection | None = None,
    community_id: int | None = None,
    before: int | None = None,
) -> Portfolio:
    """A page of the portfolio in at most five statements: what is not over, red first, then by its day; then the rest,
    newest first. Beyond `WINDOW` projects that are not over they stand by their day alone.

    A row is read whole once it is known to be shown, and a light is reckoned only where the order or the filter asks.
    """
    query = _filtered(words, state, kind, community_id, direction)
    by_day = due_first(Project.state.not_in(ENDED), Project.due_on)
    found = session.execute(worst_first(query, Project, *by_day).limit(WINDOW + 1)).all()
    inside = [row.id for row in found[: WINDOW - (len(found) > WINDOW)]]
    if before is not None and before not in inside:
        found, inside = session.execute(worst_first(query, Project, *by_day, before=before).limit(WINDOW + 1)).all(), []
    looked = list(found[:WINDOW])
    last = looked[-1].id if len(found) > WINDOW else None
    ordered = last is None or looked[-1].state in ENDED
    whole = _whole(session, [row.id for row in looked], today) if len(looked) <= 2 * ROWS else {}
    lights = {row.id: row.light for row in whole.values()}
    if not whole and (ordered or shade is not None):
        lights = _lights(session, [row for row in looked if row.state not in ENDED and row.due_on >= today], today)
    shades = {row.id: _shade(row.state, lights.get(row.id)) for row in looked}
    if ordered:
        looked.sort(key=lambda row: worst_light(row.state, shades[row.id], row.due_on, row.id))
    start = 1 + next(place for place, row in enumerate(looked) if row.id == before) if before in inside else 0
    shown = [row.id for row in looked[start:] if shade is None or shades[row.id] is shade]
    whole = whole or _whole(session, shown[:ROWS], today, lights)
    return Portfolio(
        tuple(whole[one] for one in shown[:ROWS] if one in whole), shown[ROWS - 1] if len(shown) > ROWS else last
    )


def worst_light(state: ProjectState, shade: Light | None, due_on: date, number: int) -> tuple[bool, int, date, int]:
    """What puts projects in order: not over and red, amber, green, each by its day; then the rest, newest first."""
    over = state in ENDED or shade is None
    rank = 0 if over or shade is None else WORST_FIRST[shade]
    return over, rank, date.max if over else due_on, -number


def _shade(state: ProjectState, known: LightResult | None) -> Light | None:
    """Of a project whose light was not reckoned the state tells it, or its day that is past."""
    if known is not None or state is ProjectState.STOPPED:
        return known.light if known else None
    return Light.GREEN if state in ENDED else Light.RED


def _lights(session: Session, rows: Sequence[Any], today: date) -> dict[int, LightResult | None]:
    """The light of each, in two statements."""
    if not rows:
        return {}
    ids = [row.id for row in rows]
    shares = progress_of(session, ids)
    columns = (Project.id, Project.state, Project.starts_on, Project.due_on, *light_columns(today))
    found = session.execute(select(*columns).where(Project.id.in_(ids)))
    return {row.id: light_of(row, shares[row.id], today) for row in found}


def _filtered(
    words: str,
    state: ProjectState | None,
    kind: ProjectKind | None,
    community_id: int | None,
    direction: ProjectDirection | None,
) -> Any:
    """What the order asks of each project, and no more: a page is a few of them."""
    query: Any = select(Project.id, Project.state, Project.starts_on, Project.due_on)
    if direction is not None:
        query = query.join(LedProject, LedProject.project_id == Project.id).where(LedProject.direction == direction)
    if words.strip():
        pattern = like_pattern(words)
        query = query.where(
            or_(
                Project.title.like(pattern, escape=LIKE_ESCAPE),
                Project.number.like(like_pattern(words.upper()), escape=LIKE_ESCAPE),
            )
        )
    if state is not None:
        query = query.where(Project.state == state)
    if kind is not None:
        query = query.where(Project.kind == kind)
    if community_id is not None:
        query = query.where(Project.community_id == community_id)
    return query


def _whole(
    session: Session, project_ids: Sequence[int], today: date, lights: Mapping[int, LightResult | None] = NO_LIGHTS
) -> dict[int, ProjectRow]:
    """The lines of these projects, by id, in two statements; `lights` that are known are not reckoned again."""
    if not project_ids:
        return {}
    shares = progress_of(session, [one for one in project_ids if one not in lights])
    query = (
        select(
            Project.id,
            Project.number,
            Project.title,
            Project.kind,
            Project.state,
            Community.name.label("community"),
            Account.name.label("leader"),
            Project.starts_on,
            Project.due_on,
            LedProject.direction,
            *light_columns(today),
        )
        .outerjoin(LedProject, LedProject.project_id == Project.id)
        .join(Community, Community.id == Project.community_id)
        .join(Account, Account.id == Project.leader_id)
        .where(Project.id.in_(project_ids))
    )
    return {
        row.id: _row(row, lights[row.id] if row.id in lights else light_of(row, shares[row.id], today))
        for row in session.execute(query)
    }


def _row(row: Any, shown: LightResult | None) -> ProjectRow:
    return ProjectRow(
        id=row.id,
        number=row.number,
        title=row.title,
        kind=row.kind,
        state=row.state,
        community=row.community,
        leader=row.leader,
        starts_on=row.starts_on,
        due_on=row.due_on,
        light=shown,
        direction=row.direction,
    )


# --- what the set-up page offers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PassedNeed:
    """A need whose notice is over (待立项)."""

    id: int
    number: str
    title: str
    description: str
    voices: int
    people: int
    community_id: int
    since: date


@dataclass(frozen=True, slots=True)
class LeaderChoice:
    """An account that may run a project."""

    id: int
    name: str
    role: Role
    community_id: int


@dataclass(frozen=True, slots=True)
class CommunityChoice:
    id: int
    name: str


def needs_to_set_up(session: Session) -> list[PassedNeed]:
    """Needs that wait for a project, the longest waiting first."""
    query = (
        select(
            Need.id,
            Need.number,
            Need.title,
            Need.description,
            Need.voices,
            Need.people,
            Need.community_id,
            Need.stage_since,
        )
        .where(Need.stage == NeedStage.TO_PROJECT)
        .order_by(Need.stage_since, Need.id)
        .limit(ROWS)
    )
    return [PassedNeed(*row[:7], since=row.stage_since.date()) for row in session.execute(query)]


def leads(account_id: InstrumentedAttribute[int], community_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Condition: the account that this column names can lead a project of that community."""
    return exists().where(
        Account.id == account_id,
        Account.community_id == community_id,
        Account.role.in_(GRANTS[Permission.RUN_PROJECT].roles),
        Account.disabled_at.is_(None),
    )


def leaders(session: Session, community_id: int | None) -> list[LeaderChoice]:
    """Accounts that may run a project, of one community or (None) of all in the subdistrict, by role and name."""
    query = (
        select(Account.id, Account.name, Account.role, Account.community_id)
        .where(
            Account.role.in_(GRANTS[Permission.RUN_PROJECT].roles),
            Account.disabled_at.is_(None),
            Account.community_id.is_not(None) if community_id is None else Account.community_id == community_id,
        )
        .order_by(Account.role, Account.name, Account.id)
        .limit(200)
    )
    return [
        LeaderChoice(row.id, row.name, row.role, row.community_id)
        for row in session.execute(query)
        if row.community_id is not None
    ]


def communities(session: Session) -> list[CommunityChoice]:
    """The communities of the subdistrict, by name."""
    query = select(Community.id, Community.name).order_by(Community.name)
    return [CommunityChoice(*row) for row in session.execute(query)]


def amount(value: Decimal) -> Decimal:
    """Without the trailing zeros that the column adds: 60.00 → 60, 12.50 → 12.5."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
