"""Who may stand in the records twice, and which records were made one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Household, Person, PersonMerge, Place
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS
from db.queries.people.people import PersonRow, listed, person_row
from db.rules.masking import masked_name
from db.rules.people.doubles import alike

HOUSEHOLDS_MOST = 400
"""Households with several persons that are opened to compare names, newest first."""


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be one person."""

    first: PersonRow
    second: PersonRow
    by_phone: bool


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge that can be taken apart."""

    id: int
    kept: str
    door: str
    merged_at: datetime
    by: str


def doubles(session: Session) -> tuple[Double, ...]:
    """Pairs with the same telephone, and pairs of one household whose names are alike; fifty at most.

    Names are opened within a household only, and of a bounded number of households.
    """
    alive = (Person.merged_into_id.is_(None), Person.erased_at.is_(None))
    phones = (
        select(Person.phone_index)
        .where(Person.phone_index.is_not(None), *alive)
        .group_by(Person.phone_index)
        .having(func.count() > 1)
        .limit(ROWS)
    )
    homes = (
        select(Person.household_id)
        .where(*alive)
        .group_by(Person.household_id)
        .having(func.count() > 1)
        .order_by(Person.household_id.desc())
        .limit(HOUSEHOLDS_MOST)
    )
    numbers = [number for number in session.scalars(phones) if number is not None]
    several = list(session.scalars(homes))
    rows = session.execute(
        listed()
        .where(*alive, Person.phone_index.in_(numbers) | Person.household_id.in_(several))
        .order_by(Person.id)
        .limit(8 * HOUSEHOLDS_MOST)
    ).all()
    found: dict[tuple[int, int], Double] = {}
    for group, by_phone in ((_by(rows, "phone_index", set(numbers)), True), (_by(rows, "household_id", None), False)):
        for members in group:
            for at, one in enumerate(members):
                for other in members[at + 1 : at + 6]:
                    if (one.id, other.id) not in found and (by_phone or alike(one.name, other.name)):
                        found[one.id, other.id] = Double(person_row(one), person_row(other), by_phone)
    return tuple(found.values())[:ROWS]


def _by(rows: Any, column: str, among: set[str] | None) -> list[list[Any]]:
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        key = getattr(row, column)
        if among is None or key in among:
            groups.setdefault(key, []).append(row)
    return [members for members in groups.values() if len(members) > 1]


def person_merges(session: Session) -> tuple[MergeRow, ...]:
    """Merges that can be undone, newest first."""
    rows = session.execute(
        select(
            *(PersonMerge.id, PersonMerge.merged_at, Person.name, Account.name.label("by")),
            *(Household.building, Household.alias, Place.name.label("place")),
        )
        .join(Person, Person.id == PersonMerge.kept_id)
        .join(Household, Household.id == Person.household_id)
        .join(Place, Place.id == Household.place_id)
        .join(Account, Account.id == PersonMerge.merged_by)
        .where(PersonMerge.undone_at.is_(None), Person.erased_at.is_(None))
        .order_by(PersonMerge.id.desc())
        .limit(ROWS)
    )
    return tuple(
        MergeRow(
            row.id,
            row.alias or masked_name(row.name),
            masked_door(row.place, row.building, known=True, alias=row.alias),
            row.merged_at,
            row.by,
        )
        for row in rows
    )
