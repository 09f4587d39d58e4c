"""退出、暂停与回来: a volunteer ends or pauses with a reason, and what waits for them is set free in the same step.

It stands with the orders, which go back to dispatch by it; the registry itself knows nothing of them.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.crew import leave_crews
from db.actions.activities.market_staff import leave_stalls
from db.actions.activities.outing import drop_pairs
from db.actions.loading import load
from db.actions.orders.offers import ask_no_more, give_back, orders_in_hand
from db.actions.rota.turns import leave_rotas
from db.actions.volunteers.openings import free_place, tell_team
from db.actions.volunteers.squads import leave_squads
from db.actions.volunteers.volunteers import must_serve, note_event
from db.counters import day_of
from db.engine import action
from db.errors import Conflict, Refused
from db.models import (
    Activity,
    ActivityHelper,
    EscortPair,
    Opening,
    Order,
    OrderOffer,
    OrderSeries,
    Pairing,
    Placement,
    Poster,
    ServiceRecord,
    Slot,
    Squad,
    Turn,
    Volunteer,
)
from db.rules.orders.life import WITH_MINUTES
from db.rules.permissions import Permission
from db.rules.volunteers.asking import PAUSE_MOST_DAYS
from db.scope import UNSCOPED
from db.terms import AssignmentState, Happening, OrderState, PlacementState, VolunteerChange

LATE_DAYS = 31
"""A pause that began already is told within a month."""
ACTIVE = (PlacementState.WAITING, PlacementState.ACCEPTED)


@action(Permission.MANAGE_VOLUNTEERS)
def end_volunteer(
    session: Session, *, volunteer_id: int, version: int, on: date | None, reason: str, now: datetime
) -> dict[str, int]:
    """退出: the last day and why; how many of each were set free.

    Places become free, orders go back to dispatch, series have no usual helper, pairings end, personal codes are
    revoked, standing teams, stalls of market days and elders of outings are left, turns ahead are given back; confirmed
    hours, and orders that only wait for the resident's word, stay. Raises Refused("volunteer_ended"),
    ("volunteer_merged"), ("ended_before_service", day=).
    """
    why = fields.line("reason", reason, most=200)
    # Orders before the volunteer, as everybody holds them who serves and confirms.
    orders = _orders_in_hand(session, volunteer_id)
    volunteer = load(session, Volunteer, volunteer_id, version=version, lock=True)
    must_serve(volunteer)
    if len(_orders_in_hand(session, volunteer.id)) != len(orders):
        raise Conflict(what="volunteer", id=volunteer.id, version=volunteer.version)
    last = fields.day("on", on, least=volunteer.since, most=day_of(now))
    served = _served_last(session, volunteer.id)
    if served is not None and served > last:
        raise Refused("ended_before_service", day=served.isoformat())
    led = select(func.count()).where((Squad.leader_id == volunteer.id) | (Squad.deputy_id == volunteer.id))
    freed = {
        "led": session.scalar(led.where(Squad.dissolved_on.is_(None))) or 0,
        "places": _free_places(session, volunteer, why, now),
        "orders": give_back(session, orders, why, now=now),
        "series": _leave_series(session, volunteer),
        "pairings": _end_pairings(session, volunteer, last),
        "codes": _revoke_codes(session, volunteer, now),
        "squads": leave_squads(session, volunteer, on=last, reason=why, now=now),
        "turns": leave_rotas(session, Turn.volunteer_id == volunteer.id, why=why, now=now),
        "activities": leave_crews(session, ActivityHelper.volunteer_id == volunteer.id, now=now),
        "stalls": leave_stalls(session, volunteer, why, now=now),
        "escorts": drop_pairs(session, volunteer, why, now=now),
    }
    volunteer.ended_on, volunteer.ended_reason = last, why
    note_event(session, volunteer, VolunteerChange.ENDED, now=now, reason=why, after=last.isoformat())
    return freed


@action(Permission.MANAGE_VOLUNTEERS)
def pause_volunteer(
    session: Session, *, volunteer_id: int, version: int, first: date | None, last: date | None, reason: str,
    now: datetime,
) -> dict[str, int]:  # fmt: skip
    """暂停: nothing from the first day to the last, after which it ends by itself; how many of each were set free.

    What lies in the pause is free again as when somebody ends: orders go back to dispatch, turns, stalls and elders of
    outings stand with the gaps. What is being done at this moment, and what is not for a day of the pause, stays.
    Raises Refused("volunteer_ended"), ("volunteer_merged"); Conflict when an order came in between.
    """
    why, today = fields.line("reason", reason, most=200), day_of(now)
    begins = fields.day("first", first, least=today - timedelta(days=LATE_DAYS))
    ends = fields.day("last", last, least=max(begins, today), most=begins + timedelta(days=PAUSE_MOST_DAYS))
    # Orders before the volunteer, as everybody holds them who serves and confirms.
    orders = _orders_in_hand(session, volunteer_id)
    volunteer = load(session, Volunteer, volunteer_id, version=version, lock=True)
    must_serve(volunteer)
    if len(_orders_in_hand(session, volunteer.id)) != len(orders):
        raise Conflict(what="volunteer", id=volunteer.id, version=volunteer.version)
    waiting = [one for one in orders if one.state is not OrderState.IN_SERVICE]
    within = [one for one in waiting if begins <= (one.wanted_on or today) <= ends]
    days = Activity.on.between(max(begins, today), ends)
    freed = {
        "orders": give_back(session, within, why, now=now),
        "turns": leave_rotas(
            session, Turn.volunteer_id == volunteer.id, Slot.on.between(begins, ends), why=why, now=now
        ),
        "activities": leave_crews(session, ActivityHelper.volunteer_id == volunteer.id, days, now=now),
        "stalls": leave_stalls(session, volunteer, why, days, now=now),
        "escorts": drop_pairs(session, volunteer, why, days, EscortPair.left_at.is_(None), now=now),
    }
    volunteer.paused_from, volunteer.paused_until, volunteer.paused_reason = begins, ends, why
    note_event(
        session, volunteer, VolunteerChange.PAUSED, now=now, reason=why, before=begins.isoformat(),
        after=ends.isoformat(),
    )  # fmt: skip
    return freed


@action(Permission.MANAGE_VOLUNTEERS)
def bring_back(session: Session, *, volunteer_id: int, version: int, reason: str = "", now: datetime) -> None:
    """回来: serves again from today; what was set free is not taken back. Raises Refused("volunteer_serves")."""
    why = fields.line("reason", reason, most=200, needed=False)
    volunteer = load(session, Volunteer, volunteer_id, version=version, lock=True)
    if volunteer.merged_into_id is not None:
        raise Refused("volunteer_merged", number=volunteer.number)
    if volunteer.ended_on is None:
        raise Refused("volunteer_serves")
    ended = volunteer.ended_on.isoformat()
    note_event(session, volunteer, VolunteerChange.CAME_BACK, now=now, reason=why, before=ended)
    volunteer.ended_on, volunteer.ended_reason = None, ""
    # Whoever comes back is there: a pause of before is over.
    volunteer.paused_from, volunteer.paused_until, volunteer.paused_reason = None, None, ""


def _served_last(session: Session, volunteer_id: int) -> date | None:
    """The last day with credited hours, or on which an order was served."""
    hours = select(func.max(ServiceRecord.on)).where(
        ServiceRecord.volunteer_id == volunteer_id, ServiceRecord.minutes > 0
    )
    orders = (
        select(func.max(Order.ended_at))
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .where(OrderOffer.volunteer_id == volunteer_id, OrderOffer.state == AssignmentState.ACCEPTED)
        .where(Order.state.in_((OrderState.DONE, *WITH_MINUTES)))
    )
    ended = session.scalar(orders, execution_options=UNSCOPED)
    days = (session.scalar(hours, execution_options=UNSCOPED), ended and day_of(ended))
    return max((day for day in days if day is not None), default=None)


# --- what is set free: restricted rows too, which the actor may not see -----------------------------------------


def _orders_in_hand(session: Session, volunteer_id: int) -> list[Order]:
    return orders_in_hand(session, OrderOffer.volunteer_id == volunteer_id) if fields.is_id(volunteer_id) else []


def _free_places(session: Session, volunteer: Volunteer, why: str, now: datetime) -> int:
    query = select(Placement).where(Placement.volunteer_id == volunteer.id, Placement.state.in_(ACTIVE))
    places = session.scalars(query.order_by(Placement.id).with_for_update()).all()
    for place in places:
        opening, was_in = load(session, Opening, place.opening_id), place.state is PlacementState.ACCEPTED
        place.state, place.left_reason, place.left_at = PlacementState.LEFT, why, now
        if was_in:
            free_place(session, opening)
            tell_team(session, opening, Happening.LEFT_TEAM, now=now, note=why)
    return len(places)


def _leave_series(session: Session, volunteer: Volunteer) -> int:
    running = (OrderSeries.volunteer_id == volunteer.id, OrderSeries.next_on.is_not(None))
    series = session.scalars(select(OrderSeries).where(*running).with_for_update(), execution_options=UNSCOPED).all()
    for one in series:
        one.volunteer_id = None
    ask_no_more(session, volunteer.id)
    return len(series)


def _end_pairings(session: Session, volunteer: Volunteer, last: date) -> int:
    query = select(Pairing).where(Pairing.volunteer_id == volunteer.id, Pairing.ended_on.is_(None)).with_for_update()
    pairings = session.scalars(query, execution_options=UNSCOPED).all()
    for pairing in pairings:
        pairing.ended_on = max(last, pairing.since)
    return len(pairings)


def _revoke_codes(session: Session, volunteer: Volunteer, now: datetime) -> int:
    query = select(Poster).where(Poster.volunteer_id == volunteer.id, Poster.revoked_at.is_(None)).with_for_update()
    posters = session.scalars(query).all()
    for poster in posters:
        poster.revoked_at = now
    return len(posters)
