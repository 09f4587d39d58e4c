"""Rows of one table handed to the driver in one go: executemany for SQLite, COPY for PostgreSQL.

For bulk loads only, which answer for themselves: neither scope nor log nor counters see these rows.
"""

import gc
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from operator import itemgetter
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER
from typing import Any

from sqlalchemy import Column, Connection, Enum, String, Table
from sqlalchemy.exc import DBAPIError

from db.models.types import Encrypted, UtcDateTime, encrypt_all

TOGETHER = 50
"""Rows of one SQLite statement."""
Convert = Callable[[list[Any]], Iterable[Any]]
"""What a column type does to all values of a column."""


_PAUSING = threading.Lock()
_pauses = 0


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for cycles while rows are built by the ten thousand: they hold none, and each search goes over all.

    What nobody refers to any more goes at once, as ever; the last of several loads at a time lets the search go on.
    """
    global _pauses
    with _PAUSING:
        _pauses += 1
        gc.disable()
    try:
        yield
    finally:
        with _PAUSING:
            _pauses -= 1
            if not _pauses:
                gc.enable()


class Writer:
    """Rows of one table as tuples in the order of its columns, with what each column type does to a value."""

    def __init__(self, table: Table, connection: Connection) -> None:
        self.connection = connection
        self.columns = [(column.name, _default(column), _conversion(column, connection)) for column in table.columns]
        named = ", ".join(f'"{column.name}"' for column in table.columns)
        self.insert = f'INSERT INTO "{table.name}" ({named}) VALUES '  # noqa: S608 - our own names
        self.marks = f"({', '.join('?' * len(self.columns))})"
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
            self._insert(tuples)
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

    def _insert(self, tuples: list[tuple[Any, ...]]) -> None:
        # SQLite builds the word list of every CHECK (stage IN (…)) once a statement: at fifty rows a statement, the
        # checks of a table with four such lists cost a fiftieth of what they cost row by row.
        raw: Any = self.connection.connection.driver_connection
        together = max(1, min(TOGETHER, raw.getlimit(SQLITE_LIMIT_VARIABLE_NUMBER) // len(self.columns)))
        whole = len(tuples) // together * together
        if whole:
            parts = (tuples[at : at + together] for at in range(0, whole, together))
            many = self.insert + ", ".join([self.marks] * together)
            self.connection.exec_driver_sql(many, [tuple(chain.from_iterable(part)) for part in parts])
        if whole < len(tuples):
            self.connection.exec_driver_sql(self.insert + self.marks, tuples[whole:])

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
    if isinstance(column.type, Enum):
        return _members
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
    """A member of an enumeration counts as its value."""
    if set(map(type, values)) <= _PLAIN:
        return values
    return [value if value is None or value.__class__ is str else str(value) for value in values]


def _members(values: list[Any]) -> Iterable[Any]:
    """Members of an enumeration as their values: few in many rows, so each is asked once."""
    as_text = {value: None if value is None else str(value) for value in set(values)}
    return [as_text[value] for value in values]


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
