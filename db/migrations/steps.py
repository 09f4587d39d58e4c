"""What revisions are made of: frozen SQL of each engine, and the copying by which SQLite changes a table.

A revision `versions/<topic>_<number>.py` may have a file of SQL for each engine beside it, which
`python -m db.migrations.freeze` wrote. Nothing here reads the models: what a released revision does can never change.
"""

from pathlib import Path

from alembic import op

VERSIONS = Path(__file__).parent / "versions"


def on_sqlite() -> bool:
    """Whether the database being changed is SQLite; PostgreSQL changes its tables in place."""
    return op.get_bind().dialect.name == "sqlite"


def run(statement: str) -> None:
    """Run one statement without parameters, so that the driver leaves the % of a CHECK alone."""
    op.get_bind().exec_driver_sql(statement, execution_options={"no_parameters": True})


def frozen(revision: str, table: str = "") -> list[str]:
    """The frozen statements of a revision for this engine, or those of one table: it first, its indexes after."""
    text = (VERSIONS / f"{revision}.{op.get_bind().dialect.name}.sql").read_text(encoding="utf-8")
    statements = [statement.strip() for statement in text.split(";\n\n") if statement.strip()]
    return [statement for statement in statements if not table or _table_of(statement) == table]


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


def _columns(table: str) -> list[str]:
    rows = op.get_bind().exec_driver_sql(f"PRAGMA table_info({table})")
    return [str(row[1]) for row in rows]


def _table_of(statement: str) -> str:
    words = statement.split()
    if words[:2] == ["CREATE", "TABLE"]:
        return words[2]
    return words[words.index("ON") + 1]
