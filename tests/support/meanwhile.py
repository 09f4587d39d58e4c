"""Two acts at one moment, always in one order: the second begins when the first has decided and not yet stored."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import wraps
from threading import Lock
from typing import Any

import pytest
from sqlalchemy import text

from db.engine import engine
from tests.support.waiting import wait_until


@contextmanager
def meanwhile(
    patch: pytest.MonkeyPatch, module: Any, step: str, other: Callable[[], Any]
) -> Iterator[Callable[[], Any]]:
    """Whoever comes past `module.step` goes on only when `other`, begun there, is done or waits for their rows.

    Gives what `other` returned. SQLite lets one write at a time: there the other one waits for all of the first.
    """
    original, begun, first = getattr(module, step), list[Future[Any]](), Lock()
    with ThreadPoolExecutor(1) as pool:

        @wraps(original)
        def stopping(*args: Any, **values: Any) -> Any:
            found = original(*args, **values)
            if first.acquire(blocking=False):
                begun.append(pool.submit(other))
                wait_until(lambda: begun[0].done() or _waits(), "the other one's turn")
            return found

        patch.setattr(module, step, stopping)
        yield lambda: begun[0].result()


def _waits() -> bool:
    """Whether somebody waits for a row that is held."""
    if engine().dialect.name == "sqlite":
        return True
    with engine().connect() as connection:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(connection.scalar(text(waiting)))
