"""派单: who could go to one order, in eight statements at most whatever the size of the registry."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Order, OrderCase, OrderOffer, OrderSeries, Service, Slot, Turn, Volunteer
from db.queries.volunteers.openings import skill_matches, who_can_be_asked
from db.rules.clock import lately
from db.rules.masking import masked_name
from db.rules.orders.dispatch import Asked, Helper, Suggestion, suggestions
from db.rules.orders.life import half_of
from db.rules.rota.shifts import halves
from db.terms import AssignmentState, OrderState, TurnState, VolunteerKind

LOOKED_AT = 400
"""Volunteers that are weighed, nearest first: at a city's size the whole registry would be read for eight names."""
RECENT = timedelta(days=90)
_OPEN = (OrderState.OFFERED, OrderState.ACCEPTED, OrderState.IN_SERVICE)
_LIVE = (AssignmentState.OFFERED, AssignmentState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One suggestion with who it is; the name is masked."""

    id: int
    number: str
    name: str
    skills: tuple[str, ...]
    free_times: str
    has_account: bool
    suggestion: Suggestion


def candidates(session: Session, order_id: int, *, now: datetime, most: int = 8) -> tuple[Candidate, ...]:
    """Who could go, best fit first, with the reasons; empty when the order is not there."""
    order = session.execute(
        select(
            *(Order.place_id, Order.building, Order.wanted_on, Order.wanted_time, Order.household_id),
            *(Service.skill, OrderSeries.volunteer_id.label("usual")),
        )
        .join(Service, Service.id == Order.service_id)
        .outerjoin(OrderSeries, OrderSeries.id == Order.series_id)
        .where(Order.id == order_id)
    ).first()
    if order is None:
        return ()
    asked = Asked(order.skill, order.place_id, order.building, order.wanted_on, order.wanted_time)
    found = _near(session, asked, day_of(now))
    past = _past(session, list(found), order_id, order.household_id, now)
    helpers = [
        Helper(
            id=row.id,
            skills=row.skills,
            place_id=row.place_id,
            building=row.building,
            free_slots=row.free_slots,
            party_member=row.kind is VolunteerKind.PARTY_MEMBER,
            usual=row.id == order.usual,
            live=past.live[row.id],
            recent=past.recent[row.id],
            helped_here=past.helped[row.id],
            contested_here=row.id in past.contested,
            declined=row.id in past.declined,
            taken_slots=frozenset(past.taken[row.id]),
        )
        for row in found.values()
    ]
    chosen = suggestions(asked, helpers, most=most)
    names = _names(session, [one.helper_id for one in chosen])
    return tuple(
        Candidate(
            one.helper_id,
            found[one.helper_id].number,
            names.get(one.helper_id, ""),
            tuple(found[one.helper_id].skills),
            found[one.helper_id].free_times,
            found[one.helper_id].account_id is not None,
            one,
        )
        for one in chosen
    )


def _near(session: Session, asked: Asked, today: date) -> dict[int, Any]:
    """Those who can be asked, nearest first, and of one nearness by number."""
    query = select(
        *(Volunteer.id, Volunteer.number, Volunteer.kind, Volunteer.skills, Volunteer.place_id, Volunteer.building),
        *(Volunteer.free_slots, Volunteer.free_times, Volunteer.account_id),
    )
    if asked.skill.strip():
        # Before what is asked of each: of a large registry few can do it.
        query = query.where(skill_matches(asked.skill))
    query = query.where(*who_can_be_asked(asked.on or today)).order_by(Volunteer.id)
    found: Sequence[Any] = session.execute(query.limit(LOOKED_AT + 1)).all()
    if len(found) > LOOKED_AT:
        found = _from_near_to_far(session, query, asked)
    return {row.id: row for row in sorted(found, key=lambda row: _nearness(row, asked))}


def _nearness(row: Any, asked: Asked) -> int:
    if row.place_id is None or row.place_id != asked.place_id:
        return 3 if row.place_id is None else 2
    return 0 if row.building == asked.building else 1


def _from_near_to_far(session: Session, query: Any, asked: Asked) -> list[Any]:
    """As many as are weighed, where more could go: at the place each part stops once there are enough."""
    at_home, unknown = Volunteer.place_id == asked.place_id, Volunteer.place_id.is_(None)
    found: list[Any] = []
    for part in (
        query.where(at_home, Volunteer.building == asked.building),
        query.where(at_home, Volunteer.building != asked.building),
        query.where(or_(unknown, ~at_home)).order_by(None).order_by(unknown, Volunteer.id),
    ):
        if len(found) < LOOKED_AT:
            found += session.execute(part.limit(LOOKED_AT - len(found))).all()
    return found


@dataclass(slots=True)
class _Past:
    """What the weighed volunteers have done and promised."""

    live: Counter[int]
    recent: Counter[int]
    helped: Counter[int]
    contested: set[int]
    declined: set[int]
    taken: dict[int, set[tuple[date, str]]]


def _past(session: Session, ids: list[int], order_id: int, household_id: int | None, now: datetime) -> _Past:
    past = _Past(Counter(), Counter(), Counter(), set(), set(), defaultdict(set))
    if not ids:
        return past
    here = Order.household_id == household_id if household_id is not None else Order.id == order_id
    trouble = (
        select(func.count())
        .select_from(OrderCase)
        .where(OrderCase.order_id == Order.id, here)
        .correlate(Order)
        .scalar_subquery()
    )
    query = (
        select(
            *(OrderOffer.volunteer_id, OrderOffer.state, OrderOffer.order_id, OrderOffer.offered_at),
            *(Order.state.label("order_state"), Order.wanted_on, Order.wanted_time, Order.household_id),
            trouble.label("trouble"),
        )
        .join(Order, Order.id == OrderOffer.order_id)
        .where(
            OrderOffer.volunteer_id.in_(ids),
            or_(lately(OrderOffer.offered_at, now, RECENT), here),
            or_(OrderOffer.state.in_(_LIVE), Order.id == order_id),
        )
        .order_by(OrderOffer.id.desc())
        .limit(3000)
    )
    for row in session.execute(query):
        _count(past, row, order_id, household_id, now)
    _add_turns(session, past, ids, now)
    return past


def _add_turns(session: Session, past: _Past, ids: list[int], now: datetime) -> None:
    """Half days that are promised to a rota."""
    query = (
        select(Turn.volunteer_id, Slot.starts_at, Slot.ends_at)
        .join(Slot, Slot.id == Turn.slot_id)
        .where(Turn.volunteer_id.in_(ids), Turn.state == TurnState.TAKEN, Slot.ends_at > now)
        .limit(3000)
    )
    for row in session.execute(query):
        past.taken[row.volunteer_id] |= halves(row.starts_at, row.ends_at)


def _count(past: _Past, row: Any, order_id: int, household_id: int | None, now: datetime) -> None:
    who: int = row.volunteer_id
    if row.order_id == order_id and row.state not in _LIVE:
        past.declined.add(who)
    if row.state not in _LIVE:
        return
    if row.trouble:
        past.contested.add(who)
    if row.order_state in _OPEN:
        past.live[who] += 1
        if row.wanted_on:
            past.taken[who].add((row.wanted_on, half_of(row.wanted_time)))
    elif household_id is not None and row.household_id == household_id:
        past.helped[who] += 1
    if lately(row.offered_at, now, RECENT):
        past.recent[who] += 1


def _names(session: Session, ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = select(Volunteer.id, Volunteer.name).where(Volunteer.id.in_(ids))
    return {row.id: masked_name(row.name) for row in session.execute(query)}
