"""How much SQLite walks through to answer: rows that are read and passed by show in it, on every machine alike."""

from typing import Any

from sqlalchemy import event

from db.engine import engine

GRAIN = 50
"""Steps between two looks."""


class Steps:
    """Counts steps of SQLite's machine: `with Steps() as walked: ...; assert walked.n < 10_000`; to the next fifty."""

    def __enter__(self) -> "Steps":
        self.n, self.counts = 0, True
        event.listen(engine(), "before_cursor_execute", self._watch)
        return self

    def _watch(self, _c: Any, cursor: Any, *_: Any) -> None:
        cursor.connection.set_progress_handler(self._count, GRAIN)

    def _count(self) -> int:
        self.n += GRAIN if self.counts else 0
        return 0

    def __exit__(self, *_: object) -> None:
        event.remove(engine(), "before_cursor_execute", self._watch)
        self.counts = False  # connections that stay open go on calling
