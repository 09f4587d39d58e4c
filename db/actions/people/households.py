"""Two records of one flat are made one household, and exactly taken apart again when that was wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import UniqueConstraint, func, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import audit
from db.actions.doors.visits import follow_visits
from db.actions.loading import actor_of, load
from db.actions.needs.merging import CLOSED_TO_VOICES, count_voices
from db.actions.people.differing import keep_different
from db.audit import UNAUDITED
from db.engine import action
from db.errors import NotFound, Refused
from db.models import Household, HouseholdMerge, Model, Need, Versioned
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import DoubleKind, HouseholdKind

BULK = UNAUDITED | UNSCOPED
"""Rows of two households that were loaded within the scope of whoever joins them."""
KINDS = (HouseholdKind.ORDINARY, HouseholdKind.KEY, HouseholdKind.HIGH_RISK)
"""From the one that is visited least: the joined household is visited as often as either was."""
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Referring:
    """A column of another table that names a household."""

    model: type[Model]
    key: str
    unique: bool
    """Whether a rule of the table can forbid that a row goes along, such as a helper paired with both."""

    @property
    def name(self) -> str:
        """Under which its rows are kept in `moved`."""
        return f"{self.model.__tablename__}.{self.key}"


@cache
def referring() -> tuple[Referring, ...]:
    """Every column that refers to a household, found by its foreign key, so that a new table is not forgotten."""
    found = []
    for mapper in Model.registry.mappers:
        for column in mapper.columns:
            refers = any(key.column.table.name == Household.__tablename__ for key in column.foreign_keys)
            if refers and mapper.class_ is not HouseholdMerge:
                key = inspect(mapper.class_).get_property_by_column(column).key
                found.append(Referring(mapper.class_, key, _can_forbid(column)))
    return tuple(sorted(found, key=lambda one: one.name))


def _can_forbid(column: Any) -> bool:
    table = column.table
    rules: Iterable[Any] = [index for index in table.indexes if index.unique]
    rules = [*rules, *(one for one in table.constraints if isinstance(one, UniqueConstraint))]
    return column.unique or any(column.name in rule.columns for rule in rules)


@action(Permission.MERGE_PERSONS)
def merge_households(session: Session, *, kept_id: int, other_id: int, now: datetime) -> int:
    """The other record leads to the kept one from now on, and everything that was filed under it. The merge's id.

    Raises Refused("merge_same"), ("merge_merged"), ("merge_restricted").
    """
    if kept_id == other_id:
        raise Refused("merge_same")
    # Locked in the order of their ids, so that two merges of the same pair cannot wait for each other.
    locked = {one: load(session, Household, one, lock=True) for one in sorted((kept_id, other_id))}
    kept, other = locked[kept_id], locked[other_id]
    if kept is other or kept.id != kept_id or other.id != other_id:
        raise Refused("merge_merged")
    if kept.restricted is not other.restricted:
        raise Refused("merge_restricted")
    return join(session, kept, other, by=actor_of(session).id, now=now).id


def join(session: Session, kept: Household, other: Household, *, by: int | None, now: datetime) -> HouseholdMerge:
    """Make two households one; `by` is None when an update brings doors into one form. Both are held by the caller."""
    filled = _fill(kept, other)
    session.flush()
    rows = {one.name: _move(session, one, other.id, kept.id) for one in referring()}
    other.merged_into_id = kept.id
    merge = HouseholdMerge(
        community_id=kept.community_id,
        restricted=kept.restricted,
        kept_id=kept.id,
        other_id=other.id,
        moved={"rows": {name: ids for name, ids in rows.items() if ids}, "filled": filled},
        merged_by=by,
        merged_at=now,
    )
    session.add(merge)
    _settle(session, kept, other, rows)
    _tell(session, merge, "update")
    return merge


def _fill(kept: Household, other: Household) -> dict[str, list[str]]:
    """The stricter kind, and a hint or an alias where there was none: column → value before and after."""
    filled: dict[str, list[str]] = {}
    if KINDS.index(other.kind) > KINDS.index(kept.kind):
        filled["kind"] = [kept.kind.value, other.kind.value]
        kept.kind = other.kind
    if other.door_note and not kept.door_note:
        # What the note says stays in its own column: only that it was taken over is kept.
        filled["door_note"] = []
        kept.door_note = other.door_note
    if other.alias and not kept.alias:
        # Whoever is hidden behind an alias stays hidden.
        filled["alias"] = []
        kept.alias = other.alias
    return filled


def _move(session: Session, column: Referring, old: int, new: int) -> list[int]:
    """Let the rows of one household refer to another; the ids of those that went along."""
    model: Any = column.model
    attribute = getattr(model, column.key)
    query = select(model.id).where(attribute == old).order_by(model.id)
    ids = list(session.scalars(query, execution_options=UNSCOPED))
    return [one for part in _parts(ids, column) for one in _point(session, column, part, old, new)]


def _parts(ids: list[int], column: Referring) -> Iterable[list[int]]:
    size = 1 if column.unique else AT_ONCE
    return (ids[at : at + size] for at in range(0, len(ids), size))


def _point(session: Session, column: Referring, ids: list[int], old: int, new: int) -> list[int]:
    model: Any = column.model
    values: dict[str, Any] = {column.key: new}
    if issubclass(model, Versioned):
        values["version"] = model.version + 1
    statement = update(model).where(model.id.in_(ids), getattr(model, column.key) == old).values(values)
    if not column.unique:
        session.execute(statement, execution_options=BULK)
        return ids
    try:
        with session.begin_nested():
            session.execute(statement, execution_options=BULK)
    except IntegrityError:
        return []  # The kept household has the same already.
    return ids


def _settle(session: Session, kept: Household, other: Household, rows: dict[str, list[int]]) -> None:
    """What is counted from the rows: visits, and who asks for a need; results that are out stay as they were."""
    session.flush()
    session.expire_all()
    for household in (kept, other):
        household.met_on, household.due_on = None, None
        follow_visits(session, household)
    leads = set()
    for part in _parts(rows.get("need.household_id", []), Referring(Need, "household_id", unique=False)):
        query = select(func.coalesce(Need.merged_into_id, Need.id)).where(Need.id.in_(part)).distinct()
        leads |= set(session.scalars(query, execution_options=UNSCOPED))
    for lead in session.scalars(select(Need).where(Need.id.in_(leads)).order_by(Need.id), execution_options=UNSCOPED):
        if lead.stage not in CLOSED_TO_VOICES:
            count_voices(session, lead)
    session.flush()


def _tell(session: Session, merge: HouseholdMerge, operation: str) -> None:
    """One line in the log for all rows that moved past it."""
    counts = {f"moved_{name.partition('.')[0]}": len(ids) for name, ids in merge.moved["rows"].items()}
    if counts:
        pairs = {name: (None, count) if merge.undone_at is None else (count, None) for name, count in counts.items()}
        audit.note(session, merge, operation, pairs)


@action(Permission.MERGE_PERSONS)
def undo_household_merge(session: Session, *, merge_id: int, now: datetime) -> int:
    """Give back what was moved; what was added since stays with the kept household. The id of the other.

    The two are kept as different, so that no update joins them again. Raises Refused("merge_undone"), ("merge_merged")
    while the kept one is itself merged into another, ("merge_changed") when a value that was taken over was changed.
    """
    merge = load(session, HouseholdMerge, merge_id, lock=True)
    if merge.undone_at is not None:
        raise Refused("merge_undone")
    query = select(Household).where(Household.id.in_((merge.kept_id, merge.other_id))).order_by(Household.id)
    found = {one.id: one for one in session.scalars(query.with_for_update(), execution_options=UNSCOPED)}
    kept, other = found[merge.kept_id], found[merge.other_id]
    if kept.restricted and not actor_of(session).sees_restricted:
        raise NotFound(what="household_merge", id=merge_id)
    if kept.merged_into_id is not None:
        raise Refused("merge_merged")
    if kept.restricted and not other.restricted:
        # Hidden since, perhaps for somebody who goes back to the other door.
        other.restricted, other.alias = True, other.alias or kept.alias
    _empty(kept, other, merge.moved["filled"])
    columns = {one.name: one for one in referring()}
    for name, ids in merge.moved["rows"].items():
        for part in _parts(ids, columns[name]):
            _point(session, columns[name], part, kept.id, other.id)
    other.merged_into_id = None
    merge.undone_at, merge.undone_by = now, actor_of(session).id
    _settle(session, kept, other, merge.moved["rows"])
    _tell(session, merge, "update")
    keep_different(session, DoubleKind.HOUSEHOLD, kept.community_id, (kept.id, other.id), now=now)
    return other.id


def _empty(kept: Household, other: Household, filled: dict[str, list[str]]) -> None:
    for column, values in filled.items():
        if getattr(kept, column) != getattr(other, column):
            raise Refused("merge_changed", what=column)
        setattr(kept, column, HouseholdKind(values[0]) if column == "kind" else "")
