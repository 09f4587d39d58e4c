"""Figures of the process for /metrics: SQL statements, the time that Python's garbage collector takes, its clock."""

import gc
import time
from typing import Any

from prometheus_client import Counter, Gauge
from sqlalchemy import Engine, event

STATEMENTS = Counter("yiqilai_sql_statements", "SQL statements sent to the database")
COLLECTOR_SECONDS = Counter("yiqilai_gc_seconds", "Seconds spent in the garbage collector")
CLOCK_AHEAD = Gauge("yiqilai_clock_ahead_seconds", "By how much the clock here is ahead of the database's")
_began = 0.0


def _collector(phase: str, _info: dict[str, int]) -> None:
    global _began
    if phase == "start":
        _began = time.perf_counter()
    else:
        COLLECTOR_SECONDS.inc(time.perf_counter() - _began)


def _statement(*_: Any) -> None:
    STATEMENTS.inc()


def start_measuring() -> None:
    """Begin to count; the start-up calls it only when /metrics is switched on."""
    if _collector not in gc.callbacks:
        gc.callbacks.append(_collector)
        event.listen(Engine, "before_cursor_execute", _statement)
