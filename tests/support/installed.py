"""A database as an installation has it."""

from sqlalchemy import delete, insert, text

from db import audit
from db.engine import engine
from db.models import AuditHead, Model
from db.upkeep.key import mark_key
from db.upkeep.schema import head


def stamp() -> None:
    """What `migrate` leaves behind: the revision, and the fingerprint of the key."""
    with engine().execution_options(writer=True).begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
        mark_key(connection)


def empty_database() -> None:
    """What a fresh installation has."""
    with engine().execution_options(writer=True).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            if connection.dialect.name == "postgresql":
                names = ", ".join(table.name for table in Model.metadata.sorted_tables)
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
            else:
                for table in Model.metadata.sorted_tables:
                    connection.execute(delete(table))
            connection.execute(insert(AuditHead).values(id=1, entries=0, hash=audit.FIRST_HASH))
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
