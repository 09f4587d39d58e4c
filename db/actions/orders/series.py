"""定期服务: begin a series, leave out a turn, stop it, and turn its next turns into orders."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.doors.visits import door_from, household_at, place_in_reach
from db.actions.fields import chosen, day, line
from db.actions.loading import actor_of, chosen_row, load
from db.actions.orders.offers import open_for
from db.actions.orders.orders import Where, step, write_order
from db.actions.volunteers.volunteers import can_be_asked, serving_volunteer
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Household, Order, OrderSeries, Place, Service, Volunteer
from db.queries.council.notices import holidays
from db.rules.doors.door import DoorInput
from db.rules.orders.dispatch import Reason
from db.rules.orders.input import SeriesInput
from db.rules.orders.life import OrderEvent
from db.rules.orders.recurrence import AHEAD_DAYS, first_from, next_turn
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import OrderChannel, Rhythm

MOST_AT_ONCE = 40
"""Turns that one visit of a page turns into orders; the rest follows with the next."""
LONGEST = timedelta(days=3 * 366)


@action(Permission.TAKE_ORDER)
def start_series(
    session: Session,
    *,
    given: SeriesInput,
    door: DoorInput,
    now: datetime,
) -> int:
    """A service that comes again and again to one household; the usual helper is asked first each time. The id."""
    service = chosen_row(session, Service, "service_id", given.service_id)
    today = day_of(now)
    begins = day("starts_on", given.starts_on, least=today, most=today + timedelta(days=365))
    ends = None if given.until is None else day("until", given.until, least=begins, most=begins + LONGEST)
    household = _household(session, door)
    series = OrderSeries(
        community_id=household.community_id,
        restricted=household.restricted,
        service_id=service.id,
        household_id=household.id,
        volunteer_id=None if given.volunteer_id is None else _helper(session, given.volunteer_id).id,
        rhythm=chosen("rhythm", given.rhythm, list(Rhythm)),
        starts_on=begins,
        until=ends,
        wanted_time=line("wanted_time", given.wanted_time, most=20, needed=False),
        note=line("note", given.note, most=200, needed=False),
        next_on=begins,
        made_by=actor_of(session).id,
        made_at=now,
    )
    session.add(series)
    session.flush()
    return series.id


def _household(session: Session, door: DoorInput) -> Household:
    if door.household_id is not None:
        return load(session, Household, door.household_id)
    place = place_in_reach(session, door.place_id)
    typed = door_from(door, place)
    if not typed.is_household:
        raise BadInput("room", Problem.EMPTY)
    household = household_at(session, place, typed)
    session.flush()
    return household


def _helper(session: Session, volunteer_id: int) -> Volunteer:
    try:
        return serving_volunteer(session, volunteer_id)
    except NotFound as missing:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE) from missing


def _running(session: Session, series_id: int) -> OrderSeries:
    series = load(session, OrderSeries, series_id, lock=True)
    if series.stopped_at is not None or series.next_on is None:
        raise Refused("series_over")
    return series


@action(Permission.TAKE_ORDER)
def stop_series(session: Session, *, series_id: int, now: datetime) -> int:
    """No more turns; what is an order already stays one. The id."""
    series = _running(session, series_id)
    series.stopped_at, series.next_on = now, None
    return series.id


@action(Permission.TAKE_ORDER)
def skip_turn(session: Session, *, series_id: int, on: date | None) -> str | None:
    """Leave out the next turn; `on` is the one that was seen, so that two presses leave out one. The one after it."""
    series = _running(session, series_id)
    if series.next_on != on:
        raise Refused("turn_gone")
    series.next_on = next_turn(series.starts_on, series.rhythm, day("on", on), series.until)
    return series.next_on.isoformat() if series.next_on else None


@action(Permission.TAKE_ORDER)
def change_helper(session: Session, *, series_id: int, volunteer_id: int | None) -> int:
    """Who usually comes, from the next turn on; nobody when the choice is empty. The id."""
    series = _running(session, series_id)
    series.volunteer_id = None if volunteer_id is None else _helper(session, volunteer_id).id
    return series.id


def leave_series(session: Session, account_id: int) -> int:
    """Somebody comes no more: the series go on without a usual helper. How many."""
    own = select(Volunteer.id).where(Volunteer.account_id == account_id).scalar_subquery()
    held = select(OrderSeries).where(OrderSeries.volunteer_id == own, OrderSeries.stopped_at.is_(None))
    rows = session.scalars(held.with_for_update(), execution_options=UNSCOPED).all()
    for series in rows:
        series.volunteer_id = None
    return len(rows)


@action(Permission.TAKE_ORDER)
def make_turns(session: Session, *, now: datetime) -> int:
    """Turn what is due within a week into orders and ask the usual helpers; how many.

    Doing it twice does nothing: each series is held, moves on with its order, and the table knows one turn a day.
    Days that nobody looked at are not made up for: an order of last week helps nobody.
    """
    today = day_of(now)
    due = (
        select(OrderSeries)
        .where(
            OrderSeries.next_on <= today + timedelta(days=AHEAD_DAYS),
            OrderSeries.stopped_at.is_(None),
            OrderSeries.community_id == actor_of(session).community_id,
        )
        .order_by(OrderSeries.next_on, OrderSeries.id)
        .limit(MOST_AT_ONCE)
        .with_for_update()
    )
    made, overrides = 0, holidays(session)
    for series in session.scalars(due).all():
        on = series.next_on if series.next_on and series.next_on >= today else _first_from(series, today)
        if on is not None and on <= today + timedelta(days=AHEAD_DAYS):
            made += _turn(session, series, on, overrides, now=now)
            on = next_turn(series.starts_on, series.rhythm, on, series.until)
        series.next_on = on
    session.flush()
    return made


def _first_from(series: OrderSeries, today: date) -> date | None:
    return first_from(series.starts_on, series.rhythm, today, series.until)


def _turn(session: Session, series: OrderSeries, on: date, overrides: Any, *, now: datetime) -> int:
    """One order of a series, offered to the usual helper at once; none when the day has its order already."""
    there = select(Order.id).where(Order.series_id == series.id, Order.wanted_on == on)
    if session.scalar(there) is not None:
        return 0
    household = load(session, Household, series.household_id)
    order = write_order(
        session,
        load(session, Service, series.service_id),
        Where(load(session, Place, household.place_id), household.building, household),
        channel=OrderChannel.SERIES,
        wanted_on=on,
        now=now,
        overrides=overrides,
        wanted_time=series.wanted_time,
        note=series.note,
        series_id=series.id,
    )
    usual = load(session, Volunteer, series.volunteer_id, lock=True) if series.volunteer_id is not None else None
    if usual is not None and can_be_asked(session, usual, on):
        step(session, order, OrderEvent.TAKE, now=now)
        step(session, order, OrderEvent.OFFER, now=now)
        open_for(session, order, usual, [Reason.USUAL.value], now=now)
    return 1
