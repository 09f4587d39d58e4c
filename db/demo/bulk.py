"""Write invented rows by the thousand: gathered in memory, then handed to the driver in one go per table.

Every row gets its id here, so that generators can refer to each other before anything is stored. All of it happens in
the transaction of the caller: an interrupted build leaves nothing behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from db.models import Model
from db.names import fill_names
from db.rows_at_once import Writer

AT_ONCE = 20_000
"""Rows gathered before they are written: memory stays the same at any size."""


class Bulk:
    """A basket of rows; `add` returns the id of the row that will be written."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.rows = 0
        self._waiting = 0
        self._together = False
        self._last: dict[str, int] = {}
        self._baskets: dict[str, list[dict[str, Any]]] = {table.name: [] for table in Model.metadata.sorted_tables}
        self._writers: dict[str, Writer] = {}
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA cache_size=-128000"))

    def new_id(self, model: type[Model]) -> int:
        """The next id of a table, for a row that is added later."""
        name = model.__tablename__
        self._last[name] = self._last.get(name, 0) + 1
        return self._last[name]

    def add(self, model: type[Model], **values: Any) -> int:
        """Put a row into the basket; columns that are not named get the model's default."""
        if "id" not in values:
            values["id"] = self.new_id(model)
        self._baskets[model.__tablename__].append(values)
        self.rows += 1
        self._waiting += 1
        if self._waiting >= AT_ONCE and not self._together:
            self.flush()
        number: int = values["id"]
        return number

    @contextmanager
    def together(self) -> Iterator[None]:
        """Rows of a block are written together, so that they may refer to rows that come later in it."""
        self._together = True
        yield
        self._together = False

    def flush(self) -> None:
        """Write what is in the baskets, tables that others refer to first."""
        for name, basket in self._baskets.items():
            if basket:
                if name not in self._writers:
                    self._writers[name] = Writer(Model.metadata.tables[name], self.connection)
                self._writers[name].write(basket)
                basket.clear()
        self._waiting = 0

    def finish(self) -> None:
        """Write the rest and let PostgreSQL go on counting where the ids end."""
        self.flush()
        fill_names(self.connection)
        if self.connection.dialect.name == "postgresql":
            for name, last in self._last.items():
                self.connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), {"name": name, "last": last}
                )
