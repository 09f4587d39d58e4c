"""Rows of one table handed to the driver in one go: executemany for SQLite, COPY for PostgreSQL.

For bulk loads only, which answer for themselves: neither scope nor log nor counters see these rows.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, String, Table
from sqlalchemy.exc import DBAPIError

from db.models.types import UtcDateTime

Convert = Callable[[Any], Any]


class Writer:
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
        """Write rows; columns that a row does not name get the model's default."""
        tuples = [self._tuple(row) for row in rows]
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
