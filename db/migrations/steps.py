"""What revisions are made of: frozen SQL of each engine, and the copying by which SQLite changes a table.

A revision `versions/<topic>_<number>.py` may have a file of SQL for each engine beside it, which
`python -m db.migrations.freeze` wrote. Nothing here reads the models: what a released revision does can never change.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import op
from sqlalchemy import JSON, DateTime, text
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table

VERSIONS = Path(__file__).parent / "versions"


def on_sqlite() -> bool:
    """Whether the database being changed is SQLite; PostgreSQL changes its tables in place."""
    return op.get_bind().dialect.name == "sqlite"


def run(statement: str) -> None:
    """Run one statement without parameters, so that the driver leaves the % of a CHECK alone."""
    op.get_bind().exec_driver_sql(statement, execution_options={"no_parameters": True})


def frozen(revision: str, table: str = "") -> list[str]:
    """The frozen statements of a revision for this engine, or those of one table: it first, its indexes after."""
    words = (VERSIONS / f"{revision}.{op.get_bind().dialect.name}.sql").read_text(encoding="utf-8")
    statements = [statement.strip() for statement in words.split(";\n\n") if statement.strip()]
    return [statement for statement in statements if not table or _table_of(statement) == table]


def frozen_tables(revision: str) -> list[str]:
    """The tables that a revision's file holds, those that others refer to first."""
    return [words[2] for words in map(str.split, frozen(revision)) if words[:2] == ["CREATE", "TABLE"]]


def create(revision: str, *tables: str) -> None:
    """Create new tables with their indexes, in the order given: those that others refer to first."""
    for table in tables:
        for statement in frozen(revision, table):
            run(statement)


def drop(*tables: str) -> None:
    """Drop tables, those that refer to others first."""
    for table in tables:
        run(f"DROP TABLE {table}")


def copy(revision: str, table: str, **filled: str) -> None:
    """Give a SQLite table the form of a frozen statement; rows keep what both forms have.

    `filled` says in SQL, over the old row, what a column gets that is new or changed: `copy(…, community="'x'")`.
    """
    new = f"{table}__new"
    create_table, *indexes = frozen(revision, table)
    run(create_table.replace(f"CREATE TABLE {table} ", f"CREATE TABLE {new} ", 1))
    had = _columns(table)
    # Quoted: a column may have a word of SQL for its name, such as activity."on".
    values = {f'"{name}"': filled.get(name, f'"{name}"') for name in _columns(new) if name in had or name in filled}
    run(f"INSERT INTO {new} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {table}")  # noqa: S608 - frozen names
    run(f"DROP TABLE {table}")
    run(f"ALTER TABLE {new} RENAME TO {table}")
    for statement in indexes:
        run(statement)


def add_name(table: str, column: str, refers: str, target: str = "account", what: str = "name") -> None:
    """Add a column for a copied name and fill it from the row that `refers` leads to.

    It has no CHECK and no index, so SQLite takes it without copying the table.
    """
    run(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(60) DEFAULT '' NOT NULL")
    named = f"SELECT {what} FROM {target} WHERE {target}.id = {table}.{refers}"  # noqa: S608 - frozen names
    run(f"UPDATE {table} SET {column} = coalesce(({named}), '')")  # noqa: S608 - frozen names


def log_entry(table: str, row: int, community: int, reason: str, changes: dict[str, Any]) -> None:
    """Append one entry of the system to the audit log, for a row that a revision changed; values as JSON has them."""
    connection, moment = op.get_bind(), datetime.now(UTC)
    head = connection.execute(text("SELECT entries, hash FROM audit_head")).one()
    home = connection.execute(text("SELECT subdistrict_id FROM community WHERE id = :id"), {"id": community}).scalar()
    entry = {
        "id": head.entries + 1, "at": moment, "actor_id": None, "actor_name": "system", "reason": reason,
        "subdistrict_id": home, "community_id": community, "table_name": table, "row_id": row, "operation": "update",
        "changes": changes,
    }  # fmt: skip
    plain = json.dumps(
        entry | {"at": moment.isoformat(timespec="microseconds")},
        sort_keys=True, ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip
    digest = hashlib.sha256(f"{head.hash}\n{plain}".encode()).hexdigest()
    entry |= {"hash": digest, "at": moment.replace(tzinfo=None) if on_sqlite() else moment}
    kinds: dict[str, Any] = {"at": DateTime(timezone=True), "changes": JSON()}
    log = sql_table("audit_entry", *(sql_column(name, kinds.get(name)) for name in entry))
    connection.execute(log.insert().values(entry))
    connection.execute(
        text("UPDATE audit_head SET entries = :entries, hash = :hash"), {"entries": head.entries + 1, "hash": digest}
    )


def _columns(table: str) -> list[str]:
    rows = op.get_bind().exec_driver_sql(f"PRAGMA table_info({table})")
    return [str(row[1]) for row in rows]


def _table_of(statement: str) -> str:
    words = statement.split()
    if words[:2] == ["CREATE", "TABLE"]:
        return words[2]
    return words[words.index("ON") + 1]
