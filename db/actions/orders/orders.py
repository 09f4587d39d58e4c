"""点单与受理: write an order down, take it, give the resident a code, cancel it, look at who asked."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.doors.visits import door_from, household_at, place_in_reach
from db.actions.fields import chosen, day, line, telephone, words
from db.actions.loading import actor_of, chosen_row, load
from db.actions.numbering import next_number
from db.actions.people.consents import living_person
from db.audit import note as note_in_log
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused, WrongStage
from db.models import Household, Need, Order, OrderOffer, Place, Service, blind_index
from db.queries.council.notices import holidays
from db.rules.doors.door import DoorInput
from db.rules.needs.input import NO_CALLER, CallerInput
from db.rules.orders.input import OrderInput
from db.rules.orders.life import CODE_LENGTH, OrderEvent, after, answer_due, finish_due, first_state, tries_left
from db.rules.permissions import Permission
from db.terms import AssignmentState, NeedStage, OrderChannel, OrderState

SERIES = "D"
AHEAD = timedelta(days=365)
LIVE = (AssignmentState.OFFERED, AssignmentState.ACCEPTED)


# --- what every step of an order shares ---------------------------------------------------------------------


def step(session: Session, order: Order, event: OrderEvent, *, now: datetime) -> None:
    """Change the state, or WrongStage when the life of an order has no such step; the only place that does."""
    following = after(event, order.state)
    if following is None:
        raise WrongStage(what="order", stage=order.state, permission=session.info.get("permission"), event=event)
    order.state, order.state_since = following, now


def held(session: Session, order_id: int, version: int | None = None) -> Order:
    """The order, held against everybody else until the transaction ends."""
    return load(session, Order, order_id, version=version, lock=True)


def live_offer(session: Session, order: Order) -> OrderOffer | None:
    """The one offer that is waiting or accepted, as far as the actor can see it."""
    query = select(OrderOffer).where(OrderOffer.order_id == order.id, OrderOffer.state.in_(LIVE)).with_for_update()
    return session.execute(query, execution_options={"populate_existing": True}).scalar_one_or_none()


def end_offer(session: Session, order: Order, to: AssignmentState, reason: str, *, now: datetime) -> None:
    """The live offer of an order, if it has one, ends so."""
    offer = live_offer(session, order)
    if offer is not None:
        offer.state, offer.reason, offer.answered_at, offer.swap_to_id = to, reason, now, None


@dataclass(frozen=True, slots=True)
class Where:
    """Whose door it is."""

    place: Place
    building: str
    household: Household | None

    @property
    def restricted(self) -> bool:
        return self.household is not None and self.household.restricted


def _where(session: Session, door: DoorInput) -> Where:
    if door.household_id is not None:
        try:
            household = load(session, Household, door.household_id)
        except NotFound as missing:
            raise BadInput("household_id", Problem.UNKNOWN_CHOICE) from missing
        return Where(load(session, Place, household.place_id), household.building, household)
    place = place_in_reach(session, door.place_id)
    typed = door_from(door, place)
    return Where(place, typed.building, household_at(session, place, typed) if typed.is_household else None)


def write_order(
    session: Session,
    service: Service,
    where: Where,
    *,
    channel: OrderChannel,
    wanted_on: date | None,
    now: datetime,
    overrides: Mapping[date, bool],
    restricted: bool = False,
    **more: str | int | None,
) -> Order:
    """A new order with its number and its due times; the caller has checked every value."""
    made_on = day_of(now)
    order = Order(
        community_id=where.place.community_id,
        number=next_number(session, where.place.community_id, SERIES, made_on.year),
        service_id=service.id,
        household_id=where.household.id if where.household else None,
        place_id=where.place.id,
        building=where.building,
        channel=channel,
        wanted_on=wanted_on,
        state=first_state(channel),
        state_since=now,
        answer_due_at=answer_due(now, service.answer_hours, overrides),
        finish_due_on=finish_due(made_on, service.finish_days, wanted_on),
        made_by=actor_of(session).id,
        made_at=now,
        restricted=restricted or where.restricted,
        **more,
    )
    session.add(order)
    session.flush()
    return order


# --- actions --------------------------------------------------------------------------------------------------


def _ordered_need(session: Session, need_id: int) -> Need:
    """A need that was routed to personal service and has no order yet; held, so that two presses make one order."""
    need = load(session, Need, need_id, lock=True)
    if need.stage is not NeedStage.ORDERED:
        raise Refused("need_not_for_order", stage=need.stage)
    running = select(Order.number).where(Order.need_id == need.id, Order.state != OrderState.CANCELLED).limit(1)
    number = session.scalar(running)
    if number is not None:
        raise Refused("need_has_order", number=number)
    return need


@action(Permission.TAKE_ORDER)
def place_order(
    session: Session,
    *,
    given: OrderInput,
    door: DoorInput,
    now: datetime,
    caller: CallerInput = NO_CALLER,
) -> dict[str, int | str]:
    """点单: one service for one household. Returns `id` and `number`.

    A known household wins over the typed door; a need brings its household and who asked, a person on file the own
    name, telephone and door. An order of a restricted household is restricted.
    Raises Refused: need_not_for_order, need_has_order, door_restricted, person_erased.
    """
    service = chosen_row(session, Service, "service_id", given.service_id)
    way = chosen("channel", given.channel, [one for one in OrderChannel if one is not OrderChannel.SERIES])
    name = line("asker_name", caller.asker_name, most=30, needed=False) or None
    phone = telephone("asker_phone", caller.asker_phone)
    emergency = telephone("emergency_contact", given.emergency_contact)
    today = day_of(now)
    wish = None if given.wanted_on is None else day("wanted_on", given.wanted_on, least=today, most=today + AHEAD)
    more = {
        "wanted_time": line("wanted_time", given.wanted_time, most=20, needed=False),
        "note": words("note", given.note, most=500, needed=False),
        "caution": line("caution", given.caution, most=100, needed=False),
    }
    need = _ordered_need(session, given.need_id) if given.need_id is not None else None
    if need is not None:
        door = replace(
            door,
            household_id=door.household_id or need.household_id,
            place_id=door.place_id or need.place_id,
            building=door.building or need.building,
        )
        name, phone = name or need.asker_name, phone or need.asker_phone
    if given.person_id is not None:
        person = living_person(session, given.person_id)
        door = replace(door, household_id=person.household_id)
        name, phone = name or person.name, phone or person.phone
    where = _where(session, door)
    if where.household is None and not (name or phone):
        raise BadInput("room", Problem.EMPTY)  # nobody could be found again
    session.flush()
    order = write_order(
        session,
        service,
        where,
        channel=way,
        wanted_on=wish,
        now=now,
        overrides=holidays(session),
        restricted=need is not None and need.restricted,
        asker_name=name,
        asker_phone=phone,
        emergency_contact=emergency,
        need_id=need.id if need else None,
        **more,
    )
    return {"id": order.id, "number": order.number}


@action(Permission.TAKE_ORDER)
def take_order(
    session: Session,
    *,
    order_id: int,
    version: int,
    now: datetime,
    wanted_on: date | None = None,
    wanted_time: str = "",
    caution: str = "",
) -> str:
    """受理: a worker spoke with the resident about what came by poster or series. The state."""
    order = held(session, order_id, version)
    step(session, order, OrderEvent.TAKE, now=now)
    today = day_of(now)
    if wanted_on is not None and wanted_on != order.wanted_on:
        order.wanted_on = day("wanted_on", wanted_on, least=today, most=today + AHEAD)
        order.finish_due_on = order.wanted_on
        _turn_is_free(session, order)
    order.wanted_time = line("wanted_time", wanted_time, most=20, needed=False) or order.wanted_time
    order.caution = line("caution", caution, most=100, needed=False) or order.caution
    return order.state.value


def _turn_is_free(session: Session, order: Order) -> None:
    """A series has one turn a day."""
    if order.series_id is None:
        return
    other = select(Order.id).where(Order.series_id == order.series_id, Order.wanted_on == order.wanted_on)
    with session.no_autoflush:
        if session.scalar(other.where(Order.id != order.id)) is not None:
            raise BadInput("wanted_on", Problem.TAKEN)


def code_hash(order_id: int, code: str) -> str:
    """What is kept of a resident's code: keyed, and of this order only."""
    return blind_index(f"order-code|{order_id}|{code}")


def drawn_code(order_id: int, draw: str) -> str:
    """The six digits that belong to a draw of `give_code`; only our key makes them out of it."""
    return f"{int(blind_index(f'order-code-draw|{order_id}|{draw}'), 16) % 10**CODE_LENGTH:0{CODE_LENGTH}d}"


@action(Permission.TAKE_ORDER)
def give_code(session: Session, *, order_id: int) -> str:
    """Draw the six digits that the worker now tells the resident; a new code replaces the one before.

    Returns the draw, not the code: what an action returns is kept with its request key, and a copied database must
    not hold a code that still counts. `drawn_code` turns it into the digits, so a submit that is sent twice shows the
    same ones. Raises Refused("code_locked") when too many wrong ones were typed, ("code_too_late") at the end.
    """
    order = held(session, order_id)
    if not tries_left(order.code_tries):
        raise Refused("code_locked")
    if order.resident_confirmed_at is not None or order.state is OrderState.CANCELLED:
        raise Refused("code_too_late")
    draw = secrets.token_hex(16)
    order.code_hash = code_hash(order.id, drawn_code(order.id, draw))
    return draw


@action(Permission.TAKE_ORDER)
def cancel_order(session: Session, *, order_id: int, version: int, reason: str, now: datetime) -> int:
    """取消 with its reason; the row and its offers stay."""
    why = line("reason", reason, most=200)
    order = held(session, order_id, version)
    step(session, order, OrderEvent.CANCEL, now=now)
    order.cancel_reason = why
    end_offer(session, order, AssignmentState.WITHDRAWN, why, now=now)
    return order.id


@action(Permission.UNMASK)
def unmask_order(session: Session, *, order_id: int, reason: str) -> int:
    """查看原值: leave a reason and a trace in the log; the look is `db.queries.orders.orders.order_originals`."""
    why = line("reason", reason, most=200)
    order = load(session, Order, order_id)
    looked_at = ("asker_name", "asker_phone", "emergency_contact", "note", "caution")
    note_in_log(session, order, "read", dict.fromkeys(looked_at, (None, None)), reason=why)
    return order.id
