"""The readings of names that the subdistrict has added."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import NameReading
from db.terms import ReadingKind


@dataclass(frozen=True, slots=True)
class ReadingRow:
    id: int
    written: str
    sounds: str
    kind: ReadingKind


def name_readings(session: Session) -> tuple[ReadingRow, ...]:
    """All of them, the newest first; there are 200 at most."""
    columns = (NameReading.id, NameReading.written, NameReading.sounds, NameReading.kind)
    rows = session.execute(select(*columns).order_by(NameReading.id.desc()))
    return tuple(ReadingRow(row.id, row.written, row.sounds, row.kind) for row in rows)
