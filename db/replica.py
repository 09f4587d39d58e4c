"""The replica: whether it may answer now, and how it stands.

It answers charts, ledgers and exports, and only while it shows everything that the primary had acknowledged when it
was asked: positions are compared, not times, so what a person wrote a moment ago, here or through another process, is
read. Otherwise the primary answers; a replica that is gone or far behind is not asked again for some seconds.
"""

import math
import time
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock

import structlog
from prometheus_client import Counter, Gauge
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from db.settings import KeyTrouble

log = structlog.get_logger()

LATE = 10.0
"""Seconds behind from which it counts as lagging: health and metrics say so, and pages do not ask it."""
LEFT_ALONE = 5.0
"""Seconds for which pages do not ask it again after it did not answer or lagged."""

USABLE = Gauge("yiqilai_replica_usable", "1 while the replica answers charts, ledgers and exports, else 0; NaN without")
USABLE.set(math.nan)  # nobody is called because of a replica that there never was
BEHIND = Gauge("yiqilai_replica_behind_seconds", "For how long the replica has not shown what the primary had")
READS = Counter("yiqilai_replica_reads", "Charts, ledgers and exports, by who answered", ["answered"])

_WRITTEN = text(
    "SELECT pg_wal_lsn_diff("
    "CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END, '0/0')"
)
_SHOWN = text("SELECT CASE WHEN pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') END")


class Standing(StrEnum):
    """How the replica stands, in words for whoever watches it."""

    OK = "ok"
    LAGGING = "lagging"
    AWAY = "unavailable"
    PROMOTED = "promoted"
    """It is no replica any more: what it shows may have parted from what the app writes."""
    OTHER_KEY = "other_key"


@dataclass(slots=True)
class Replica:
    """What this process knows of the replica."""

    standing: Standing = Standing.OK
    _mark: int = 0
    """A position of the primary that the replica had not reached, and since when it is waited for."""
    _since: float = 0.0
    _alone_until: float = 0.0
    _turn: Lock = field(default_factory=Lock)

    def written(self, primary: Engine) -> int:
        """The position up to which the primary has acknowledged."""
        with primary.connect() as connection:
            return int(connection.scalar(_WRITTEN) or 0)

    def worth_asking(self) -> bool:
        """False for some seconds after it failed: nobody waits for a machine that is known to be gone."""
        return time.monotonic() >= self._alone_until

    def shows(self, connection: Connection, written: int) -> bool:
        """Whether it shows everything up to this position; what is found is told by health and metrics."""
        found, now = connection.scalar(_SHOWN), time.monotonic()
        if found is None:
            connection.invalidate()  # an address with several hosts leads to another standby next time
            self._leave_alone(Standing.PROMOTED)
            return False
        shown = int(found)
        with self._turn:
            if shown >= self._mark:
                self._mark, self._since = max(written, self._mark), now
            behind = 0.0 if shown >= written else now - self._since
        BEHIND.set(behind)
        if behind > LATE:
            self._leave_alone(Standing.LAGGING)
            return False
        self._stands(Standing.OK)
        return shown >= written

    def failed(self, trouble: BaseException) -> None:
        """It did not answer, or broke off."""
        self._leave_alone(Standing.OTHER_KEY if isinstance(trouble, KeyTrouble) else Standing.AWAY)

    def look(self, primary: Engine, replica: Engine) -> Standing:
        """Ask it now, for whoever watches it."""
        try:
            written = self.written(primary)
        except (SQLAlchemyError, OSError):
            return self.standing  # health says of the primary what is wrong
        try:
            # A pooled connection that once only read asks for "read write" otherwise, which a standby refuses.
            with replica.execution_options(postgresql_readonly=True).connect() as connection:
                self.shows(connection, written)
        except (SQLAlchemyError, OSError, KeyTrouble) as trouble:
            self.failed(trouble)
        return self.standing

    def _leave_alone(self, standing: Standing) -> None:
        self._alone_until = time.monotonic() + LEFT_ALONE
        self._stands(standing)

    def _stands(self, standing: Standing) -> None:
        if standing is not self.standing:
            log.warning("replica.stands", was=self.standing.value, now=standing.value)
        self.standing = standing
        USABLE.set(standing is Standing.OK)
