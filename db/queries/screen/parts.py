"""What the rotation of each community goes through, for the desk."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ScreenChoice
from db.rules.screen.parts import parts_of
from db.terms import ScreenPart


@dataclass(frozen=True, slots=True)
class PartsRow:
    """The choice of a community; version 0 while nobody chose."""

    parts: tuple[ScreenPart, ...]
    version: int


NOBODY_CHOSE = PartsRow(parts_of(None), 0)


def choices(session: Session) -> dict[int, PartsRow]:
    """Community → its choice, of those within reach that have one."""
    rows = session.execute(select(ScreenChoice.community_id, ScreenChoice.parts, ScreenChoice.version))
    return {row.community_id: PartsRow(parts_of(row.parts), row.version) for row in rows}
