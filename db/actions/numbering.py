"""Running numbers: CL-2026-0031, one series per community, noun and year, without gaps under any race."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from db.actions.loading import actor_of
from db.audit import UNAUDITED
from db.counters import day_of
from db.errors import Refused
from db.models import Community, Model, RunningNumber

M = TypeVar("M", bound=Model)


def next_number(session: Session, community_id: int, series: str, year: int) -> str:
    """The next number of a series ("" for needs, "P" for projects); the row lock orders concurrent writers."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    last = session.execute(
        insert(RunningNumber)
        .values(community_id=community_id, series=series, year=year, last=1)
        .on_conflict_do_update(index_elements=["community_id", "series", "year"], set_={"last": RunningNumber.last + 1})
        .returning(RunningNumber.last),
        execution_options=UNAUDITED,
    ).scalar_one()
    code = session.execute(select(Community.code).where(Community.id == community_id)).scalar_one()
    return f"{code}-{series}{year}-{last:04d}"


def open_numbered(session: Session, model: type[M], series: str, *, now: datetime, **values: Any) -> M:
    """A new row of the actor's own community with its number and who made it when; stored, so that it has an id.

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
