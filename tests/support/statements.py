"""How many SQL statements something takes."""

from typing import Any

from sqlalchemy import event

from db.engine import engine


class Statements:
    """Counts SQL statements: `with Statements() as counted: ...; assert counted.n <= 15`.

    `BEGIN` does not count: only SQLite sends it as a statement.
    """

    def __enter__(self) -> "Statements":
        self.n = 0
        self.texts: list[str] = []
        event.listen(engine(), "before_cursor_execute", self._count)
        return self

    def _count(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("BEGIN"):
            return
        self.n += 1
        self.texts.append(statement)

    def __exit__(self, *_: object) -> None:
        event.remove(engine(), "before_cursor_execute", self._count)
