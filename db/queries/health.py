"""Whether the database answers."""

from sqlalchemy import literal, select
from sqlalchemy.exc import SQLAlchemyError

from db.engine import reading_as_system


def database_answers() -> bool:
    """One statement; False when there is no database, it is busy beyond its time-out, or refuses us."""
    try:
        with reading_as_system("health") as session:
            return bool(session.scalar(select(literal(1))) == 1)
    except (SQLAlchemyError, OSError):
        return False
