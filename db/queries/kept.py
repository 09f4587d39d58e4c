"""What a look over a whole community found is kept by this process until the log tells of a write that touches it.

Every write leaves an entry in one chain, whose order is that of the commits on both engines; bulk writers leave one for
all (`db.audit` refuses to commit a bulk statement that leaves none). So the place in the chain at which somebody looked
says exactly what is older, whichever process wrote it (docs/decisions/0006-charts-read-counters.md).
"""

from collections import OrderedDict
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from db.audit import IN_BULK, LOOKED_AT
from db.models import AuditEntry, AuditHead
from db.rules.permissions import Actor, Scope
from db.scope import UNSCOPED

WRITTEN_MOST = 300
"""So many entries are followed one by one; after more of them one looks again."""
READ = "read"
"""An entry that says who saw something; nothing was written."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the log: how many entries there were, and the hash of the last one."""

    entries: int
    hash: str


@dataclass(frozen=True, slots=True)
class Written:
    """An entry about a row, with the columns that changed."""

    table: str
    row_id: int | None
    operation: str
    columns: frozenset[str]


def place_in_log(session: Session) -> Place:
    """Where the log stands; to be asked before what is kept is looked for, so that nothing written later is taken for
    older.
    """
    head = session.execute(select(AuditHead.entries, AuditHead.hash), execution_options=UNSCOPED).one_or_none()
    return Place(head.entries, head.hash) if head else Place(0, "")


def written_between(
    session: Session, since: Place, until: Place, tables: Collection[str]
) -> tuple[Written, ...] | None:
    """What was written to these tables; None when it was too much or in bulk, or when this is another log."""
    if not set(tables) <= set(LOOKED_AT):
        raise RuntimeError("bulk writers must tell of what is kept: name the tables in db.audit.LOOKED_AT")
    if since == until:
        return ()
    then = select(AuditEntry.hash).where(AuditEntry.id == since.entries)
    if until.entries <= since.entries or session.execute(then, execution_options=UNSCOPED).scalar() != since.hash:
        return None
    query = (
        select(AuditEntry.table_name, AuditEntry.row_id, AuditEntry.operation, AuditEntry.changes)
        .where(
            AuditEntry.table_name.in_([*IN_BULK, *tables]),
            AuditEntry.id > since.entries,
            AuditEntry.id <= until.entries,
            AuditEntry.operation != READ,
        )
        .limit(WRITTEN_MOST + 1)
    )
    rows = session.execute(query, execution_options=UNSCOPED).all()
    if len(rows) > WRITTEN_MOST or any(row.table_name in IN_BULK for row in rows):
        return None
    return tuple(Written(row.table_name, row.row_id, row.operation, frozenset(row.changes)) for row in rows)


def _reach(actor: Actor) -> Hashable:
    """All that the scope asks of an actor who reads no programmes; own rows differ from one to the next."""
    own = actor.id if actor.scope is Scope.OWN_ROWS else None
    return actor.scope, actor.sees_restricted, actor.subdistrict_id, actor.community_id, own


class Kept(Generic[T]):
    """What was found last, by database, by who may see what, and by what else was asked; the oldest go first."""

    def __init__(self, most: int) -> None:
        self.most, self._lock = most, Lock()
        self._of: WeakKeyDictionary[Engine | Connection, OrderedDict[Hashable, tuple[Place, T]]] = WeakKeyDictionary()

    def _key(self, session: Session, asked: Hashable) -> Hashable | None:
        """None for a session that writes, or has no actor: what it sees is not what others see."""
        actor: Actor | None = session.info.get("actor")
        return (_reach(actor), asked) if actor is not None and session.info.get("reads") else None

    def last(self, session: Session, asked: Hashable = None) -> tuple[Place, T] | None:
        """What was kept, and where the log stood then."""
        key = self._key(session, asked)
        with self._lock:
            return None if key is None else self._of.get(session.get_bind(), OrderedDict()).get(key)

    def keep(self, session: Session, place: Place, found: T, asked: Hashable = None) -> T:
        """Keep what was found after the log stood at a place."""
        key = self._key(session, asked)
        if key is not None:
            with self._lock:
                of = self._of.setdefault(session.get_bind(), OrderedDict())
                of.pop(key, None)
                of[key] = (place, found)
                while len(of) > self.most:
                    of.popitem(last=False)
        return found
