"""Write the SQL of a revision's tables from the models: `python -m db.migrations.freeze door_0002 household visit`.

It writes `versions/door_0002.sqlite.sql` and `.postgresql.sql` with the tables named, as the models are now. Released
files are never written again: `tests/core/test_migrations.py` holds their sums.
"""

import sys
from pathlib import Path

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from db.models import Model

VERSIONS = Path(__file__).parent / "versions"


def schema_of(tables: set[str], dialect: Dialect) -> str:
    """CREATE TABLE and CREATE INDEX of the tables named, in the words of one engine."""
    statements = []
    for table in Model.metadata.sorted_tables:
        if table.name not in tables:
            continue
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        parts: list[DDLElement] = [CreateTable(table), *(CreateIndex(index) for index in indexes)]
        statements += [str(part.compile(dialect=dialect)) for part in parts]
    lines = [line.rstrip() for line in ";\n\n".join(text.strip() for text in statements).splitlines()]
    return "\n".join(lines) + ";\n\n"


def freeze(revision: str, tables: set[str], folder: Path = VERSIONS) -> None:
    """Write the files of both engines; raises ValueError on a table that no model has."""
    if unknown := tables - set(Model.metadata.tables):
        raise ValueError(f"no such table: {', '.join(sorted(unknown))}")
    # Any parameter style but psycopg's own, which would double every % of a CHECK.
    engines: tuple[Dialect, ...] = (sqlite.dialect(), postgresql.dialect(paramstyle="named"))  # type: ignore[no-untyped-call]
    for dialect in engines:
        (folder / f"{revision}.{dialect.name}.sql").write_text(schema_of(tables, dialect), encoding="utf-8")


if __name__ == "__main__":
    freeze(sys.argv[1], set(sys.argv[2:]))
