"""Write the first revision's SQL anew from the models: `python -m db.migrations.freeze`.

Only until the first release. Afterwards installations hold that schema, and a change of the models is a new
revision: `python -m alembic revision --autogenerate -m "what changed"`.
"""

from pathlib import Path

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from db.models import Model

VERSIONS = Path(__file__).parent / "versions"


def first_schema(dialect: Dialect) -> str:
    """CREATE TABLE and CREATE INDEX of all models in the words of one engine."""
    statements = []
    for table in Model.metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        parts: list[DDLElement] = [CreateTable(table), *(CreateIndex(index) for index in indexes)]
        statements += [str(part.compile(dialect=dialect)) for part in parts]
    lines = [line.rstrip() for line in ";\n\n".join(text.strip() for text in statements).splitlines()]
    return "\n".join(lines) + ";\n\n"


if __name__ == "__main__":
    # Any parameter style but psycopg's own, which would double every % of a CHECK.
    engines: tuple[Dialect, ...] = (sqlite.dialect(), postgresql.dialect(paramstyle="named"))  # type: ignore[no-untyped-call]
    for dialect in engines:
        (VERSIONS / f"first_0001.{dialect.name}.sql").write_text(first_schema(dialect), encoding="utf-8")
