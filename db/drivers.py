"""What a driver is told when it connects, begins or fails, and the key that every connection is checked for."""

import sqlite3
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, ExceptionContext, event

from db.models import Installation
from db.settings import OTHER_KEY, KeyTrouble, key_fingerprint

NO_SUCH_TABLE = (sqlite3.OperationalError, psycopg.errors.UndefinedTable)


def keep_values_back(trouble: ExceptionContext) -> None:
    """PostgreSQL quotes the row that broke a rule ("Failing row contains …"); what was said stays out of the logs."""
    said = getattr(getattr(trouble.original_exception, "diag", None), "message_primary", None)
    if said:
        trouble.original_exception.args = (said,)
        if trouble.sqlalchemy_exception is not None:
            trouble.sqlalchemy_exception.args = (said,)


def prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: `begin_sqlite` chooses the kind.
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


def begin_sqlite(connection: Connection) -> None:
    # A writer that starts deferred and upgrades later is refused at once when another one writes.
    options = connection.get_execution_options()
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA query_only={int(options.get('reader', False))}")  # before BEGIN: the last user was a reader
    if options.get("writer"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # through SQLAlchemy, which tells in its words of a locked file
    else:
        raw.execute("BEGIN")  # takes no lock yet and cannot fail for others; a page begins several times


def with_its_key(made: Engine) -> Engine:
    event.listen(made, "connect", check_key)
    return made


def check_key(connection: Any, _record: Any) -> None:
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
