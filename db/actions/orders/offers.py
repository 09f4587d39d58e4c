"""派单与接单: offer an order to a helper, accept, decline, reassign, swap."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.actions.fields import line, row_id
from db.actions.loading import actor_of, load
from db.actions.orders.orders import LIVE, end_offer, held, live_offer, step
from db.actions.volunteers.volunteers import askable_volunteer
from db.audit import note as note_in_log
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Order, OrderOffer, Volunteer
from db.queries.volunteers.openings import who_can_be_asked
from db.rules.orders.dispatch import Reason
from db.rules.orders.life import IN_HAND, OrderEvent
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import AssignmentState, Role

HELPERS = (Role.VOLUNTEER, Role.TEAM_LEADER)
"""Roles that act for themselves only; staff may answer for a helper who has no account or only a telephone."""
LEFT = "账号停用或换岗"
"""Why an order goes back to dispatch when its helper leaves."""
ADDRESS = {"place_id": (None, None), "building": (None, None), "household_id": (None, None)}


def own_offer(session: Session, offer_id: int) -> OrderOffer:
    """The offer, when it is the actor's own or the actor is staff; for everybody else there is none.

    Held, and its order before it, as everybody holds them.
    """
    session.execute(select(Order.id).where(Order.id == load(session, OrderOffer, offer_id).order_id).with_for_update())
    offer = load(session, OrderOffer, offer_id, lock=True)
    actor = actor_of(session)
    if actor.role in HELPERS and offer.account_id != actor.id:
        raise NotFound(what="order_offer", id=offer_id)
    return offer


def open_for(session: Session, order: Order, volunteer: Volunteer, reasons: Sequence[str], *, now: datetime) -> int:
    """Write a waiting offer; a second live one is refused by the table itself."""
    offer = OrderOffer(
        community_id=order.community_id,
        account_id=volunteer.account_id,
        order_id=order.id,
        volunteer_id=volunteer.id,
        reasons=list(reasons),
        offered_by=actor_of(session).id,
        offered_at=now,
    )
    try:
        with session.begin_nested():
            session.add(offer)
    except IntegrityError as taken:
        raise Refused("order_has_helper") from taken
    return offer.id


@action(Permission.DISPATCH_ORDER)
def offer_order(
    session: Session,
    *,
    order_id: int,
    volunteer_id: int | None,
    now: datetime,
    reasons: Sequence[str] = (),
    version: int | None = None,
) -> int:
    """派单: ask one helper, with the reasons for asking this one. The offer's id."""
    known = {reason.value for reason in Reason}
    kept = [reason for reason in reasons if reason in known]
    try:
        volunteer = load(session, Volunteer, row_id("volunteer_id", volunteer_id))
    except NotFound as missing:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE) from missing
    order = held(session, order_id, version)
    if volunteer.community_id != order.community_id:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE)
    volunteer = askable_volunteer(session, volunteer.id, order.wanted_on or day_of(now), lock=True)
    step(session, order, OrderEvent.OFFER, now=now)
    return open_for(session, order, volunteer, kept or [Reason.CHOSEN.value], now=now)


@action(Permission.ANSWER_OFFER)
def accept_offer(session: Session, *, offer_id: int, now: datetime) -> int:
    """接单: from now on the helper may see the address; that, too, is written into the log. The order's id."""
    offer = own_offer(session, offer_id)
    order = _answering(session, offer)
    step(session, order, OrderEvent.ACCEPT, now=now)
    offer.state, offer.answered_at = AssignmentState.ACCEPTED, now
    note_in_log(session, order, "read", ADDRESS, reason=Permission.ANSWER_OFFER.value)
    return order.id


@action(Permission.ANSWER_OFFER)
def decline_offer(session: Session, *, offer_id: int, reason: str, now: datetime) -> int:
    """拒单 with a reason: the order is back at dispatch, and this helper is not suggested for it again."""
    why = line("reason", reason, most=200)
    offer = own_offer(session, offer_id)
    order = _answering(session, offer)
    step(session, order, OrderEvent.DECLINE, now=now)
    offer.state, offer.answered_at, offer.reason = AssignmentState.DECLINED, now, why
    return order.id


def _answering(session: Session, offer: OrderOffer) -> Order:
    order = held(session, offer.order_id)
    session.refresh(offer)
    if offer.state is not AssignmentState.OFFERED:
        raise Refused("offer_answered", state=offer.state)
    return order


@action(Permission.DISPATCH_ORDER)
def withdraw_offer(session: Session, *, order_id: int, reason: str, now: datetime, version: int | None = None) -> int:
    """改派: take it from whoever has it; the order is back at dispatch. Its id."""
    why = line("reason", reason, most=200)
    order = held(session, order_id, version)
    give_back(session, [order], why, now=now)
    return order.id


@action(Permission.ANSWER_OFFER)
def ask_swap(session: Session, *, offer_id: int, reason: str, now: datetime, to_number: str = "") -> str:
    """换班: ask a colleague by their number to go instead, or, without a number, give it back to dispatch.

    Until the colleague accepts, the turn stays with whoever has it. The state of the order.
    Raises Refused: offer_answered, swap_too_late, no_such_colleague.
    """
    why, number = line("reason", reason, most=200), line("to_number", to_number, most=60, needed=False).upper()
    offer = own_offer(session, offer_id)
    order = held(session, offer.order_id)
    session.refresh(offer)
    if offer.state is not AssignmentState.ACCEPTED:
        raise Refused("offer_answered", state=offer.state)
    if not number:
        step(session, order, OrderEvent.STEP_BACK, now=now)
        offer.state, offer.reason, offer.answered_at, offer.swap_to_id = AssignmentState.SWAPPED, why, now, None
        return order.state.value
    if order.started_at is not None:
        raise Refused("swap_too_late")
    # A volunteer reaches only their own row of the registry: the colleague is looked up by number, nothing is shown.
    able = who_can_be_asked(order.wanted_on or day_of(now))
    query = select(Volunteer.id).where(Volunteer.community_id == offer.community_id, Volunteer.number == number, *able)
    colleague = session.execute(query, execution_options=UNSCOPED).scalar_one_or_none()
    if colleague is None or colleague == offer.volunteer_id:
        raise Refused("no_such_colleague", number=number)
    offer.swap_to_id, offer.reason = colleague, why
    return order.state.value


def _asked_of_me(session: Session, offer_id: int) -> tuple[OrderOffer, Volunteer]:
    """An offer that somebody wants to hand over to the actor (or, for staff, to anybody), and to whom."""
    actor = actor_of(session)
    found = select(OrderOffer).where(
        OrderOffer.id == offer_id,
        OrderOffer.community_id == actor.community_id,
        OrderOffer.state == AssignmentState.ACCEPTED,
        OrderOffer.swap_to_id.is_not(None),
    )
    if actor.role in HELPERS:
        mine = select(Volunteer.id).where(Volunteer.account_id == actor.id).scalar_subquery()
        found = found.where(OrderOffer.swap_to_id == mine)
    offer = session.execute(found, execution_options=UNSCOPED).scalar_one_or_none()
    if offer is None or offer.swap_to_id is None:
        raise NotFound(what="order_offer", id=offer_id)
    return offer, load(session, Volunteer, offer.swap_to_id)


def _hand_over(session: Session, offer: OrderOffer, **values: object) -> bool:
    """Change somebody else's offer, only while it still asks the same colleague; written into the log."""
    guard = (OrderOffer.id == offer.id, OrderOffer.version == offer.version, OrderOffer.swap_to_id == offer.swap_to_id)
    changed = session.execute(
        update(OrderOffer).where(*guard).values(version=offer.version + 1, **values),
        execution_options=UNSCOPED | {"audited": True, "synchronize_session": False},
    )
    note_in_log(session, offer, "update", {name: (getattr(offer, name), value) for name, value in values.items()})
    session.expunge(offer)
    return int(getattr(changed, "rowcount", 0)) == 1


@action(Permission.ANSWER_OFFER)
def accept_swap(session: Session, *, offer_id: int, now: datetime) -> int:
    """The colleague goes instead: the old offer ends as swapped, a new one is theirs at once. The order's id."""
    offer, colleague = _asked_of_me(session, offer_id)
    order = held(session, offer.order_id)
    colleague = askable_volunteer(session, colleague.id, order.wanted_on or day_of(now), lock=True)
    why = offer.reason
    step(session, order, OrderEvent.SWAP, now=now)
    if not _hand_over(session, offer, state=AssignmentState.SWAPPED, answered_at=now, swap_to_id=None):
        raise Refused("swap_over")
    new = open_for(session, order, colleague, [Reason.SWAP.value], now=now)
    taken = load(session, OrderOffer, new)
    taken.state, taken.answered_at, taken.reason = AssignmentState.ACCEPTED, now, why
    note_in_log(session, order, "read", ADDRESS, reason=Permission.ANSWER_OFFER.value)
    return order.id


@action(Permission.ANSWER_OFFER)
def refuse_swap(session: Session, *, offer_id: int) -> int:
    """The colleague cannot: the turn stays with whoever has it. The offer's id."""
    offer, _colleague = _asked_of_me(session, offer_id)
    if not _hand_over(session, offer, swap_to_id=None):
        raise Refused("swap_over")
    return offer_id


def serving(session: Session, order: Order) -> OrderOffer:
    """The accepted offer of an order, when the actor is its helper or staff; NotFound for everybody else."""
    offer, actor = live_offer(session, order), actor_of(session)
    if offer is None or offer.state is not AssignmentState.ACCEPTED:
        raise NotFound(what="order_offer", id=order.id)
    if actor.role in HELPERS and offer.account_id != actor.id:
        raise NotFound(what="order_offer", id=order.id)
    return offer


def orders_in_hand(session: Session, *whose: ColumnElement[bool]) -> list[Order]:
    """Orders that somebody was asked for or is on, restricted ones too, held; `whose` says which offers are meant.

    An order that only waits for the resident's word is not among them: it stays with whoever served.
    """
    offers = select(OrderOffer.order_id).where(OrderOffer.state.in_(LIVE), *whose)
    query = select(Order).where(Order.id.in_(offers), Order.state.in_(IN_HAND)).order_by(Order.id)
    return list(session.scalars(query.with_for_update(), execution_options=UNSCOPED | {"populate_existing": True}))


def give_back(session: Session, orders: Sequence[Order], why: str, *, now: datetime) -> int:
    """These orders are back at dispatch; how many."""
    for order in orders:
        step(session, order, OrderEvent.WITHDRAW, now=now)
        order.started_at = None
        end_offer(session, order, AssignmentState.WITHDRAWN, why, now=now)
    return len(orders)


def ask_no_more(session: Session, volunteer_id: int) -> None:
    """Nobody waits any more for this colleague to go instead: the turn stays with whoever has it."""
    asked = select(OrderOffer).where(OrderOffer.swap_to_id == volunteer_id, OrderOffer.state.in_(LIVE))
    for offer in session.scalars(asked.with_for_update(), execution_options=UNSCOPED):
        offer.swap_to_id = None


def give_back_orders(session: Session, account_id: int, *, now: datetime) -> int:
    """What the holder of an account was asked or is on is back at dispatch, and no colleague waits for them."""
    orders = orders_in_hand(session, OrderOffer.account_id == account_id)
    own = session.scalar(select(Volunteer.id).where(Volunteer.account_id == account_id))
    if own is not None:
        ask_no_more(session, own)
    return give_back(session, orders, LEFT, now=now)
