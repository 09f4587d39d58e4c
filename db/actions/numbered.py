"""Open a numbered file of the actor's own community: a dispute, a village matter."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from db.actions.loading import actor_of
from db.actions.numbering import next_number
from db.counters import day_of
from db.errors import Refused
from db.models import Mediation, VillageMatter

M = TypeVar("M", Mediation, VillageMatter)


def open_numbered(session: Session, model: type[M], series: str, *, now: datetime, **values: Any) -> M:
    """A new row with its number and who made it when; stored, so that it has an id.

    Raises Refused("no_community_of_its_own") for somebody who belongs to no single community.
    """
    actor = actor_of(session)
    if actor.community_id is None:
        raise Refused("no_community_of_its_own")
    number = next_number(session, actor.community_id, series, day_of(now).year)
    row = model(community_id=actor.community_id, number=number, made_by=actor.id, made_at=now, **values)
    session.add(row)
    session.flush()
    return row
