"""Persons behind doors: found by door, exact telephone or whole name, masked; due for a look; who stands twice."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    AuditEntry,
    Complaint,
    Household,
    Need,
    Order,
    Pairing,
    Person,
    Place,
    SensitiveFact,
    blind_index,
    name_index,
)
from db.queries.doors.households import at_doors, masked_door
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.queries.people.consents import ConsentRow, consents_of_person
from db.rules.clock import lately
from db.rules.doors.door import Door, tidy_door
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.people.consents import at_least_five
from db.rules.people.doubles import digits_of
from db.terms import HouseholdKind, SensitiveKind

CLEAR_FOR = timedelta(minutes=1)
"""How long after its trace a look still shows something."""


PEOPLE_AT_ONCE = 20
"""A card on a phone is three lines high; a search by door, number or name finds the person."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list, masked."""

    id: int
    name: str
    phone: str
    relation: str
    door: str
    kind: HouseholdKind
    keep_until: date | None
    erased: bool


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """One record: the person, the household around it, and what rests on it. Nothing in clear."""

    id: int
    version: int
    name: str
    phone: str
    relation: str
    keep_until: date | None
    erased_at: datetime | None
    household_id: int
    door: str
    kind: HouseholdKind
    door_note: str
    met_on: date | None
    restricted: bool
    consents: tuple[ConsentRow, ...]
    facts: tuple["FactRow", ...]
    others: tuple[PersonRow, ...]
    """Who else is on file at this door."""
    needs: int
    orders: int
    complaints: int
    pairings: int


@dataclass(frozen=True, slots=True)
class FactRow:
    """That there is a sensitive fact: neither its class nor its purpose, which would tell of it."""

    id: int
    by_law: bool
    keep_until: date
    recorded_on: datetime


@dataclass(frozen=True, slots=True)
class Clear:
    """Name, telephone and door in clear, for one look."""

    name: str
    phone: str
    door: str


@dataclass(frozen=True, slots=True)
class ClearFact:
    """A sensitive fact in clear, for one look."""

    id: int
    kind: SensitiveKind
    words: str
    purpose: str
    legal_ground: str
    keep_until: date


def listed() -> Any:
    """The columns of a list of persons; a row of it becomes a `PersonRow` by `person_row` and leaves masked."""
    return (
        select(
            *(Person.id, Person.name, Person.phone, Person.relation, Person.keep_until, Person.erased_at),
            *(Person.household_id, Person.phone_index, Household.kind, Household.building, Household.alias),
            Place.name.label("place"),
        )
        .join(Household, Household.id == Person.household_id)
        .join(Place, Place.id == Household.place_id)
    )


def person_row(row: Any) -> PersonRow:
    """Masked; an alias stands for name, telephone and relation."""
    return PersonRow(
        id=row.id,
        name=row.alias or masked_name(row.name),
        phone="" if row.alias else masked_phone(row.phone or ""),
        relation="" if row.alias else row.relation,
        door=masked_door(row.place, row.building, known=True, alias=row.alias),
        kind=row.kind,
        keep_until=row.keep_until,
        erased=row.erased_at is not None,
    )


def find_people(
    session: Session,
    *,
    place_id: int | None = None,
    building: str = "",
    stairwell: str = "",
    room: str = "",
    phone: str = "",
    name: str = "",
    due_by: date | None = None,
    before: int | None = None,
    most: int = PEOPLE_AT_ONCE,
) -> Page[PersonRow]:
    """Living, not merged records, newest first: by door (a room finds one), by exact telephone or whole name, or due
    for a look, the longest overdue first. A name never leads to an alias: a user who sees the alias must not learn
    whose it is.
    """
    query = listed().where(Person.merged_into_id.is_(None), Person.erased_at.is_(None))
    if phone:
        query = query.where(Person.phone_index == blind_index(digits_of(phone)))
    if name.strip():
        query = query.where(Person.name_index == name_index(name.strip()), func.coalesce(Household.alias, "") == "")
    if place_id is not None:
        query = query.where(Household.place_id == place_id)
        door = tidy_door(building, stairwell, room)
        if door.room:
            query = query.where(Household.id.in_(at_doors(session, _doors(session, place_id, door))))
        elif door.building:
            query = query.where(Household.building == door.building)
            query = query.where(Household.stairwell == door.stairwell) if door.stairwell else query
    if due_by is not None:
        query = query.where(Person.keep_until <= due_by)
    by_day = () if due_by is None else due_first(Person.keep_until <= due_by, Person.keep_until)
    rows = session.execute(worst_first(query, Person, *by_day, before=before).limit(most + 1)).all()
    return Page(tuple(person_row(row) for row in rows[:most]), len(rows) > most)


def _doors(session: Session, place_id: int, door: Door) -> list[str]:
    """Blind indices of a room in the stairwell that was named, else in every one of the building."""
    known = [door.stairwell]
    if not door.stairwell:
        inside = select(Household.stairwell).where(Household.place_id == place_id, Household.building == door.building)
        known = ["", *session.scalars(inside.distinct().limit(ROWS))]
    return [blind_index(replace(door, stairwell=one).key(place_id)) for one in known]


def due_count(session: Session, *, day: date) -> int:
    """Records whose day to be looked at has come."""
    query = select(func.count(Person.id)).where(
        Person.keep_until <= day, Person.erased_at.is_(None), Person.merged_into_id.is_(None)
    )
    return session.scalar(query) or 0


def leads_to(session: Session, person_id: int) -> int | None:
    """The record that this one was merged into, if it was."""
    return session.scalar(select(Person.merged_into_id).where(Person.id == person_id))


def person_sheet(session: Session, person_id: int) -> PersonSheet | None:
    """One record, masked; None outside the scope."""
    row: Any = session.execute(
        select(
            *(Person.id, Person.version, Person.name, Person.phone, Person.relation, Person.keep_until),
            *(Person.erased_at, Person.household_id, Person.restricted, Household.kind, Household.door_note),
            *(Household.met_on, Household.building, Household.alias, Place.name.label("place")),
            *(_count(model).label(label) for label, model in _AROUND),
        )
        .join(Household, Household.id == Person.household_id)
        .join(Place, Place.id == Household.place_id)
        .where(Person.id == person_id)
    ).first()
    if row is None:
        return None
    ids = [row.id, *session.scalars(select(Person.id).where(Person.merged_into_id == row.id))]
    others = session.execute(
        listed()
        .where(
            Person.household_id == row.household_id,
            Person.id != row.id,
            Person.merged_into_id.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Person.id)
        .limit(ROWS)
    )
    facts = session.execute(
        select(
            *(SensitiveFact.id, SensitiveFact.keep_until, SensitiveFact.recorded_at),
            (SensitiveFact.consent_id.is_(None)).label("by_law"),
        )
        .where(SensitiveFact.person_id.in_(ids), SensitiveFact.erased_at.is_(None))
        .order_by(SensitiveFact.id)
        .limit(ROWS)
    )
    return PersonSheet(
        id=row.id,
        version=row.version,
        name=row.alias or masked_name(row.name),
        phone=masked_phone(row.phone or ""),
        relation=row.relation,
        keep_until=row.keep_until,
        erased_at=row.erased_at,
        household_id=row.household_id,
        door=masked_door(row.place, row.building, known=True, alias=row.alias),
        kind=row.kind,
        door_note=redact(row.door_note),
        met_on=row.met_on,
        restricted=row.restricted,
        consents=consents_of_person(session, ids),
        facts=tuple(FactRow(one.id, bool(one.by_law), one.keep_until, one.recorded_at) for one in facts),
        others=tuple(person_row(one) for one in others),
        needs=row.needs,
        orders=row.orders,
        complaints=row.complaints,
        pairings=row.pairings,
    )


_AROUND: tuple[tuple[str, Any], ...] = (
    ("needs", Need),
    ("orders", Order),
    ("complaints", Complaint),
    ("pairings", Pairing),
)


def _count(model: Any) -> Any:
    counted = select(func.count(model.id)).where(model.household_id == Person.household_id)
    if model is Pairing:
        counted = counted.where(Pairing.ended_on.is_(None))
    return counted.correlate(Person).scalar_subquery()


def left_a_moment_ago(session: Session, table: str, row_id: int, trace: str, now: datetime) -> bool:
    """Whether the user left this very trace of a look a moment ago."""
    left = session.execute(
        select(AuditEntry.at, AuditEntry.changes)
        .where(
            AuditEntry.table_name == table,
            AuditEntry.row_id == row_id,
            AuditEntry.actor_id == session.info["actor"].id,
            AuditEntry.operation == "read",
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    return left is not None and lately(left.at, now, CLEAR_FOR) and left.changes.get("look", [None, None])[1] == trace


def person_originals(session: Session, person_id: int, trace: str, *, now: datetime) -> Clear | None:
    """Name, telephone and door for the user who just left this trace; None without a fresh one of their own."""
    if not left_a_moment_ago(session, "person", person_id, trace, now):
        return None
    row = session.execute(
        select(
            *(Person.name, Person.phone, Household.building, Household.stairwell, Household.room),
            Place.name.label("place"),
        )
        .join(Household, Household.id == Person.household_id)
        .join(Place, Place.id == Household.place_id)
        .where(Person.id == person_id, Person.erased_at.is_(None))
    ).first()
    if row is None:
        return None
    return Clear(row.name, row.phone or "", f"{row.place}{row.building}{row.stairwell}{row.room}")


def sensitive_originals(session: Session, person_id: int, trace: str, *, now: datetime) -> tuple[ClearFact, ...]:
    """The sensitive facts in clear, for the user who just left this trace; nothing without it."""
    if not left_a_moment_ago(session, "person", person_id, trace, now):
        return ()
    merged = select(Person.id).where(Person.merged_into_id == person_id)
    rows = session.execute(
        select(
            *(SensitiveFact.id, SensitiveFact.kind, SensitiveFact.words, SensitiveFact.purpose),
            *(SensitiveFact.legal_ground, SensitiveFact.keep_until),
        )
        .where(
            (SensitiveFact.person_id == person_id) | SensitiveFact.person_id.in_(merged),
            SensitiveFact.erased_at.is_(None),
        )
        .order_by(SensitiveFact.id)
        .limit(ROWS)
    )
    return tuple(ClearFact(**{**row._mapping, "kind": SensitiveKind(row.kind)}) for row in rows)


def sensitive_counts(session: Session) -> tuple[tuple[SensitiveKind, str], ...]:
    """Persons by sensitive class in the actor's own community, "<5" below five; not one row is opened for it."""
    community_id = session.info["actor"].community_id
    if community_id is None:
        return ()
    rows = session.execute(
        select(SensitiveFact.kind_index, func.count(SensitiveFact.person_id.distinct()))
        .where(SensitiveFact.community_id == community_id, SensitiveFact.erased_at.is_(None))
        .group_by(SensitiveFact.kind_index)
    )
    found = dict(rows.all())
    return tuple(
        (kind, at_least_five(found.get(SensitiveFact.index_of(community_id, kind), 0))) for kind in SensitiveKind
    )
