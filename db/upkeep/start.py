"""Whether the app may start on this database: with its schema, and with its secret key."""

from contextlib import suppress

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from db.engine import engine, replica_engine
from db.models import Installation
from db.settings import KeyTrouble
from db.upkeep.compared import differences_unless_known
from db.upkeep.expected import in_a_sentence
from db.upkeep.schema import head, revision_of

MIGRATE = "run `python -m db migrate` first"


def why_not_start() -> str:
    """Why this process must not start, in one sentence; empty when it may, and when the database does not answer.

    Then health says so, and every connection that comes up later is checked for the key (`db.engine`).
    """
    try:
        with engine().connect() as connection:
            wrong = _schema(connection)
        if (replica := replica_engine()) is not None:
            with suppress(SQLAlchemyError, OSError), replica.connect():
                pass  # one that answers was written with the same key; one that does not is left out
    except KeyTrouble as trouble:
        return str(trouble)
    except (SQLAlchemyError, OSError):
        return ""
    return wrong


def _schema(connection: Connection) -> str:
    found = revision_of(connection)
    if found != head():
        return f"The schema is {found or 'empty'}, this version needs {head()}: {MIGRATE}."
    if differing := differences_unless_known(connection):
        return f"The database bears schema {found}, but is not as it must be: {in_a_sentence(differing)}."
    if connection.scalar(select(Installation.id)) is None:
        return f"The database does not know its secret key: {MIGRATE}."
    return ""
