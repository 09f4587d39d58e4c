"""What a paired phone takes along: the doors that are due, and the words of a form. No name, no telephone number.

Restricted doors are left out; the staff named for them gets their alias and nothing that leads there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from db.models import Category, Household, Patch, Place
from db.queries.doors.rounds import tried_on
from db.rules.doors.visit_plan import SHUT_TWICE, Stop, evening_advised, knock_order, walk
from db.rules.masking import redact
from db.terms import HouseholdKind

MOST_DOORS = 60
"""About as many as a worker visits in a day; whole stairwells are added until it is reached."""
MOST_STOPS = 400


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One door; with an alias it carries nothing that says where it is."""

    id: int
    place_id: int
    building: str
    stairwell: str
    room: str
    alias: str
    kind: HouseholdKind
    door_note: str
    met_on: date | None
    due_on: date | None
    tries: int
    evening: bool


@dataclass(frozen=True, slots=True)
class Named:
    id: int
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """Everything that a phone takes along."""

    doors: tuple[DoorRow, ...]
    places: tuple[Named, ...]
    categories: tuple[Named, ...]


def taken_along(session: Session, account_id: int, *, today: date) -> TakenAlong:
    """The doors that are due for this person, in walking order, and the choices of a need; five statements."""
    places = session.execute(select(Place.id, Place.name).order_by(Place.name)).all()
    categories = session.execute(
        select(Category.id, Category.name, Category.name_en)
        .where(Category.active.is_(True))
        .order_by(Category.position, Category.id)
    ).all()
    return TakenAlong(
        _doors(session, account_id, today),
        tuple(Named(row.id, row.name, row.name) for row in places),
        tuple(Named(row.id, row.name, row.name_en) for row in categories),
    )


def _doors(session: Session, account_id: int, today: date) -> tuple[DoorRow, ...]:
    # The doors of 今日走访, with those that it keeps for the evening.
    waits = or_(~tried_on(today), Household.tries >= SHUT_TWICE)
    due = [Household.due_on <= today, waits, *_patch(session, account_id)]
    stops = _stops(session, due)
    if not stops:
        return ()
    at = [(stop.place_id, stop.building, stop.stairwell) for stop in stops]
    query = (
        select(
            *(Household.id, Household.place_id, Household.building, Household.stairwell, Household.room),
            *(Household.alias, Household.restricted, Household.kind, Household.door_note),
            *(Household.met_on, Household.due_on, Household.tries),
        )
        .where(tuple_(Household.place_id, Household.building, Household.stairwell).in_(at), *due)
        .order_by(Household.id)
        .limit(MOST_DOORS * 4)
    )
    found: dict[tuple[int, str, str], list[Any]] = {}
    for row in session.execute(query):
        found.setdefault((row.place_id, row.building, row.stairwell), []).append(row)
    walked = [
        row
        for stop in stops
        for row in knock_order(found.get((stop.place_id, stop.building, stop.stairwell), []), stop.stairwell, today)
    ]
    return tuple(_door(row) for row in walked[:MOST_DOORS])


def _patch(session: Session, account_id: int) -> list[ColumnElement[bool]]:
    """The buildings that the person looks after; without a patch, all doors of the community."""
    mine = session.execute(select(Patch.place_id, Patch.building).where(Patch.account_id == account_id)).all()
    if not mine:
        return []
    whole = [row.place_id for row in mine if not row.building]
    parts = [(row.place_id, row.building) for row in mine if row.building]
    return [or_(Household.place_id.in_(whole), tuple_(Household.place_id, Household.building).in_(parts))]


def _stops(session: Session, due: Sequence[ColumnElement[bool]]) -> list[Stop]:
    """The stairwells to walk, the urgent ones first, until they hold enough doors."""
    query = (
        select(
            Household.place_id,
            Place.name,
            Household.building,
            Household.stairwell,
            func.count(Household.id),
            func.sum(case((Household.kind == HouseholdKind.HIGH_RISK, 1), else_=0)),
            func.sum(case((Household.kind == HouseholdKind.KEY, 1), else_=0)),
        )
        .join(Place, Place.id == Household.place_id)
        .where(*due)
        .group_by(Household.place_id, Place.name, Household.building, Household.stairwell)
        .limit(MOST_STOPS)
    )
    chosen: list[Stop] = []
    doors = 0
    for stop in walk([Stop(*row) for row in session.execute(query)]):
        if doors >= MOST_DOORS:
            break
        chosen.append(stop)
        doors += stop.due
    return chosen


def _door(row: Any) -> DoorRow:
    hidden = bool(row.restricted)
    return DoorRow(
        id=row.id,
        place_id=0 if hidden else row.place_id,
        building="" if hidden else row.building,
        stairwell="" if hidden else row.stairwell,
        room="" if hidden else row.room,
        alias=row.alias if hidden else "",
        kind=row.kind,
        door_note="" if hidden else redact(row.door_note),
        met_on=row.met_on,
        due_on=row.due_on,
        tries=row.tries,
        evening=evening_advised(row.tries),
    )
