"""What the rotation of each community goes through, for the desk."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Rota, ScreenChoice
from db.rules.screen.parts import parts_of, rotas_of
from db.terms import RotaState, ScreenPart


@dataclass(frozen=True, slots=True)
class PartsRow:
    """The choice of a community; version 0 while nobody chose."""

    parts: tuple[ScreenPart, ...]
    version: int
    rotas: tuple[int, ...] = ()
    """Of the station; those that closed since are among them."""


NOBODY_CHOSE = PartsRow(parts_of(None), 0)

_READ = 500


def choices(session: Session) -> dict[int, PartsRow]:
    """Community → its choice, of those within reach that have one."""
    rows = session.execute(select(ScreenChoice.community_id, ScreenChoice.parts, ScreenChoice.version))
    return {row.community_id: PartsRow(parts_of(row.parts), row.version, rotas_of(row.parts)) for row in rows}


def open_rotas(session: Session) -> dict[int, dict[int, str]]:
    """Community → its open rotas by id, the newest first: what the station can show."""
    query = select(Rota.community_id, Rota.id, Rota.title).where(Rota.state == RotaState.OPEN)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in session.execute(query.order_by(Rota.id.desc()).limit(_READ)):
        found[row.community_id][row.id] = row.title
    return dict(found)
