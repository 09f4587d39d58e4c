"""Which persons may stand in the records twice, and which records were made one."""

from collections import defaultdict
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Household, Person, PersonMerge, Place
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS
from db.queries.people.groups import ALIVE, HOUSEHOLDS_MOST, Suspects, suspects
from db.queries.people.pairs import Double, Doubles, Found, MergeRow, Side, best, decided, neighbours
from db.queries.people.people import listed, person_row
from db.rules.masking import masked_name
from db.rules.people.doubles import likeness
from db.terms import DoubleKind, Likeness

PERSONS_MOST = 8 * HOUSEHOLDS_MOST

_PAIRS: WeakKeyDictionary[Suspects, dict[tuple[int, int], Likeness]] = WeakKeyDictionary()


def person_doubles(session: Session, page: int = 1) -> Doubles:
    """Pairs with the same telephone, and pairs of one household whose names are alike, the best first.

    Names are opened within a household or a telephone only, and of a bounded number; those of one whole name are found
    by its index, however many households there are.
    """
    groups = suspects(session)
    pairs = _PAIRS.get(groups)
    if pairs is None:
        pairs = _PAIRS[groups] = _compared(session, groups)
    known = decided(session, DoubleKind.PERSON)
    found: Found = {pair: (why, *pair) for pair, why in pairs.items() if pair not in known}
    shown = {number for _why, *pair in best(found, page) for number in pair}
    sides = {row.id: _side(row) for row in session.execute(listed().where(Person.id.in_(shown)))} if shown else {}
    # Who was found a moment ago may be out of reach by now.
    listed_now = ((why, sides.get(one), sides.get(other)) for why, one, other in best(found, page))
    rows = tuple(Double(one, other, why) for why, one, other in listed_now if one and other)
    return Doubles(rows, len(found))


def _compared(session: Session, groups: Suspects) -> dict[tuple[int, int], Likeness]:
    """Pairs of ids, the smaller first, and why they may be one; no name is kept."""
    numbers, homes = groups.numbers.keys, groups.households
    rows = session.execute(
        listed()
        .where(*ALIVE, Person.phone_index.in_(numbers) | Person.household_id.in_(homes))
        .order_by(Person.id.desc())
        .limit(PERSONS_MOST)
    ).all()
    found: dict[tuple[int, int], Likeness] = {}
    for column, among in (("household_id", homes), ("phone_index", numbers)):
        for one, other in neighbours(_groups(rows, column, among)):
            pair = (one.id, other.id)
            if pair in found:
                continue
            together = one.household_id == other.household_id
            why = likeness((one.name, one.phone), (other.name, other.phone), together=together)
            if why is not None:
                found[pair] = why
    return found


def _groups(rows: Any, column: str, among: frozenset[Any]) -> list[list[Any]]:
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
