"""What volunteers have promised already: turns, orders, activities, market days, outings.

It is read past the scope, because a clash unseen is none; what is restricted or sensitive stays without its name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from db.models import (
    Activity,
    ActivityHelper,
    ActivityParticipant,
    ActivitySession,
    EscortPair,
    MarketHelper,
    MarketStall,
    Order,
    OrderOffer,
    Rota,
    RotaPost,
    Service,
    Slot,
    Turn,
)
from db.rules.orders.life import half_of
from db.rules.rota.conflicts import Busy
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import HOLDS_A_PLACE, ActivityState, AssignmentState, OrderState, SeatState

_PROMISED = (OrderState.ACCEPTED, OrderState.IN_SERVICE)
_HOURS = {"am": (time(8), time(12)), "pm": (time(12), time(18)), "eve": (time(18), time(21))}
"""An order is promised for a half day; this is when somebody is on the way for it."""
_OUTING = (time(8), time(18))
"""An outing whose hours nobody wrote down."""


def busy_of(
    session: Session, volunteer_ids: Collection[int], since: datetime, until: datetime, *, apart: Collection[int] = (),
    besides: int | None = None,
) -> dict[int, list[Busy]]:  # fmt: skip
    """What each of them has from the day before `since` to the day after `until`; `apart`: turns that are given up,
    `besides`: the activity that is asked about itself.

    Four statements.
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
    for person, promised in promised_elsewhere(session, volunteer_ids, first, last, besides=besides).items():
        found[person] += promised
    return found


def promised_elsewhere(
    session: Session, volunteer_ids: Collection[int], first: date, last: date, *, besides: int | None = None
) -> dict[int, list[Busy]]:
    """What is no turn, from the day before `first` to the day after `last`; three statements."""
    found: dict[int, list[Busy]] = defaultdict(list)
    if not volunteer_ids:
        return found
    days = (first - timedelta(days=1), last + timedelta(days=1))
    for part in (_orders, _activities, _stalls):
        for person, one in part(session, volunteer_ids, days, besides):
            found[person].append(one)
    return found


def _orders(
    session: Session, people: Collection[int], days: tuple[date, date], _besides: int | None
) -> Iterator[tuple[int, Busy]]:
    orders = (
        select(OrderOffer.volunteer_id, Order.number, Order.restricted, Order.wanted_on, Order.wanted_time)
        .add_columns(Service.minutes)
        .join(Order, Order.id == OrderOffer.order_id)
        .join(Service, Service.id == Order.service_id)
        .where(OrderOffer.volunteer_id.in_(people), OrderOffer.state == AssignmentState.ACCEPTED)
        .where(Order.state.in_(_PROMISED), Order.wanted_on.between(*days))
    )
    for order in session.execute(orders, execution_options=UNSCOPED):
        half = _HOURS.get(half_of(order.wanted_time))
        if half is not None:
            name = "—" if order.restricted else order.number
            yield order.volunteer_id, Busy(name, *_on(order.wanted_on, half), minutes=order.minutes)


def _activities(
    session: Session, people: Collection[int], days: tuple[date, date], besides: int | None
) -> Iterator[tuple[int, Busy]]:
    """Sessions of who helps, takes part or goes along as an escort; an outing without sessions takes the day.

    Another activity without hours leaves the day to the volunteer, as an order without a time does.
    """
    helping = select(ActivityHelper.volunteer_id, ActivityHelper.activity_id, literal("helper").label("part")).where(
        ActivityHelper.volunteer_id.in_(people), ActivityHelper.left_at.is_(None)
    )
    escorting = select(EscortPair.volunteer_id, EscortPair.activity_id, literal("escort")).where(
        EscortPair.volunteer_id.in_(people), EscortPair.stays_at.is_(None), EscortPair.returned_at.is_(None)
    )
    sitting = select(ActivityParticipant.volunteer_id, ActivityParticipant.activity_id, literal("guest")).where(
        ActivityParticipant.volunteer_id.in_(people), ActivityParticipant.state == SeatState.IN
    )
    theirs = union_all(helping, escorting, sitting).subquery()
    query = (
        select(theirs.c.volunteer_id, theirs.c.part, Activity.id, Activity.title, Activity.sensitive, Activity.on)
        .add_columns(ActivitySession.starts_at, ActivitySession.ends_at)
        .join(Activity, Activity.id == theirs.c.activity_id)
        .outerjoin(ActivitySession, ActivitySession.activity_id == Activity.id)
        .where(Activity.state != ActivityState.CANCELLED, Activity.id != (besides or 0))
        .where(func.coalesce(ActivitySession.on, Activity.on).between(*days))
        .order_by(Activity.on, ActivitySession.starts_at)
    )
    seen = set()
    for row in session.execute(query, execution_options=UNSCOPED):
        hours = (row.starts_at, row.ends_at)
        if row.starts_at is None:
            if row.part != "escort":
                continue
            hours = outing_hours(row.on)
        # Who helps and goes along with two elders is there once.
        if (row.volunteer_id, row.id, hours) in seen:
            continue
        seen.add((row.volunteer_id, row.id, hours))
        yield row.volunteer_id, Busy("—" if row.sensitive else row.title, *hours)


def _stalls(
    session: Session, people: Collection[int], days: tuple[date, date], besides: int | None
) -> Iterator[tuple[int, Busy]]:
    """Hours at a stall, by the minutes of the market's day."""
    query = (
        select(MarketHelper.volunteer_id, MarketHelper.starts, MarketHelper.ends, Activity.title, Activity.on)
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .join(Activity, Activity.id == MarketStall.activity_id)
        .where(MarketHelper.volunteer_id.in_(people), MarketHelper.left_at.is_(None))
        .where(MarketStall.called_off_at.is_(None), Activity.state != ActivityState.CANCELLED)
        .where(Activity.on.between(*days), Activity.id != (besides or 0))
        .order_by(Activity.on, MarketHelper.starts)
    )
    for row in session.execute(query, execution_options=UNSCOPED):
        midnight = datetime.combine(row.on, time(), CHINA)
        yield (
            row.volunteer_id,
            Busy(row.title, midnight + timedelta(minutes=row.starts), midnight + timedelta(minutes=row.ends)),
        )


def outing_hours(day: date) -> tuple[datetime, datetime]:
    """From when to when an outing takes its escorts, where nobody wrote its hours down."""
    return _on(day, _OUTING)


def _on(day: date, half: tuple[time, time]) -> tuple[datetime, datetime]:
    begin, end = half
    return datetime.combine(day, begin, CHINA), datetime.combine(day, end, CHINA)
