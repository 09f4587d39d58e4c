"""Names that signed papers keep: filled into a row from the account or member it refers to, while the session flushes.

A row keeps what was written into it. Only when it refers to somebody else from now on is the name taken anew.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, event, func, inspect, select, update
from sqlalchemy.orm import Session, attributes

from db.models import Model

_COPIES: dict[type[Model], tuple[tuple[str, str, Table, str], ...]] = {}


def copies_of(model: type[Model]) -> tuple[tuple[str, str, Table, str], ...]:
    """The copied columns of a model: its name, the column that refers, the table referred to, the column there."""
    if model in _COPIES:
        return _COPIES[model]
    found = []
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        if of := column.info.get("copies"):
            target = next(iter(inspect(model).columns[of].foreign_keys)).column.table
            found.append((attribute.key, of, target, column.info["what"]))
    _COPIES[model] = tuple(found)
    return _COPIES[model]


def copied_columns() -> Iterator[tuple[type[Model], str, str, Table, str]]:
    """Every copied column: its model and name, the column that refers, the table referred to, the column there."""
    for mapper in Model.registry.mappers:
        for name, of, target, what in copies_of(mapper.class_):
            yield mapper.class_, name, of, target, what


def fill_names(connection: Connection) -> None:
    """Fill the names of rows that came past the flush, as invented ones do."""
    for model, name, of, target, what in copied_columns():
        table = Model.metadata.tables[model.__tablename__]
        named = select(target.c[what]).where(target.c.id == table.c[of]).scalar_subquery()
        statement = update(table).where(table.c[name] == "", table.c[of].is_not(None))
        connection.execute(statement.values({name: func.coalesce(named, "")}))


@event.listens_for(Session, "before_flush")
def _fill(session: Session, _context: Any, _instances: Any) -> None:
    wanted: dict[Table, list[tuple[Any, str, int, str]]] = defaultdict(list)
    for row in (*session.new, *session.dirty):
        for name, of, target, what in copies_of(type(row)):
            who = getattr(row, of)
            if who is None:
                continue
            new = row in session.new and not getattr(row, name)
            if new or (row not in session.new and attributes.get_history(row, of).has_changes()):
                wanted[target].append((row, name, who, what))
    for target, rows in wanted.items():
        known = _known(session, target, {who for _row, _name, who, _what in rows})
        for row, name, who, what in rows:
            setattr(row, name, known[who][what] if who in known else "")


def _known(session: Session, target: Table, ids: set[int]) -> dict[int, dict[str, str]]:
    columns = [column for column in target.c if column.name in ("id", "name", "capacity")]
    # Who signs for another community, such as the subdistrict, has a name there too: no scope holds here.
    rows = session.connection().execute(select(*columns).where(target.c.id.in_(ids)))
    return {row.id: dict(row._mapping) for row in rows}
