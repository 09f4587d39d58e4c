"""今日走访: which stairwells have doors that are due, and the doors of the current one.

For pages behind PLAN_VISITS alone: the worker in the stairwell reads room numbers in clear; a restricted door is
visible to named staff only, by its alias.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Account, BuildingDoors, Household, Need, Patch, Place, Visit, VisitRhythm
from db.rules.clock import lately
from db.rules.doors.visit_plan import DAYS, SHUT_TWICE, TAKE_BACK_WITHIN, Stop, following, is_due, knock_order, walk
from db.rules.masking import redact
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import HouseholdKind, Role, VisitOutcome

STOPS_MOST = 300
DOORS_MOST = 120
FIRST_DOORS = 6000
"""Doors of a community that are looked at first, by building: where many are due, more stairwells than are listed."""
BUILDINGS_MOST = 300


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A door of the current stairwell: what its visitor must know before knocking."""

    id: int
    room: str
    """The number, or the alias of a restricted household."""
    kind: HouseholdKind
    met_on: date | None
    tries: int
    note: str
    due_on: date | None
    today: VisitOutcome | None
    """What today's last knock came to, if there was one."""

    def waits(self, day: date, *, evening: bool) -> bool:
        """Whether it belongs to the round: due and not tried today; in the evening, shut twice and still shut."""
        if not is_due(self.due_on, day):
            return False
        if evening:
            return self.tries >= SHUT_TWICE
        return self.today is None


@dataclass(frozen=True, slots=True)
class Round:
    """The stairwells to walk, in order; `has_patch` whether some buildings are this worker's own."""

    stops: tuple[Stop, ...]
    has_patch: bool
    evening: int
    """When the day's round is done: doors that stayed shut twice, for the evening."""
    known: bool = True
    """Some household of the community is on file."""

    @property
    def doors(self) -> int:
        return sum(stop.due for stop in self.stops)


@dataclass(frozen=True, slots=True)
class Stairwell:
    """The current stairwell with all of its doors in walking order; `waiting` are those that belong to the round."""

    place_id: int
    place: str
    building: str
    stairwell: str
    doors: tuple[DoorRow, ...]
    waiting: tuple[DoorRow, ...]

    def door(self, household_id: int | None) -> DoorRow | None:
        """The door that was asked for, else the next one that waits."""
        asked = (door for door in self.doors if door.id == household_id)
        return next(asked, None) or next(iter(self.waiting), None)


@dataclass(frozen=True, slots=True)
class LastTap:
    """The worker's last visit while it may be taken back."""

    id: int
    door: str
    outcome: VisitOutcome


@dataclass(frozen=True, slots=True)
class PatchRow:
    """片区 of one worker: places (building "") and buildings."""

    account_id: int
    name: str
    parts: tuple[tuple[int, str], ...]
    gone: bool = False
    """Nobody walks it: the worker has left, or has another role."""


def walks(account_id: InstrumentedAttribute[int], community_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Condition: the account that this column names is a worker of that community."""
    return exists().where(
        Account.id == account_id,
        Account.community_id == community_id,
        Account.role == Role.AREA_WORKER,
        Account.disabled_at.is_(None),
    )


def start_of(day: date) -> datetime:
    """The first moment of a Chinese day."""
    return datetime.combine(day, time(), CHINA)


def in_patch(account_id: int) -> ColumnElement[bool]:
    """Condition on a household: this worker looks after it."""
    return exists().where(
        Patch.account_id == account_id,
        Patch.place_id == Household.place_id,
        or_(Patch.building == "", Patch.building == Household.building),
    )


def tried_on(day: date) -> ColumnElement[bool]:
    """Condition on a household: somebody knocked, or called, on that day."""
    return exists().where(Visit.household_id == Household.id, Visit.at >= start_of(day))


def todays_round(
    session: Session, community_id: int, *, worker_id: int, today: date, mine: bool = True, evening: bool = False
) -> Round:
    """The stairwells with doors that are due and not tried yet; `mine`: in the worker's patch, if there is one.

    At most six statements. In the evening, the doors that stayed shut twice, today's included.
    """
    own = select(Patch.id).where(Patch.account_id == worker_id).limit(1)
    has_patch = mine and session.execute(own).first() is not None
    due: list[ColumnElement[bool]] = [Household.community_id == community_id, Household.due_on <= today]
    if has_patch:
        due.append(in_patch(worker_id))
    overdue = Household.due_on < today
    query = (
        select(
            Household.place_id,
            Place.name.label("place"),
            Household.building,
            Household.stairwell,
            func.count().label("due"),
            func.count(case((overdue & (Household.kind == HouseholdKind.HIGH_RISK), 1))).label("high_risk"),
            func.count(case((overdue & (Household.kind == HouseholdKind.KEY), 1))).label("key"),
        )
        .join(Place, Place.id == Household.place_id)
        .where(*due, Household.tries >= SHUT_TWICE if evening else ~tried_on(today))
        .group_by(*_STAIRWELL)
        .order_by(*_STAIRWELL)
        .limit(STOPS_MOST)
    )
    stops = _stops(session, query, None if has_patch else _first_doors(session, community_id))
    left, known = 0, True
    if not stops:
        any_door = select(Household.id).where(Household.community_id == community_id).limit(1)
        known = session.execute(any_door).first() is not None
    if not stops and not evening and known:
        shut = select(func.count()).select_from(Household).where(*due, Household.tries >= SHUT_TWICE)
        left = session.execute(shut).scalar_one()
    return Round(tuple(walk(stops)), has_patch, left, known)


_STAIRWELL = (Household.place_id, Place.name, Household.building, Household.stairwell)


def _first_doors(session: Session, community_id: int) -> ColumnElement[bool] | None:
    """Condition: the buildings with the first doors of a community; None where these are all that there are."""
    order = (Household.place_id, Household.building)
    query = select(*order).where(Household.community_id == community_id).order_by(*order)
    last = session.execute(query.limit(1).offset(FIRST_DOORS)).first()
    return None if last is None else tuple_(*order) <= tuple_(*last)


def _stops(session: Session, query: Any, first: ColumnElement[bool] | None) -> list[Stop]:
    """The first stairwells; where those of the first doors are enough, the others are neither counted nor sorted."""
    for part in (query,) if first is None else (query.where(first), query):
        stops = [
            Stop(row.place_id, row.place, row.building, row.stairwell, row.due, row.high_risk, row.key)
            for row in session.execute(part)
        ]
        if len(stops) == STOPS_MOST:
            break
    return stops


def doors_of(session: Session, place_id: int, building: str, stairwell: str, today: date) -> tuple[DoorRow, ...]:
    """All doors of a stairwell in walking order, due or not, with today's last knock; one statement."""
    knock = (
        select(Visit.outcome)
        .where(Visit.household_id == Household.id, Visit.at >= start_of(today))
        .order_by(Visit.at.desc(), Visit.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            Household.id,
            Household.room,
            Household.restricted,
            Household.alias,
            Household.kind,
            Household.met_on,
            Household.tries,
            Household.door_note,
            Household.due_on,
            knock.label("today"),
        )
        .where(Household.place_id == place_id, Household.building == building, Household.stairwell == stairwell)
        .limit(DOORS_MOST)
    )
    doors = [
        DoorRow(
            row.id,
            (row.alias or "***") if row.restricted else row.room,
            row.kind,
            row.met_on,
            row.tries,
            redact(row.door_note),
            row.due_on,
            row.today,
        )
        for row in session.execute(query)
    ]
    return tuple(knock_order(doors, stairwell, today))


def stairwell_at_hand(
    session: Session,
    stops: Sequence[Stop],
    *,
    today: date,
    evening: bool = False,
    held: tuple[int, str, str] | None = None,
    household_id: int | None = None,
) -> Stairwell | None:
    """The stairwell of the door asked for, else the one held while a door of it waits, else the next of the round.

    Three statements at most.
    """

    def read(place_id: int, place: str, building: str, stairwell: str) -> Stairwell:
        doors = doors_of(session, place_id, building, stairwell, today)
        waiting = tuple(door for door in doors if door.waits(today, evening=evening))
        return Stairwell(place_id, place, building, stairwell, doors, waiting)

    if household_id is not None:
        query = (
            select(Place.id, Place.name, Household.building, Household.stairwell)
            .join(Household, Household.place_id == Place.id)
            .where(Household.id == household_id)
        )
        asked = session.execute(query).first()
        if asked is not None:
            return read(asked.id, asked.name, asked.building, asked.stairwell)
    known = session.execute(select(Place.id, Place.name).where(Place.id == held[0])).first() if held else None
    here = read(known.id, known.name, held[1], held[2]) if known and held else None
    if here is not None and here.waiting:
        return here
    stop = following(stops, here.place, here.building, here.stairwell) if here else next(iter(stops), None)
    return read(stop.place_id, stop.place, stop.building, stop.stairwell) if stop else here


def last_tap(session: Session, worker_id: int, now: datetime) -> LastTap | None:
    """The worker's last visit of the last ten minutes, unless a need came out of it."""
    has_need = exists().where(Need.visit_id == Visit.id)
    query = (
        select(
            Visit.id, Visit.outcome, Household.room, Household.restricted, Household.alias, has_need.label("has_need")
        )
        .join(Household, Household.id == Visit.household_id)
        .where(Visit.worker_id == worker_id, lately(Visit.at, now, TAKE_BACK_WITHIN))
        .order_by(Visit.at.desc(), Visit.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None or row.has_need:
        return None
    return LastTap(row.id, (row.alias or "***") if row.restricted else row.room, row.outcome)


def patches(session: Session, community_id: int) -> tuple[PatchRow, ...]:
    """The area workers of a community with the buildings they look after, last the parts that nobody walks any more."""
    parts: dict[int, list[tuple[int, str]]] = {}
    rows = select(Patch.account_id, Patch.place_id, Patch.building).where(Patch.community_id == community_id)
    for row in session.execute(rows.order_by(Patch.place_id, Patch.building)):
        parts.setdefault(row.account_id, []).append((row.place_id, row.building))
    works = and_(Account.community_id == community_id, Account.role == Role.AREA_WORKER, Account.disabled_at.is_(None))
    people = select(Account.id, Account.name, works.label("works")).where(or_(works, Account.id.in_(parts)))
    found = [
        PatchRow(row.id, row.name, tuple(parts.get(row.id, ())), gone=not row.works)
        for row in session.execute(people.order_by(Account.id), execution_options=UNSCOPED)
    ]
    return tuple(sorted(found, key=lambda row: row.gone))


def buildings(session: Session, community_id: int) -> tuple[tuple[int, str], ...]:
    """Places and buildings with a known door."""
    query = (
        select(Household.place_id, Household.building)
        .where(Household.community_id == community_id)
        .distinct()
        .limit(BUILDINGS_MOST)
    )
    return tuple((row.place_id, row.building) for row in session.execute(query))


def due_counts(session: Session, today: date) -> dict[HouseholdKind, tuple[int, int]]:
    """Of each kind in reach: households, and those whose day has passed; two statements."""
    kept = select(BuildingDoors.kind, func.sum(BuildingDoors.households)).group_by(BuildingDoors.kind)
    every: dict[HouseholdKind, int] = dict(session.execute(kept).all())
    # With one kind named the index leads to the late doors alone, and nothing is sorted.
    passed = (
        select(func.count()).select_from(Household).where(Household.kind == kind, Household.due_on < today)
        for kind in HouseholdKind
    )
    late = session.execute(select(*(one.scalar_subquery() for one in passed))).one()
    return {kind: (every.get(kind, 0), over) for kind, over in zip(HouseholdKind, late, strict=True)}


def rhythms(session: Session) -> dict[HouseholdKind, int]:
    """Days between two visits by kind, of the actor's subdistrict; the norm where nothing was set."""
    found = {row.kind: row.days for row in session.execute(select(VisitRhythm.kind, VisitRhythm.days))}
    return {**DAYS, **found}
