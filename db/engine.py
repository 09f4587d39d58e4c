"""The only place that opens sessions and commits: `reading`, `reading_figures`, `writing`, `carry_out`.

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

import structlog
from sqlalchemy import Connection, Engine, create_engine, event, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.orm.exc import StaleDataError

from db import audit, counters, hours_to_ask, names, scope  # noqa: F401 - `names` listens to every flush
from db.admission import claim_key, let_upkeep_finish, must_have_actor, still_valid
from db.drivers import begin_sqlite, keep_values_back, prepare_sqlite, with_its_key
from db.errors import Busy, Conflict, NotPermitted, RequestRepeated, StorageFull
from db.group_commit import Groups, Work
from db.models import RequestKey
from db.replica import READS, Replica
from db.rules.permissions import GRANTS, Actor, Permission
from db.settings import KeyTrouble, settings
from db.together import Together
from db.trouble import told

log = structlog.get_logger()
P = ParamSpec("P")
R = TypeVar("R")

PERMISSION_OF: dict[str, Permission] = {}
"""Every action by name, and the permission it runs under; filled by `@action`."""

GROUPED: set[Any] = set()
"""Actions that many people press in the same moment; filled by `@action(…, grouped=True)`."""


def utc_now() -> datetime:
    """The present moment; the only clock of the application."""
    return datetime.now(UTC) + timedelta(days=settings().clock_shift_days)


# --- engines ----------------------------------------------------------------------------------------


def make_engine(url: str, *, answers_within: int = 10, **options: Any) -> Engine:
    """An engine with the settings that survived our crash tests on SQLite and PostgreSQL (docs/parts.md 3).

    `answers_within` are the seconds after which a machine that does not answer at all counts as gone.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True, **options)
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "begin", begin_sqlite)
        return engine
    chosen = settings()
    limits = f"-c statement_timeout={chosen.statement_timeout_ms} -c lock_timeout={chosen.lock_timeout_ms}"
    defaults: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}
    engine = create_engine(
        url,
        connect_args={
            "options": f"{limits} -c timezone=UTC",
            "connect_timeout": answers_within,
            "tcp_user_timeout": answers_within * 1000,
        },
        hide_parameters=True,
        **(defaults | options),
    )
    event.listen(engine, "handle_error", keep_values_back)
    return engine


@cache
def engine() -> Engine:
    """The engine of this process; no connection of it is used with another secret key than that of the data."""
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    return with_its_key(make_engine(settings().url))


@cache
def replica_engine() -> Engine | None:
    """The engine of the replica, None without one. A machine that is gone keeps nobody waiting for long."""
    url = settings().replica_url
    return with_its_key(make_engine(url, answers_within=2)) if url else None


@cache
def replica() -> Replica:
    """What this process knows of the replica."""
    return Replica()


def forget_engines() -> None:
    """Dispose of the process's engines: after the settings changed, before a restore, in tests."""
    for cached in (engine, replica_engine):
        if cached.cache_info().currsize and (made := cached()) is not None:
            made.dispose()
        cached.cache_clear()
    _only_reads.cache_clear()
    replica.cache_clear()
    settings.cache_clear()


# --- sessions ---------------------------------------------------------------------------------------


class SessionOfActor(Session):
    """A session that knows who acts; `info` holds actor, reason, permission and what the audit log still needs."""


@contextmanager
def reading(actor: Actor | None, *, reason: str = "") -> Iterator[Session]:
    """A read-only session in the actor's scope, on the primary; without an actor with a reason."""
    must_have_actor(actor, reason)
    with _session_that_reads(engine(), actor, reason) as session:
        yield session


@contextmanager
def reading_figures(actor: Actor) -> Iterator[Session]:
    """The same for charts, ledgers and exports: on the replica, while it shows everything that was acknowledged.

    Who may do what, votes, and a single thing that somebody has before them are read from the primary.
    """
    session = _on_replica(actor)
    if session is None:
        with reading(actor) as session:
            yield session
        return
    with session:
        try:
            yield session
        except (DBAPIError, PoolTimeout) as trouble:
            replica().failed(trouble)  # the next press asks the primary
            raise


def _on_replica(actor: Actor) -> Session | None:
    """A session on the replica, None when the primary must answer."""
    other = replica_engine()
    if other is None:
        return None
    if replica().worth_asking():
        written = replica().written(engine())
        session = _session_that_reads(other, actor, "")
        try:
            if replica().shows(session.connection(), written):
                READS.labels("replica").inc()
                return session
        except (DBAPIError, PoolTimeout, KeyTrouble) as trouble:
            replica().failed(trouble)
        session.close()
    READS.labels("primary").inc()
    return None


@cache
def _only_reads(bind: Engine) -> Engine:
    return bind.execution_options(reader=True, postgresql_readonly=True)


def _session_that_reads(bind: Engine, actor: Actor | None, reason: str) -> Session:
    return SessionOfActor(_only_reads(bind), autoflush=False, info={"actor": actor, "reason": reason, "reads": True})


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
    must_have_actor(actor, reason)
    info = {"actor": actor, "reason": reason, "result": None}
    with SessionOfActor(
        engine().execution_options(writer=True) if within is None else within,
        info=info,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    ) as session:
        let_upkeep_finish(session)
        if actor is not None:
            still_valid(session, actor, now=utc_now())
        if request_key:
            claim_key(session, actor, request_key, action, now=utc_now())
        try:
            yield session
            session.flush()
        except StaleDataError as stale:
            raise Conflict(what="row", id=None) from stale
        hours_to_ask.write(session)
        counters.write(session)
        audit.write(session, utc_now())
        if request_key:
            session.execute(
                update(RequestKey).where(RequestKey.key == request_key).values(result=session.info["result"]),
                execution_options=audit.UNAUDITED | scope.UNSCOPED,
            )
        session.commit()
        sweep = session.info.get("sweep")
    if sweep:
        _sweep(sweep)


def _begin_group() -> AbstractContextManager[Connection]:
    return engine().execution_options(writer=True).begin()


_GROUPS = Groups(_begin_group)


def writes_together() -> bool:
    """Whether writes of one moment share a transaction: on SQLite only. PostgreSQL flushes commits together by itself,
    and would hold the rows of all for each other.
    """
    return engine().dialect.name == "sqlite"


def in_group(work: Work[R]) -> R:
    """Do a piece of writing together with those of the same moment; `work` hands what it is given to `writing`."""
    return _GROUPS.join(work) if writes_together() else work(None)


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
    """A reading session without scope: who signs in, whose phone, poster, card or slip this is."""
    with reading(None, reason=reason) as session:
        yield session


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
