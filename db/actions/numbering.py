"""Running numbers: CL-2026-0031, one series per community, noun and year, without gaps under any race."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from db.audit import UNAUDITED
from db.models import Community, RunningNumber


def next_number(session: Session, community_id: int, series: str, year: int) -> str:
    """The next number of a series ("" for needs, "P" for projects); the row lock orders concurrent writers."""
    return next_numbers(session, community_id, series, year, 1)[0]


def next_numbers(session: Session, community_id: int, series: str, year: int, count: int) -> list[str]:
    """The next `count` numbers of a series in one range."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    last = session.execute(
        insert(RunningNumber)
        .values(community_id=community_id, series=series, year=year, last=count)
        .on_conflict_do_update(
            index_elements=["community_id", "series", "year"], set_={"last": RunningNumber.last + count}
        )
        .returning(RunningNumber.last),
        execution_options=UNAUDITED,
    ).scalar_one()
    code = session.execute(select(Community.code).where(Community.id == community_id)).scalar_one()
    return [f"{code}-{series}{year}-{number:04d}" for number in range(last - count + 1, last + 1)]
