"""The caller on the telephone, found by the whole name or number of a resident, for an order. Masked throughout."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from db.models import Household, Need, Order, Person, Place, Service, blind_index, name_index
from db.queries.doors.households import masked_door
from db.rules.masking import masked_name, masked_phone
from db.rules.people.doubles import digits_of
from db.terms import HouseholdKind, NeedStage, OrderState

CALLERS_MOST, NEEDS_MOST = 8, 20
DIGITS_LEAST = 5
"""Fewer are no telephone number."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person and the door of the household; an alias replaces name, telephone and door."""

    person_id: int
    household_id: int
    name: str
    phone: str
    relation: str
    door: str
    kind: HouseholdKind


def _asked_for(words: str) -> ColumnElement[bool] | None:
    digits = digits_of(words)
    if len(digits) >= DIGITS_LEAST:
        return Person.phone_index == blind_index(digits)
    return Person.name_index == name_index(words) if len(words.strip()) > 1 else None


def callers(session: Session, *, words: str = "", person_id: int | None = None) -> tuple[Caller, ...]:
    """Living persons with exactly this name or number, or the one of this id; a part of a name finds none."""
    wanted = _asked_for(words) if person_id is None else Person.id == person_id
    if wanted is None:
        return ()
    query = (
        select(
            *(Person.id, Person.household_id, Person.name, Person.phone, Person.relation),
            *(Household.building, Household.stairwell, Household.alias, Household.kind, Place.name.label("place")),
        )
        .join(Household, Household.id == Person.household_id)
        .join(Place, Place.id == Household.place_id)
        .where(wanted, Person.merged_into_id.is_(None), Person.erased_at.is_(None))
        .order_by(Person.id.desc())
        .limit(CALLERS_MOST)
    )
    return tuple(
        Caller(
            person_id=row.id,
            household_id=row.household_id,
            name=row.alias or masked_name(row.name),
            phone="" if row.alias else masked_phone(row.phone or ""),
            relation="" if row.alias else row.relation,
            # Stairwells are open to staff, and two of one name are told apart by them.
            door=masked_door(row.place, f"{row.building}{row.stairwell}", known=True, alias=row.alias),
            kind=row.kind,
        )
        for row in session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class WaitingNeed:
    """A need that was routed to personal service and has no order yet."""

    id: int
    number: str
    title: str
    door: str
    since: date


def needs_without_order(session: Session) -> tuple[WaitingNeed, ...]:
    """The longest waiting first, at most twenty."""
    ordered = exists().where(Order.need_id == Need.id, Order.state != OrderState.CANCELLED)
    query = (
        select(
            *(Need.id, Need.number, Need.title, Need.stage_since, Need.building, Need.household_id),
            *(Household.alias, Place.name.label("place")),
        )
        .outerjoin(Place, Place.id == Need.place_id)
        .outerjoin(Household, Household.id == Need.household_id)
        .where(Need.stage == NeedStage.ORDERED, ~ordered)
        .order_by(Need.stage_since, Need.id)
        .limit(NEEDS_MOST)
    )
    return tuple(
        WaitingNeed(
            row.id,
            row.number,
            row.title,
            masked_door(row.place, row.building, known=row.household_id is not None, alias=row.alias or ""),
            row.stage_since.date(),
        )
        for row in session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class NeedOrder:
    """An order that was made for a need."""

    id: int
    number: str
    service: str
    service_en: str
    state: OrderState
    wanted_on: date | None
    wanted_time: str

    @property
    def running(self) -> bool:
        """Not cancelled: the need has its order."""
        return self.state is not OrderState.CANCELLED


def orders_of_need(session: Session, need_id: int) -> tuple[NeedOrder, ...]:
    """The orders of one need, newest first; one that was cancelled stays beside the one after it."""
    query = (
        select(
            *(Order.id, Order.number, Service.name, Service.name_en, Order.state, Order.wanted_on, Order.wanted_time),
        )
        .join(Service, Service.id == Order.service_id)
        .where(Order.need_id == need_id)
        .order_by(Order.id.desc())
        .limit(10)
    )
    return tuple(NeedOrder(*row) for row in session.execute(query))
