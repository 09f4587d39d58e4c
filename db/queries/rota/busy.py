"""What volunteers have promised already: turns and orders, read past the scope, because a clash unseen is none."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Order, OrderOffer, Rota, RotaPost, Service, Slot, Turn
from db.rules.orders.life import half_of
from db.rules.rota.conflicts import Busy
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import HOLDS_A_PLACE, AssignmentState, OrderState

_PROMISED = (OrderState.ACCEPTED, OrderState.IN_SERVICE)
_HOURS = {"am": (time(8), time(12)), "pm": (time(12), time(18)), "eve": (time(18), time(21))}
"""An order is promised for a half day; this is when somebody is on the way for it."""


def busy_of(
    session: Session, volunteer_ids: Collection[int], since: datetime, until: datetime, *, apart: Collection[int] = ()
) -> dict[int, list[Busy]]:
    """What each of them has from the day before `since` to the day after `until`; `apart`: turns that are given up.

    Two statements. A restricted order stays without its number.
    """
    found: dict[int, list[Busy]] = defaultdict(list)
    if not volunteer_ids:
        return found
    turns = (
        select(Turn.volunteer_id, Slot.id, Slot.starts_at, Slot.ends_at, RotaPost.name, Rota.title)
        .join(Slot, Slot.id == Turn.slot_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .join(Rota, Rota.id == Slot.rota_id)
        .where(Turn.volunteer_id.in_(volunteer_ids), Turn.state.in_(HOLDS_A_PLACE), Turn.id.not_in(list(apart)))
        .where(Slot.ends_at > since - timedelta(days=1), Slot.starts_at < until + timedelta(days=1))
        .order_by(Slot.starts_at)
    )
    for row in session.execute(turns, execution_options=UNSCOPED):
        found[row.volunteer_id].append(Busy(f"{row.title} {row.name}", row.starts_at, row.ends_at, row.id))
    first, last = (moment.astimezone(CHINA).date() for moment in (since, until))
    orders = (
        select(OrderOffer.volunteer_id, Order.number, Order.restricted, Order.wanted_on, Order.wanted_time)
        .add_columns(Service.minutes)
        .join(Order, Order.id == OrderOffer.order_id)
        .join(Service, Service.id == Order.service_id)
        .where(OrderOffer.volunteer_id.in_(volunteer_ids), OrderOffer.state == AssignmentState.ACCEPTED)
        .where(Order.state.in_(_PROMISED), Order.wanted_on.between(first - timedelta(days=1), last))
    )
    for order in session.execute(orders, execution_options=UNSCOPED):
        half = _HOURS.get(half_of(order.wanted_time))
        if half is not None:
            name = "—" if order.restricted else order.number
            found[order.volunteer_id].append(Busy(name, *_on(order.wanted_on, half), minutes=order.minutes))
    return found


def _on(day: date, half: tuple[time, time]) -> tuple[datetime, datetime]:
    begin, end = half
    return datetime.combine(day, begin, CHINA), datetime.combine(day, end, CHINA)
