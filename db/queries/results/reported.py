"""报出的数: what was reported, and whether it would read otherwise today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, ReportedFigure
from db.queries.results.counted import Chosen
from db.queries.results.figures import base
from db.terms import ResultFigure

Base = tuple[int, int | None]
MOST = 12
"""The last reports that are shown of one choice."""


@dataclass(frozen=True, slots=True)
class Report:
    """A figure as it was reported: parts, words, when and by whom; the last day that was counted."""

    id: int
    what: ResultFigure
    until: date
    numerator: int
    denominator: int | None
    restricted: bool
    text: str
    at: datetime
    by: str

    @property
    def base(self) -> Base:
        return self.numerator, self.denominator


def reports(session: Session, chosen: Chosen, what: ResultFigure | None = None) -> tuple[Report, ...]:
    """What was reported of this period, community and squad, the last first."""
    actor = session.info["actor"]
    home = actor.community_id if actor is not None and actor.community_id is not None else chosen.community_id
    row = ReportedFigure
    kinds = list(ResultFigure) if what is None else [what]
    query = (
        select(
            *(row.id, row.what, row.until, row.numerator, row.denominator, row.restricted, row.words, row.at),
            Account.name,
        )
        .join(Account, Account.id == row.by)
        .where(row.period == chosen.period.code, row.what.in_(kinds))
        .where(_same(row.community_id, home), _same(row.squad_id, chosen.squad_id))
        .order_by(row.id.desc())
        .limit(MOST)
    )
    return tuple(Report(*found) for found in session.execute(query))


def _same(column: Any, value: int | None) -> Any:
    return column.is_(None) if value is None else column == value


def bases_today(
    session: Session, found: Sequence[Report], chosen: Chosen, known: Base, *, sees_restricted: bool
) -> dict[int, Base]:
    """What each report of one figure would stand on today, by its id, over the very days that were counted then.

    `known` is what the chosen period stands on. Of reports that ended on other days the last day alone is counted anew,
    in three statements; a report with matters that the reader does not see, or without them, is not compared.
    """
    same = [one for one in found if one.restricted == sees_restricted]
    other = next((one for one in same if one.until != chosen.period.until), None)
    by_day = {chosen.period.until: known}
    if other is not None:
        days = replace(chosen.period, until=other.until, running=True)
        by_day[other.until] = base(session, other.what, replace(chosen, period=days))
    return {one.id: by_day[one.until] for one in same if one.until in by_day}
