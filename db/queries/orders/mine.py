"""我的接单: what one helper is asked, has promised, has done; nothing of other helpers; the door only after accepting.

Every statement names the helper's own account, whatever the reach of the role is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Community, Household, Order, OrderCase, OrderOffer, Place, Service, Volunteer
from db.rules.clock import lately
from db.rules.masking import masked_name, redact
from db.rules.orders.life import tries_left
from db.scope import UNSCOPED
from db.terms import AssignmentState, FeeKind, OrderCaseKind, OrderState, Satisfaction

PROMISED = (OrderState.ACCEPTED, OrderState.IN_SERVICE)
ENDED = (OrderState.CONFIRMED, OrderState.REVISITED, OrderState.CLOSED)
HISTORY = 20
SHOWN_FOR = timedelta(days=3)
"""How long a helper sees that a turn was called off."""


@dataclass(frozen=True, slots=True)
class Me:
    """The helper's own entry."""

    id: int
    number: str
    minutes: int
    desk_phone: str
    """The telephone to call when something goes wrong."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An order as its helper sees it: the building before accepting, the door and whom to ask for after."""

    offer_id: int
    order_id: int
    number: str
    service: str
    service_en: str
    usual_minutes: int
    state: OrderState
    accepted: bool
    where: str
    asker: str
    wanted_on: date | None
    wanted_time: str
    note: str
    caution: str
    reasons: tuple[str, ...]
    offered_at: datetime
    finish_due_on: date | None
    has_code: bool
    code_left: int
    free: bool
    """No money is taken for it."""
    swap_to: bool
    """A colleague has been asked to go instead and has not answered."""


@dataclass(frozen=True, slots=True)
class Done:
    """A service that the resident confirmed, with the rating once there is one."""

    order_id: int
    number: str
    service: str
    service_en: str
    on: date
    minutes: int
    rating: Satisfaction | None
    rating_words: str
    contested: bool
    reviewed: str
    """What the review of a contested rating came to."""
    may_contest: bool


def me(session: Session, account_id: int) -> Me | None:
    """The volunteer whose account this is."""
    row = session.execute(
        select(Volunteer.id, Volunteer.number, Volunteer.minutes, Community.desk_phone)
        .join(Community, Community.id == Volunteer.community_id)
        .where(Volunteer.account_id == account_id)
    ).first()
    return Me(*row) if row else None


_COLUMNS = (
    *(OrderOffer.id.label("offer_id"), OrderOffer.state.label("answer"), OrderOffer.reasons, OrderOffer.offered_at),
    *(OrderOffer.swap_to_id, Order.id.label("order_id"), Order.number, Order.state, Order.building),
    *(Order.wanted_on, Order.wanted_time, Order.note, Order.caution, Order.finish_due_on, Order.asker_name),
    *(
        Order.code_hash,
        Order.code_tries,
        Service.name,
        Service.name_en,
        Service.minutes,
        Service.fee,
        Place.name.label("place"),
    ),
    *(Household.stairwell, Household.room, Household.door_note),
)


def _asked() -> Any:
    return (
        select(*_COLUMNS)
        .join(Order, Order.id == OrderOffer.order_id)
        .join(Service, Service.id == Order.service_id)
        .join(Place, Place.id == Order.place_id)
        .outerjoin(Household, Household.id == Order.household_id)
    )


def _turn(row: Any, *, accepted: bool) -> Turn:
    building = f"{row.place}{row.building}"
    door = f"{building}{row.stairwell or ''}{row.room or ''}"
    cautions = [part for part in (row.caution, row.door_note or "") if part]
    return Turn(
        offer_id=row.offer_id,
        order_id=row.order_id,
        number=row.number,
        service=row.name,
        service_en=row.name_en,
        usual_minutes=row.minutes,
        state=row.state,
        accepted=accepted,
        where=door if accepted and row.state in PROMISED else building,
        asker=masked_name(row.asker_name or ""),
        wanted_on=row.wanted_on,
        wanted_time=row.wanted_time,
        note=row.note if accepted else redact(row.note),
        caution="；".join(cautions) if accepted else redact(row.caution),
        reasons=tuple(row.reasons),
        offered_at=row.offered_at,
        finish_due_on=row.finish_due_on,
        has_code=row.code_hash is not None,
        code_left=tries_left(row.code_tries),
        free=row.fee is FeeKind.FREE,
        swap_to=row.swap_to_id is not None,
    )


def offers_to(session: Session, account_id: int) -> tuple[Turn, ...]:
    """待接单: what this helper is asked, the most urgent first."""
    query = (
        _asked()
        .where(OrderOffer.account_id == account_id, OrderOffer.state == AssignmentState.OFFERED)
        .order_by(func.coalesce(Order.wanted_on, Order.finish_due_on), OrderOffer.id)
        .limit(20)
    )
    return tuple(_turn(row, accepted=False) for row in session.execute(query))


def promised_by(session: Session, account_id: int) -> tuple[Turn, ...]:
    """已接单、服务中 and 已完成 that the resident has not confirmed, by day."""
    query = (
        _asked()
        .where(
            OrderOffer.account_id == account_id,
            OrderOffer.state == AssignmentState.ACCEPTED,
            Order.state.in_((*PROMISED, OrderState.DONE)),
        )
        .order_by(func.coalesce(Order.wanted_on, Order.finish_due_on), OrderOffer.id)
        .limit(20)
    )
    return tuple(_turn(row, accepted=True) for row in session.execute(query))


@dataclass(frozen=True, slots=True)
class CalledOff:
    """A turn that was promised and then cancelled or given to another helper."""

    order_id: int
    number: str
    service: str
    service_en: str
    wanted_on: date | None
    wanted_time: str
    cancelled: bool
    reason: str


def called_off(session: Session, account_id: int, *, now: datetime) -> tuple[CalledOff, ...]:
    """What was taken back from this helper in the last days, newest first, so that no helper goes in vain."""
    query = (
        select(
            *(Order.id, Order.number, Service.name, Service.name_en, Order.wanted_on, Order.wanted_time, Order.state),
            OrderOffer.reason,
        )
        .join(Order, Order.id == OrderOffer.order_id)
        .join(Service, Service.id == Order.service_id)
        .where(
            OrderOffer.account_id == account_id,
            OrderOffer.state == AssignmentState.WITHDRAWN,
            lately(OrderOffer.answered_at, now, SHOWN_FOR),
        )
        .order_by(OrderOffer.id.desc())
        .limit(5)
    )
    return tuple(
        CalledOff(
            order_id=row.id,
            number=row.number,
            service=row.name,
            service_en=row.name_en,
            wanted_on=row.wanted_on,
            wanted_time=row.wanted_time,
            cancelled=row.state is OrderState.CANCELLED,
            reason=redact(row.reason),
        )
        for row in session.execute(query)
    )


def swaps_to(session: Session, mine: Me, community_id: int | None) -> tuple[Turn, ...]:
    """换班: turns that colleagues ask this helper to take over; of the address only the building."""
    query = (
        _asked()
        .where(
            OrderOffer.swap_to_id == mine.id,
            OrderOffer.community_id == community_id,
            OrderOffer.state == AssignmentState.ACCEPTED,
            Order.state == OrderState.ACCEPTED,
            Order.restricted.is_(False),
        )
        .order_by(OrderOffer.id)
        .limit(20)
    )
    # A colleague's offer is not an own row: whom it asks and where are named in the statement itself.
    return tuple(_turn(row, accepted=False) for row in session.execute(query, execution_options=UNSCOPED))


def done_by(session: Session, account_id: int, *, before: int | None = None) -> tuple[Done, ...]:
    """The helper's own history, newest first."""
    review = and_(OrderCase.order_id == Order.id, OrderCase.kind == OrderCaseKind.REVIEW)
    query = (
        select(
            *(Order.id, Order.number, Service.name, Service.name_en, Order.ended_at, Order.minutes, Order.rating),
            *(Order.rating_words, Order.contested, Order.state, OrderCase.id.label("case"), OrderCase.result),
        )
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .join(Service, Service.id == Order.service_id)
        .outerjoin(OrderCase, review)
        .where(
            OrderOffer.account_id == account_id,
            OrderOffer.state == AssignmentState.ACCEPTED,
            Order.state.in_(ENDED),
            Order.id < before if before is not None else Order.id > 0,
        )
        .order_by(Order.id.desc())
        .limit(HISTORY)
    )
    low = (Satisfaction.FAIR, Satisfaction.DISSATISFIED)
    return tuple(
        Done(
            order_id=row.id,
            number=row.number,
            service=row.name,
            service_en=row.name_en,
            on=day_of(row.ended_at),
            minutes=row.minutes or 0,
            rating=row.rating,
            rating_words=redact(row.rating_words),
            contested=row.contested,
            reviewed=row.result or "",
            may_contest=row.rating in low and row.case is None and row.state is not OrderState.CONFIRMED,
        )
        for row in session.execute(query)
    )
