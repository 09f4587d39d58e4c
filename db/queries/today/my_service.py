"""我的服务: what one volunteer has promised, by day, and what came of it; for the page and for the calendar feed.

Every statement names the volunteer's own account, whatever the reach of the role is. Nothing of it names anybody else:
of an order the service and the estate, never the household.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Activity,
    ActivityHelper,
    EscortPair,
    HoursClaim,
    MarketHelper,
    MarketStall,
    Opening,
    Order,
    OrderOffer,
    Place,
    Placement,
    Project,
    Rota,
    RotaPost,
    Service,
    ServiceRecord,
    Slot,
    Turn,
    Volunteer,
)
from db.rules.activities.market import clock_of
from db.rules.orders.life import WITH_MINUTES
from db.rules.zone import CHINA
from db.terms import (
    HOLDS_A_PLACE,
    ActivityState,
    AssignmentState,
    OrderState,
    PlacementState,
    TurnState,
)

AHEAD, BACK = timedelta(days=180), timedelta(days=30)
"""How far a calendar looks ahead and back; what was called off stays in it as long, so that phones learn of it."""
MOST = 200
"""Dates of one kind at most."""
PROMISED = (OrderState.ACCEPTED, OrderState.IN_SERVICE, OrderState.DONE)


class DateKind(StrEnum):
    """What a date is about."""

    TURN = "turn"  # 值班
    ORDER = "order"  # 上门服务
    ACTIVITY = "activity"  # 项目活动
    STALL = "stall"  # 集市摊位


@dataclass(frozen=True, slots=True)
class ServiceDate:
    """One date of one volunteer."""

    kind: DateKind
    id: int
    """Of the turn, the offer, the activity or the entry at a stall."""
    link: int
    """Of the rota, the order or the project; 0 for an activity that is no project's, and for a stall."""
    on: date | None
    """Empty for an order without a day."""
    title: str
    title_en: str
    about: str
    """The rota's, the project's or the market day's title."""
    place: str
    stall: int = 0
    """The number of a stall."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    wanted_time: str = ""
    """Of an order: what was asked for as a time."""
    minutes: int = 0
    cancelled: bool = False
    ends: bool = False
    """Over, or served."""
    sequence: int = 0
    """Grows with every change."""
    changed_at: datetime | None = None

    @property
    def order(self) -> tuple[date, datetime, str, int]:
        """By day, then by time; what has no day comes last, what has no hour first."""
        hour = self.starts_at or datetime.combine(self.on or date.max, time(), UTC)
        return self.on or date.max, hour, self.kind, self.id


def own_entry(session: Session, account_id: int) -> int | None:
    """The volunteer whose account this is."""
    return session.scalar(select(Volunteer.id).where(Volunteer.account_id == account_id))


def coming(session: Session, account_id: int, *, now: datetime, most: int = 30) -> tuple[ServiceDate, ...]:
    """What stands before them, by day; four statements."""
    today = day_of(now)
    dates = [
        *(one for one in turns_of(session, account_id, since=now, until=now + AHEAD) if not one.cancelled),
        *orders_of(session, account_id, since=None, until=today + AHEAD),
        *activities_of(session, account_id, since=today, until=today + AHEAD),
        *stalls_of(session, account_id, since=today, until=today + AHEAD),
    ]
    return tuple(sorted((one for one in dates if not one.ends), key=lambda one: one.order)[:most])


def calendar(session: Session, account_id: int, *, now: datetime) -> tuple[ServiceDate, ...]:
    """What a calendar holds: a month back, half a year ahead, with what was called off in the last month."""
    today = day_of(now)
    dates = [
        *turns_of(session, account_id, since=now - BACK, until=now + AHEAD),
        *orders_of(session, account_id, since=today - BACK, until=today + AHEAD),
        *activities_of(session, account_id, since=today - BACK, until=today + AHEAD),
        *stalls_of(session, account_id, since=today - BACK, until=today + AHEAD),
    ]
    return tuple(sorted((one for one in dates if one.on is not None), key=lambda one: one.order))


def turns_of(session: Session, account_id: int, *, since: datetime, until: datetime) -> list[ServiceDate]:
    """Turns whose end lies between; those given up or called off are marked so while they are young."""
    given_up = and_(Turn.state.not_in(HOLDS_A_PLACE), func.coalesce(Turn.ended_at, Turn.taken_at) > since)
    query = (
        select(
            *(Turn.id, Turn.state, Turn.version, Turn.taken_at, Turn.ended_at, Slot.rota_id, Slot.on, Slot.starts_at),
            *(Slot.ends_at, Slot.version.label("slot_version"), Slot.called_off_at, RotaPost.name),
            *(Rota.title, Rota.place, RotaPost.version.label("post_version"), Rota.version.label("rota_version")),
        )
        .join(Slot, Slot.id == Turn.slot_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .join(Rota, Rota.id == Slot.rota_id)
        .join(Volunteer, Volunteer.id == Turn.volunteer_id)
        .where(Volunteer.account_id == account_id, Slot.ends_at > since, Slot.starts_at < until)
        .where(or_(Turn.state.in_(HOLDS_A_PLACE), given_up))
        .order_by(Slot.starts_at, Turn.id)
        .limit(MOST)
    )
    return [
        ServiceDate(
            kind=DateKind.TURN,
            id=row.id,
            link=row.rota_id,
            on=row.on,
            title=row.name,
            title_en="",
            about=row.title,
            place=row.place,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            cancelled=row.state not in HOLDS_A_PLACE or row.called_off_at is not None,
            ends=row.state is not TurnState.TAKEN,
            sequence=row.version + row.slot_version + row.post_version + row.rota_version - 4,
            changed_at=max(at for at in (row.taken_at, row.ended_at, row.called_off_at) if at is not None),
        )
        for row in session.execute(query)
    ]


def orders_of(session: Session, account_id: int, *, since: date | None, until: date) -> list[ServiceDate]:
    """Orders that were promised and wait; with `since` also those that were served since then."""
    # An order that was taken back leaves the calendar: whether it had been accepted before is not kept.
    mine: ColumnElement[bool] = Order.state.in_(PROMISED)
    if since is not None:
        mine = and_(Order.state != OrderState.CANCELLED, Order.wanted_on >= since)
    query = (
        select(
            *(OrderOffer.id, OrderOffer.version, OrderOffer.offered_at),
            *(OrderOffer.answered_at, Order.id.label("order_id"), Order.version.label("order_version")),
            *(Order.wanted_on, Order.wanted_time, Order.state, Order.state_since, Order.restricted),
            *(Service.name, Service.name_en, Service.minutes, Place.name.label("place")),
        )
        .join(Order, Order.id == OrderOffer.order_id)
        .join(Service, Service.id == Order.service_id)
        .join(Place, Place.id == Order.place_id)
        .where(OrderOffer.account_id == account_id, OrderOffer.state == AssignmentState.ACCEPTED, mine)
        .where(or_(Order.wanted_on.is_(None), Order.wanted_on <= until))
        .order_by(Order.wanted_on, OrderOffer.id)
        .limit(MOST)
    )
    return [
        ServiceDate(
            kind=DateKind.ORDER,
            id=row.id,
            link=row.order_id,
            on=row.wanted_on,
            title="" if row.restricted else row.name,
            title_en="" if row.restricted else row.name_en,
            about="",
            place=row.place,
            wanted_time=row.wanted_time,
            minutes=row.minutes,
            ends=row.state not in (OrderState.ACCEPTED, OrderState.IN_SERVICE),
            sequence=row.version + row.order_version - 2,
            changed_at=max(at for at in (row.offered_at, row.answered_at, row.state_since) if at is not None),
        )
        for row in session.execute(query)
    ]


def activities_of(session: Session, account_id: int, *, since: date, until: date) -> list[ServiceDate]:
    """Activities of the projects that they lead or have a place in, and those at which they help or escort."""
    placed = (
        select(Opening.project_id)
        .join(Placement, Placement.opening_id == Opening.id)
        .where(Placement.account_id == account_id, Placement.state == PlacementState.ACCEPTED)
    )
    named = (
        select(ActivityHelper.activity_id).where(
            ActivityHelper.account_id == account_id, ActivityHelper.left_at.is_(None)
        ),
        select(EscortPair.activity_id).where(EscortPair.account_id == account_id, EscortPair.stays_at.is_(None)),
    )
    query = (
        select(
            *(Activity.id, Activity.on, Activity.title, Activity.place, Activity.state, Activity.version),
            *(Activity.reported_at, Project.id.label("project_id"), Project.title.label("project")),
        )
        .outerjoin(Project, Project.id == Activity.project_id)
        .where(or_(Project.id.in_(placed), Project.leader_id == account_id, *(Activity.id.in_(one) for one in named)))
        .where(Activity.on.between(since, until))
        .order_by(Activity.on, Activity.id)
        .limit(MOST)
    )
    return [
        ServiceDate(
            kind=DateKind.ACTIVITY,
            id=row.id,
            link=row.project_id or 0,
            on=row.on,
            title=row.title,
            title_en="",
            about=row.project or "",
            place=row.place,
            ends=row.state is not ActivityState.PLANNED,
            cancelled=row.state is ActivityState.CANCELLED,
            sequence=row.version - 1,
            changed_at=row.reported_at,
        )
        for row in session.execute(query)
    ]


def stalls_of(session: Session, account_id: int, *, since: date, until: date) -> list[ServiceDate]:
    """The stalls of market days at which they are placed, each with its hours."""
    query = (
        select(
            *(MarketHelper.id, MarketHelper.starts, MarketHelper.ends, MarketStall.number, MarketStall.item),
            *(Activity.on, Activity.title, Activity.place, Activity.state, Activity.version, Activity.reported_at),
        )
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .join(Activity, Activity.id == MarketStall.activity_id)
        .where(MarketHelper.account_id == account_id, MarketHelper.left_at.is_(None))
        .where(Activity.on.between(since, until))
        .order_by(Activity.on, MarketHelper.id)
        .limit(MOST)
    )
    return [
        ServiceDate(
            kind=DateKind.STALL,
            id=row.id,
            link=0,
            on=row.on,
            title=row.item,
            title_en="",
            about=row.title,
            place=row.place,
            stall=row.number,
            starts_at=datetime.combine(row.on, clock_of(row.starts), CHINA),
            ends_at=datetime.combine(row.on, clock_of(row.ends), CHINA),
            ends=row.state is not ActivityState.PLANNED,
            cancelled=row.state is ActivityState.CANCELLED,
            sequence=row.version - 1,
            changed_at=row.reported_at,
        )
        for row in session.execute(query)
    ]


# --- what came of it -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ServedSpell:
    """Hours that count: when, for what, how long."""

    on: date
    title: str
    title_en: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Served:
    """What one volunteer did: by month, the newest first, the last spells, and what waits for a second person."""

    months: tuple[tuple[date, int], ...]
    latest: tuple[ServedSpell, ...]
    minutes: int
    """The sum of the registry: everything, also what is older than a year."""
    waiting: int
    waiting_minutes: int


def served_by(session: Session, account_id: int, *, now: datetime, latest: int = 10) -> Served:
    """The last year in four statements: records of activities and slots, confirmed orders, claims, the sum."""
    since = day_of(now) - timedelta(days=365)
    own = dict(session.execute(select(Volunteer.id, Volunteer.minutes).where(Volunteer.account_id == account_id)).all())
    # Asked for by its number an entry leads to its few services; joined, SQLite walks through those of the community.
    spells = sorted((*_records(session, list(own), since), *_orders(session, list(own), since)), key=_newest)
    months: Counter[date] = Counter()
    for one in spells:
        months[one.on.replace(day=1)] += one.minutes
    waits = session.execute(
        select(func.count(), func.coalesce(func.sum(HoursClaim.minutes), 0)).where(
            HoursClaim.volunteer_id.in_(own), HoursClaim.settled_at.is_(None)
        )
    ).one()
    by_month = tuple(sorted(months.items(), reverse=True))
    return Served(by_month, tuple(spells[:latest]), sum(own.values()), int(waits[0]), int(waits[1]))


def _newest(one: ServedSpell) -> tuple[int, str]:
    return -one.on.toordinal(), one.title


def _records(session: Session, own: list[int], since: date) -> list[ServedSpell]:
    query = (
        select(ServiceRecord.on, ServiceRecord.minutes, Activity.title, RotaPost.name, Rota.title.label("rota"))
        .outerjoin(Activity, Activity.id == ServiceRecord.activity_id)
        .outerjoin(Slot, Slot.id == ServiceRecord.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .where(ServiceRecord.volunteer_id.in_(own), ServiceRecord.on >= since, ServiceRecord.minutes > 0)
    )
    return [
        ServedSpell(row.on, row.title or " · ".join(part for part in (row.rota, row.name) if part), "", row.minutes)
        for row in session.execute(query)
    ]


def _orders(session: Session, own: list[int], since: date) -> list[ServedSpell]:
    begins = datetime.combine(since, time(), CHINA)
    query: Any = (
        select(Order.ended_at, Order.minutes, Service.name, Service.name_en)
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .join(Service, Service.id == Order.service_id)
        .where(OrderOffer.volunteer_id.in_(own), OrderOffer.state == AssignmentState.ACCEPTED)
        .where(Order.state.in_(WITH_MINUTES), Order.ended_at >= begins, Order.minutes > 0)
    )
    return [
        ServedSpell(day_of(row.ended_at), row.name, row.name_en, row.minutes) for row in session.execute(query)
    ]  # fmt: skip
