"""Writes of one moment in one transaction: two hundred ballots wait for the disk a few times, not two hundred times.

    result = groups.join(work)

Who comes while nobody writes, writes at once and alone. Who comes meanwhile waits, and the first of those who wait
takes the others along: each piece of work runs in a savepoint of its own, so one that fails takes nobody down, and
nobody is answered before the commit. What breaks the transaction itself is undone, and each does its piece again alone.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import copy_context
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

log = structlog.get_logger()
R = TypeVar("R")
Work = Callable[[Connection | None], R]
"""Writes within the group's connection, or by itself when there is none; a repeat after a rollback is no harm."""

MOST = 100
"""Pieces of one group: other processes wait for as long as it takes."""


class _Piece:
    """One caller's work and what became of it."""

    def __init__(self, work: Work[Any]) -> None:
        self.work, self.context = work, copy_context()
        self.called = threading.Event()
        self.leads = self.settled = False
        self.result: Any = None
        self.error: Exception | None = None

    def run(self, within: Connection | None) -> None:
        """Do the work, in the surroundings of its caller; raises only what breaks the transaction of all."""
        try:
            self.result = self.context.run(self.work, within)
        except (IntegrityError, DataError) as error:
            self.error = error
        except DBAPIError as error:
            if within is not None:
                raise  # SQLite may have rolled back everything by itself
            self.error = error
        except Exception as error:  # noqa: BLE001 - it is raised where the caller waits
            self.error = error

    def answer(self) -> Any:
        if not self.settled:
            return self.work(None)
        if self.error is not None:
            raise self.error
        return self.result


class Groups:
    """The line of those who write; `begin` opens the transaction of a group, and commits at its end."""

    def __init__(self, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._begin, self._lock = begin, threading.Lock()
        self._waiting: deque[_Piece] = deque()
        self._led = False
        self._leader = 0

    def join(self, work: Work[R]) -> R:
        """What the work returns or raises, once it is committed or undone."""
        if self._leader == threading.get_ident():
            raise RuntimeError("a piece of writing that asks for another one would wait for itself")
        piece = _Piece(work)
        with self._lock:
            self._waiting.append(piece)
            if not self._led:
                self._led = piece.leads = True
        if not piece.leads:
            piece.called.wait()
        if piece.leads:
            self._lead()
        result: R = piece.answer()
        return result

    def _lead(self) -> None:
        """Take along who waits, the leader first, and hand the lead to the next one."""
        with self._lock:
            group = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            self._leader = threading.get_ident()
        try:
            if len(group) == 1:
                group[0].run(None)
                group[0].settled = True
            else:
                self._together(group)
        finally:
            with self._lock:
                heir = self._waiting[0] if self._waiting else None
                self._led, self._leader = heir is not None, 0
            if heir is not None:
                heir.leads = True
                heir.called.set()
            for piece in group:
                piece.called.set()

    def _together(self, group: list[_Piece]) -> None:
        alone = False
        try:
            with self._begin() as connection:
                alone = True
                for piece in group:
                    piece.run(connection)
                alone = False
        except Exception as trouble:  # noqa: BLE001 - whatever broke it: it is told, or each does its piece again
            log.warning("group.broken", pieces=len(group), alone=alone, kind=type(trouble).__name__)
            if alone:
                return  # all is undone: each does it again alone
            # It did not begin, and a hundred of them alone would only take all connections; or whether it is stored is
            # not known. The caller knows whether to repeat.
            for piece in group:
                piece.error = trouble
        for piece in group:
            piece.settled = True
