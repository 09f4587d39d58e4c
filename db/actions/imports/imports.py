"""导入: a whole file or nothing, in one transaction; and the way back for a whole batch."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, false, func, insert, inspect, not_, or_, select, update
from sqlalchemy.orm import Session

from db import audit
from db.actions.doors.visits import forget_visits
from db.actions.fields import chosen, line
from db.actions.imports.doors import chunks, settle_doors
from db.actions.imports.kinds import KEEP
from db.actions.imports.store import ORDER, Store, new_ids
from db.actions.loading import actor_of, load
from db.audit import UNAUDITED
from db.counters import day_of, doors_in_bulk, moved_in_bulk
from db.engine import action
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import (
    ColumnMapping,
    Community,
    Complaint,
    ComplaintStep,
    Household,
    ImportBatch,
    ImportedRow,
    Model,
    Need,
    Versioned,
    Visit,
)
from db.queries.imports.imports import book_of
from db.rows_at_once import collector_paused
from db.rules.imports.fields import FIELDS
from db.rules.imports.rows import check_rows
from db.rules.imports.runs import joined
from db.rules.imports.sheet import MOST_COLUMNS, MOST_ROWS
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import ImportKind

BY_HAND: dict[ImportKind, Permission] = {
    ImportKind.HOUSEHOLDS: Permission.LOG_VISIT,
    ImportKind.NEEDS: Permission.LOG_NEED,
    ImportKind.VOLUNTEERS: Permission.MANAGE_VOLUNTEERS,
    ImportKind.MEMBERS: Permission.MANAGE_COUNCIL,
    ImportKind.PARTY_MEMBERS: Permission.MANAGE_MEMBERS,
    ImportKind.VISITS: Permission.LOG_VISIT,
    ImportKind.HOTLINE: Permission.LOG_COMPLAINT,
    ImportKind.SIGN_UPS: Permission.MANAGE_VOLUNTEERS,
    ImportKind.UNITS: Permission.MANAGE_UNITS,
    ImportKind.VENUES: Permission.MANAGE_VENUES,
}
"""A file gives nobody more than the form does: who brings it must hold the permission for one row, too."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NOUNS: tuple[type[Model], ...] = (*ORDER, Complaint, ComplaintStep)


@action(Permission.IMPORT)
def import_rows(
    session: Session,
    *,
    kind: ImportKind | None,
    file_name: str,
    sha256: str,
    rows: Sequence[Mapping[str, str]],
    now: datetime,
    body_id: int | None = None,
    unknown: Mapping[str, str] | None = None,
    as_needs: bool = False,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Store all rows (field → text of the cell) or none: {"batch", "rows", "known", "other", "made"}.

    `known` were there already and stay as they are, `other` of them stand there with other words. `unknown` names what
    stands for a choice that is not in our book; `progress` is told how many rows are written.
    Raises Refused: import_faulty (count=, first=), import_same_file, import_nothing_new, import_other_words,
    import_door_restricted, import_seat_taken, import_raced.
    """
    chosen_kind = chosen("kind", kind, list(KEEP))
    batch = begin_batch(session, chosen_kind, file_name, sha256, len(rows), now)
    if len(rows) > MOST_ROWS:
        raise BadInput("rows", Problem.OUT_OF_RANGE, least=1, most=MOST_ROWS)
    batch.store.progress = progress
    with collector_paused():
        checked = check_rows(chosen_kind, rows, book_of(session, today=day_of(now)), unknown=unknown)
        if checked.faults:
            raise Refused("import_faulty", count=len(checked.faulty_rows), first=checked.faults[0].row + 1)
        KEEP[chosen_kind](batch.store, checked.values, body_id=body_id, as_needs=as_needs)
        return batch.end()


class _Batch:
    """One batch while it is written."""

    def __init__(self, session: Session, row: ImportBatch, store: Store) -> None:
        self.session, self.row, self.store = session, row, store

    def end(self) -> dict[str, Any]:
        """Write the rest, and the one entry in the log that says where all of it came from."""
        session, store, row = self.session, self.store, self.row
        store.flush()
        stored = row.rows - store.known
        if not store.made and store.other:
            raise Refused("import_other_words", known=store.known, count=store.other)
        if not store.made:
            raise Refused("import_nothing_new", known=store.known)
        session.execute(
            update(ImportBatch).where(ImportBatch.id == row.id).values(rows=stored),
            execution_options=UNAUDITED,
        )
        written: dict[str, Any] = {"kind": row.kind, "file_name": row.file_name, "sha256": row.sha256, "rows": stored}
        written |= {f"made_{noun}": count for noun, count in store.made.items()}
        audit.note(session, row, "insert", {name: (None, value) for name, value in written.items()})
        return {"batch": row.id, "rows": stored, "known": store.known, "other": store.other, "made": dict(store.made)}


def begin_batch(session: Session, kind: ImportKind, file_name: str, sha256: str, rows: int, now: datetime) -> _Batch:
    """Open a batch of the actor's community, one at a time. Raises Refused("import_same_file")."""
    actor = actor_of(session)
    home = actor.community_id
    if home is None or not actor.may(BY_HAND[kind]):
        raise NotPermitted(permission=BY_HAND[kind], role=actor.role)
    named = line("file_name", file_name, most=200)
    if not _DIGEST.fullmatch(sha256 if isinstance(sha256, str) else ""):
        raise BadInput("file", Problem.WRONG)
    if not rows:
        raise BadInput("rows", Problem.EMPTY)
    # Two presses, two tabs: the second one waits here and then finds the batch of the first.
    session.execute(select(Community.id).where(Community.id == home).with_for_update(key_share=True))
    same = select(ImportBatch.id, ImportBatch.made_at).where(
        ImportBatch.community_id == home,
        ImportBatch.kind == kind,
        ImportBatch.sha256 == sha256,
        ImportBatch.undone_at.is_(None),
    )
    before = session.execute(same.limit(1)).first()
    if before is not None:
        raise Refused("import_same_file", batch=before.id, day=day_of(before.made_at).isoformat())
    values = {"kind": kind, "file_name": named, "sha256": sha256, "made_by": actor.id, "made_at": now}
    row = ImportBatch(id=new_ids(session, ImportBatch, 1)[0], community_id=home, rows=rows, **values)
    session.execute(
        insert(ImportBatch),
        [{"id": row.id, "community_id": home, "rows": rows, "undone_reason": "", **values}],
        execution_options=UNAUDITED,
    )
    return _Batch(session, row, Store(session, row.id, home, now, day_of(now)))


@action(Permission.IMPORT)
def remember_columns(
    session: Session,
    *,
    kind: ImportKind | None,
    headings_hash: str,
    columns: Mapping[str, int],
    fixed: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep how these headings were understood, for the next file of this kind from the same source."""
    chosen_kind = chosen("kind", kind, list(FIELDS))
    home = actor_of(session).community_id
    if home is None or not (isinstance(headings_hash, str) and _DIGEST.fullmatch(headings_hash)):
        raise BadInput("headings_hash", Problem.WRONG)
    keys = {field.key for field in FIELDS[chosen_kind]}
    kept = {
        "columns": {key: at for key, at in columns.items() if key in keys and 0 <= at < MOST_COLUMNS},
        "fixed": {key: text[:60] for key, text in fixed.items() if key in keys and text},
    }
    query = select(ColumnMapping).where(ColumnMapping.kind == chosen_kind, ColumnMapping.headers_hash == headings_hash)
    known = session.scalars(query.with_for_update()).first()
    if known is None:
        known = ColumnMapping(community_id=home, kind=chosen_kind, headers_hash=headings_hash)
        session.add(known)
    known.columns, known.used_at = kept, now


# --- the way back -----------------------------------------------------------------------------------------


@action(Permission.UNDO_IMPORT)
def undo_import(session: Session, *, batch_id: int, version: int, reason: str, now: datetime) -> int:
    """Take a whole batch back: how many rows went. All or nothing.

    Raises Refused: import_undone, import_in_use (count=, nouns=) when other rows refer to what came in, and
    import_changed (count=) when somebody worked on it since.
    """
    why = line("reason", reason, most=200)
    batch = load(session, ImportBatch, batch_id, version=version, lock=True)
    if batch.undone_at is not None:
        raise Refused("import_undone")
    ours = _Ours(session, batch.id)
    models = [model for model in _NOUNS if model.__tablename__ in ours.runs]
    _must_be_as_it_came(session, ours, models)
    used = _who_refers(session, ours, models)
    if used:
        raise Refused("import_in_use", count=sum(used.values()), nouns=used)
    doors = _doors_of_visits(session, ours) if Visit in models else []
    if Need in models or Household in models:
        _count_back(session, ours)
    for model in reversed(models):
        key: Any = model.id  # type: ignore[attr-defined]
        session.execute(delete(model).where(ours.of(model, key)), execution_options=_BULK)
    session.execute(delete(ImportedRow).where(ImportedRow.batch_id == batch.id), execution_options=_BULK)
    for part in chunks(doors):
        forget_visits(session, part)
        settle_doors(session, part)
    batch.undone_at, batch.undone_by, batch.undone_reason = now, actor_of(session).id, why
    counts = {noun: sum(last - first + 1 for first, last in runs) for noun, runs in ours.runs.items()}
    gone = {f"made_{noun}": (count, None) for noun, count in counts.items()}
    audit.note(session, batch, "delete", {"sha256": (batch.sha256, None), **gone})
    return sum(counts.values())


_BULK = UNAUDITED | UNSCOPED
"""Rows of one batch, in one statement; the batch itself was loaded within the actor's scope."""


class _Ours:
    """Which rows are of one batch: table → runs of ids."""

    def __init__(self, session: Session, batch_id: int) -> None:
        query = select(ImportedRow.noun, ImportedRow.first_id, ImportedRow.last_id).where(
            ImportedRow.batch_id == batch_id
        )
        found: dict[str, list[tuple[int, int]]] = {}
        for noun, first, last in session.execute(query):
            found.setdefault(noun, []).append((first, last))
        self.runs = {noun: joined(runs) for noun, runs in found.items()}

    def of(self, model: type[Model], key: Any) -> Any:
        """Whether a column holds the id of a row of the batch."""
        return or_(false(), *(key.between(first, last) for first, last in self.runs.get(model.__tablename__, ())))


def _must_be_as_it_came(session: Session, ours: _Ours, models: Sequence[type[Model]]) -> None:
    changed = 0
    for model in models:
        if issubclass(model, Versioned):
            entity: Any = model
            query = select(func.count()).select_from(entity).where(ours.of(model, entity.id))
            query = query.where(entity.version > 1)
            changed += session.execute(query, execution_options=UNSCOPED).scalar_one()
    if changed:
        raise Refused("import_changed", count=changed)


def _who_refers(session: Session, ours: _Ours, models: Sequence[type[Model]]) -> dict[str, int]:
    """Table → how many of its rows, not of this batch, refer to rows of it; every foreign key there is is asked."""
    tables = {model.__tablename__: model for model in models}
    used: dict[str, int] = {}
    for mapper in Model.registry.mappers:
        for column in mapper.columns:
            for foreign in column.foreign_keys:
                target = tables.get(foreign.column.table.name)
                if target is None:
                    continue
                referring: Any = mapper.class_
                points = inspect(referring).get_property_by_column(column).class_attribute
                query = select(func.count()).select_from(referring).where(ours.of(target, points))
                if referring.__tablename__ in tables:
                    query = query.where(not_(ours.of(referring, referring.id)))
                count = session.execute(query, execution_options=UNSCOPED).scalar_one()
                if count:
                    used[referring.__tablename__] = used.get(referring.__tablename__, 0) + count
    return used


def _doors_of_visits(session: Session, ours: _Ours) -> list[int]:
    """Households that were there before the batch and that it told of visits."""
    query = (
        select(Visit.household_id)
        .where(
            ours.of(Visit, Visit.id),
            Visit.household_id.is_not(None),
            not_(ours.of(Household, Visit.household_id)),
        )
        .distinct()
    )
    return [number for number in session.scalars(query, execution_options=UNSCOPED) if number is not None]


def _count_back(session: Session, ours: _Ours) -> None:
    doors = select(
        *(Household.community_id, Household.place_id, Household.building, Household.kind, Household.restricted)
    ).where(ours.of(Household, Household.id), Household.merged_into_id.is_(None))
    doors_in_bulk(session, (dict(row) for row in session.execute(doors, execution_options=UNSCOPED).mappings()), -1)
    query = select(Need.community_id, Need.category_id, Need.place_id, Need.stage, Need.people, Need.stage_since).where(
        ours.of(Need, Need.id)
    )
    moved_in_bulk(session, (dict(row) for row in session.execute(query, execution_options=UNSCOPED).mappings()), -1)
