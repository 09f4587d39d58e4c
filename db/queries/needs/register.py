"""一周一登: the needs of one week with what they lack, its visits, and the signature."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Need, Visit, WeekSignOff
from db.queries.needs.needs import NeedRow, listing, need_row
from db.rules.needs.register import Entry, Missing, missing, seal
from db.rules.workdays import bounds_of_week
from db.terms import NeedStage, VisitOutcome

WEEK_MOST = 300
SIGN_OFFS = 12


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A need of the week and what it lacks."""

    need: NeedRow
    lacks: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """The signature of a week; `unchanged` when the needs still are what was signed."""

    at: datetime
    by: str
    needs: int
    remark: str
    seal: str
    unchanged: bool


@dataclass(frozen=True, slots=True)
class WeekRegister:
    """One week of one community; voided needs are not in it."""

    week: date
    visits: Mapping[VisitOutcome, int]
    rows: tuple[RegisterRow, ...]
    sign_off: SignOff | None

    @property
    def incomplete(self) -> tuple[RegisterRow, ...]:
        return tuple(row for row in self.rows if row.lacks)


def week_register(session: Session, community_id: int, week: date) -> WeekRegister:
    """The register of the week that starts on Monday `week`; at most 300 needs."""
    start, end = bounds_of_week(week)
    visits = session.execute(
        select(Visit.outcome, func.count())
        .where(Visit.community_id == community_id, Visit.at >= start, Visit.at < end)
        .group_by(Visit.outcome)
    ).all()
    rows = session.execute(
        listing(
            Need.description,
            Need.people,
            Need.reach,
            Need.source,
            Need.household_id,
            Need.asker_name,
            Need.asker_phone,
        )
        .where(Need.community_id == community_id, Need.week == week, Need.stage != NeedStage.VOID)
        .order_by(Need.id)
        .limit(WEEK_MOST)
    ).all()
    return WeekRegister(
        week,
        {row[0]: row[1] for row in visits},
        tuple(RegisterRow(need_row(row), missing(_entry(row))) for row in rows),
        _signature(session, community_id, week, seal((r.number, r.title, r.description, str(r.people)) for r in rows)),
    )


def _entry(row: object) -> Entry:
    given = {name: getattr(row, name) for name in ("description", "building", "reach", "people", "source")}
    asked = any(getattr(row, name) is not None for name in ("household_id", "asker_name", "asker_phone"))
    return Entry(**given, has_asker=asked)


def _signature(session: Session, community_id: int, week: date, seal_now: str) -> SignOff | None:
    row = session.execute(
        select(
            WeekSignOff.signed_at,
            WeekSignOff.needs,
            WeekSignOff.remark,
            WeekSignOff.digest,
            WeekSignOff.signed_name,
        ).where(WeekSignOff.community_id == community_id, WeekSignOff.week == week)
    ).first()
    if row is None:
        return None
    return SignOff(row.signed_at, row.signed_name, row.needs, row.remark, row.digest, row.digest == seal_now)


def signed_weeks(session: Session, community_id: int) -> frozenset[date]:
    """The weeks signed lately."""
    query = (
        select(WeekSignOff.week)
        .where(WeekSignOff.community_id == community_id)
        .order_by(WeekSignOff.week.desc())
        .limit(SIGN_OFFS * 2)
    )
    return frozenset(session.scalars(query))
