"""Whether the database can be read and written, whether its clock is ours, and whether anybody is in it."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, literal, select
from sqlalchemy.exc import SQLAlchemyError

from db.engine import engine, reading, replica, replica_engine, utc_now
from db.measures import CLOCK_AHEAD
from db.queries.accounts.accounts import anybody_there
from db.replica import Standing
from db.rules.clock import CLOCK_DRIFT
from db.settings import KeyTrouble, settings
from db.trouble import full_lately, is_full

LEAST_FREE = 16 * 1024 * 1024
"""Bytes that must be free where database and photos lie; below it the next photo or import may find no room."""


class State(StrEnum):
    """How the database stands, in words for whoever watches it."""

    OK = "ok"
    AWAY = "unavailable"
    READ_ONLY = "read_only"
    FULL = "full"
    OTHER_KEY = "other_key"


@dataclass(frozen=True, slots=True)
class Health:
    """How the primary stands, and the replica where there is one."""

    reading: State
    writing: State
    replica: Standing | None = None
    ahead: float | None = None
    """Seconds by which the clock here is ahead of the database's, below zero behind it; None where it has none."""

    @property
    def states(self) -> dict[str, str]:
        """As /healthz tells it."""
        states = {"reading": self.reading.value, "writing": self.writing.value}
        states |= {"replica": self.replica.value} if self.replica else {}
        return states | ({"clock": clock_words(self.ahead)} if self.ahead is not None else {})

    @property
    def well(self) -> bool:
        """Without its replica the app goes on, and with a wrong clock: nobody knows here which of the two is wrong."""
        return self.reading is State.OK and self.writing is State.OK


def health() -> Health:
    """Ask them; nothing is written, and nobody is kept waiting."""
    return Health(_reads(), _writes(), replica_stands(), clock_ahead())


def clock_ahead() -> float | None:
    """Seconds by which the clock of this process is ahead of PostgreSQL's; None on SQLite, or while it does not answer.

    Several machines write into one database, each with its own clock: the database's is what they are measured by.
    """
    try:
        with engine().execution_options(postgresql_readonly=True).connect() as connection:
            if connection.dialect.name != "postgresql":
                return None
            theirs: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    except (SQLAlchemyError, OSError, KeyTrouble):
        return None
    ahead: float = (utc_now() - theirs).total_seconds()
    CLOCK_AHEAD.set(ahead)
    return ahead


def clock_words(ahead: float) -> str:
    """What /healthz says of the clock; a minute is as much as two machines may differ."""
    if abs(ahead) <= CLOCK_DRIFT.total_seconds():
        return "ok"
    way = "ahead of" if ahead > 0 else "behind"
    return f"This process's clock is {abs(ahead):.0f} seconds {way} the database's: set both by NTP."


def replica_stands() -> Standing | None:
    """How the replica stands now; None where no replica is set."""
    other = replica_engine()
    return replica().look(engine(), other) if other is not None else None


def _reads() -> State:
    try:
        with reading(None, reason="health") as session:
            session.scalar(select(literal(1)))
    except KeyTrouble:
        return State.OTHER_KEY
    except (SQLAlchemyError, OSError):
        return State.AWAY
    return State.OK


def _writes() -> State:
    try:
        with engine().execution_options(postgresql_readonly=True).connect() as connection:
            read_only = _is_read_only(connection)
        free = shutil.disk_usage(settings().data_dir).free
    except KeyTrouble:
        return State.OTHER_KEY
    except (SQLAlchemyError, OSError) as trouble:
        return State.FULL if is_full(trouble) else State.AWAY
    if full_lately() or free < LEAST_FREE:
        return State.FULL
    return State.READ_ONLY if read_only else State.OK


def _is_read_only(connection: Connection) -> bool:
    """On PostgreSQL a standby or a database that takes nothing in, on SQLite a file that may not be written."""
    if connection.dialect.name == "postgresql":
        only_reads = func.current_setting("default_transaction_read_only") == "on"
        return bool(connection.scalar(select(func.pg_is_in_recovery() | only_reads)))
    raw = connection.connection.driver_connection
    path = raw.execute("PRAGMA database_list").fetchone()[2] if raw is not None else ""
    return bool(path) and not os.access(path, os.W_OK)


def nobody_yet() -> bool | None:
    """Whether there is no account; None when the database does not answer or has no tables yet."""
    try:
        return not anybody_there()
    except (SQLAlchemyError, OSError):
        return None
