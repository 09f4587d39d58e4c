"""What the rows of the log are called: by their own number or name, else by that of what they belong to."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, String, cast, literal, select, union_all
from sqlalchemy.orm import Session

from db import audit
from db.models import Model
from db.models.types import TextMark
from db.rules.masking import redact
from db.scope import UNSCOPED

OWN = ("number", "title", "name", "what")
"""What a row is called by, the first that its table has. The mark of a column says that it holds no words about people;
of rows that can be restricted only a number is told."""
OUTER = {"community", "subdistrict", "account"}
"""What nearly every row belongs to, so that it tells none of them apart."""
STEPS = 2
"""So many steps up: a score belongs to a round of scoring, the round to a need."""


@cache
def logged() -> dict[str, Any]:
    """The tables that the log follows, by their names.

    They carry no scope: only rows that an entry in reach mentions are looked up, and only their number or name is told.
    """
    return {name: Model.metadata.tables[name] for name in audit.audited_tables()}


@cache
def refers_to(table: str) -> dict[str, str]:
    """Columns that name a row of another table that the log follows, with that table."""
    columns = logged()[table].columns if table in logged() else ()
    keys = {one.name: next(iter(one.foreign_keys)).column.table.name for one in columns if one.foreign_keys}
    return {column: other for column, other in keys.items() if other in logged()}


@cache
def _way(table: str, steps: int = STEPS) -> tuple[str, ...]:
    """Columns from a table up to the name of its rows, which is the last of them; empty where they have none."""
    columns = logged()[table].columns
    for name in OWN[:1] if "restricted" in columns else OWN:
        if name in columns and columns[name].info.get("text") in (TextMark.PUBLIC, TextMark.CODED):
            return (name,)
    for column, above in refers_to(table).items() if steps else ():
        if above not in OUTER and (further := _way(above, steps - 1)):
            return (column, *further)
    return ()


def _named(table: str, ids: set[int]) -> Select[Any]:
    first = here = logged()[table].alias()
    joined: Any = first
    *up, name = _way(table)
    for column in up:
        table = refers_to(table)[column]
        above = logged()[table].alias()
        joined, here = joined.join(above, here.c[column] == above.c.id), above
    return select(first.c.id, cast(here.c[name], String).label("name")).select_from(joined).where(first.c.id.in_(ids))


def names_of(session: Session, wanted: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    """The names of rows by table and id, in one statement; what has none, or is gone, is left out."""
    parts = [
        _named(table, ids).add_columns(literal(table).label("table"))
        for table, ids in wanted.items()
        if ids and table in logged() and _way(table)
    ]
    if not parts:
        return {}
    found = session.execute(union_all(*parts), execution_options=UNSCOPED)
    return {(row.table, row.id): redact(row.name) for row in found if row.name}
