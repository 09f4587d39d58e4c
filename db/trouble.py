"""What the database's errors mean for whoever waits: it may pass, the disk is full, or it is a fault of ours."""

import errno
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.errors import Busy, StorageFull

log = structlog.get_logger()
R = TypeVar("R")

TRANSIENT = (
    "deadlock", "could not serialize", "database is locked", "connection", "terminating", "closed", "starting up",
    "shutting down", "timeout", "read-only transaction", "readonly database", "recovery",
    "unable to open database file",
)  # fmt: skip
"""What the driver says when trying again may help, in a moment or when the database is back."""
FULL_SQLITE, FULL_POSTGRES = "database or disk is full", "53100"
FULL_FILES = (errno.ENOSPC, errno.EDQUOT)
REMEMBERED = 60.0
"""Seconds for which health tells that a write found no room: the next one may be a small one that still found some."""


@dataclass(slots=True)
class _Full:
    last: float = float("-inf")


FULL = _Full()


def is_full(trouble: BaseException) -> bool:
    """Whether there was no room left to write: SQLite's words, PostgreSQL's code, or the system's own."""
    if isinstance(trouble, DBAPIError):
        said = str(trouble.orig)
        return FULL_SQLITE in said or getattr(trouble.orig, "sqlstate", None) == FULL_POSTGRES
    return isinstance(trouble, OSError) and trouble.errno in FULL_FILES


def may_pass(trouble: BaseException) -> bool:
    """Whether trying again may help. A broken rule of a table does not pass, whatever words its statement holds."""
    if isinstance(trouble, PoolTimeout):
        return True
    if not isinstance(trouble, DBAPIError) or isinstance(trouble, IntegrityError | DataError | ProgrammingError):
        return False
    said = str(trouble.orig).lower()
    return trouble.connection_invalidated or any(word in said for word in TRANSIENT)


def told(trouble: BaseException) -> Busy | None:
    """What people are told: StorageFull, Busy, or None for a fault of ours. A full disk is logged for the operators."""
    if is_full(trouble):
        FULL.last = time.monotonic()
        log.error("storage.full", kind=type(trouble).__name__)
        return StorageFull()
    return Busy() if may_pass(trouble) else None


def full_lately() -> bool:
    """Whether a write of this process found no room within the last minute."""
    return time.monotonic() - FULL.last < REMEMBERED


def again(work: Callable[[], R], *more: type[Exception]) -> R:
    """Do a piece of work that may be done twice, up to three times; raises Busy, or StorageFull at once.

    `more` are errors that also pass by themselves, such as that of a twin that was faster.
    """
    for pause in (0.1, 0.4, 0.0):
        try:
            return work()
        except (DBAPIError, PoolTimeout, OSError) as trouble:
            failed = told(trouble) or (Busy() if isinstance(trouble, more) else None)
            if failed is None:
                raise
            if pause == 0.0 or isinstance(failed, StorageFull):
                raise failed from trouble
            time.sleep(pause)
    raise Busy()
