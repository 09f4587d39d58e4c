"""Whether the database answers, and whether anybody is in it."""

from sqlalchemy import literal, select
from sqlalchemy.exc import SQLAlchemyError

from db.engine import reading_as_system
from db.queries.accounts.accounts import anybody_there


def database_answers() -> bool:
    """One statement; False when there is no database, it is busy beyond its time-out, or refuses us."""
    try:
        with reading_as_system("health") as session:
            return bool(session.scalar(select(literal(1))) == 1)
    except (SQLAlchemyError, OSError):
        return False


def nobody_yet() -> bool | None:
    """Whether there is no account; None when the database does not answer or has no tables yet."""
    try:
        return not anybody_there()
    except (SQLAlchemyError, OSError):
        return None
