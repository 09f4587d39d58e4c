"""Visits: what a worker did today, and the visit to which needs are being added."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Household, Need, Place, Visit
from db.queries.doors.households import masked_door
from db.rules.zone import CHINA
from db.terms import VisitOutcome

LAST = 8


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit with its door masked; `needs` how many came out of it."""

    id: int
    at: datetime
    door: str
    outcome: VisitOutcome
    needs: int


@dataclass(frozen=True, slots=True)
class WorkDay:
    """A worker's day: how many doors by outcome, and the last ones."""

    counts: Mapping[VisitOutcome, int]
    last: tuple[VisitRow, ...]


@dataclass(frozen=True, slots=True)
class VisitAtHand:
    """The visit to which a need is added; the door in the form for colleagues."""

    id: int
    at: datetime
    door: str
    outcome: VisitOutcome
    place_id: int | None
    building: str
    household_id: int | None


def _door(row: object) -> str:
    where: str = getattr(row, "where_text", "")
    known = getattr(row, "household_id", None) is not None
    named = masked_door(
        getattr(row, "place", None), getattr(row, "building", ""), known=known, alias=getattr(row, "alias", "") or ""
    )
    return named or f"{getattr(row, 'place', None) or ''} {where}".strip()


_COLUMNS = (
    Visit.id,
    Visit.at,
    Visit.outcome,
    Visit.building,
    Visit.where_text,
    Visit.place_id,
    Visit.household_id,
    Place.name.label("place"),
    Household.alias.label("alias"),
)


def work_day(session: Session, worker_id: int, day: date) -> WorkDay:
    """The visits of one worker on one Chinese day; counts of all, the last eight as rows."""
    start = datetime.combine(day, time(), CHINA)
    needs = select(func.count()).select_from(Need).where(Need.visit_id == Visit.id).scalar_subquery()
    query = (
        select(*_COLUMNS, needs.label("needs"))
        .outerjoin(Place, Place.id == Visit.place_id)
        .outerjoin(Household, Household.id == Visit.household_id)
        .where(Visit.worker_id == worker_id, Visit.at >= start, Visit.at < start + timedelta(days=1))
        .order_by(Visit.at.desc(), Visit.id.desc())
        .limit(200)
    )
    rows = session.execute(query).all()
    return WorkDay(
        Counter(row.outcome for row in rows),
        tuple(VisitRow(row.id, row.at, _door(row), row.outcome, row.needs) for row in rows[:LAST]),
    )


def visit_at_hand(session: Session, visit_id: int) -> VisitAtHand | None:
    """One visit, or None outside the scope."""
    query = (
        select(*_COLUMNS)
        .outerjoin(Place, Place.id == Visit.place_id)
        .outerjoin(Household, Household.id == Visit.household_id)
        .where(Visit.id == visit_id)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    return VisitAtHand(row.id, row.at, _door(row), row.outcome, row.place_id, row.building, row.household_id)
