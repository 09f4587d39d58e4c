"""订单: the desk's list and counts, the late ones, and what one household ordered before. Callers are masked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.counters import day_of
from db.models import Household, Need, Order, OrderCase, OrderOffer, Place, Service, Volunteer, blind_index
from db.queries.doors.households import at_doors, masked_door
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.rules.doors.door import tidy_door
from db.rules.masking import masked_name
from db.rules.orders.life import FINAL, UNANSWERED, UNFINISHED, Overdue, overdue
from db.terms import AssignmentState, FeeKind, NeedStage, OrderState, ServiceGroup

LIVE = (AssignmentState.OFFERED, AssignmentState.ACCEPTED)
TO_DISPATCH = (OrderState.WAITING, OrderState.TAKEN)
TO_CONFIRM = (OrderState.DONE, OrderState.CONFIRMED, OrderState.REVISITED)
UNDER_WAY = (OrderState.OFFERED, OrderState.ACCEPTED, OrderState.IN_SERVICE)
URGED_MOST = 20


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """One service of the catalogue."""

    id: int
    version: int
    name: str
    name_en: str
    group: ServiceGroup
    skill: str
    fee: FeeKind
    answer_hours: int
    finish_days: int
    minutes: int
    active: bool


def catalogue(session: Session, *, active_only: bool = True) -> tuple[ServiceEntry, ...]:
    """The services in the order of the catalogue."""
    query = select(
        *(Service.id, Service.version, Service.name, Service.name_en, Service.group, Service.skill, Service.fee),
        *(Service.answer_hours, Service.finish_days, Service.minutes, Service.active),
    ).order_by(Service.position, Service.id)
    if active_only:
        query = query.where(Service.active)
    return tuple(ServiceEntry(*row) for row in session.execute(query.limit(200)))


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list; the door is masked, the helper is a number and a surname."""

    id: int
    number: str
    service: str
    service_en: str
    door: str
    state: OrderState
    wanted_on: date | None
    wanted_time: str
    helper: str
    answer_due_at: datetime | None
    finish_due_on: date | None
    late: Overdue
    made_at: datetime


def late_orders(now: Any, day: Any) -> ColumnElement[bool]:
    """Condition: nobody has taken it in time, or it is not done in time."""
    return or_(
        and_(Order.state.in_(UNANSWERED), Order.answer_due_at < now),
        and_(Order.state.in_(UNFINISHED), Order.finish_due_on < day),
    )


VIEWS = ("open", "dispatch", "way", "confirm", "late", "cases", "done")
"""What the desk asks for: everything open, to be dispatched, under way, to be confirmed or rated, late, with an open
case, ended."""


def _view(view: str, now: datetime) -> ColumnElement[bool] | None:
    if view == "late":
        return late_orders(now, day_of(now))
    if view == "cases":
        return exists().where(OrderCase.order_id == Order.id, OrderCase.closed_at.is_(None))
    states = {
        "dispatch": TO_DISPATCH,
        "way": UNDER_WAY,
        "confirm": TO_CONFIRM,
        "done": tuple(FINAL),
        "open": tuple(state for state in OrderState if state not in FINAL),
    }
    return Order.state.in_(states[view]) if view in states else None


def of_orders(service_id: int | None, made_by: int | None) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the orders of one service, and those that one person took."""
    of_service = () if service_id is None else (Order.service_id == service_id,)
    return of_service if made_by is None else (*of_service, Order.made_by == made_by)


def _listed() -> Select[*tuple[Any, ...]]:
    offer, helper = aliased(OrderOffer), aliased(Volunteer)
    return (
        select(
            *(Order.id, Order.number, Service.name.label("service"), Service.name_en.label("service_en")),
            *(Place.name.label("place"), Order.building, Order.household_id, Household.alias, Order.asker_name),
            *(Order.state, Order.wanted_on, Order.wanted_time, Order.answer_due_at, Order.finish_due_on),
            *(Order.made_at, helper.number.label("helper"), helper.name.label("helper_name")),
        )
        .join(Service, Service.id == Order.service_id)
        .join(Place, Place.id == Order.place_id)
        .outerjoin(Household, Household.id == Order.household_id)
        .outerjoin(offer, and_(offer.order_id == Order.id, offer.state.in_(LIVE)))
        .outerjoin(helper, helper.id == offer.volunteer_id)
    )


def _rows(session: Session, now: datetime, query: Select[*tuple[Any, ...]]) -> list[OrderRow]:
    return [
        OrderRow(
            id=row.id,
            number=row.number,
            service=row.service,
            service_en=row.service_en,
            door=masked_door(row.place, row.building, known=True, alias=row.alias or ""),
            state=row.state,
            wanted_on=row.wanted_on,
            wanted_time=row.wanted_time,
            helper=f"{row.helper} {masked_name(row.helper_name)}" if row.helper else "",
            answer_due_at=row.answer_due_at,
            finish_due_on=row.finish_due_on,
            late=overdue(row.state, row.answer_due_at, row.finish_due_on, now),
            made_at=row.made_at,
        )
        for row in session.execute(query)
    ]


def orders(
    session: Session,
    *,
    now: datetime,
    view: str = "open",
    service_id: int | None = None,
    made_by: int | None = None,
    before: int | None = None,
) -> Page[OrderRow]:
    """A page of orders in one statement: late ones, then open ones by their day, then the newest."""
    wanted = _view(view, now)
    where = (*(() if wanted is None else (wanted,)), *of_orders(service_id, made_by))
    late = case((late_orders(now, day_of(now)), 0), else_=1)
    by_day = () if view == "done" else (late, *due_first(Order.state.not_in(FINAL), Order.finish_due_on))
    query = worst_first(_listed().where(*where), Order, *by_day, before=before)
    found = _rows(session, now, query.limit(ROWS + 1))
    return Page(tuple(found[:ROWS]), len(found) > ROWS)


def to_urge(
    session: Session, *, now: datetime, service_id: int | None = None, made_by: int | None = None
) -> tuple[OrderRow, ...]:
    """催办: what is late, the longest first, at most twenty."""
    where = (late_orders(now, day_of(now)), *of_orders(service_id, made_by))
    query = _listed().where(*where).order_by(Order.finish_due_on).limit(URGED_MOST)
    return tuple(_rows(session, now, query))


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """What waits at the desk, over the orders that have not ended."""

    dispatch: int
    way: int
    confirm: int
    late_answer: int
    late_finish: int
    cases: int

    @property
    def late(self) -> int:
        return self.late_answer + self.late_finish


def order_counts(
    session: Session, *, now: datetime, service_id: int | None = None, made_by: int | None = None
) -> OrderCounts:
    """The counts of what the list shows, in one statement; an order late in both ways counts as late to be done."""
    within = of_orders(service_id, made_by)
    of = func.count().filter
    unfinished = and_(Order.state.in_(UNFINISHED), Order.finish_due_on < day_of(now))
    unanswered = and_(Order.state.in_(UNANSWERED), Order.answer_due_at < now)
    cases = (
        select(func.count())
        .select_from(OrderCase)
        .join(Order, Order.id == OrderCase.order_id)
        .where(OrderCase.closed_at.is_(None), *within)
        .correlate(None)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            of(Order.state.in_(TO_DISPATCH)),
            of(Order.state.in_(UNDER_WAY)),
            of(Order.state.in_(TO_CONFIRM)),
            of(and_(unanswered, func.coalesce(Order.finish_due_on >= day_of(now), True))),
            of(unfinished),
            cases,
        )
        .select_from(Order)
        .where(Order.state.not_in(FINAL), *within)
    ).one()
    return OrderCounts(*(int(count or 0) for count in row))


@dataclass(frozen=True, slots=True)
class Before:
    """A service that a household ordered before, to be offered again."""

    order_id: int
    service_id: int
    service: str
    service_en: str
    on: date
    state: OrderState


def ordered_before(session: Session, household_id: int) -> tuple[Before, ...]:
    """The last three services of a household, each once, newest first."""
    query = (
        select(Order.id, Order.service_id, Service.name, Service.name_en, Order.made_at, Order.state)
        .join(Service, Service.id == Order.service_id)
        .where(Order.household_id == household_id, Service.active)
        .order_by(Order.id.desc())
        .limit(12)
    )
    found: dict[int, Before] = {}
    for row in session.execute(query):
        found.setdefault(
            row.service_id, Before(row.id, row.service_id, row.name, row.name_en, day_of(row.made_at), row.state)
        )
    return tuple(found.values())[:3]


def household_known(session: Session, place_id: int, building: str, stairwell: str, room: str) -> int | None:
    """The id of a household on file by its door, or None; for the worker who takes an order."""
    index = blind_index(tidy_door(building, stairwell, room).key(place_id))
    return session.scalar(select(Household.id).where(Household.id.in_(at_doors(session, [index]))))


@dataclass(frozen=True, slots=True)
class NeedToOrder:
    """A need that was routed to personal service."""

    id: int
    number: str
    title: str


def need_to_order(session: Session, need_id: int) -> NeedToOrder | None:
    """The need behind a press on its page, while it waits for its order."""
    row = session.execute(
        select(Need.id, Need.number, Need.title).where(Need.id == need_id, Need.stage == NeedStage.ORDERED)
    ).first()
    return NeedToOrder(*row) if row else None
