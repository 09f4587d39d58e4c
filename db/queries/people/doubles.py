"""Which persons may stand in the records twice, and which records were made one."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Household, Person, PersonMerge, Place
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS
from db.queries.people.pairs import Doubles, MergeRow, Side, decided, neighbours, page_of
from db.queries.people.people import listed, person_row
from db.rules.masking import masked_name
from db.rules.people.doubles import likeness
from db.terms import DoubleKind, Likeness

GROUPS_MOST = 1000
"""Telephones that several persons have, and households with two of one name: of each so many, newest first."""
HOUSEHOLDS_MOST = 1000
"""Households with several persons whose names are opened and compared, newest first."""
PERSONS_MOST = 8 * HOUSEHOLDS_MOST


def person_doubles(session: Session, page: int = 1) -> Doubles:
    """Pairs with the same telephone, and pairs of one household whose names are alike, the best first.

    Names are opened within a household or a telephone only, and of a bounded number; those of one whole name are found
    by its index, however many households there are.
    """
    alive = (Person.merged_into_id.is_(None), Person.erased_at.is_(None))

    def several(*keys: Any, most: int) -> set[Any]:
        groups = select(keys[0]).where(*(key.is_not(None) for key in keys), *alive)
        groups = groups.group_by(*keys).having(func.count() > 1)
        found = session.scalars(groups.limit(most + 1)).all()
        if len(found) > most:
            # Only where not all are looked at does it matter which is newer, and that costs a third more.
            found = session.scalars(groups.order_by(func.max(Person.id).desc()).limit(most)).all()
        return set(found)

    numbers = several(Person.phone_index, most=GROUPS_MOST)
    homes = several(Person.household_id, most=HOUSEHOLDS_MOST)
    if len(homes) == HOUSEHOLDS_MOST:
        # Those of one name are among the households with several persons, so only where not all of these were found.
        homes |= several(Person.household_id, Person.name_index, most=GROUPS_MOST)
    rows = session.execute(
        listed()
        .where(*alive, Person.phone_index.in_(numbers) | Person.household_id.in_(homes))
        .order_by(Person.id.desc())
        .limit(PERSONS_MOST)
    ).all()
    known, found = decided(session, DoubleKind.PERSON), dict[tuple[int, int], tuple[Likeness, Any, Any]]()
    for column, among in (("household_id", homes), ("phone_index", numbers)):
        for one, other in neighbours(_groups(rows, column, among)):
            pair = (one.id, other.id)
            if pair in known or pair in found:
                continue
            together = one.household_id == other.household_id
            why = likeness((one.name, one.phone), (other.name, other.phone), together=together)
            if why is not None:
                found[pair] = (why, one, other)
    return page_of(found, page, _side)


def _groups(rows: Any, column: str, among: set[Any]) -> list[list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        key = getattr(row, column)
        if key in among:
            groups[key].append(row)
    return [members for members in groups.values() if len(members) > 1]


def _side(row: Any) -> Side:
    masked = person_row(row)
    return Side(masked.id, tuple(part for part in (masked.name, masked.relation, masked.door, masked.phone) if part))


def person_sides(session: Session, ids: set[int]) -> dict[int, str]:
    """What tells these persons apart, masked, in one line each."""
    rows = session.execute(listed().where(Person.id.in_(ids))) if ids else ()
    return {row.id: " ".join(_side(row).words) for row in rows}


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
