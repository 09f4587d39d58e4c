"""What days off and on that were set later did to the periods of one notice, order, follow-up or complaint."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.models import MovedPeriod
from db.queries.paging import ROWS
from db.terms import PeriodKept


@dataclass(frozen=True, slots=True)
class Moved:
    """One change of the calendar, and what became of the period: a new end, or why it stayed."""

    day: date
    workday: bool
    before: datetime
    after: datetime | None
    kept: PeriodKept | None
    exact: bool
    """Whether the period ends at an hour, not with a day."""


def moved_periods(session: Session, of: ColumnElement[bool]) -> tuple[Moved, ...]:
    """The changes of what is looked at, such as `MovedPeriod.notice_id == 3`, in order."""
    rows = session.execute(
        select(
            *(MovedPeriod.day, MovedPeriod.workday, MovedPeriod.before, MovedPeriod.after, MovedPeriod.kept),
            (MovedPeriod.contact | MovedPeriod.order_id.is_not(None)).label("exact"),
        )
        .where(of)
        .order_by(MovedPeriod.id)
        .limit(ROWS)
    )
    return tuple(Moved(*row) for row in rows)
