"""Rows of one table handed to the driver in one go: executemany for SQLite, COPY for PostgreSQL.

For bulk loads only, which answer for themselves: neither scope nor log nor counters see these rows.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, String, Table
from sqlalchemy.exc import DBAPIError

from db.models.types import Encrypted, UtcDateTime, encrypt_all

Convert = Callable[[list[Any]], Iterable[Any]]
"""What a column type does to all values of a column."""


class Writer:
    """Rows of one table as tuples in the order of its columns, with what each column type does to a value."""

    def __init__(self, table: Table, connection: Connection) -> None:
        self.connection = connection
        self.columns = [(column.name, _default(column), _conversion(column, connection)) for column in table.columns]
        named = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join("?" * len(self.columns))
        self.insert = f'INSERT INTO "{table.name}" ({named}) VALUES ({marks})'  # noqa: S608 - our own names
        self.copy = f'COPY "{table.name}" ({named}) FROM STDIN'

    def write(self, rows: list[dict[str, Any]]) -> None:
        """Write rows; columns that a row does not name get the model's default."""
        if not rows:
            return
        names = rows[0].keys()
        alike = all(row.keys() == names for row in rows)
        columns = [self._column(rows, alike, *column) for column in self.columns]
        tuples = list(zip(*columns, strict=True))
        if self.connection.dialect.name == "sqlite":
            self.connection.exec_driver_sql(self.insert, tuples)
            return
        raw: Any = self.connection.connection.driver_connection
        driver: Any = self.connection.dialect.loaded_dbapi
        try:
            with raw.cursor() as cursor, cursor.copy(self.copy) as copy:
                for one in tuples:
                    copy.write_row(one)
        except driver.Error as trouble:
            # PostgreSQL quotes the row that broke a rule; what was said stays out of the logs.
            trouble.args = (getattr(getattr(trouble, "diag", None), "message_primary", None) or type(trouble).__name__,)
            # As SQLAlchemy would say it, so that callers tell a broken rule from a broken connection.
            raise DBAPIError.instance(
                self.copy, None, trouble, driver.Error, True, dialect=self.connection.dialect
            ) from None

    @staticmethod
    def _column(
        rows: list[dict[str, Any]], alike: bool, name: str, default: Any, convert: Convert | None
    ) -> Iterable[Any]:
        if not alike:
            values = [row.get(name, default) for row in rows]
        elif name in rows[0]:
            values = list(map(itemgetter(name), rows))
        else:
            values = [default] * len(rows)
        return values if convert is None else convert(values)


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    return default.arg if default is not None and default.is_scalar else None


def _conversion(column: Column[Any], connection: Connection) -> Convert | None:
    """How this column type prepares its values for this driver; the frequent types in one short step."""
    if isinstance(column.type, String):
        return _words
    if isinstance(column.type, Encrypted):
        return encrypt_all
    if isinstance(column.type, UtcDateTime):
        return _each(_moment) if connection.dialect.name == "sqlite" else None
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return None if process is None else _each(process)


_PLAIN = {str, type(None)}


def _words(values: list[Any]) -> Iterable[Any]:
    """An enumeration's member counts as its value; Enum is a String, too."""
    if set(map(type, values)) <= _PLAIN:
        return values
    return [value if value is None or value.__class__ is str else str(value) for value in values]


def _each(process: Callable[[Any], Any]) -> Convert:
    """Value by value; the very same object as in the row before becomes the same again."""

    def convert(values: list[Any]) -> Iterable[Any]:
        last, made = None, None
        found = []
        for value in values:
            if value is not last:
                last, made = value, None if value is None else process(value)
            found.append(made)
        return found

    return convert


def _moment(value: datetime) -> str:
    """A moment as `UtcDateTime` stores it in SQLite."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
