"""订单数字: sessions by month, place and team, satisfaction and 回访率, each with what it is made of.

A session (场次) is an order whose service was done (已完成 or later). Months are Chinese months.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from db.models import Order, OrderOffer, Place, Squad, SquadMember, Volunteer
from db.rules.projects.progress import Rate, rate
from db.rules.zone import CHINA
from db.terms import AssignmentState, OrderState, Satisfaction, VolunteerKind

DONE = (OrderState.DONE, OrderState.CONFIRMED, OrderState.REVISITED, OrderState.CLOSED)
HAPPY = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class PlaceSessions:
    """Sessions at one place, month by month."""

    place: str
    months: tuple[int, ...]

    @property
    def sum(self) -> int:
        return sum(self.months)


@dataclass(frozen=True, slots=True)
class TeamSessions:
    """Sessions of one standing team (one helper may belong to several)."""

    team: str
    sessions: int
    helpers: int


@dataclass(frozen=True, slots=True)
class OrderFigures:
    """A year of orders, the running month last."""

    months: tuple[date, ...]
    places: tuple[PlaceSessions, ...]
    teams: tuple[TeamSessions, ...]
    sessions: int
    by_party_members: int
    minutes: int
    satisfied: Rate
    """很满意和满意 of those who rated; contested ones that are still open are left out."""
    revisited: Rate
    """Orders with a rating, or with 未评价 written down, of those that were done."""
    spoken: int
    """Of those revisited, how many gave a rating."""


def _start(month: date) -> datetime:
    return datetime.combine(month, time(), CHINA)


def months_to(today: date) -> tuple[date, ...]:
    """The first days of twelve months, the running one last."""
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(found))


def order_figures(session: Session, *, today: date) -> OrderFigures:
    """The year in three statements."""
    months = months_to(today)
    places = _by_place(session, months)
    since = _start(months[0])
    done = and_(Order.state.in_(DONE), Order.ended_at >= since)
    of = func.count().filter
    spoke = and_(Order.rating.is_not(None), Order.rating != Satisfaction.NO_REPLY)
    counted = and_(spoke, Order.contested.is_(False))
    party = (
        select(func.count())
        .select_from(Order)
        .join(OrderOffer, and_(OrderOffer.order_id == Order.id, OrderOffer.state == AssignmentState.ACCEPTED))
        .join(Volunteer, Volunteer.id == OrderOffer.volunteer_id)
        .where(done, Volunteer.kind == VolunteerKind.PARTY_MEMBER)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            func.count().label("sessions"),
            of(and_(counted, Order.rating.in_(HAPPY))).label("happy"),
            of(counted).label("counted"),
            of(Order.rated_at.is_not(None)).label("revisited"),
            of(spoke).label("spoke"),
            func.coalesce(func.sum(Order.minutes), 0).label("minutes"),
            party.label("party"),
        )
        .select_from(Order)
        .where(done)
    ).one()
    return OrderFigures(
        months=months,
        places=places,
        teams=_by_team(session, since),
        sessions=row.sessions,
        by_party_members=row.party,
        minutes=int(row.minutes),
        satisfied=rate(row.happy, row.counted),
        revisited=rate(row.revisited, row.sessions),
        spoken=row.spoke,
    )


def _by_place(session: Session, months: tuple[date, ...]) -> tuple[PlaceSessions, ...]:
    ends = (*months[1:], (months[-1] + timedelta(days=32)).replace(day=1))
    counts = [
        func.count().filter(and_(Order.ended_at >= _start(first), Order.ended_at < _start(end)))
        for first, end in zip(months, ends, strict=True)
    ]
    query = (
        select(Place.name, *counts)
        .select_from(Order)
        .join(Place, Place.id == Order.place_id)
        .where(Order.state.in_(DONE), Order.ended_at >= _start(months[0]))
        .group_by(Place.id, Place.name)
        .order_by(Place.id)
        .limit(60)
    )
    return tuple(PlaceSessions(name, tuple(int(n) for n in of)) for name, *of in session.execute(query))


def _by_team(session: Session, since: datetime) -> tuple[TeamSessions, ...]:
    sessions = func.count(Order.id.distinct())
    query = (
        select(Squad.name, sessions, func.count(OrderOffer.volunteer_id.distinct()))
        .select_from(Order)
        .join(OrderOffer, and_(OrderOffer.order_id == Order.id, OrderOffer.state == AssignmentState.ACCEPTED))
        .join(SquadMember, and_(SquadMember.volunteer_id == OrderOffer.volunteer_id, SquadMember.left_on.is_(None)))
        .join(Squad, Squad.id == SquadMember.squad_id)
        .where(Order.state.in_(DONE), Order.ended_at >= since)
        .group_by(Squad.id, Squad.name)
        # By name, not by number: this is what a team did, no board of who did most.
        .order_by(Squad.name)
        .limit(40)
    )
    return tuple(TeamSessions(*row) for row in session.execute(query))
