"""排班: the list of rotas with their gaps, one rota with its posts, a week of it as a grid."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.models import Community, Project, Rota, RotaPost, Slot, SlotTemplate, Squad
from db.queries.council.notices import holidays
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.rules.rota.recurrence import comes
from db.terms import DaysOff, ProjectState, RotaState

ENDED_PROJECT = (ProjectState.HANDED_IN, ProjectState.ACCEPTED, ProjectState.STOPPED)


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many slots lie ahead, how many of them lack people, and how many people they lack."""

    slots: int
    short_slots: int
    missing: int


@dataclass(frozen=True, slots=True)
class RotaRow:
    """A rota in the list."""

    id: int
    title: str
    place: str
    community: str
    state: RotaState
    starts_on: date
    ends_on: date
    gaps: Gaps


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a rota."""

    id: int
    name: str
    task: str
    skill: str


@dataclass(frozen=True, slots=True)
class RotaFacts:
    """One rota as its page heads it; `over` names what it belonged to and has ended."""

    id: int
    version: int
    title: str
    place: str
    place_id: int | None
    community_id: int
    community: str
    desk_phone: str
    call: str
    state: RotaState
    starts_on: date
    ends_on: date
    give_back_hours: int
    squad_id: int | None
    squad: str
    project_id: int | None
    project: str
    project_over: bool
    made_by: int
    leader_id: int | None
    posts: tuple[Post, ...]
    gaps: Gaps


@dataclass(frozen=True, slots=True)
class GridSlot:
    """A slot in the grid."""

    id: int
    post_id: int
    on: date
    starts_at: datetime
    ends_at: datetime
    places: int
    filled: int
    called_off: bool


def _ahead(now: datetime) -> Any:
    return Slot.called_off_at.is_(None) & (Slot.starts_at > now)


def _sums(now: datetime) -> tuple[Any, ...]:
    ahead, lacks = _ahead(now), Slot.places - Slot.filled
    return (
        func.coalesce(func.sum(case((ahead, 1), else_=0)), 0),
        func.coalesce(func.sum(case((ahead & (lacks > 0), 1), else_=0)), 0),
        func.coalesce(func.sum(case((ahead, lacks), else_=0)), 0),
    )


def rotas(
    session: Session, *, now: datetime, state: RotaState | None = None, before: int | None = None
) -> Page[RotaRow]:
    """With the gaps that lie ahead, the nearest gap first, then the newest; one statement."""
    gap = (
        select(func.min(Slot.on))
        .where(Slot.rota_id == Rota.id, _ahead(now), Slot.filled < Slot.places)
        .correlate(Rota)
        .scalar_subquery()
    )
    query = (
        select(
            *(Rota.id, Rota.title, Rota.place, Community.name, Rota.state, Rota.starts_on, Rota.ends_on),
            *_sums(now),
        )
        .join(Community, Community.id == Rota.community_id)
        .outerjoin(Slot, Slot.rota_id == Rota.id)
        .group_by(Rota.id, Community.name)
        .limit(ROWS + 1)
    )
    if state is not None:
        query = query.where(Rota.state == state)
    query = worst_first(query, Rota, *due_first(gap.is_not(None), gap), before=before)
    found = [_rota_row(row) for row in session.execute(query)]
    return Page(tuple(found[:ROWS]), len(found) > ROWS)


def _rota_row(row: Any) -> RotaRow:
    return RotaRow(*(*row[:7], Gaps(*map(int, row[7:]))))


def rota_facts(session: Session, rota_id: int, *, now: datetime) -> RotaFacts | None:
    """One rota with its posts and the gaps ahead; three statements."""
    row = session.execute(
        select(
            *(Rota.id, Rota.version, Rota.title, Rota.place, Rota.place_id, Rota.community_id),
            Community.name.label("community"),
            *(Community.desk_phone, Rota.call, Rota.state, Rota.starts_on, Rota.ends_on, Rota.give_back_hours),
            *(Rota.squad_id, Squad.name.label("squad"), Rota.project_id, Project.title.label("project")),
            *(Project.state.label("project_state"), Project.leader_id, Rota.made_by),
        )
        .join(Community, Community.id == Rota.community_id)
        .outerjoin(Squad, Squad.id == Rota.squad_id)
        .outerjoin(Project, Project.id == Rota.project_id)
        .where(Rota.id == rota_id)
    ).first()
    if row is None:
        return None
    listed = select(RotaPost.id, RotaPost.name, RotaPost.task, RotaPost.skill).where(RotaPost.rota_id == rota_id)
    posts = tuple(Post(*one) for one in session.execute(listed.order_by(RotaPost.position, RotaPost.id)))
    sums = session.execute(select(*_sums(now)).where(Slot.rota_id == rota_id)).one()
    return RotaFacts(
        id=row.id,
        version=row.version,
        title=row.title,
        place=row.place,
        place_id=row.place_id,
        community_id=row.community_id,
        community=row.community,
        desk_phone=row.desk_phone,
        call=row.call,
        state=row.state,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        give_back_hours=row.give_back_hours,
        squad_id=row.squad_id,
        squad=row.squad or "",
        project_id=row.project_id,
        project=row.project or "",
        project_over=row.project_state in ENDED_PROJECT,
        made_by=row.made_by,
        leader_id=row.leader_id,
        posts=posts,
        gaps=Gaps(*map(int, sums)),
    )


def slots_between(session: Session, rota_id: int, first: date, last: date) -> tuple[GridSlot, ...]:
    """The slots of some days, in the order of time."""
    query = (
        select(
            *(Slot.id, Slot.post_id, Slot.on, Slot.starts_at, Slot.ends_at, Slot.places, Slot.filled),
            Slot.called_off_at.is_not(None),
        )
        .where(Slot.rota_id == rota_id, Slot.on.between(first, last))
        .order_by(Slot.starts_at, Slot.post_id)
    )
    return tuple(GridSlot(*row) for row in session.execute(query))


@dataclass(frozen=True, slots=True)
class DayOffSlots:
    """A day that became a day off after its slots were laid: how many, and how many people are in them."""

    on: date
    slots: int
    people: int


def on_days_off(session: Session, rota_id: int, *, now: datetime) -> tuple[DayOffSlots, ...]:
    """Slots ahead whose template leaves such days out, while the calendar says so only now; nothing is moved."""
    query = (
        select(Slot.on, SlotTemplate.days_off, func.count(), func.sum(Slot.filled))
        .join(SlotTemplate, SlotTemplate.id == Slot.template_id)
        .where(Slot.rota_id == rota_id, _ahead(now), SlotTemplate.days_off != DaysOff.ALSO)
        .group_by(Slot.on, SlotTemplate.days_off)
        .order_by(Slot.on)
    )
    overrides = holidays(session)
    return tuple(
        DayOffSlots(day, count, int(people or 0))
        for day, days_off, count, people in session.execute(query)
        if not comes(day, days_off, overrides)
    )
