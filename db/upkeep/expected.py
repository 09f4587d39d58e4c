"""What the database's tables lack, or hold otherwise, against what this version of the program expects.

A revision is a number in a table: a database that was made between two releases may bear it and be another.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import CheckConstraint, Connection, Dialect, ForeignKeyConstraint, Table, UniqueConstraint, inspect

from db.models import Model

SHOWN = 12
"""Differences that the sentence names."""
Facts = dict[str, str]
"""What there is by its name, `index ix_need_place`, and how it is."""


def differences(connection: Connection) -> list[str]:
    """What is missing or other than the models say, each in a few words; what is there beside it does no harm."""
    wanted, there = expected(connection.dialect), found(connection)
    gone = {name for name in wanted if name.startswith("table ") and name not in there}
    inside = {name.removeprefix("table ") for name in gone}
    return [
        f"{name} is {'missing' if name not in there else f'{there[name]}, not {fact}'}"
        for name, fact in wanted.items()
        if there.get(name) != fact and (name in gone or _table_of(name) not in inside)
    ]


def in_a_sentence(differing: list[str]) -> str:
    """The first differences, and how many more there are."""
    more = f", and {len(differing) - SHOWN} more" if len(differing) > SHOWN else ""
    return "; ".join(differing[:SHOWN]) + more


def _table_of(name: str) -> str:
    """`column visit.note` is of `visit`, as is `check visit.ck_…`."""
    return name.split(" ", 1)[1].split(".", 1)[0]


def expected(dialect: Dialect) -> Facts:
    """What the models say, in the words of one engine."""
    facts: Facts = {}
    for table in Model.metadata.sorted_tables:
        columns = [column.name for column in table.columns]
        facts[f"table {table.name}"] = "there"
        for column in table.columns:
            facts[f"column {table.name}.{column.name}"] = _column(column.type.compile(dialect), bool(column.nullable))
        for index in table.indexes:
            where = index.dialect_options[dialect.name]["where"]
            condition = "" if where is None else str(where)
            plain = [getattr(part, "name", None) for part in index.expressions]
            facts[f"index {table.name}.{index.name}"] = _index(plain, bool(index.unique), condition, columns)
        facts |= dict(_constraints(table, columns, dialect))
    return facts


def _constraints(table: Table, columns: list[str], dialect: Dialect) -> Iterator[tuple[str, str]]:
    for constraint in table.constraints:
        name = f"{table.name}.{constraint.name}"
        if isinstance(constraint, CheckConstraint):
            condition = constraint.sqltext.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
            yield f"check {name}", _words(str(condition), columns)
        elif isinstance(constraint, UniqueConstraint):
            yield f"rule {name}", _unique(constraint.columns.keys())
        elif isinstance(constraint, ForeignKeyConstraint):
            yield f"reference {name}", _reference(constraint.column_keys, constraint.referred_table.name)


def found(connection: Connection) -> Facts:
    """What the database holds."""
    inspector, facts = inspect(connection), dict[str, str]()
    columns: dict[str, list[str]] = {}
    for (_, table), rows in inspector.get_multi_columns().items():
        facts[f"table {table}"], columns[table] = "there", [row["name"] for row in rows]
        for row in rows:
            kind = row["type"].compile(dialect=connection.dialect)
            facts[f"column {table}.{row['name']}"] = _column(kind, row["nullable"])
    for table, row in _named(inspector.get_multi_indexes()):
        where = row.get("dialect_options", {}).get(f"{connection.dialect.name}_where", "")
        facts[f"index {table}.{row['name']}"] = _index(
            row["column_names"], bool(row["unique"]), str(where), columns[table]
        )
    for table, row in _named(inspector.get_multi_check_constraints()):
        facts[f"check {table}.{row['name']}"] = _words(row["sqltext"], columns[table])
    for table, row in _named(inspector.get_multi_unique_constraints()):
        facts[f"rule {table}.{row['name']}"] = _unique(row["column_names"])
    for table, row in _named(inspector.get_multi_foreign_keys()):
        facts[f"reference {table}.{row['name']}"] = _reference(row["constrained_columns"], row["referred_table"])
    return facts


def _named(of_tables: Any) -> Iterator[tuple[str, Any]]:
    for (_, table), rows in of_tables.items():
        yield from ((table, row) for row in rows)


def _column(kind: str, nullable: bool) -> str:
    return f"{kind}{'' if nullable else ' NOT NULL'}"


def _index(columns: Iterable[str | None], unique: bool, where: str, of_table: list[str]) -> str:
    """A column that is an expression has no name; each engine writes expressions in its own way."""
    named = ", ".join(column or "…" for column in columns)
    words = _words(where, of_table) if where else ""
    return f"{'unique ' if unique else ''}({named}){f' where {words}' if words else ''}"


def _unique(columns: Iterable[str]) -> str:
    return f"unique ({', '.join(columns)})"


def _reference(columns: Iterable[str], target: str) -> str:
    return f"({', '.join(columns)}) to {target}"


def _words(condition: str, columns: list[str]) -> str:
    """The values and columns that a condition names; each engine has its own way to write the rest."""
    said = re.findall(r"'[^']*'|\w+", condition)
    kept = {word for word in said if word[0] == "'" or word.isdecimal() or word in columns}
    return f"about {' '.join(sorted(kept))}"
