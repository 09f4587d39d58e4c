"""How the database is reached: the settings of SQLite and PostgreSQL under which nothing acknowledged is lost."""

from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event

from db.settings import settings


def make_engine(url: str, **options: Any) -> Engine:
    """An engine with the settings that survived our crash tests on SQLite and PostgreSQL (docs/parts.md 3)."""
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    chosen = settings()
    limits = f"-c statement_timeout={chosen.statement_timeout_ms} -c lock_timeout={chosen.lock_timeout_ms}"
    defaults: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}
    engine = create_engine(
        url,
        connect_args={"options": f"{limits} -c timezone=UTC", "connect_timeout": 10},
        hide_parameters=True,
        **(defaults | options),
    )
    event.listen(engine, "handle_error", _keep_values_back)
    return engine


def _keep_values_back(trouble: ExceptionContext) -> None:
    """PostgreSQL quotes the row that broke a rule ("Failing row contains …"); what was said stays out of the logs."""
    said = getattr(getattr(trouble.original_exception, "diag", None), "message_primary", None)
    if said:
        trouble.original_exception.args = (said,)
        if trouble.sqlalchemy_exception is not None:
            trouble.sqlalchemy_exception.args = (said,)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: `_begin_sqlite` chooses the kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "cache_size=-32000",
        "secure_delete=ON",  # what is deleted is overwritten: secret votes lay in the order in which they came
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer that starts deferred and upgrades later is refused at once when another one writes.
    options = connection.get_execution_options()
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA query_only={int(options.get('reader', False))}")  # before BEGIN: the last user was a reader
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writer") else "BEGIN")
