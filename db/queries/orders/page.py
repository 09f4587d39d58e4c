"""One order whole: facts with the caller masked, every offer, every case, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from db.counters import day_of
from db.models import (
    Account,
    AuditEntry,
    Community,
    HoursClaim,
    Household,
    MovedPeriod,
    Need,
    Order,
    OrderCase,
    OrderOffer,
    Place,
    Service,
    Volunteer,
)
from db.queries.doors.households import masked_door
from db.queries.moved_periods import Moved, moved_periods
from db.queries.orders.orders import of_orders
from db.queries.units.partners import partners_of
from db.rules.clock import lately
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.orders.life import Overdue, overdue, tries_left
from db.terms import (
    AssignmentState,
    ConfirmedBy,
    FeeKind,
    OrderCaseKind,
    OrderChannel,
    OrderState,
    Satisfaction,
    VolunteerKind,
)

CLEAR_FOR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One helper who was asked, and what became of it; name and telephone masked."""

    id: int
    volunteer_id: int
    number: str
    name: str
    phone: str
    kind: VolunteerKind
    state: AssignmentState
    reasons: tuple[str, ...]
    offered_at: datetime
    answered_at: datetime | None
    reason: str
    swap_to: str
    by: str
    has_account: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A follow-up or a review."""

    id: int
    version: int
    kind: OrderCaseKind
    words: str
    due_on: date
    opened_at: datetime
    result: str
    rating_after: Satisfaction | None
    closed_at: datetime | None
    order_id: int = 0


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order with all that its page shows."""

    id: int
    version: int
    number: str
    community: str
    desk_phone: str
    service: str
    service_en: str
    units: tuple[str, ...]
    """共建单位 that serve this entry of the catalogue."""
    skill: str
    fee_kind: FeeKind
    usual_minutes: int
    channel: OrderChannel
    door: str
    household_id: int | None
    asker: str
    phone: str
    emergency: str
    wanted_on: date | None
    wanted_time: str
    note: str
    caution: str
    state: OrderState
    state_since: datetime
    answer_due_at: datetime | None
    finish_due_on: date | None
    late: Overdue
    made_by: str
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    minutes: int | None
    waiting_minutes: int
    """Minutes that a second person has to check before they count."""
    done_words: str
    fee_fen: int
    has_code: bool
    code_left: int
    helper_confirmed_at: datetime | None
    resident_confirmed_at: datetime | None
    resident_confirmed_by: ConfirmedBy | None
    rating: Satisfaction | None
    rating_words: str
    rated_at: datetime | None
    contested: bool
    cancel_reason: str
    need_id: int | None
    need_number: str
    series_id: int | None
    offers: tuple[OfferLine, ...] = ()
    cases: tuple[CaseLine, ...] = ()
    moved: tuple[Moved, ...] = ()

    @property
    def live(self) -> OfferLine | None:
        """The helper who is asked or has accepted."""
        wanted = (AssignmentState.OFFERED, AssignmentState.ACCEPTED)
        return next((offer for offer in self.offers if offer.state in wanted), None)

    @property
    def open_cases(self) -> tuple[CaseLine, ...]:
        return tuple(case for case in self.cases if case.closed_at is None)


def order_facts(session: Session, order_id: int, *, now: datetime) -> OrderFacts | None:
    """The whole order in four statements, or None outside the scope."""
    waiting = (
        select(func.coalesce(func.sum(HoursClaim.minutes), 0))
        .where(HoursClaim.order_id == Order.id, HoursClaim.settled_at.is_(None))
        .correlate(Order)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            Order,
            *(Community.name.label("community"), Community.desk_phone),
            *(Service.name.label("service"), Service.name_en, Service.skill, Service.fee, Service.minutes),
            *(Place.name.label("place"), Household.alias, Household.door_note),
            *(Account.name.label("maker"), Need.number.label("need"), waiting.label("waiting_minutes")),
        )
        .join(Community, Community.id == Order.community_id)
        .join(Service, Service.id == Order.service_id)
        .join(Place, Place.id == Order.place_id)
        .join(Account, Account.id == Order.made_by)
        .outerjoin(Household, Household.id == Order.household_id)
        .outerjoin(Need, Need.id == Order.need_id)
        .where(Order.id == order_id)
    ).first()
    if row is None:
        return None
    order: Order = row[0]
    # A number that was typed is masked here; the helper who goes reads the words in full (`orders/mine.py`).
    cautions = [redact(part) for part in (order.caution, row.door_note or "") if part]
    return OrderFacts(
        id=order.id,
        version=order.version,
        number=order.number,
        community=row.community,
        desk_phone=row.desk_phone,
        service=row.service,
        service_en=row.name_en,
        units=tuple(
            name
            for _unit, name in partners_of(session, [order.service_id], today=day_of(now)).get(order.service_id, ())
        ),
        skill=row.skill,
        fee_kind=row.fee,
        usual_minutes=row.minutes,
        channel=order.channel,
        door=masked_door(row.place, order.building, known=True, alias=row.alias or ""),
        household_id=order.household_id,
        asker=masked_name(order.asker_name or ""),
        phone=masked_phone(order.asker_phone) if order.asker_phone else "",
        emergency=masked_phone(order.emergency_contact) if order.emergency_contact else "",
        wanted_on=order.wanted_on,
        wanted_time=order.wanted_time,
        note=redact(order.note),
        caution="；".join(cautions),
        state=order.state,
        state_since=order.state_since,
        answer_due_at=order.answer_due_at,
        finish_due_on=order.finish_due_on,
        late=overdue(order.state, order.answer_due_at, order.finish_due_on, now),
        made_by=row.maker,
        made_at=order.made_at,
        started_at=order.started_at,
        ended_at=order.ended_at,
        minutes=order.minutes,
        waiting_minutes=int(row.waiting_minutes),
        done_words=redact(order.done_words),
        fee_fen=order.fee_fen,
        has_code=order.code_hash is not None,
        code_left=tries_left(order.code_tries),
        helper_confirmed_at=order.helper_confirmed_at,
        resident_confirmed_at=order.resident_confirmed_at,
        resident_confirmed_by=order.resident_confirmed_by,
        rating=order.rating,
        rating_words=redact(order.rating_words),
        rated_at=order.rated_at,
        contested=order.contested,
        cancel_reason=redact(order.cancel_reason),
        need_id=order.need_id,
        need_number=row.need or "",
        series_id=order.series_id,
        offers=_offers(session, order_id),
        cases=cases(session, order_id=order_id),
        moved=moved_periods(
            session,
            or_(
                MovedPeriod.order_id == order_id,
                MovedPeriod.case_id.in_(select(OrderCase.id).where(OrderCase.order_id == order_id)),
            ),
        ),
    )


def _offers(session: Session, order_id: int) -> tuple[OfferLine, ...]:
    other = aliased(Volunteer)
    query = (
        select(
            *(OrderOffer.id, OrderOffer.volunteer_id, Volunteer.number, Volunteer.name, Volunteer.phone),
            *(Volunteer.kind, OrderOffer.state, OrderOffer.reasons, OrderOffer.offered_at, OrderOffer.answered_at),
            *(OrderOffer.reason, other.number.label("swap_to"), Account.name.label("by"), Volunteer.account_id),
        )
        .join(Volunteer, Volunteer.id == OrderOffer.volunteer_id)
        .join(Account, Account.id == OrderOffer.offered_by)
        .outerjoin(other, other.id == OrderOffer.swap_to_id)
        .where(OrderOffer.order_id == order_id)
        .order_by(OrderOffer.id)
        .limit(60)
    )
    return tuple(
        OfferLine(
            id=row.id,
            volunteer_id=row.volunteer_id,
            number=row.number,
            name=masked_name(row.name),
            phone=masked_phone(row.phone) if row.phone else "",
            kind=row.kind,
            state=row.state,
            reasons=tuple(row.reasons),
            offered_at=row.offered_at,
            answered_at=row.answered_at,
            reason=row.reason,
            swap_to=row.swap_to or "",
            by=row.by,
            has_account=row.account_id is not None,
        )
        for row in session.execute(query)
    )


def cases(
    session: Session, *, order_id: int | None = None, service_id: int | None = None, made_by: int | None = None
) -> tuple[CaseLine, ...]:
    """The cases of one order, or every open one by its due day, of a service and of whoever took the order."""
    query = select(
        *(OrderCase.id, OrderCase.version, OrderCase.kind, OrderCase.words, OrderCase.due_on, OrderCase.opened_at),
        *(OrderCase.result, OrderCase.rating_after, OrderCase.closed_at, OrderCase.order_id),
    )
    if order_id is None:
        query = query.where(OrderCase.closed_at.is_(None)).order_by(OrderCase.due_on, OrderCase.id)
        if within := of_orders(service_id, made_by):
            query = query.join(Order, Order.id == OrderCase.order_id).where(*within)
    else:
        query = query.where(OrderCase.order_id == order_id).order_by(OrderCase.id)
    return tuple(CaseLine(**row._mapping) for row in session.execute(query.limit(50)))


@dataclass(frozen=True, slots=True)
class Originals:
    """The caller in clear."""

    name: str
    phone: str
    emergency: str
    door: str
    note: str
    """The wish and the cautions as they were written, for the worker who calls a helper without an account."""


def order_originals(session: Session, order_id: int, *, now: datetime) -> Originals | None:
    """The caller in clear for an actor who left a trace of it in the log within two minutes; None for all others."""
    trace = select(AuditEntry.id).where(
        AuditEntry.table_name == Order.__tablename__,
        AuditEntry.row_id == order_id,
        AuditEntry.operation == "read",
        AuditEntry.actor_id == session.info["actor"].id,
        lately(AuditEntry.at, now, CLEAR_FOR),
    )
    if session.execute(trace.limit(1)).first() is None:
        return None
    row = session.execute(
        select(
            *(Order.asker_name, Order.asker_phone, Order.emergency_contact, Place.name.label("place")),
            *(Household.building, Household.stairwell, Household.room, Household.door_note, Order.note, Order.caution),
        )
        .join(Place, Place.id == Order.place_id)
        .outerjoin(Household, Household.id == Order.household_id)
        .where(Order.id == order_id)
    ).first()
    if row is None:
        return None
    door = f"{row.place}{row.building}{row.stairwell}{row.room}" if row.room else ""
    note = "；".join(part for part in (row.note, row.caution, row.door_note or "") if part)
    return Originals(row.asker_name or "", row.asker_phone or "", row.emergency_contact or "", door, note)
