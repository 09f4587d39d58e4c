"""The append-only, hash-chained log of every insert, update and delete; personal values are masked in it.

Entries are collected while a session flushes and written once, just before it commits, under the lock of the one
`AuditHead` row: the chain has a single order on both engines, and no writer holds that lock while it waits for
another row. The chain finds edited and removed entries; a cut tail is found by comparing the head hash with one that
was published (minutes, exports).
"""

import hashlib
import json
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import CursorResult, Update, event, insert, inspect, select, update
from sqlalchemy.orm import Mapper, Session, attributes

from db.models import AuditEntry, AuditHead, InCommunity, Model, blind_index
from db.models.types import TextMark
from db.rules.permissions import Actor

UNAUDITED = {"unaudited": True, "synchronize_session": False}
"""Execution option of bulk statements on tables that the log does not follow (counters, keys, sign-ins).

Nobody holds such rows as objects when they are changed so; to look for them was a fifth of the work of an action.
"""
IN_BULK = ("audit_head", "community", "household_merge", "import_batch", "subdistrict")
"""Tables under which the log tells of many rows of others at once: imports, merges, the demo, upkeep, a restore."""
LOOKED_AT = ("building_spot", "household", "person", "place", "unit", "venue", "venue_walk", "walking_rule")
"""Tables of which a process keeps what it found until the log tells of a write (`db.queries.kept`)."""
UNLIMITED = {"unscoped": True}
"""Execution option that lets the chain be walked by somebody who may not read all of its entries."""
FIRST_HASH = "0" * 64
MASK = "•••"
_CHAINED = (
    *("id", "at", "actor_id", "actor_name", "reason", "subdistrict_id", "community_id"),
    *("table_name", "row_id", "operation", "changes"),
)
"""What the hash of an entry covers: everything but the hash itself."""


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, bool | int | float | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, dict | list):
        return value
    return str(value)


def _shown(column: Any, value: Any) -> Any:
    hidden = column.info.get("personal") or column.info.get("secret")
    if hidden and value is not None:
        return MASK
    if value and column.info.get("text") is TextMark.SAID:
        # The log cannot forget, its chain would break: it proves what was said by a keyed hash instead of keeping it.
        # Whoever knows the words can check them, and they can be erased (docs/decisions/0017-erasure.md).
        return f"#{blind_index(str(_plain(value)))[:12]}"
    return _plain(value)


@event.listens_for(Model, "before_mapper_configured", propagate=True)
def _remember_old_values(mapper: Mapper[Any], _class: type[Model]) -> None:
    """A column that is set before it was loaded again must still tell the log and the counters what it held."""
    for attribute in mapper.column_attrs:
        attribute.active_history = True


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _context: Any) -> None:
    entries: list[dict[str, Any]] = session.info.setdefault("audit", [])
    for operation, rows in (("insert", session.new), ("update", session.dirty), ("delete", session.deleted)):
        for row in rows:
            if not getattr(row, "__audit__", True):
                continue
            state = inspect(row)
            changes: dict[str, Any] = {}
            for attribute in state.mapper.column_attrs:
                column = attribute.columns[0]
                if operation == "insert":
                    changes[attribute.key] = [None, _shown(column, getattr(row, attribute.key))]
                elif operation == "delete":
                    changes[attribute.key] = [_shown(column, getattr(row, attribute.key)), None]
                else:
                    history = attributes.get_history(row, attribute.key)
                    if history.has_changes() and attribute.key != "version":
                        before = history.deleted[0] if history.deleted else None
                        changes[attribute.key] = [
                            _shown(column, before),
                            _shown(column, getattr(row, attribute.key)),
                        ]
            if changes:
                entries.append(_entry(session, row, operation, changes))


def _entry(session: Session, row: Any, operation: str, changes: dict[str, Any]) -> dict[str, Any]:
    actor: Actor | None = session.info.get("actor")
    return {
        "actor_id": actor.id if actor else None,
        "actor_name": actor.name if actor else "system",
        "reason": str(session.info.get("permission") or session.info.get("reason") or "")[:200],
        "subdistrict_id": getattr(row, "subdistrict_id", None) or (actor.subdistrict_id if actor else None),
        "community_id": row.community_id if isinstance(row, InCommunity) else None,
        "table_name": row.__tablename__,
        "row_id": getattr(row, "id", None),
        "operation": operation,
        "changes": changes,
    }


def note(session: Session, row: Model, operation: str, changes: dict[str, Any], *, reason: str = "") -> None:
    """Put an entry into the log that no flush makes: a guarded bulk statement, an unmasking ("read").

    Personal and secret columns are masked here too.
    """
    columns = inspect(type(row)).columns
    shown = {
        key: [_shown(columns[key], value) if key in columns else _plain(value) for value in pair]
        for key, pair in changes.items()
    }
    entry = _entry(session, row, operation, shown)
    if reason:
        entry["reason"] = reason[:200]
    session.info.setdefault("audit", []).append(entry)


def as_one(session: Session, row: Model, operation: str, changes: dict[str, Any]) -> None:
    """One entry in the place of all that this session collected so far: for upkeep that walks through whole tables."""
    session.info["audit"] = []
    note(session, row, operation, changes)


def bulk_written(session: Session, table: str) -> None:
    """Remember that a statement which the log does not follow writes rows of a table (`db.scope`)."""
    if table in LOOKED_AT:
        session.info.setdefault("in_bulk", set()).add(table)


def _must_tell_of_bulk(session: Session, entries: list[dict[str, Any]]) -> None:
    """What a process keeps of these rows would stay as it was for ever."""
    silent = session.info.pop("in_bulk", None)
    if silent and not any(entry["table_name"] in IN_BULK for entry in entries):
        raise RuntimeError(f"rows of {', '.join(sorted(silent))} are written in bulk: note an entry under IN_BULK")


def guarded(session: Session, statement: Update, row: Model, changes: dict[str, tuple[Any, Any]]) -> bool:
    """Run an UPDATE whose WHERE is the guard; on success log `changes` and return True, else False."""
    result = session.execute(statement, execution_options={"audited": True, "synchronize_session": False})
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        return False
    note(session, row, "update", dict(changes))
    session.expire(row)
    return True


def audited_tables() -> list[str]:
    """Names of the tables that the log follows."""
    return [
        mapper.class_.__tablename__ for mapper in Model.registry.mappers if getattr(mapper.class_, "__audit__", True)
    ]


def chained(previous: str, entry: dict[str, Any]) -> str:
    """Hash of an entry in the chain: sha256 over the previous hash and the entry in canonical JSON."""
    # The changes as the database gives them back: a key that is a number has become text there.
    entry = {**entry, "changes": json.loads(json.dumps(entry["changes"]))}
    body = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def write(session: Session, at: datetime) -> None:
    """Append what the session collected; called once, right before commit."""
    entries: list[dict[str, Any]] = session.info.pop("audit", [])
    _must_tell_of_bulk(session, entries)
    if not entries:
        return
    # Head and log belong to no community: without a scope, which they have none of, a statement is half as dear.
    options = UNAUDITED | UNLIMITED
    asked = select(AuditHead.entries, AuditHead.hash).with_for_update()
    head = session.execute(asked, execution_options=UNLIMITED).one()
    position, last = head.entries, head.hash
    rows = []
    for entry in entries:
        position += 1
        entry = {"id": position, "at": at, **entry}
        last = chained(last, entry)
        rows.append({**entry, "hash": last})
    session.execute(insert(AuditEntry), rows, execution_options=options)
    session.execute(update(AuditHead).values(entries=position, hash=last), execution_options=options)


def head_of_log(session: Session) -> tuple[int, str]:
    """How many entries the log has and the hash of the last, to be printed where it cannot be taken back."""
    head = session.execute(select(AuditHead.entries, AuditHead.hash)).one()
    return head.entries, head.hash


def broken_at(session: Session, *, batch: int = 5000) -> int | None:
    """Walk the whole chain; the id of the first entry that does not fit, or None when all is well.

    Others may write meanwhile: entries and head come in one transaction, so a head that is read after the entries is
    never behind them.
    """
    columns = [getattr(AuditEntry, name) for name in (*_CHAINED, "hash")]
    position, last = 0, FIRST_HASH
    while True:
        query = select(*columns).where(AuditEntry.id > position).order_by(AuditEntry.id).limit(batch)
        rows = session.execute(query, execution_options=UNLIMITED).all()
        for row in rows:
            last = chained(last, {name: getattr(row, name) for name in _CHAINED})
            if row.id != position + 1 or row.hash != last:
                return position + 1
            position = row.id
        if rows:
            continue
        head = session.execute(select(AuditHead.entries, AuditHead.hash)).one_or_none()
        if head is None or head.entries < position or (head.entries == position and head.hash != last):
            return position + 1
        if head.entries == position:
            return None
        # Written since: they must be there now, or the tail was cut.
        if session.execute(query, execution_options=UNLIMITED).first() is None:
            return position + 1
