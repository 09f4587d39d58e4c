"""Write invented rows by the thousand: gathered in memory, then handed to the driver in one go per table.

Every row gets its id here, so that generators can refer to each other before anything is stored. All of it happens in
the transaction of the caller: an interrupted build leaves nothing behind.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, String, Table, text

from db.models import Model
from db.models.types import UtcDateTime

AT_ONCE = 20_000
"""Rows gathered before they are written: memory stays the same at any size."""

Convert = Callable[[Any], Any]


class Bulk:
    """A basket of rows; `add` returns the id of the row that will be written."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.rows = 0
        self._waiting = 0
        self._together = False
        self._last: dict[str, int] = {}
        self._baskets: dict[str, list[dict[str, Any]]] = {table.name: [] for table in Model.metadata.sorted_tables}
        self._writers: dict[str, _Writer] = {}
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
                    self._writers[name] = _Writer(Model.metadata.tables[name], self.connection)
                self._writers[name].write(basket)
                basket.clear()
        self._waiting = 0

    def finish(self) -> None:
        """Write the rest and let PostgreSQL go on counting where the ids end."""
        self.flush()
        if self.connection.dialect.name == "postgresql":
            for name, last in self._last.items():
                self.connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), {"name": name, "last": last}
                )


class _Writer:
    """Rows of one table as tuples in the order of its columns, with what each column type does to a value."""

    def __init__(self, table: Table, connection: Connection) -> None:
        self.connection = connection
        self.wanted = [(column.name, _default(column)) for column in table.columns]
        conversions = [_conversion(column, connection) for column in table.columns]
        self.conversions = [(at, convert) for at, convert in enumerate(conversions) if convert is not None]
        named = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join("?" * len(self.wanted))
        self.insert = f'INSERT INTO "{table.name}" ({named}) VALUES ({marks})'  # noqa: S608 - our own names
        self.copy = f'COPY "{table.name}" ({named}) FROM STDIN'

    def write(self, rows: list[dict[str, Any]]) -> None:
        tuples = [self._tuple(row) for row in rows]
        if self.connection.dialect.name == "sqlite":
            self.connection.exec_driver_sql(self.insert, tuples)
            return
        raw: Any = self.connection.connection.driver_connection
        with raw.cursor() as cursor, cursor.copy(self.copy) as copy:
            for one in tuples:
                copy.write_row(one)

    def _tuple(self, row: dict[str, Any]) -> tuple[Any, ...]:
        get = row.get
        values = [get(name, default) for name, default in self.wanted]
        for at, convert in self.conversions:
            value = values[at]
            if value is not None:
                values[at] = convert(value)
        return tuple(values)


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    return default.arg if default is not None and default.is_scalar else None


def _conversion(column: Column[Any], connection: Connection) -> Convert | None:
    """How this column type prepares a value for this driver; the frequent types in one short step."""
    if isinstance(column.type, String):
        return str  # an enumeration's member counts as its value; Enum is a String, too
    if isinstance(column.type, UtcDateTime):
        return _moment if connection.dialect.name == "sqlite" else None
    return column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)


def _moment(value: datetime) -> str:
    """A moment as `UtcDateTime` stores it in SQLite."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
