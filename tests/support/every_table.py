"""A row in every table, a value in every column: drawn from the models, so that no new table or column is forgotten."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Enum,
    Insert,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Update,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import counters
from db.audit import UNAUDITED
from db.models import Model, Opening, Placement
from db.models.types import Encrypted, UtcDateTime
from db.terms import PlacementState
from db.upkeep.indexes import INDEX_OF
from tests.builders.world import NOW
from tests.support.every_model import FITTING, FITTING_TOO

TRIES = 40
"""For one table; columns that exclude each other stand in different rows."""


def fill_every_column(connection: Connection) -> None:
    """Give every table rows in which each of its columns holds a value, beside what is there already."""
    for table in Model.metadata.sorted_tables:
        _fill(connection, table)
    _agree_with_themselves(connection)
    if left := [f"{table.name}.{column}" for table, column in columns_never_filled(connection)]:
        raise AssertionError(f"no row fits {', '.join(left)}: say in `tests/support/every_model.py` what does")


def fill_empty_tables(connection: Connection) -> None:
    """Give rows to those tables that hold none."""
    for table in Model.metadata.sorted_tables:
        if connection.execute(select(*table.primary_key).limit(1)).first() is None:
            _fill(connection, table)
    _agree_with_themselves(connection)


def _fill(connection: Connection, table: Table) -> None:
    for turn in range(TRIES):
        missing = list(columns_without_value(connection, table))
        if not missing:
            return
        _one_more_row(connection, table, turn, missing)


def _agree_with_themselves(connection: Connection) -> None:
    """What upkeep verifies is right in rows that are filled by type, too: blind indexes, counters and places."""
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        for column, right in INDEX_OF.items():
            for row in session.scalars(select(column.class_)):
                setattr(row, column.key, right(row))
        session.flush()
        counters.recount(session)
        accepted = (Placement.opening_id == Opening.id) & (Placement.state == PlacementState.ACCEPTED)
        taken = select(func.count()).where(accepted).scalar_subquery()
        mended = update(Opening).where(Opening.filled != taken).values(filled=taken, places=taken + 1)
        session.execute(mended, execution_options=UNAUDITED | {"synchronize_session": False})
        session.commit()


def columns_never_filled(connection: Connection) -> Iterator[tuple[Table, str]]:
    """Columns of all tables that hold no value in any row."""
    for table in Model.metadata.sorted_tables:
        yield from ((table, name) for name in columns_without_value(connection, table))


def columns_without_value(connection: Connection, table: Table) -> Iterator[str]:
    """Columns of one table that hold no value in any row."""
    counted = connection.execute(select(*(func.count(column) for column in table.columns))).one()
    yield from (column.name for column, count in zip(table.columns, counted, strict=True) if not count)


def _one_more_row(connection: Connection, table: Table, turn: int, missing: list[str]) -> None:
    """A row with all that must be there and as much of what is missing as the table's rules let in."""
    columns = [column for column in table.columns if column is not table.autoincrement_column]
    values = {column.name: value_for(connection, column, turn) for column in columns}
    needed = {column.name: values[column.name] for column in columns if not column.nullable}
    rest = {name: values[name] for name in missing if name in values}
    known = [FITTING.get(table.name, {}), *FITTING_TOO.get(table.name, ())]
    fitting = {
        name: values[name] if table.c[name].foreign_keys and value is not None else value
        for name, value in known[turn % len(known)].items()
    }
    for row in (needed | rest | fitting, needed | rest):
        if _let_in(connection, insert(table).values(row)):
            return
    for row in (needed | fitting, needed):
        if key := _let_in(connection, insert(table).values(row)):
            at = [column == value for column, value in zip(table.primary_key, key, strict=True)]
            for name in rest:
                _let_in(connection, update(table).where(*at).values({name: rest[name]}))
            return


def _let_in(connection: Connection, statement: Insert | Update) -> Any:
    """Carry a statement out unless a rule of the table forbids it; the key of a new row."""
    try:
        with connection.begin_nested():
            done = connection.execute(statement)
    except IntegrityError:
        return None
    return done.inserted_primary_key if done.is_insert else True


def value_for(connection: Connection, column: Column[Any], turn: int) -> Any:
    """A value of the column's kind that no other row has; a reference leads to a row that is there."""
    kind: Any = column.type
    for reference in column.foreign_keys:
        # The newest, so that what was made by actions stays as they made it.
        there = connection.scalars(select(reference.column).order_by(reference.column.desc()).limit(TRIES)).all()
        # Two columns of one row that refer to the same table name different rows of it.
        beside = [
            other for other in column.table.columns if any(f.column is reference.column for f in other.foreign_keys)
        ]
        return there[(turn + beside.index(column)) % len(there)] if there else None
    if isinstance(kind, Enum) and kind.enum_class:
        members = list(kind.enum_class)
        return members[turn % len(members)]
    for its_kind, value in (
        (Encrypted, f"某人{turn}"),
        (UtcDateTime, NOW + timedelta(minutes=turn)),
        (Date, date(2026, 3, 1) + timedelta(days=turn)),
        (Boolean, bool(turn % 2)),
        (JSON, {"字": [turn, None, "x"]}),
        (Numeric, Decimal(turn + 1)),
        (Integer, turn + 1),
        (LargeBinary, bytes([0, 255, turn])),
        (String, f"x{turn}"),
    ):
        if isinstance(kind, its_kind):
            return value
    raise AssertionError(f"{column} has a type that no test fills: {kind!r}")
