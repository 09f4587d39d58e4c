"""Telephones, and households, that several persons have: looked for among all once, then followed from write to write.

The first look passes every person of the scope; the next ones ask for those groups alone that were known and those of
persons that were written since (`db.queries.kept`).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Person
from db.queries.kept import Kept, place_in_log, written_between

GROUPS_MOST = 1000
"""Telephones that several persons have, and households with two of one name: of each so many, newest first."""
HOUSEHOLDS_MOST = 1000
"""Households with several persons whose names are opened and compared, newest first."""
ALIVE = (Person.merged_into_id.is_(None), Person.erased_at.is_(None))


@dataclass(frozen=True, slots=True)
class Groups:
    """Keys that several persons have; where there are more than are looked at, the newest."""

    keys: frozenset[Any]
    floor: int | None = None
    """The newest person of the oldest group; None: these are all groups that there are."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Suspects:
    """Groups by telephone, by household, and by household and name where not all households are known; the same object
    until a person is written.
    """

    numbers: Groups
    homes: Groups
    names: Groups | None

    @property
    def households(self) -> frozenset[Any]:
        return self.homes.keys | self.names.keys if self.names else self.homes.keys


_KEPT: Kept[Suspects] = Kept(most=64)
_NUMBER, _HOME, _NAME = (Person.phone_index,), (Person.household_id,), (Person.household_id, Person.name_index)


def suspects(session: Session) -> Suspects:
    """The groups of whoever the reader may see."""
    place, last = place_in_log(session), _KEPT.last(session)
    found = _followed(session, last[1], _written(session, last[0], place)) if last else None
    return _KEPT.keep(session, place, found or _all(session))


def _written(session: Session, since: Any, until: Any) -> set[int] | None:
    """Persons that were written since; None when nobody can tell."""
    entries = written_between(session, since, until, ("person",))
    return None if entries is None else {one.row_id for one in entries if one.row_id is not None}


def _all(session: Session) -> Suspects:
    homes = _among_all(session, _HOME, HOUSEHOLDS_MOST)
    return Suspects(_among_all(session, _NUMBER, GROUPS_MOST), homes, _names(session, homes))


def _names(session: Session, homes: Groups) -> Groups | None:
    # Those of one name are among the households with several persons, so only where not all of these were found.
    return _among_all(session, _NAME, GROUPS_MOST) if len(homes.keys) == HOUSEHOLDS_MOST else None


def _several(keys: tuple[Any, ...]) -> Any:
    groups = select(keys[0]).where(*(key.is_not(None) for key in keys), *ALIVE)
    return groups.group_by(*keys).having(func.count() > 1)


def _among_all(session: Session, keys: tuple[Any, ...], most: int) -> Groups:
    groups = _several(keys)
    found = session.scalars(groups.limit(most + 1)).all()
    if len(found) <= most:
        return Groups(frozenset(found))
    # Only where not all are looked at does it matter which is newer, and that costs a third more.
    return _newest(session, groups, most)[0]


def _newest(session: Session, groups: Any, most: int) -> tuple[Groups, int]:
    """The newest groups, and how many there are, as far as one more than these."""
    newest = func.max(Person.id)
    rows = session.execute(groups.add_columns(newest.label("newest")).order_by(newest.desc()).limit(most + 1)).all()
    kept = rows[:most]
    return Groups(frozenset(row[0] for row in kept), kept[-1].newest if kept else 0), len(rows)


def _followed(session: Session, last: Suspects, written: set[int] | None) -> Suspects | None:
    """What has become of the groups; None when all must be looked through again."""
    if not written:
        return None if written is None else last
    rows = session.execute(select(Person.phone_index, Person.household_id).where(Person.id.in_(written), *ALIVE)).all()
    doors = {row.household_id for row in rows}
    numbers = _again(session, _NUMBER, last.numbers, {row.phone_index for row in rows} - {None}, GROUPS_MOST)
    homes = _again(session, _HOME, last.homes, doors, HOUSEHOLDS_MOST)
    if numbers is None or homes is None:
        return None
    if len(homes.keys) < HOUSEHOLDS_MOST:
        return Suspects(numbers, homes, None)
    names = _again(session, _NAME, last.names, doors, GROUPS_MOST) if last.names else None
    return Suspects(numbers, homes, names or _names(session, homes))


def _again(session: Session, keys: tuple[Any, ...], last: Groups, touched: set[Any], most: int) -> Groups | None:
    """A group that was not known and is not touched has become neither newer nor larger, so it need not be asked for,
    unless one that was known has left room for it.
    """
    among = last.keys | touched
    found, there = _newest(session, _several(keys).where(keys[0].in_(among)), most)
    if last.floor is None:
        return found if there > most else Groups(found.keys)
    return found if there >= most and found.floor is not None and found.floor >= last.floor else None
