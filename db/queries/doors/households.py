"""Doors: what a worker standing in a stairwell chooses from, and how a household is named everywhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Household
from db.rules.doors.door import tidy_door
from db.scope import UNSCOPED
from db.terms import HouseholdKind

ROOMS_MOST = 120
STAIRWELLS_MOST = 400


@dataclass(frozen=True, slots=True)
class Stairwell:
    """A building and one of its stairwells, as they are on file."""

    building: str
    stairwell: str


@dataclass(frozen=True, slots=True)
class Room:
    """A household of one stairwell with its room number in clear: for the worker who stands before the door."""

    id: int
    room: str
    kind: HouseholdKind


def masked_door(place: str | None, building: str | None, *, known: bool, alias: str = "") -> str:
    """A household on every screen but the doorstep: place and building, the room hidden; an alias stands for all.

    "" when nobody is known (an anonymous voice).
    """
    if alias:
        return alias
    return f"{place or ''}{building or ''} ***" if known else ""


def at_doors(session: Session, indexes: Sequence[str]) -> list[int]:
    """Ids of the households behind doors, by their blind indexes, whoever may see them; a merged record, which no
    scope shows, leads to the one that was kept.
    """
    kept = func.coalesce(Household.merged_into_id, Household.id)
    query = select(kept).where(Household.door_index.in_(indexes))
    return list(session.scalars(query, execution_options=UNSCOPED))


def stairwells(session: Session, place_id: int | None) -> tuple[Stairwell, ...]:
    """Buildings and stairwells of a place with a door on file, from the index alone; none before a place is chosen."""
    if place_id is None:
        return ()
    query = (
        select(Household.building, Household.stairwell)
        .where(Household.place_id == place_id)
        .distinct()
        .order_by(Household.building, Household.stairwell)
        .limit(STAIRWELLS_MOST)
    )
    return tuple(Stairwell(row.building, row.stairwell) for row in session.execute(query))


def rooms(session: Session, place_id: int | None, building: str, stairwell: str) -> tuple[Room, ...]:
    """Households of one stairwell by room number; none before a building is chosen.

    Only for pages behind LOG_VISIT: the room is personal data.
    """
    door = tidy_door(building, stairwell, "")
    if place_id is None or not door.building:
        return ()
    query = (
        select(Household.id, Household.room, Household.kind)
        .where(
            Household.place_id == place_id,
            Household.building == door.building,
            Household.stairwell == door.stairwell,
        )
        .limit(ROOMS_MOST)
    )
    found = [Room(row.id, row.room, row.kind) for row in session.execute(query)]
    return tuple(sorted(found, key=lambda room: (len(room.room), room.room)))
