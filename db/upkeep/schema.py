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

from db.admission import UPKEEP_LOCK
from db.engine import make_engine
from db.settings import settings
from db.upkeep import CannotDo
from db.upkeep.expected import differences, in_a_sentence
from db.upkeep.key import check_key, mark_key


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


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema to the newest revision or another later one, inside the caller's transaction."""
    command.upgrade(alembic_config(connection), to)


def bring_up_to_date(connection: Connection) -> None:
    """Bring schema and installation to this version; raises CannotDo when the tables are not what they must be."""
    upgrade(connection)
    mark_key(connection)
    if differing := differences(connection):
        raise CannotDo(
            f"The database bears schema {head()}, but was not made by a released version: {in_a_sentence(differing)}."
            " Nothing was changed: restore a backup into an empty database."
        )


def is_released(revision: str) -> bool:
    """Whether it is the newest revision or one before it, so that data of it can be brought up to date."""
    try:
        return bool(revision) and ScriptDirectory.from_config(alembic_config()).get_revision(revision) is not None
    except CommandError:
        return False


def migrate(url: str | None = None, *, down: str = "") -> tuple[str, str]:
    """Bring the database to the newest revision, or down to an older one; returns revisions before and after.

    Processes that start at the same time wait for each other. The first one also makes the secret key. Raises CannotDo
    or KeyTrouble, and nothing is changed, when the key is not that of the data, or tables are not what they must be.
    """
    with alone(url) as connection:
        before = revision_of(connection)
        try:
            if down:
                command.downgrade(alembic_config(connection), down)
            else:
                check_key(connection)
                bring_up_to_date(connection)
        except CommandError as unknown:
            raise CannotDo(f"The schema stays at {before or 'nothing'}: {unknown}.") from unknown
        return before, revision_of(connection)
