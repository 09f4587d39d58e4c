"""One volunteer as the staff sees it: services, orders, what waits for them, and what happened to the entry."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.engine import utc_now
from db.models import (
    Account,
    Activity,
    ActivityHelper,
    EscortPair,
    EscortTrip,
    MarketDay,
    MarketHelper,
    MarketStall,
    Order,
    OrderOffer,
    OrderSeries,
    Pairing,
    Placement,
    Poster,
    Project,
    Rota,
    RotaPost,
    Service,
    ServiceRecord,
    Slot,
    Squad,
    SquadMember,
    Turn,
    Volunteer,
    VolunteerEvent,
)
from db.queries.paging import ROWS
from db.queries.volunteers.openings import ACTIVE, LIVE
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.orders.life import WITH_MINUTES
from db.rules.volunteers.asking import age_band, may_be_minor
from db.rules.volunteers.certificate import stars
from db.rules.zone import CHINA
from db.terms import (
    ActivityState,
    AssignmentState,
    Interest,
    OrderState,
    TurnState,
    VolunteerChange,
    VolunteerKind,
)

_LIVE = (AssignmentState.OFFERED, AssignmentState.ACCEPTED)
_IN_HAND = (OrderState.OFFERED, OrderState.ACCEPTED, OrderState.IN_SERVICE)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service at an activity or in a slot; `first_minutes` and `correction` tell of a corrected one."""

    id: int
    on: date
    activity: str
    minutes: int
    first_minutes: int | None
    note: str
    correction: str


@dataclass(frozen=True, slots=True)
class ServedOrder:
    """An order that the resident confirmed: its minutes are in the same sum."""

    id: int
    on: date
    number: str
    service: str
    service_en: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """What waits for somebody: it is set free when they end, as `db.actions.orders.leaving` does it. `led` are squads
    that they lead or are the deputy of, `leads` projects of their account."""

    places: int
    orders: int
    series: int
    pairings: int
    codes: int
    squads: int
    turns: int
    activities: int
    stalls: int
    escorts: int
    led: int
    leads: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of an entry's history; names and telephones are masked."""

    at: datetime
    kind: VolunteerChange
    before: str
    after: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class VolunteerCard:
    """One volunteer as the staff sees it: name and telephone masked."""

    id: int
    version: int
    number: str
    name: str
    phone: str
    kind: VolunteerKind
    skills: tuple[str, ...]
    free_times: str
    since: date
    minutes: int
    account: str
    """Working name of the own account, empty without one."""
    services: tuple[ServiceRow, ...]
    orders: tuple[ServedOrder, ...]
    squads: dict[int, str]
    ended_on: date | None
    ended_reason: str
    holds: Holdings
    history: tuple[EventRow, ...]
    free_slots: tuple[str, ...]
    band: tuple[int, int | None] | None
    minor: bool
    """Whether they can be under eighteen."""
    interests: tuple[Interest, ...]
    contact_name: str
    contact_phone: str
    platform_number: str
    fit: bool | None
    guardian: str
    guardian_agreed_on: date | None
    promised_on: date | None
    paused_from: date | None
    paused_until: date | None
    paused_reason: str
    stars: int


def volunteer_card(session: Session, volunteer_id: int, today: date | None = None) -> VolunteerCard | None:
    """One volunteer with the last services, or None outside the scope; the age is that of `today`."""
    on = today or day_of(utc_now())
    row = session.execute(
        select(Volunteer, func.coalesce(Account.name, ""))
        .outerjoin(Account, Account.id == Volunteer.account_id)
        .where(Volunteer.id == volunteer_id)
    ).first()
    if row is None:
        return None
    volunteer, account = row
    query = (
        select(
            ServiceRecord.id,
            ServiceRecord.on,
            func.coalesce(Activity.title, Rota.title + " " + RotaPost.name),
            ServiceRecord.minutes,
            ServiceRecord.first_minutes,
            ServiceRecord.note,
            ServiceRecord.correction,
        )
        .outerjoin(Activity, Activity.id == ServiceRecord.activity_id)
        .outerjoin(Slot, Slot.id == ServiceRecord.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .where(ServiceRecord.volunteer_id == volunteer_id)
        .order_by(ServiceRecord.on.desc(), ServiceRecord.id.desc())
        .limit(ROWS)
    )
    return VolunteerCard(
        id=volunteer.id,
        version=volunteer.version,
        number=volunteer.number,
        name=masked_name(volunteer.name),
        phone=masked_phone(volunteer.phone) if volunteer.phone else "",
        kind=volunteer.kind,
        skills=tuple(volunteer.skills),
        free_times=volunteer.free_times,
        since=volunteer.since,
        minutes=volunteer.minutes,
        account=account,
        services=tuple(ServiceRow(*found) for found in session.execute(query)),
        orders=_served_orders(session, volunteer_id),
        squads=_own_squads(session, volunteer_id),
        ended_on=volunteer.ended_on,
        ended_reason=redact(volunteer.ended_reason),
        holds=_holdings(session, volunteer, on),
        history=_history(session, volunteer_id),
        free_slots=tuple(volunteer.free_slots),
        band=age_band(volunteer.birth_year, on),
        minor=may_be_minor(volunteer.birth_year, on),
        interests=tuple(Interest(value) for value in volunteer.interests),
        contact_name=masked_name(volunteer.contact_name) if volunteer.contact_name else "",
        contact_phone=masked_phone(volunteer.contact_phone) if volunteer.contact_phone else "",
        platform_number=f"****{volunteer.platform_number[-4:]}" if volunteer.platform_number else "",
        fit=volunteer.fit,
        guardian=masked_name(volunteer.guardian) if volunteer.guardian else "",
        guardian_agreed_on=volunteer.guardian_agreed_on,
        promised_on=volunteer.promised_on,
        paused_from=volunteer.paused_from,
        paused_until=volunteer.paused_until,
        paused_reason=redact(volunteer.paused_reason),
        stars=stars(volunteer.minutes),
    )


def leads_to(session: Session, volunteer_id: int) -> int | None:
    """The entry that this one was merged into, if it was."""
    return session.scalar(select(Volunteer.merged_into_id).where(Volunteer.id == volunteer_id))


def _own_squads(session: Session, volunteer_id: int) -> dict[int, str]:
    query = (
        select(Squad.id, Squad.name)
        .join(SquadMember, SquadMember.squad_id == Squad.id)
        .where(SquadMember.volunteer_id == volunteer_id, SquadMember.left_on.is_(None))
        .order_by(Squad.name)
    )
    return {row.id: row.name for row in session.execute(query)}


def _holdings(session: Session, volunteer: Volunteer, today: date) -> Holdings:
    """Counted in one statement."""
    now = utc_now()
    ahead = now if day_of(now) == today else datetime.combine(today, time(), CHINA)

    def count(model: Any, *where: Any) -> Any:
        return select(func.count()).select_from(model).where(*where).scalar_subquery()

    offers = select(OrderOffer.order_id).where(OrderOffer.volunteer_id == volunteer.id, OrderOffer.state.in_(_LIVE))
    slots = select(Slot.id).where(Slot.starts_at > ahead)
    planned = select(Activity.id).where(Activity.state == ActivityState.PLANNED)
    closed = select(MarketDay.activity_id).where(MarketDay.closed_at.is_not(None))
    stalls = select(MarketStall.id).where(
        MarketStall.activity_id.in_(planned.where(Activity.on >= today)), MarketStall.activity_id.not_in(closed)
    )
    over = select(EscortTrip.activity_id).where(EscortTrip.closed_at.is_not(None))
    row = session.execute(
        select(
            count(Placement, Placement.volunteer_id == volunteer.id, Placement.state.in_(ACTIVE)),
            count(Order, Order.id.in_(offers), Order.state.in_(_IN_HAND)),
            count(OrderSeries, OrderSeries.volunteer_id == volunteer.id, OrderSeries.next_on.is_not(None)),
            count(Pairing, Pairing.volunteer_id == volunteer.id, Pairing.ended_on.is_(None)),
            count(Poster, Poster.volunteer_id == volunteer.id, Poster.revoked_at.is_(None)),
            count(SquadMember, SquadMember.volunteer_id == volunteer.id, SquadMember.left_on.is_(None)),
            count(Turn, Turn.volunteer_id == volunteer.id, Turn.state == TurnState.TAKEN, Turn.slot_id.in_(slots)),
            count(
                ActivityHelper, ActivityHelper.volunteer_id == volunteer.id, ActivityHelper.left_at.is_(None),
                ActivityHelper.activity_id.in_(planned),
            ),
            count(
                MarketHelper, MarketHelper.volunteer_id == volunteer.id, MarketHelper.left_at.is_(None),
                MarketHelper.stall_id.in_(stalls),
            ),
            count(
                EscortPair, EscortPair.volunteer_id == volunteer.id, EscortPair.stays_at.is_(None),
                EscortPair.returned_at.is_(None), EscortPair.activity_id.in_(planned),
                EscortPair.activity_id.not_in(over),
            ),
            count(
                Squad, or_(Squad.leader_id == volunteer.id, Squad.deputy_id == volunteer.id),
                Squad.dissolved_on.is_(None),
            ),
            count(Project, Project.leader_id == (volunteer.account_id or 0), Project.state.in_(LIVE)),
        )
    ).one()  # fmt: skip
    return Holdings(*tuple(row))


def _history(session: Session, volunteer_id: int) -> tuple[EventRow, ...]:
    """The last lines, newest first, also of entries that lead to this one."""
    entries = select(Volunteer.id).where(or_(Volunteer.id == volunteer_id, Volunteer.merged_into_id == volunteer_id))
    query = (
        select(
            *(VolunteerEvent.at, VolunteerEvent.kind, VolunteerEvent.before, VolunteerEvent.after),
            *(VolunteerEvent.reason, Account.name),
        )
        .join(Account, Account.id == VolunteerEvent.by)
        .where(VolunteerEvent.volunteer_id.in_(entries))
        .order_by(VolunteerEvent.id.desc())
        .limit(ROWS)
    )
    return tuple(
        EventRow(at, kind, _masked(kind, before), _masked(kind, after), redact(reason), by)
        for at, kind, before, after, reason, by in session.execute(query)
    )


def _masked(kind: VolunteerChange, value: str | None) -> str:
    if not value:
        return ""
    if kind is VolunteerChange.RENAMED:
        return masked_name(value)
    return masked_phone(value) if kind is VolunteerChange.PHONE_CHANGED else value


def _served_orders(session: Session, volunteer_id: int) -> tuple[ServedOrder, ...]:
    query = (
        select(
            *(Order.id, Order.ended_at, Order.number, Service.name, Service.name_en), func.coalesce(Order.minutes, 0)
        )
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .join(Service, Service.id == Order.service_id)
        .where(
            OrderOffer.volunteer_id == volunteer_id,
            OrderOffer.state == AssignmentState.ACCEPTED,
            Order.state.in_(WITH_MINUTES),
            Order.ended_at.is_not(None),
        )
        .order_by(Order.ended_at.desc(), Order.id.desc())
        .limit(ROWS)
    )
    return tuple(
        ServedOrder(order_id, day_of(ended), number, service, english, minutes)
        for order_id, ended, number, service, english, minutes in session.execute(query)
        if ended is not None
    )
