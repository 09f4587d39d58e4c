"""Which flats may stand in the books twice, and which were made one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from db.models import Account, Household, HouseholdMerge, Person, Place
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS
from db.queries.people.pairs import Doubles, Found, MergeRow, Side, best, decided, page_of
from db.rules.doors.door import Door
from db.rules.doors.doubles import group_of, pairs
from db.rules.masking import masked_name
from db.scope import UNSCOPED
from db.terms import DoubleKind

STAIRWELLS_MOST, HOUSEHOLDS_MOST = 200, 4_000
"""Stairwells and households that are opened to compare rooms."""
NAMES_MOST = 3
ALIVE = Household.merged_into_id.is_(None)
"""Said here, too: an update, which counts the pairs that are left, sees merged records."""


def household_doubles(session: Session, page: int = 1) -> Doubles:
    """Pairs of one place with the same room whose doors differ in nothing that tells two flats apart, likeliest first.

    Rooms are opened in those stairwells only that may be one with another.
    """
    groups: dict[tuple[int, str, str], list[Any]] = defaultdict(list)
    for row in _opened(session):
        groups[row.place_id, row.room.lstrip("0"), group_of(row.building)].append(row)
    known = decided(session, DoubleKind.HOUSEHOLD)
    found: Found = {
        (one.id, other.id): (why, one, other)
        for rows in groups.values()
        for one, other, why in ((rows[at], rows[beside], why) for at, beside, why in pairs([*map(_door, rows)]))
        if (one.id, other.id) not in known and one.restricted is other.restricted
    }
    names = _names(session, {row.id for _why, *pair in best(found, page) for row in pair})
    return page_of(found, page, lambda row: _side(row, names))


def _opened(session: Session) -> Iterable[Any]:
    """Households of the stairwells that may be one with another, by id."""
    parts = _suspicious(session)
    if not parts:
        return ()
    within = tuple_(Household.place_id, Household.building, Household.stairwell).in_(parts)
    return session.execute(_listed().where(within, ALIVE).order_by(Household.id).limit(HOUSEHOLDS_MOST))


def _listed() -> Any:
    return select(
        *(Household.id, Household.place_id, Household.building, Household.stairwell, Household.room),
        *(Household.alias, Household.met_on, Household.restricted, Place.name.label("place")),
    ).join(Place, Place.id == Household.place_id)


def _suspicious(session: Session) -> list[tuple[int, str, str]]:
    """Places, buildings and stairwells beside which another one stands that may be the same; from the index alone."""
    query = select(Household.place_id, Household.building, Household.stairwell).where(ALIVE).distinct()
    groups: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in session.execute(query.order_by(Household.place_id, Household.building, Household.stairwell)):
        groups[row.place_id, group_of(row.building)].append(row)
    found: dict[tuple[int, str, str], None] = {}
    for rows in groups.values():
        for one, other, _why in pairs([Door(row.building, row.stairwell, "1") for row in rows]):
            found |= {tuple(rows[one]): None, tuple(rows[other]): None}
    return list(found)[:STAIRWELLS_MOST]


def _door(row: Any) -> Door:
    return Door(row.building, row.stairwell, row.room)


def _names(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    query = select(Person.household_id, Person.name).where(
        Person.household_id.in_(list(ids)), Person.merged_into_id.is_(None), Person.erased_at.is_(None)
    )
    found: dict[int, tuple[str, ...]] = {}
    for household, name in session.execute(query.order_by(Person.id)):
        found[household] = (*found.get(household, ()), masked_name(name))[:NAMES_MOST]
    return found


def _side(row: Any, names: dict[int, tuple[str, ...]]) -> Side:
    """Its door without the room, who lives there, when somebody was met."""
    people = () if row.alias else names.get(row.id, ())
    return Side(row.id, tuple(part for part in (_masked(row, row), "、".join(people)) if part), row.met_on)


def _masked(kept: Any, door: Any) -> str:
    return masked_door(kept.place, f"{door.building}{door.stairwell}", known=True, alias=kept.alias)


def household_sides(session: Session, ids: set[int]) -> dict[int, str]:
    """The doors of these households, masked, with who lives there."""
    rows = session.execute(_listed().where(Household.id.in_(ids))).all() if ids else ()
    names = _names(session, ids) if rows else {}
    return {row.id: " ".join(_side(row, names).words) for row in rows}


def household_merges(session: Session) -> tuple[MergeRow, ...]:
    """Merges of households that can be undone, newest first."""
    rows = session.execute(
        select(
            *(HouseholdMerge.id, HouseholdMerge.merged_at, HouseholdMerge.other_id, Account.name.label("by")),
            *(Household.building, Household.stairwell, Household.alias, Place.name.label("place")),
        )
        .join(Household, Household.id == HouseholdMerge.kept_id)
        .join(Place, Place.id == Household.place_id)
        .outerjoin(Account, Account.id == HouseholdMerge.merged_by)
        .where(HouseholdMerge.undone_at.is_(None))
        .order_by(HouseholdMerge.id.desc())
        .limit(ROWS)
    ).all()
    # No scope shows a merged record any more; the merges themselves are of the scope.
    query = select(Household.id, Household.building, Household.stairwell).where(
        Household.id.in_([row.other_id for row in rows])
    )
    others = {row.id: row for row in session.execute(query, execution_options=UNSCOPED)}
    return tuple(
        MergeRow(row.id, _masked(row, row), f"← {_masked(row, others[row.other_id])}", row.merged_at, row.by or "")
        for row in rows
    )
