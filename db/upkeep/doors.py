"""Doors that stand in older forms are brought into the one form, and records of one flat are joined.

`python -m db migrate` runs it after the revisions; a second run finds nothing to do. What a person must decide waits on
the page of doubles.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, inspect, select, update
from sqlalchemy.orm import Session

from db import audit
from db.actions.people.households import BULK, join
from db.counters import recount_doors
from db.engine import as_system, utc_now
from db.models import (
    BuildingDoors,
    Household,
    Model,
    Patch,
    Person,
    Place,
    Subdistrict,
    Versioned,
    blind_index,
)
from db.queries.people.households import household_doubles
from db.queries.people.pairs import decided
from db.rules.doors.door import Door, tidy_door, unread_fields
from db.rules.people.doubles import alike
from db.terms import DoubleKind

REASON = "doors in one form"
LISTED_MOST = 50
AT_ONCE = 5_000
Group = list[Any]


@dataclass(slots=True)
class Tidied:
    """What was done; doors are named without their room. `unsure` are pairs that a person decides."""

    changed: int = 0
    joined: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    pairs: dict[str, int] = field(default_factory=dict)
    """Record → the household that it was joined to."""
    renamed: dict[str, int] = field(default_factory=dict)
    """Table → rows whose building was brought into the one form."""
    waiting: int = 0
    """Pairs of doors that may be one flat, on the page of doubles, after something was changed."""

    @property
    def anything(self) -> bool:
        """Whether a row was changed."""
        return bool(self.changed or self.joined or self.renamed)


def tidy_doors(*, now: datetime | None = None) -> Tidied:
    """Bring every door into the one form, in one transaction with one entry in the log."""
    done = Tidied()
    with as_system(REASON) as session:
        # Processes that start at the same time wait here, and the second one finds nothing to do.
        subdistrict = session.scalars(select(Subdistrict).order_by(Subdistrict.id).with_for_update()).first()
        if subdistrict is None:
            return done
        places = dict(session.execute(select(Place.id, Place.name)).all())
        for place, name in places.items():
            _tidy_place(session, place, name, done, now or utc_now())
        for model in _models_with_buildings():
            _rename(session, model, places, done)
        if done.anything:
            session.flush()
            recount_doors(session)
            told = {"doors_changed": done.changed, "doors_joined": done.pairs, "buildings_changed": done.renamed}
            audit.as_one(session, subdistrict, "update", {name: (None, value) for name, value in told.items()})
            done.waiting = household_doubles(session).total
    return done


def lines(done: Tidied) -> list[str]:
    """What the command line prints; nothing when there was nothing to do and nothing to ask."""
    said = []
    if done.changed or done.renamed:
        said.append(f"Doors in one form: {done.changed} households, {sum(done.renamed.values())} other rows.")
    for what, found in (
        ("Joined as one household", done.joined),
        ("To be decided on the page of doubles", done.unsure),
    ):
        if found:
            said.append(f"{what}: {len(found)}.")
            said += [f"  {one}" for one in found[:LISTED_MOST]]
            said += [f"  … and {len(found) - LISTED_MOST} more."] if len(found) > LISTED_MOST else []
    if done.waiting:
        said.append(f"Pairs of doors that may be one flat, on the page of doubles: {done.waiting}.")
    return said


def _tidy_place(session: Session, place: int, name: str, done: Tidied, now: datetime) -> None:
    """The doors of one place; those that end in one form are joined where nothing speaks against it."""
    query = select(
        *(Household.id, Household.building, Household.stairwell, Household.room, Household.restricted),
        *(Household.door_index, Household.merged_into_id),
    ).where(Household.place_id == place)
    groups: dict[Door, Group] = defaultdict(list)
    taken: set[str] = set()
    for row in session.execute(query.order_by(Household.id)):
        taken.add(row.door_index)
        if row.merged_into_id is None:
            groups[_door(row, name)].append(row)
    for door, rows in groups.items():
        if len(rows) == 1 and _stands(rows[0], door):
            continue
        # The restricted one keeps the door, so that nobody makes another household of it.
        rows.sort(key=lambda row: (not row.restricted, not _stands(row, door), row.id))
        _join_group(session, name, door, rows, done, now)
        index = blind_index(door.key(place))
        if not _stands(rows[0], door) and index not in taken:
            _write(session, rows[0].id, door, index)
            done.changed += 1


def _door(row: Any, place: str) -> Door:
    parts = (row.building, row.stairwell, row.room)
    return Door(*parts) if unread_fields(*parts, place=place) else tidy_door(*parts, place=place)


def _stands(row: Any, door: Door) -> bool:
    return (row.building, row.stairwell, row.room) == (door.building, door.stairwell, door.room)


def _join_group(session: Session, place: str, door: Door, rows: Group, done: Tidied, now: datetime) -> None:
    kept, *others = rows
    if not others:
        return
    names, known = _names(session, [row.id for row in rows]), decided(session, DoubleKind.HOUSEHOLD)
    for other in others:
        if (min(kept.id, other.id), max(kept.id, other.id)) in known:
            continue
        said = f"{place}{kept.building}{kept.stairwell} · {place}{other.building}{other.stairwell}"
        if kept.restricted is not other.restricted or _other_people(names[kept.id], names[other.id]):
            done.unsure.append(said)
            continue
        pair = {one: session.get_one(Household, one, with_for_update=True) for one in sorted((kept.id, other.id))}
        join(session, pair[kept.id], pair[other.id], by=None, now=now)
        names[kept.id] += names[other.id]
        done.joined.append(f"{said} → {place}{door.building}{door.stairwell}")
        done.pairs[str(other.id)] = kept.id


def _names(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {one: [] for one in ids}
    query = select(Person.household_id, Person.name).where(
        Person.household_id.in_(ids), Person.merged_into_id.is_(None), Person.erased_at.is_(None)
    )
    for household, name in session.execute(query):
        found[household].append(name)
    return found


def _other_people(some: Iterable[str], others: Sequence[str]) -> bool:
    """Whether people are known behind both doors and none of them is alike."""
    known = list(some)
    return bool(known and others) and not any(alike(one, other) for one in known for other in others)


def _write(session: Session, household_id: int, door: Door, index: str) -> None:
    values = {"building": door.building, "stairwell": door.stairwell, "room": door.room, "door_index": index}
    session.execute(
        update(Household).where(Household.id == household_id).values(version=Household.version + 1, **values),
        execution_options=BULK,
    )


# --- buildings beside the doors -------------------------------------------------------------------------------


def _models_with_buildings() -> list[Any]:
    """Every table that has a building beside a place, found by its columns, but doors and what counts them."""
    found = [
        mapper.class_ for mapper in Model.registry.mappers if {"building", "place_id"} <= set(mapper.columns.keys())
    ]
    return sorted(
        (model for model in found if model not in (Household, BuildingDoors)),
        key=lambda model: str(inspect(model).local_table),
    )


def _rename(session: Session, model: Any, places: dict[int, str], done: Tidied) -> None:
    """Bring the buildings of a table into the one form; a text that says more than a building stays."""
    for place, building in session.execute(select(model.place_id, model.building).distinct()).all():
        door = tidy_door(building, "", "", place=places.get(place, ""))
        if not building or door == Door(building, "", "") or door.stairwell or door.room:
            continue
        here = (model.place_id == place, model.building == building)
        if model is Patch:
            _drop_doubled_patches(session, place, building, door.building)
        values: dict[str, Any] = {"building": door.building}
        if issubclass(model, Versioned):
            values["version"] = model.version + 1
        result: Any = session.execute(update(model).where(*here).values(values), execution_options=BULK)
        done.renamed[model.__tablename__] = done.renamed.get(model.__tablename__, 0) + result.rowcount


def _drop_doubled_patches(session: Session, place: int, old: str, new: str) -> None:
    """Whoever looks after both spellings of a building looks after it once."""
    has = select(Patch.account_id).where(Patch.place_id == place, Patch.building == new)
    doubled = (Patch.place_id == place, Patch.building == old, Patch.account_id.in_(has))
    session.execute(delete(Patch).where(*doubled), execution_options=BULK)
