"""Bring the database to a revision of the schema, one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, make_url, text

from db.engine import UPKEEP_LOCK, make_engine
from db.settings import secret_key, settings
from db.upkeep import CannotDo


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file: it works from any folder."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision that this version of the program needs."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


def revision_of(connection: Connection) -> str:
    """The revision the database stands at; empty when it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision() or ""


@contextmanager
def alone(url: str | None = None) -> Iterator[Connection]:
    """A transaction beside which nobody writes, without time limits; references are looked at as it ends."""
    address = url or settings().url
    folder = make_url(address).database
    if address.startswith("sqlite") and folder and folder != ":memory:":
        Path(folder).parent.mkdir(parents=True, exist_ok=True)
    database = make_engine(address)
    try:
        with database.execution_options(writer=True).connect() as connection:
            if database.dialect.name == "sqlite":
                # A changed table is copied and dropped: its references must not be enforced meanwhile. Inside a
                # transaction this switch is ignored.
                _before_transaction(connection, "PRAGMA foreign_keys=OFF")
            with connection.begin():
                if database.dialect.name == "postgresql":
                    connection.execute(text("SET LOCAL lock_timeout = 0"))
                    connection.execute(text("SET LOCAL statement_timeout = 0"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPKEEP_LOCK})
                yield connection
                if lost := broken_references(connection):
                    raise CannotDo(f"Nothing was changed: rows of {', '.join(lost)} would refer to nothing.")
    finally:
        database.dispose()


def _before_transaction(connection: Connection, statement: str) -> None:
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(statement)


def broken_references(connection: Connection) -> list[str]:
    """Tables with rows whose foreign key leads nowhere (SQLite; PostgreSQL cannot hold any)."""
    if connection.dialect.name != "sqlite":
        return []
    return sorted({str(row[0]) for row in connection.execute(text("PRAGMA foreign_key_check"))})


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision, inside the caller's transaction."""
    command.upgrade(alembic_config(connection), "head")


def migrate(url: str | None = None, *, down: str = "") -> tuple[str, str]:
    """Bring the database to the newest revision, or down to an older one; returns revisions before and after.

    Processes that start at the same time wait for each other. The first one also makes the secret key.
    """
    with alone(url) as connection:
        secret_key()
        before = revision_of(connection)
        try:
            if down:
                command.downgrade(alembic_config(connection), down)
            else:
                upgrade(connection)
        except CommandError as unknown:
            raise CannotDo(f"The schema stays at {before or 'nothing'}: {unknown}.") from unknown
        return before, revision_of(connection)
