"""Wrong codes of plain pages, counted for all processes together: they lie beside the wrong passwords.

A try is one row under a keyed hash of what was tried and from where; a right code leaves none. Rows are forgotten after
`WINDOW`, like those of passwords, and leave no trace in the log.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from db.audit import UNAUDITED
from db.engine import in_group, reading_as_system, writing
from db.models import SignInFailure, blind_index
from db.rules.accounts.slowing import WINDOW
from db.rules.clock import lately


def wrong_codes(what: str, whence: str, *, within: timedelta, now: datetime) -> tuple[int, datetime | None]:
    """How many wrong codes there were of this kind from this place lately, and when the last one was; one statement."""
    with reading_as_system("wrong code") as session:
        row = session.execute(
            select(func.count(), func.max(SignInFailure.at)).where(
                SignInFailure.username_index == _index(what, whence), lately(SignInFailure.at, now, within)
            )
        ).one()
    return row[0], row[1]


def note_wrong_code(what: str, whence: str, *, sweep: bool, now: datetime) -> None:
    """Count one, on SQLite together with what others write in this moment; `sweep` lets go of what is too old."""
    index = _index(what, whence)

    def work(within: Connection | None) -> None:
        with writing(None, reason="wrong code", within=within) as session:
            if sweep:
                session.execute(
                    delete(SignInFailure).where(SignInFailure.at < now - WINDOW),
                    execution_options=UNAUDITED,
                )
            session.add(SignInFailure(username_index=index, address_index=index, at=now))

    in_group(work)


def _index(what: str, whence: str) -> str:
    return blind_index(f"wrong code:{what}:{whence}")
