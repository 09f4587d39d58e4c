"""Partner units: the list with what waits, and one with its contact masked, what it offers and its history."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.errors import NotFound
from db.models import Community, Resource, ResourceRequest, Unit, UnitEvent
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.rules.clock import lately
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.terms import RequestState, UnitHappening, UnitKind

SOON = timedelta(days=60)
"""An agreement that ends within these days is shown as ending soon."""
CLEAR_FOR = timedelta(minutes=2)


class Standing(StrEnum):
    """Where the agreement of a unit stands."""

    NONE = "none"
    HOLDS = "holds"
    SOON = "soon"
    OVER = "over"
    ENDED = "ended"


def standing_of(agreed_on: date | None, agreed_until: date | None, ended_on: date | None, today: date) -> Standing:
    """The first of: the unit ended, the agreement is over, ends soon, holds, there is none."""
    if ended_on is not None and ended_on < today:
        return Standing.ENDED
    if agreed_on is None:
        return Standing.NONE
    if agreed_until is not None and agreed_until < today:
        return Standing.OVER
    if agreed_until is not None and agreed_until <= today + SOON:
        return Standing.SOON
    return Standing.HOLDS


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: int
    name: str
    kind: UnitKind
    home: str
    standing: Standing
    agreed_until: date | None
    resources: int
    promised: int
    """Requests that are promised and not used yet."""


class View(StrEnum):
    """Which units are listed."""

    HERE = "here"
    SOON = "soon"
    ENDED = "ended"


def _there(today: date) -> Any:
    return or_(Unit.ended_on.is_(None), Unit.ended_on >= today)


def _of_view(view: View, today: date) -> Any:
    if view is View.ENDED:
        return Unit.ended_on < today
    if view is View.SOON:
        return and_(_there(today), Unit.agreed_until <= today + SOON)
    return _there(today)


def unit_counts(session: Session, *, today: date) -> dict[View, int]:
    """How many units each view lists."""
    row = session.execute(
        select(*(func.sum(case((_of_view(view, today), 1), else_=0)).label(view.value) for view in View)).select_from(
            Unit
        )
    ).one()
    return {view: int(getattr(row, view.value) or 0) for view in View}


def units(
    session: Session,
    *,
    today: date,
    view: View = View.HERE,
    words: str = "",
    kind: UnitKind | None = None,
    home_id: int | None = None,
    before: int | None = None,
) -> Page[UnitRow]:
    """Units by the day on which their agreement ends, then the latest registered first."""
    offered = (
        select(func.count())
        .select_from(Resource)
        .where(Resource.unit_id == Unit.id, Resource.closed_on.is_(None))
        .scalar_subquery()
    )
    promised = (
        select(func.count())
        .select_from(ResourceRequest)
        .join(Resource, Resource.id == ResourceRequest.resource_id)
        .where(Resource.unit_id == Unit.id, ResourceRequest.state == RequestState.PROMISED)
        .scalar_subquery()
    )
    query: Select[Any] = (
        select(
            *(Unit.id, Unit.name, Unit.kind, Community.name.label("home"), Unit.agreed_on, Unit.agreed_until),
            *(Unit.ended_on, offered.label("resources"), promised.label("promised")),
        )
        .outerjoin(Community, Community.id == Unit.home_id)
        .where(_of_view(view, today))
    )
    if words:
        like = like_pattern(words)
        query = query.where(or_(Unit.name.like(like, escape=LIKE_ESCAPE), Unit.address.like(like, escape=LIKE_ESCAPE)))
    if kind is not None:
        query = query.where(Unit.kind == kind)
    if home_id is not None:
        query = query.where(Unit.home_id == home_id)
    query = worst_first(query, Unit, *due_first(Unit.ended_on.is_(None), Unit.agreed_until), before=before)
    found = session.execute(query.limit(ROWS + 1)).all()
    return Page(tuple(_row(row, today) for row in found[:ROWS]), len(found) > ROWS)


def _row(row: Any, today: date) -> UnitRow:
    standing = standing_of(row.agreed_on, row.agreed_until, row.ended_on, today)
    return UnitRow(
        row.id, row.name, row.kind, row.home or "", standing, row.agreed_until, row.resources, int(row.promised)
    )


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit to choose in a form."""

    id: int
    name: str


def units_to_choose(session: Session, *, today: date) -> tuple[UnitChoice, ...]:
    """Units that are partners today, by name."""
    query = select(Unit.id, Unit.name).where(_there(today)).order_by(Unit.name)
    return tuple(UnitChoice(row.id, row.name) for row in session.execute(query))


# --- one unit -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitEventRow:
    """One line of the history; who of the unit said so is masked."""

    at: datetime
    actor: str
    kind: UnitHappening
    values: dict[str, Any]
    said_by: str
    note: str


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit with its contact masked."""

    id: int
    version: int
    name: str
    kind: UnitKind
    home_id: int | None
    home: str
    address: str
    contact_name: str
    contact_phone: str
    agreed_on: date | None
    agreed_until: date | None
    ended_on: date | None
    ended_reason: str
    standing: Standing

    @property
    def has_contact(self) -> bool:
        return bool(self.contact_name or self.contact_phone)


def unit_card(session: Session, unit_id: int, *, today: date) -> UnitCard:
    """One unit; NotFound outside the subdistrict."""
    row = session.execute(
        select(Unit, Community.name.label("home"))
        .outerjoin(Community, Community.id == Unit.home_id)
        .where(Unit.id == unit_id)
    ).first()
    if row is None:
        raise NotFound(what="unit", id=unit_id)
    unit: Unit = row.Unit
    return UnitCard(
        *(unit.id, unit.version, unit.name, unit.kind, unit.home_id, row.home or "", unit.address),
        masked_name(unit.contact_name or ""),
        masked_phone(unit.contact_phone) if unit.contact_phone else "",
        *(unit.agreed_on, unit.agreed_until, unit.ended_on, unit.ended_reason),
        standing_of(unit.agreed_on, unit.agreed_until, unit.ended_on, today),
    )


_EVENT = (
    *(UnitEvent.id, UnitEvent.at, UnitEvent.actor_name, UnitEvent.kind, UnitEvent.values, UnitEvent.said_by),
    UnitEvent.note,
)


def events_of(
    session: Session, *, unit_id: int | None = None, request_id: int | None = None
) -> tuple[UnitEventRow, ...]:
    """The latest lines of a unit's history, or of one request, the newest first."""
    where = UnitEvent.unit_id == unit_id if request_id is None else UnitEvent.request_id == request_id
    query = select(*_EVENT).where(where).order_by(UnitEvent.id.desc()).limit(ROWS)
    return tuple(
        UnitEventRow(row.at, row.actor_name, row.kind, row.values, masked_name(row.said_by or ""), redact(row.note))
        for row in session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact in clear."""

    name: str
    phone: str


def unit_originals(session: Session, unit_id: int, trace: int, *, now: datetime) -> Contact | None:
    """Name and telephone in clear, for the person who just left this trace; None without a fresh one."""
    left = session.execute(
        select(UnitEvent.at).where(
            *(UnitEvent.id == trace, UnitEvent.unit_id == unit_id, UnitEvent.kind == UnitHappening.UNMASKED),
            UnitEvent.actor_id == session.info["actor"].id,
        )
    ).scalar_one_or_none()
    if left is None or not lately(left, now, CLEAR_FOR):
        return None
    row = session.execute(select(Unit.contact_name, Unit.contact_phone).where(Unit.id == unit_id)).first()
    return Contact(row.contact_name or "", row.contact_phone or "") if row else None


# --- what a unit gave in a year -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One use of a resource in the year."""

    on: date
    until: date
    resource: str
    amount: int
    measure: str
    home_id: int
    home: str
    purpose: str
    words: str
    thanked: bool


def given_in(session: Session, unit_id: int, year: int) -> tuple[GivenRow, ...]:
    """What a unit gave in a year, by the day on which it began; what was promised only is not in it."""
    query = (
        select(
            *(ResourceRequest.on_day, ResourceRequest.until_on, Resource.name, Resource.measure),
            *(ResourceRequest.amount, ResourceRequest.used_amount, Community.id.label("home_id")),
            Community.name.label("home"),
            *(ResourceRequest.purpose, ResourceRequest.used_words, ResourceRequest.state),
        )
        .join(Resource, Resource.id == ResourceRequest.resource_id)
        .join(Community, Community.id == ResourceRequest.home_id)
        .where(
            Resource.unit_id == unit_id,
            ResourceRequest.state.in_((RequestState.USED, RequestState.THANKED)),
            ResourceRequest.on_day.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(ResourceRequest.on_day, ResourceRequest.id)
    )
    return tuple(
        GivenRow(
            *(row.on_day, row.until_on, row.name, row.used_amount or row.amount, row.measure),
            *(row.home_id, row.home),
            redact(row.purpose),
            redact(row.used_words),
            row.state is RequestState.THANKED,
        )
        for row in session.execute(query)
    )


def year_of(now: datetime) -> int:
    """The Chinese year of a moment."""
    return day_of(now).year
