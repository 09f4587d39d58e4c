"""Which flats may stand in the books twice, and which were made one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from db.models import Account, Household, HouseholdMerge, HouseholdVerdict, Person, Place
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS
from db.rules.doors.door import Door
from db.rules.doors.doubles import ORDER, Likeness, group_of, may_be_one
from db.rules.masking import masked_name
from db.scope import UNSCOPED

STAIRWELLS_MOST, HOUSEHOLDS_MOST = 200, 4_000
"""Stairwells and households that are opened to compare rooms."""
NAMES_MOST = 3


@dataclass(frozen=True, slots=True)
class Home:
    """A household of a pair, masked: its door without the room, who lives there, when somebody was met."""

    id: int
    door: str
    names: tuple[str, ...]
    met_on: date | None


@dataclass(frozen=True, slots=True)
class DoubleHome:
    """Two households that may be one, and why."""

    first: Home
    second: Home
    why: Likeness


@dataclass(frozen=True, slots=True)
class HomeMergeRow:
    """A merge that can be taken apart; `by` is "" when an update joined the two."""

    id: int
    kept: str
    other: str
    merged_at: datetime
    by: str


def household_doubles(session: Session) -> tuple[DoubleHome, ...]:
    """Pairs of one place with the same room whose doors differ in nothing that tells two flats apart, likeliest first.

    Fifty at most. Rooms are opened in those stairwells only that may be one with another.
    """
    parts = _suspicious(session)
    if not parts:
        return ()
    query = (
        select(
            *(Household.id, Household.place_id, Household.building, Household.stairwell, Household.room),
            *(Household.alias, Household.met_on, Household.restricted, Place.name.label("place")),
        )
        .join(Place, Place.id == Household.place_id)
        .where(tuple_(Household.place_id, Household.building, Household.stairwell).in_(parts))
        .order_by(Household.id)
        .limit(HOUSEHOLDS_MOST)
    )
    groups: dict[tuple[int, str, str], list[Any]] = defaultdict(list)
    for row in session.execute(query):
        groups[row.place_id, row.room.lstrip("0"), group_of(row.building)].append(row)
    apart = {tuple(pair) for pair in session.execute(select(HouseholdVerdict.first_id, HouseholdVerdict.second_id))}
    found = [
        (one, other, why)
        for rows in groups.values()
        for one, other in combinations(rows, 2)
        if (one.id, other.id) not in apart and one.restricted is other.restricted
        if (why := may_be_one(_door(one), _door(other))) is not None
    ]
    found = sorted(found, key=lambda pair: ORDER.index(pair[2]))[:ROWS]
    names = _names(session, {row.id for pair in found for row in pair[:2]})
    return tuple(DoubleHome(_home(one, names), _home(other, names), why) for one, other, why in found)


def _suspicious(session: Session) -> list[tuple[int, str, str]]:
    """Places, buildings and stairwells beside which another one stands that may be the same; from the index alone."""
    query = select(Household.place_id, Household.building, Household.stairwell).distinct()
    groups: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in session.execute(query.order_by(Household.place_id, Household.building, Household.stairwell)):
        groups[row.place_id, group_of(row.building)].append(row)
    found: dict[tuple[int, str, str], None] = {}
    for rows in groups.values():
        for one, other in combinations(rows, 2):
            if may_be_one(Door(one.building, one.stairwell, "1"), Door(other.building, other.stairwell, "1")):
                found |= {tuple(one): None, tuple(other): None}
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


def _home(row: Any, names: dict[int, tuple[str, ...]]) -> Home:
    door = masked_door(row.place, f"{row.building}{row.stairwell}", known=True, alias=row.alias)
    return Home(row.id, door, () if row.alias else names.get(row.id, ()), row.met_on)


def household_merges(session: Session) -> tuple[HomeMergeRow, ...]:
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
        HomeMergeRow(row.id, _masked(row, row), _masked(row, others[row.other_id]), row.merged_at, row.by or "")
        for row in rows
    )


def _masked(kept: Any, door: Any) -> str:
    return masked_door(kept.place, f"{door.building}{door.stairwell}", known=True, alias=kept.alias)
