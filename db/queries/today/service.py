"""What doors, orders, complaints and incoming messages ask of somebody today: parts of the start page."""

from dataclasses import replace

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from db.models import (
    Complaint,
    DoorConflict,
    HoursClaim,
    Household,
    Intake,
    Order,
    OrderCase,
    OrderOffer,
    Patch,
    Person,
    Rota,
    Slot,
    Turn,
    TurnSwap,
    Volunteer,
)
from db.queries.complaints.complaints import View, seen_as
from db.queries.orders.orders import TO_CONFIRM, TO_DISPATCH, late_orders
from db.queries.today.moments import DAY, DAY_AND_SOON, NOW, NOW_AND_SOON, WHO
from db.queries.today.parts import NO_MOMENT, Counted, Part, ToDo, part
from db.rules.permissions import Actor
from db.scope import UNSCOPED
from db.terms import (
    HOLDS_A_PLACE,
    AssignmentState,
    HouseholdKind,
    IntakeState,
    OrderState,
    Role,
    RotaState,
    SwapState,
    TurnState,
)


def at_the_desk(role: Role) -> list[Part]:
    """For those who take, dispatch, hand over and revisit: the secretary and the area workers.

    Each thing is counted once, where it presses most: what is late is not told of its next step, too.
    """
    in_dispute = exists().where(OrderCase.order_id == Order.id, OrderCase.closed_at.is_(None))
    settled = (~in_dispute,) if role is Role.SECRETARY else ()
    parts = [
        *_doors(role),
        part(ToDo.ORDERS_LATE, Order.id, late_orders(NOW, DAY)),
        part(ToDo.ORDERS_TO_DISPATCH, Order.id, Order.state.in_(TO_DISPATCH), _no(late_orders(NOW, DAY))),
        part(ToDo.HOURS_TO_CHECK, HoursClaim.id, HoursClaim.settled_at.is_(None), HoursClaim.claimed_by != WHO),
        part(ToDo.ORDERS_TO_CONFIRM, Order.id, Order.state.in_(TO_CONFIRM), *settled),
        part(ToDo.COMPLAINTS_LATE, Complaint.id, seen_as(View.LATE, DAY)),
        part(ToDo.COMPLAINTS_TO_HAND_OVER, Complaint.id, seen_as(View.TO_HAND_OVER, DAY), _no(seen_as(View.LATE, DAY))),
        part(ToDo.COMPLAINTS_TO_REVISIT, Complaint.id, seen_as(View.TO_REVISIT, DAY)),
        part(ToDo.INTAKE, Intake.id, Intake.state == IntakeState.WAITING),
        *_rotas(),
        part(ToDo.CONFLICTS, DoorConflict.id, DoorConflict.settled_at.is_(None)),
    ]
    if role is Role.SECRETARY:
        kept_too_long = (Person.keep_until <= DAY, Person.erased_at.is_(None), Person.merged_into_id.is_(None))
        parts += [
            part(ToDo.ORDER_CASES, OrderCase.id, OrderCase.closed_at.is_(None)),
            part(ToDo.RETENTION, Person.id, *kept_too_long),
        ]
    return parts


def _no(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """Everything else, also where what the condition asks of is not known."""
    return case((wanted, 0), else_=1) == 1


def _rotas() -> list[Part]:
    """Slots of the next days that lack people, turns that changed without their people, and slots to be marked."""
    unmarked = exists().where(Turn.slot_id == Slot.id, Turn.state == TurnState.TAKEN)
    return [
        part(ToDo.SLOTS_SHORT, Slot.id, *_short()),
        part(ToDo.TURNS_TO_TELL, Turn.id, Turn.news.is_not(None), Turn.told_at.is_(None)),
        part(ToDo.SLOTS_TO_MARK, Slot.id, Slot.called_off_at.is_(None), Slot.ends_at <= NOW, unmarked),
    ]


def _short() -> tuple[ColumnElement[bool], ...]:
    """Slots of the next days in open rotas that lack people."""
    opened = exists().where(Rota.id == Slot.rota_id, Rota.state == RotaState.OPEN)
    soon = (Slot.called_off_at.is_(None), Slot.starts_at > NOW, Slot.starts_at < NOW_AND_SOON)
    return (*soon, Slot.filled < Slot.places, opened)


def _held_at_the_time() -> ColumnElement[bool]:
    """The helper holds this slot already, or another one at the same time, so it is no offer to them."""
    held = aliased(Slot)
    return (
        exists()
        .where(Turn.slot_id == held.id, Turn.account_id == WHO, Turn.state.in_(HOLDS_A_PLACE))
        .where(held.starts_at < Slot.ends_at, held.ends_at > Slot.starts_at)
        .correlate(Slot)
    )


def _doors(role: Role) -> list[Part]:
    """Doors due for a visit: of a worker who has a patch, only those in it."""
    due = [Household.due_on <= DAY]
    if role is Role.AREA_WORKER:
        mine = exists().where(Patch.account_id == WHO)
        inside = exists().where(
            Patch.account_id == WHO,
            Patch.place_id == Household.place_id,
            or_(Patch.building == "", Patch.building == Household.building),
        )
        due.append(or_(~mine, inside))
    pressing = and_(Household.kind == HouseholdKind.HIGH_RISK, Household.due_on < DAY)
    waiting = part(ToDo.DOORS_DUE, Household.id, *due, ~pressing)
    if role is not Role.AREA_WORKER:
        waiting = replace(waiting, counter=_doors_by_kind())
    return [waiting, part(ToDo.DOORS_OVERDUE, Household.id, *due, pressing)]


def _doors_by_kind() -> Counted:
    """Doors due, but for those that press: with one kind named the index alone counts them (`due_counts`)."""
    of_kind = [
        select(func.count(Household.id).label("doors"), func.min(Household.id).label("first")).where(
            Household.kind == kind,
            Household.due_on == DAY if kind is HouseholdKind.HIGH_RISK else Household.due_on <= DAY,
        )
        for kind in HouseholdKind
    ]
    kinds = union_all(*of_kind).subquery().c
    number = cast(func.coalesce(func.sum(kinds.doors), 0), BigInteger)
    return select(literal(ToDo.DOORS_DUE.value), number, func.min(kinds.first), NO_MOMENT)


def for_helpers() -> list[Part]:
    """For volunteers and team leaders: what they are asked to take over, and what they took over."""
    own = OrderOffer.account_id == WHO
    of_order = exists().where(
        Order.id == OrderOffer.order_id,
        Order.state.in_((OrderState.ACCEPTED, OrderState.IN_SERVICE)),
        func.coalesce(Order.wanted_on, DAY) <= DAY_AND_SOON,
    )
    # Those of today have a line of their own (`people.turns_today`).
    of_slot = exists().where(Slot.id == Turn.slot_id, Slot.on > DAY, Slot.starts_at < NOW_AND_SOON)
    wanted = exists().where(Turn.id == TurnSwap.wanted_id, Turn.account_id == WHO, Turn.state == TurnState.TAKEN)
    return [
        part(ToDo.OFFERS, OrderOffer.id, own, OrderOffer.state == AssignmentState.OFFERED),
        part(ToDo.MY_TURNS, OrderOffer.id, own, OrderOffer.state == AssignmentState.ACCEPTED, of_order),
        part(ToDo.MY_SLOTS, Turn.id, Turn.account_id == WHO, Turn.state == TurnState.TAKEN, of_slot),
        part(ToDo.SLOT_SWAPS, TurnSwap.id, TurnSwap.state == SwapState.ASKED, wanted),
        part(ToDo.OPEN_SLOTS, Slot.id, *_short(), ~_held_at_the_time()),
    ]


def swaps_asked_of(session: Session, actor: Actor) -> list[int]:
    """换班: turns that a colleague asks this helper to take over."""
    query = (
        select(OrderOffer.id)
        .join(Volunteer, Volunteer.id == OrderOffer.swap_to_id)
        .join(Order, Order.id == OrderOffer.order_id)
        .where(
            Volunteer.account_id == actor.id,
            OrderOffer.community_id == actor.community_id,
            OrderOffer.state == AssignmentState.ACCEPTED,
            Order.state == OrderState.ACCEPTED,
            Order.restricted.is_(False),
        )
        .limit(20)
    )
    # A colleague's offer is no own row: whom it asks and where stand in the statement itself.
    return list(session.execute(query, execution_options=UNSCOPED).scalars())
