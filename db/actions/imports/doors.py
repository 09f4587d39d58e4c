"""Doors of an import: which are known, which are new, and when each is due again after past visits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from db.actions.imports.store import Store
from db.actions.loading import actor_of
from db.counters import day_of
from db.errors import Refused
from db.models import Household, Visit, VisitRhythm, blind_index
from db.rules.doors.door import Door
from db.rules.doors.visit_plan import next_due
from db.scope import UNSCOPED
from db.terms import HouseholdKind, VisitOutcome

AT_ONCE = 5_000


@dataclass(slots=True)
class KnownDoor:
    """A household by its door; `ours` when it came in with this very batch."""

    id: int
    restricted: bool = False
    ours: bool = False


def door_of(row: Mapping[str, Any]) -> Door:
    """The door of a checked row, which is in the one form already."""
    return Door(row["building"], row["stairwell"], row["room"])


def chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Parts that one statement can name."""
    return (items[at : at + AT_ONCE] for at in range(0, len(items), AT_ONCE))


class Doors:
    """The doors that the rows of a batch name, looked up together."""

    def __init__(self, store: Store, rows: Sequence[Mapping[str, Any]]) -> None:
        self.store = store
        self.doors = [door_of(row) for row in rows]
        self.indexes = [
            blind_index(door.key(row["place"])) if door.is_household else ""
            for door, row in zip(self.doors, rows, strict=True)
        ]
        wanted = [index for index in dict.fromkeys(self.indexes) if index]
        self.known: dict[str, KnownDoor] = {}
        for part in chunks(wanted):
            # Restricted doors, too: whoever may not see them must not make a second one.
            kept = aliased(Household)
            query = (
                select(
                    Household.door_index,
                    func.coalesce(kept.id, Household.id),
                    func.coalesce(kept.restricted, Household.restricted),
                )
                .outerjoin(kept, kept.id == Household.merged_into_id)
                .where(Household.door_index.in_(part))
            )
            for index, number, restricted in store.session.execute(query, execution_options=UNSCOPED):
                self.known[index] = KnownDoor(number, restricted)

    def must_be_open(self) -> None:
        """Refused("import_door_restricted") when rows name doors that only named staff visit."""
        if actor_of(self.store.session).sees_restricted:
            return
        closed = [number for number, index in enumerate(self.indexes, 1) if index and self._closed(index)]
        if closed:
            raise Refused("import_door_restricted", count=len(closed), first=closed[0])

    def _closed(self, index: str) -> bool:
        known = self.known.get(index)
        return known is not None and known.restricted

    def at(self, number: int, row: Mapping[str, Any], **more: Any) -> KnownDoor | None:
        """The household of row `number`, made when nobody knocked there before; None for a row without a door."""
        index = self.indexes[number]
        if not index:
            return None
        known = self.known.get(index)
        if known is None:
            door = self.doors[number]
            made = self.store.add(
                Household,
                place_id=row["place"],
                building=door.building,
                stairwell=door.stairwell,
                room=door.room,
                door_index=index,
                **({"kind": HouseholdKind.ORDINARY, "door_note": ""} | more),
            )
            known = self.known[index] = KnownDoor(made, ours=True)
        return known


# --- when they are due --------------------------------------------------------------------------------


def days_of(session: Session) -> dict[HouseholdKind, int]:
    """How often the subdistrict wants each kind visited; what it left open keeps its norm."""
    return dict(session.execute(select(VisitRhythm.kind, VisitRhythm.days)).all())


def settle_doors(session: Session, household_ids: Iterable[int]) -> None:
    """Write for each household when it was met last, how often it stayed shut since, and when it is due."""
    days = days_of(session)
    changes: list[dict[str, Any]] = []
    for part in chunks(sorted(set(household_ids))):
        kinds = dict(
            session.execute(
                select(Household.id, Household.kind).where(Household.id.in_(part)), execution_options=UNSCOPED
            ).all()
        )
        knocks: dict[int, list[tuple[date, VisitOutcome]]] = {}
        query = (
            select(Visit.household_id, Visit.at, Visit.outcome)
            .where(Visit.household_id.in_(part))
            .order_by(Visit.at, Visit.id)
        )
        for household_id, at, outcome in session.execute(query, execution_options=UNSCOPED):
            knocks.setdefault(household_id or 0, []).append((day_of(at), outcome))
        for number, kind in kinds.items():
            met, tries = met_and_tries(knocks.get(number, ()))
            due = next_due(kind, met, days) if met else None
            changes.append({"door": number, "met": met, "shut": tries, "due": due})
    if changes:
        statement = (
            update(Household)
            .where(Household.id == bindparam("door"))
            .values(met_on=bindparam("met"), tries=bindparam("shut"), due_on=bindparam("due"))
        )
        session.connection().execute(statement, changes)


def met_and_tries(knocks: Iterable[tuple[date, VisitOutcome]]) -> tuple[date | None, int]:
    """From visits in their order: the last day somebody was met, and how often the door stayed shut since."""
    met, tries = None, 0
    for day, outcome in knocks:
        if outcome is VisitOutcome.NOT_IN:
            tries += 1
        else:
            met, tries = day, 0
    return met, tries
