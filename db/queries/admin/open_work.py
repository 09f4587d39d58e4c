"""What an account has in hand: counted and named before somebody leaves, and who could go on with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import case, literal, select, union_all
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Activity,
    ActivityHelper,
    Branch,
    EscortPair,
    MarketHelper,
    MarketStall,
    Opening,
    Order,
    OrderOffer,
    OrderSeries,
    Patch,
    Place,
    Placement,
    ProgrammeStaff,
    Project,
    Rota,
    Service,
    Slot,
    Turn,
    Volunteer,
)
from db.queries.orders.orders import LIVE as LIVE_OFFERS
from db.queries.projects.progress import LIVE as LIVE_PROJECTS
from db.queries.volunteers.openings import ACTIVE
from db.rules.admin.open_work import may_do
from db.rules.orders.life import IN_HAND
from db.scope import UNSCOPED
from db.terms import ActivityState, OpenWork, Role, TurnState

NAMED_MOST = 5
"""Pieces of work of one kind that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Work:
    """Work of one kind: how much, and the first few by number or title."""

    count: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heir:
    """Somebody who could go on with it."""

    id: int
    name: str
    role: Role


def open_work(session: Session, account_id: int) -> Mapping[OpenWork, Work]:
    """What the account has in hand, by kind; kinds without any are left out. An account outside the scope has nothing.

    What is restricted is counted and not named: it, too, must be set free.
    """
    if session.scalar(select(Account.id).where(Account.id == account_id)) is None:
        return {}
    own = select(Volunteer.id).where(Volunteer.account_id == account_id).scalar_subquery()
    parts = (
        select(literal(OpenWork.PATCHES.value).label("kind"), (Place.name + " " + Patch.building).label("name"))
        .select_from(Patch)
        .join(Place, Place.id == Patch.place_id)
        .where(Patch.account_id == account_id),
        select(literal(OpenWork.PROJECTS.value), Project.title).where(
            Project.leader_id == account_id, Project.state.in_(LIVE_PROJECTS)
        ),
        # Whoever manages accounts must not learn which programmes there are.
        select(literal(OpenWork.PROGRAMMES.value), literal("")).where(
            ProgrammeStaff.account_id == account_id, ProgrammeStaff.until.is_(None)
        ),
        select(literal(OpenWork.PLACES.value), Opening.title)
        .join(Placement, Placement.opening_id == Opening.id)
        .where(Placement.account_id == account_id, Placement.state.in_(ACTIVE)),
        select(literal(OpenWork.PLACES.value), Activity.title)
        .join(MarketStall, MarketStall.activity_id == Activity.id)
        .join(MarketHelper, MarketHelper.stall_id == MarketStall.id)
        .where(MarketHelper.account_id == account_id, MarketHelper.left_at.is_(None))
        .where(Activity.state == ActivityState.PLANNED),
        select(literal(OpenWork.PLACES.value), Activity.title)
        .join(ActivityHelper, ActivityHelper.activity_id == Activity.id)
        .where(ActivityHelper.account_id == account_id, ActivityHelper.left_at.is_(None))
        .where(Activity.state == ActivityState.PLANNED),
        select(literal(OpenWork.PLACES.value), Activity.title)
        .join(EscortPair, EscortPair.activity_id == Activity.id)
        .where(EscortPair.account_id == account_id, EscortPair.stays_at.is_(None), EscortPair.returned_at.is_(None))
        .where(Activity.state == ActivityState.PLANNED),
        select(literal(OpenWork.ORDERS.value), case((Order.restricted, ""), else_=Order.number))
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .where(OrderOffer.account_id == account_id, OrderOffer.state.in_(LIVE_OFFERS), Order.state.in_(IN_HAND)),
        select(literal(OpenWork.SERIES.value), Service.name)
        .join(OrderSeries, OrderSeries.service_id == Service.id)
        .where(OrderSeries.volunteer_id == own, OrderSeries.stopped_at.is_(None)),
        select(literal(OpenWork.BRANCHES.value), Branch.name).where(
            Branch.secretary_id == account_id, Branch.closed_on.is_(None)
        ),
        select(literal(OpenWork.TURNS.value), Rota.title)
        .join(Slot, Slot.rota_id == Rota.id)
        .join(Turn, Turn.slot_id == Slot.id)
        .where(Turn.account_id == account_id, Turn.state == TurnState.TAKEN),
    )
    found: dict[OpenWork, list[str]] = {}
    for kind, name in session.execute(union_all(*parts), execution_options=UNSCOPED):
        found.setdefault(OpenWork(kind), []).append(name.strip())
    return {
        kind: Work(len(found[kind]), tuple(name for name in found[kind][:NAMED_MOST] if name))
        for kind in OpenWork
        if kind in found
    }


def heirs(session: Session, account_id: int) -> Mapping[OpenWork, tuple[Heir, ...]]:
    """Who in the same community could take over what is handed over to somebody: patches and projects."""
    home = select(Account.community_id).where(Account.id == account_id).scalar_subquery()
    query = (
        select(Account.id, Account.name, Account.role)
        .where(Account.community_id == home, Account.id != account_id, Account.disabled_at.is_(None))
        .order_by(Account.role, Account.name, Account.id)
    )
    people = [Heir(row.id, row.name, row.role) for row in session.execute(query)]
    return {
        kind: tuple(one for one in people if may_do(kind, one.role)) for kind in (OpenWork.PATCHES, OpenWork.PROJECTS)
    }
