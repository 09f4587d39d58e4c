"""Resources of the pool, requests for them, and the calendar of what is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import Activity, Category, Community, Need, Order, Project, Resource, ResourceRequest, Unit
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.rules.masking import redact
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.rules.units.capacity import Offer
from db.rules.units.life import HOLDS, OPEN
from db.terms import DayPart, RequestState, ResourceKind


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A resource as every community of the subdistrict sees it."""

    id: int
    version: int
    unit_id: int
    unit: str
    unit_home_id: int | None
    kind: ResourceKind
    name: str
    amount: int
    measure: str
    category_id: int | None
    category: str
    skill: str
    words: str
    place: str
    weekdays: Sequence[str]
    parts: Sequence[str]
    from_on: date | None
    until_on: date | None
    conditions: str
    closed_on: date | None
    unit_ended_on: date | None

    @property
    def offer(self) -> Offer:
        """As the rules of capacity see it."""
        return Offer(
            *(self.kind, self.amount, self.weekdays, self.parts, self.from_on, self.until_on, self.closed_on),
            self.unit_ended_on,
        )


def _resources() -> Any:
    return (
        select(
            *(Resource.id, Resource.version, Resource.unit_id, Unit.name.label("unit"), Resource.kind),
            Unit.home_id.label("unit_home_id"),
            *(Resource.name, Resource.amount, Resource.measure, Resource.category_id, Category.name.label("category")),
            *(Resource.skill, Resource.words, Resource.place, Resource.weekdays, Resource.parts, Resource.from_on),
            *(Resource.until_on, Resource.conditions, Resource.closed_on),
            Unit.ended_on.label("unit_ended_on"),
        )
        .join(Unit, Unit.id == Resource.unit_id)
        .outerjoin(Category, Category.id == Resource.category_id)
    )


def _row(row: Any) -> ResourceRow:
    values: dict[str, Any] = dict(row._mapping)
    return ResourceRow(**values | {"category": row.category or ""})


def _given(today: date) -> Any:
    return and_(
        Resource.closed_on.is_(None),
        or_(Unit.ended_on.is_(None), Unit.ended_on >= today),
        or_(Resource.until_on.is_(None), Resource.until_on >= today),
    )


def resources(
    session: Session,
    *,
    today: date,
    words: str = "",
    kind: ResourceKind | None = None,
    category_id: int | None = None,
    unit_id: int | None = None,
    closed: bool = False,
    before: int | None = None,
    most: int = ROWS,
) -> Page[ResourceRow]:
    """Resources that are given (`closed`: those of a unit that are not, too), the latest offered first."""
    query = _resources()
    if not closed:
        query = query.where(_given(today))
    if words:
        like = like_pattern(words)
        columns = (Resource.name, Resource.words, Resource.skill, Resource.place, Unit.name)
        query = query.where(or_(*(column.like(like, escape=LIKE_ESCAPE) for column in columns)))
    if kind is not None:
        query = query.where(Resource.kind == kind)
    if category_id is not None:
        query = query.where(Resource.category_id == category_id)
    if unit_id is not None:
        query = query.where(Resource.unit_id == unit_id)
    if before is not None:
        query = query.where(Resource.id < before)
    found = session.execute(query.order_by(Resource.id.desc()).limit(most + 1)).all()
    return Page(tuple(_row(row) for row in found[:most]), len(found) > most)


def resource(session: Session, resource_id: int) -> ResourceRow:
    """One resource; NotFound outside the subdistrict."""
    row = session.execute(_resources().where(Resource.id == resource_id)).first()
    if row is None:
        raise NotFound(what="resource", id=resource_id)
    return _row(row)


# --- requests -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request; what it is for is named as far as the reader may see that."""

    id: int
    version: int
    state: RequestState
    resource_id: int
    resource: str
    kind: ResourceKind
    measure: str
    unit_id: int
    unit: str
    unit_home_id: int | None
    home_id: int
    home: str
    amount: int
    on_day: date
    until_on: date
    part: DayPart | None
    purpose: str
    asked_name: str
    used_amount: int | None
    used_words: str
    need_id: int | None
    project_id: int | None
    order_id: int | None
    activity_id: int | None
    about: str

    def acts_for(self, community_id: int | None, *, asker_only: bool = False) -> bool:
        """Whether somebody of this community (None: of the subdistrict) may take the next step."""
        return community_id is None or community_id in (
            (self.home_id,) if asker_only else (self.home_id, self.unit_home_id)
        )


def _requests() -> Any:
    return (
        select(
            *(ResourceRequest.id, ResourceRequest.version, ResourceRequest.state, ResourceRequest.resource_id),
            *(Resource.name.label("resource"), Resource.kind, Resource.measure, Resource.unit_id),
            *(Unit.name.label("unit"), Unit.home_id.label("unit_home_id"), ResourceRequest.home_id),
            *(Community.name.label("home"), ResourceRequest.amount, ResourceRequest.on_day, ResourceRequest.until_on),
            *(ResourceRequest.part, ResourceRequest.purpose, ResourceRequest.asked_name, ResourceRequest.used_amount),
            *(ResourceRequest.used_words, Need.id.label("need_id"), Project.id.label("project_id")),
            *(Order.id.label("order_id"), Activity.id.label("activity_id")),
            func.coalesce(Project.title, Need.title, Activity.title, Order.number, "").label("about"),
        )
        .join(Resource, Resource.id == ResourceRequest.resource_id)
        .join(Unit, Unit.id == Resource.unit_id)
        .join(Community, Community.id == ResourceRequest.home_id)
        .outerjoin(Need, Need.id == ResourceRequest.need_id)
        .outerjoin(Project, Project.id == ResourceRequest.project_id)
        .outerjoin(Activity, Activity.id == ResourceRequest.activity_id)
        .outerjoin(Order, Order.id == ResourceRequest.order_id)
    )


def _request(row: Any) -> RequestRow:
    values: dict[str, Any] = dict(row._mapping)
    said = {name: redact(values[name]) for name in ("purpose", "used_words", "about")}
    return RequestRow(**values | said)


def request(session: Session, request_id: int) -> RequestRow:
    """One request; NotFound outside the subdistrict."""
    row = session.execute(_requests().where(ResourceRequest.id == request_id)).first()
    if row is None:
        raise NotFound(what="resource_request", id=request_id)
    return _request(row)


class RequestView(StrEnum):
    """Which requests are listed."""

    OPEN = "open"
    TO_THANK = "to_thank"
    ALL = "all"


_STATES = {
    RequestView.OPEN: OPEN,
    RequestView.TO_THANK: (RequestState.USED,),
    RequestView.ALL: tuple(RequestState),
}


def to_act_on(today: date) -> Any:
    """Requests that wait for a word or a hand: asked and not answered, promised and the day is over, used and nobody
    has said thank you."""
    over = and_(ResourceRequest.state == RequestState.PROMISED, ResourceRequest.until_on < today)
    return or_(ResourceRequest.state.in_((RequestState.ASKED, RequestState.USED)), over)


def requests(
    session: Session,
    *,
    view: RequestView = RequestView.ALL,
    unit_id: int | None = None,
    resource_id: int | None = None,
    home_id: int | None = None,
    need_id: int | None = None,
    project_id: int | None = None,
    activity_id: int | None = None,
    waiting_on: date | None = None,
    before: int | None = None,
) -> Page[RequestRow]:
    """Requests, open ones by their day, then the latest; with `waiting_on` what somebody must see to on that day."""
    query = _requests().where(ResourceRequest.state.in_(_STATES[view]))
    if waiting_on is not None:
        query = query.where(to_act_on(waiting_on))
    wanted = (
        *((Resource.unit_id, unit_id), (ResourceRequest.resource_id, resource_id), (ResourceRequest.home_id, home_id)),
        *((ResourceRequest.need_id, need_id), (ResourceRequest.project_id, project_id)),
        (ResourceRequest.activity_id, activity_id),
    )
    for column, value in wanted:
        if value is not None:
            query = query.where(column == value)
    by_day = due_first(ResourceRequest.state.in_(OPEN), ResourceRequest.on_day)
    found = session.execute(worst_first(query, ResourceRequest, *by_day, before=before).limit(ROWS + 1)).all()
    return Page(tuple(_request(row) for row in found[:ROWS]), len(found) > ROWS)


# --- the calendar -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Booked:
    """Something that is promised or waits, as the calendar shows it: who has it, never for whom it is."""

    request_id: int
    resource_id: int
    resource: str
    unit: str
    home: str
    first: date
    last: date
    part: DayPart | None
    amount: int
    measure: str
    waits: bool


MOST_BOOKED = 400


def booked(
    session: Session, first: date, last: date, *, resource_ids: Iterable[int] | None = None
) -> tuple[Booked, ...]:
    """What touches these days, by day."""
    query = (
        select(
            *(ResourceRequest.id, ResourceRequest.resource_id, Resource.name, Unit.name.label("unit")),
            *(Community.name.label("home"), ResourceRequest.on_day, ResourceRequest.until_on, ResourceRequest.part),
            *(ResourceRequest.amount, Resource.measure, ResourceRequest.state),
        )
        .join(Resource, Resource.id == ResourceRequest.resource_id)
        .join(Unit, Unit.id == Resource.unit_id)
        .join(Community, Community.id == ResourceRequest.home_id)
        .where(
            ResourceRequest.state.in_((*HOLDS, RequestState.ASKED)),
            ResourceRequest.on_day <= last,
            ResourceRequest.until_on >= first,
        )
        .order_by(ResourceRequest.on_day, ResourceRequest.id)
        .limit(MOST_BOOKED)
    )
    if resource_ids is not None:
        query = query.where(ResourceRequest.resource_id.in_(list(resource_ids)))
    return tuple(
        Booked(
            *(row.id, row.resource_id, row.name, row.unit, row.home, row.on_day, row.until_on, row.part),
            *(row.amount, row.measure),
            waits=row.state is RequestState.ASKED,
        )
        for row in session.execute(query)
    )
