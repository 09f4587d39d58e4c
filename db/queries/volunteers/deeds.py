"""What a squad did: activities, slots and orders that its members served while they were in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Activity, Order, OrderOffer, Rota, RotaPost, ServiceRecord, Slot, SquadMember
from db.rules.orders.life import WITH_MINUTES
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import AssignmentState


@dataclass(frozen=True, slots=True)
class Deed:
    """One activity or slot: how many of the squad served there, and how long together."""

    on: date
    what: str
    people: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month in figures: activities and slots, orders, person-times and minutes of the squad's members."""

    first: date
    sessions: int
    orders: int
    turns: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Deeds:
    """The last activities and slots, and the months with service, the latest first."""

    last: tuple[Deed, ...]
    months: tuple[Month, ...]


def deeds_of(session: Session, squad_id: int, *, since: date, most: int = 12) -> Deeds:
    """Since a day, in two statements. Sums alone leave here, so they count what the reader may not open, too."""
    served, orders = _served(session, squad_id, since), _orders(session, squad_id, since)
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for deed in served:
        month = sums[deed.on.replace(day=1)]
        month[0] += 1
        month[2] += deed.people
        month[3] += deed.minutes
    for on, minutes in orders:
        month = sums[on.replace(day=1)]
        month[1] += 1
        month[2] += 1
        month[3] += minutes
    months = tuple(Month(first, *of) for first, of in sorted(sums.items(), reverse=True))
    return Deeds(tuple(served[:most]), months)


def _served(session: Session, squad_id: int, since: date) -> Sequence[Deed]:
    inside = select(SquadMember.id).where(
        SquadMember.squad_id == squad_id,
        SquadMember.volunteer_id == ServiceRecord.volunteer_id,
        SquadMember.joined_on <= ServiceRecord.on,
        or_(SquadMember.left_on.is_(None), SquadMember.left_on >= ServiceRecord.on),
    )
    what = func.coalesce(Activity.title, Rota.title + " " + RotaPost.name)
    query = (
        select(ServiceRecord.on, what, func.count(), func.sum(ServiceRecord.minutes))
        .outerjoin(Activity, Activity.id == ServiceRecord.activity_id)
        .outerjoin(Slot, Slot.id == ServiceRecord.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .where(ServiceRecord.on >= since, ServiceRecord.minutes > 0, inside.correlate(ServiceRecord).exists())
        .group_by(ServiceRecord.on, ServiceRecord.activity_id, ServiceRecord.slot_id, what)
        .order_by(ServiceRecord.on.desc(), func.max(ServiceRecord.id).desc())
        .limit(2000)
    )
    return [Deed(on, title, people, int(minutes)) for on, title, people, minutes in _all(session, query)]


def _orders(session: Session, squad_id: int, since: date) -> list[tuple[date, int]]:
    """Day and minutes of each order; its day is Chinese, so not for SQL."""
    query = (
        select(Order.id, Order.ended_at, func.coalesce(Order.minutes, 0), SquadMember.joined_on, SquadMember.left_on)
        .join(OrderOffer, and_(OrderOffer.order_id == Order.id, OrderOffer.state == AssignmentState.ACCEPTED))
        .join(SquadMember, SquadMember.volunteer_id == OrderOffer.volunteer_id)
        .where(SquadMember.squad_id == squad_id, Order.state.in_(WITH_MINUTES))
        .where(Order.ended_at >= datetime.combine(since, time(), CHINA))
        .limit(5000)
    )
    found: dict[int, tuple[date, int]] = {}
    for order_id, ended, minutes, joined, left in _all(session, query):
        on = day_of(ended)
        if joined <= on and (left is None or on <= left):
            found[order_id] = on, minutes
    return list(found.values())


def _all(session: Session, query: Any) -> Any:
    return session.execute(query, execution_options=UNSCOPED)
