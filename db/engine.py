"""The only place that opens sessions and commits: `reading(actor)`, `writing(actor, request_key)`, `carry_out`.

A session carries its actor. Every ORM statement gets the actor's scope (`db.scope`), every flush lands in the
audit log (`db.audit`) and in the counters (`db.counters`), and a request key makes a repeated submit harmless.
"""

import inspect
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
import structlog
from sqlalchemy import Connection, Engine, event, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.orm.exc import StaleDataError

from db import audit, counters, names, scope  # noqa: F401 - `names` listens to every flush
from db.connecting import make_engine as make_engine  # also asked for here, and replaced here by tests
from db.errors import Busy, Conflict, NotPermitted, NotSignedIn, RequestRepeated, StorageFull
from db.group_commit import Groups, Work
from db.models import Account, AuthSession, Installation, RequestKey
from db.rules.clock import has_been
from db.rules.permissions import GRANTS, Actor, Permission
from db.settings import OTHER_KEY, KeyTrouble, key_fingerprint, settings
from db.together import Together
from db.trouble import told

log = structlog.get_logger()
P = ParamSpec("P")
R = TypeVar("R")

NO_SUCH_TABLE = (sqlite3.OperationalError, psycopg.errors.UndefinedTable)

UPKEEP_LOCK = 0x5949_5149
"""Number of the lock on PostgreSQL that upkeep shares with writers ("YIQI"); on SQLite the file is the lock."""

PERMISSION_OF: dict[str, Permission] = {}
"""Every action by name, and the permission it runs under; filled by `@action`."""

GROUPED: set[Any] = set()
"""Actions that many people press in the same moment; filled by `@action(…, grouped=True)`."""


def utc_now() -> datetime:
    """The present moment; the only clock of the application."""
    return datetime.now(UTC) + timedelta(days=settings().clock_shift_days)


# --- engines ----------------------------------------------------------------------------------------


@cache
def engine() -> Engine:
    """The engine of this process; no connection of it is used with another secret key than that of the data."""
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    return _with_its_key(make_engine(settings().url))


@cache
def read_engine() -> Engine:
    """A replica when one is configured, else the same engine."""
    return _with_its_key(make_engine(settings().replica_url)) if settings().replica_url else engine()


def _with_its_key(made: Engine) -> Engine:
    event.listen(made, "connect", _check_key)
    return made


def _check_key(connection: Any, _record: Any) -> None:
    """Compare the key with the fingerprint in the database; raises KeyTrouble. A schema without it is let in."""
    cursor = connection.cursor()
    try:
        cursor.execute(f"SELECT key_fingerprint FROM {Installation.__tablename__}")  # noqa: S608 - a constant
        kept = cursor.fetchone()
    except NO_SUCH_TABLE:
        kept = None
    finally:
        cursor.close()
        connection.rollback()
    if kept is not None and kept[0] != key_fingerprint():
        raise KeyTrouble(OTHER_KEY)


def forget_engines() -> None:
    """Dispose of the process's engines: after the settings changed, before a restore, in tests."""
    for cached in (engine, read_engine):
        if cached.cache_info().currsize:
            cached().dispose()
        cached.cache_clear()
    settings.cache_clear()


# --- sessions ---------------------------------------------------------------------------------------


class SessionOfActor(Session):
    """A session that knows who acts; `info` holds actor, reason, permission and what the audit log still needs."""


@contextmanager
def reading(actor: Actor | None, *, reason: str = "", primary: bool = False) -> Iterator[Session]:
    """A read-only session in the actor's scope, on the replica when there is one; without an actor with a reason.

    `primary` for who may do what: accounts, phones, links. A replica may be late by hours, and would know nothing of a
    sign-in that was revoked.
    """
    _must_have_actor(actor, reason)
    bind = (engine() if primary else read_engine()).execution_options(reader=True, postgresql_readonly=True)
    with SessionOfActor(bind, autoflush=False, info={"actor": actor, "reason": reason, "reads": True}) as session:
        yield session


@contextmanager
def writing(
    actor: Actor | None,
    request_key: str = "",
    *,
    action: str = "",
    reason: str = "",
    within: Connection | None = None,
) -> Iterator[Session]:
    """A session that commits at the end of the block, with audit entry, counters and request key.

    `within` a group's connection it ends its own savepoint instead, and the group commits (`in_group`).
    Put the value that a repeat shall get into `session.info["result"]` (anything JSON can hold).
    Raises RequestRepeated(result=) when the key was stored before, Conflict for a stale version,
    NotSignedIn when the actor's sign-in ended meanwhile.
    """
    _must_have_actor(actor, reason)
    info = {"actor": actor, "reason": reason, "result": None}
    with SessionOfActor(
        engine().execution_options(writer=True) if within is None else within,
        info=info,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    ) as session:
        _let_upkeep_finish(session)
        if actor is not None:
            _still_valid(session, actor)
        if request_key:
            _claim_key(session, actor, request_key, action)
        try:
            yield session
            session.flush()
        except StaleDataError as stale:
            raise Conflict(what="row", id=None) from stale
        counters.write(session)
        audit.write(session, utc_now())
        if request_key:
            session.execute(
                update(RequestKey).where(RequestKey.key == request_key).values(result=session.info["result"]),
                execution_options=audit.UNAUDITED,
            )
        session.commit()
        sweep = session.info.get("sweep")
    if sweep:
        _sweep(sweep)


def _begin_group() -> AbstractContextManager[Connection]:
    return engine().execution_options(writer=True).begin()


_GROUPS = Groups(_begin_group)


def in_group(work: Work[R]) -> R:
    """Do a piece of writing together with those of the same moment; `work` hands what it is given to `writing`.

    On SQLite only: PostgreSQL flushes commits together by itself, and would hold the rows of all for each other.
    """
    return _GROUPS.join(work) if engine().dialect.name == "sqlite" else work(None)


def sweep_after_commit(session: Session, *tables: str) -> None:
    """Secret votes, or rows of `tables`, are being rewritten or wiped: what they were goes out of log and tables right
    after the commit.
    """
    session.info.setdefault("sweep", set()).update(tables or ("secret_vote",))


def _sweep(tables: set[str]) -> None:
    """Empty SQLite's log into the file, or drop PostgreSQL's dead rows; docs/secrecy.md says what remains.

    The commit is done, so whoever cannot sweep now (a long reader is in the way) leaves it to the next one.
    """
    try:
        if engine().dialect.name == "sqlite":
            raw: Any = engine().raw_connection()
            try:
                for pragma in ("busy_timeout=1000", "wal_checkpoint(TRUNCATE)", "busy_timeout=30000"):
                    raw.execute(f"PRAGMA {pragma}").fetchall()
            finally:
                raw.close()
        else:
            with engine().execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                connection.exec_driver_sql(f"VACUUM {', '.join(sorted(tables))}")
    except (DBAPIError, PoolTimeout, sqlite3.Error) as trouble:
        log.warning("sweep.left", kind=type(trouble).__name__)


@contextmanager
def as_system(reason: str) -> Iterator[Session]:
    """A writing session without an actor and without scope: sign-in, migration, demo. Always with its reason."""
    with writing(None, reason=reason) as session:
        yield session


@contextmanager
def reading_as_system(reason: str) -> Iterator[Session]:
    """A reading session without scope, on the primary: who signs in, whose phone, poster, card or slip this is."""
    with reading(None, reason=reason, primary=True) as session:
        yield session


def _must_have_actor(actor: Actor | None, reason: str) -> None:
    if actor is None and not reason:
        raise NotSignedIn()


def _let_upkeep_finish(session: Session) -> None:
    """A migration or a restore holds this lock alone: writers wait for it while they hold nothing else themselves."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock_shared(UPKEEP_LOCK)))


def _still_valid(session: Session, actor: Actor) -> None:
    """The account is enabled, its role and reach are the actor's, and its sign-in still holds."""
    row = session.execute(
        select(
            Account.role,
            Account.subdistrict_id,
            Account.community_id,
            Account.disabled_at,
            Account.sees_restricted,
            AuthSession.expires_at,
            AuthSession.last_seen_at,
            AuthSession.revoked_at,
        )
        .outerjoin(AuthSession, (AuthSession.id == actor.sign_in_id) & (AuthSession.account_id == Account.id))
        .where(Account.id == actor.id),
        execution_options=scope.UNSCOPED,
    ).first()
    if row is None or row.disabled_at is not None:
        raise NotSignedIn()
    now_is = (row.role, row.subdistrict_id, row.community_id)
    if now_is != (actor.role, actor.subdistrict_id, actor.community_id):
        raise NotSignedIn()
    if actor.sees_restricted and not row.sees_restricted:
        raise NotSignedIn()
    # A sign-in that is not there any more is as good as revoked.
    if actor.sign_in_id is not None and (
        row.expires_at is None
        or row.expires_at <= utc_now()
        or not has_been(row.last_seen_at, utc_now())
        or row.revoked_at is not None
    ):
        raise NotSignedIn()


def _claim_key(session: Session, actor: Actor | None, key: str, action: str) -> None:
    """Store the key, or raise RequestRepeated. On PostgreSQL a twin in flight waits here for the first one."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    values = {
        "key": key,
        "actor_id": actor.id if actor else None,
        "action": action,
        "result": None,
        "at": utc_now(),
    }
    stored = session.execute(
        insert(RequestKey).values(**values).on_conflict_do_nothing().returning(RequestKey.key),
        execution_options=audit.UNAUDITED,
    ).first()
    if stored is None:
        earlier = session.execute(
            select(RequestKey.result, RequestKey.actor_id, RequestKey.action).where(RequestKey.key == key)
        ).one()
        # Somebody else's key is not an answer to this person.
        if earlier.actor_id != (actor.id if actor else None) or earlier.action != action:
            raise NotPermitted(permission="request_key")
        raise RequestRepeated(result=earlier.result)


# --- actions ----------------------------------------------------------------------------------------


def action(
    permission: Permission, *, grouped: bool = False
) -> Callable[[Callable[Concatenate[Session, P], R]], Callable[Concatenate[Session, P], R]]:
    """Make a function an action: it runs only for roles that hold the permission, and is registered with it.

    `grouped`: what many people send in one moment is stored in one transaction; it must not `sweep_after_commit`.
    """

    def decorate(function: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
        grant = GRANTS[permission]
        name = function.__name__

        def run(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
            actor: Actor = session.info["actor"]
            if actor is None or actor.role not in grant.roles:
                raise NotPermitted(permission=permission, role=actor.role if actor else None)
            before = session.info.get("permission")
            session.info["permission"] = permission
            try:
                return function(session, *args, **kwargs)
            finally:
                session.info["permission"] = before or permission

        run.__name__, run.__qualname__, run.__doc__ = name, function.__qualname__, function.__doc__
        run.__module__, run.__wrapped__ = function.__module__, function  # type: ignore[attr-defined]
        PERMISSION_OF[f"{function.__module__}.{name}"] = permission
        if grouped:
            GROUPED.add(run)
        return run

    return decorate


@event.listens_for(SessionOfActor, "after_transaction_create")
def _remember(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        entries, deltas = session.info.get("audit", []), session.info.get("counters", {})
        kept = (list(entries), {key: list(delta) for key, delta in deltas.items()})
        session.info.setdefault("savepoints", {})[transaction] = kept


@event.listens_for(SessionOfActor, "after_soft_rollback")
def _forget(session: Session, ended: SessionTransaction) -> None:
    """What a rolled-back savepoint did never happened: neither log nor counters may tell of it."""
    if (kept := session.info.get("savepoints", {}).pop(ended, None)) is not None:
        session.info["audit"] = kept[0]
        session.info["counters"] = counters.no_deltas() | kept[1]


def carry_out(actor: Actor, request_key: str, act: Callable[Concatenate[Session, P], R], /, **values: Any) -> R:
    """Run one action in one transaction and return its result (which JSON must be able to hold).

    `now` is filled in when the action asks for it. A repeat of the same key returns the first result. A broken
    connection or a deadlock is tried again, which the key makes safe; then Busy is raised, for a full disk StorageFull,
    and nothing is stored.
    """
    if "now" in inspect.signature(act).parameters:
        values.setdefault("now", utc_now())

    def work(within: Connection | None) -> R:
        with writing(actor, request_key, action=act.__name__, within=within) as session:
            with Together():
                result = act(session, **values)  # type: ignore[call-arg]
            session.info["result"] = result
        return result

    for attempt in range(4):
        try:
            return in_group(work) if act in GROUPED else work(None)
        except RequestRepeated as repeated:
            first: R = repeated.values["result"]
            return first
        except (DBAPIError, PoolTimeout, OSError) as trouble:
            if (failed := told(trouble)) is None:
                raise
            if attempt == 3 or not request_key or isinstance(failed, StorageFull):
                raise failed from trouble
            log.warning("transaction.retry", action=act.__name__, attempt=attempt, kind=type(trouble).__name__)
            time.sleep(0.1 * 4**attempt)
    raise Busy()
