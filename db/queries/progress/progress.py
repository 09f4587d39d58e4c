"""The funnel of the chain, how long needs wait, what came in and went out, and volunteer hours: all from counters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import Session

from db.models import Community, Need, NeedFlow, NeedStanding, ServiceDay
from db.rules.workdays import mondays, week_of
from db.scope import built_once
from db.terms import NeedStage

MAIN_CHAIN = (
    NeedStage.LOGGED,
    NeedStage.REGISTERED,
    NeedStage.SCREENING,
    NeedStage.SCREENED,
    NeedStage.FOR_COUNCIL,
    NeedStage.ON_AGENDA,
    NeedStage.NOTICE,
    NeedStage.TO_PROJECT,
    NeedStage.IN_PROJECT,
    NeedStage.ANSWERING,
)
"""The way of a public matter, in order."""
SIDE_WAYS = (NeedStage.HANDLING, NeedStage.RESERVE, NeedStage.ORDERED)
"""Danger, the reserve list, and service for one household."""
WAITING = (*MAIN_CHAIN, *SIDE_WAYS)

MEDIAN_UP_TO = 20_000
"""Above this many at one stage only the oldest is looked up: the walk to the middle would no longer be short."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of the funnel. Days are whole days since the need came to this stage; None when nobody waits."""

    stage: NeedStage
    needs: int
    oldest_days: int | None
    median_days: int | None


@dataclass(frozen=True, slots=True)
class Funnel:
    stages: tuple[StageRow, ...]
    under_way: int
    closed: int
    merged: int
    void: int

    @property
    def all(self) -> int:
        """Every need that was logged and not withdrawn, merged ones included."""
        return self.under_way + self.closed + self.merged


def standing(session: Session, community_id: int | None = None) -> dict[NeedStage, int]:
    """How many needs stand at each stage, in the scope or in one community of it."""
    query = select(NeedStanding.stage, func.sum(NeedStanding.needs)).group_by(NeedStanding.stage)
    if community_id is not None:
        query = query.where(NeedStanding.community_id == community_id)
    return {stage: int(needs) for stage, needs in session.execute(query)}


def funnel(session: Session, *, now: datetime, community_id: int | None = None) -> Funnel:
    """The funnel in three statements whatever the number of needs: counters, oldest, middle."""
    counts = standing(session, community_id)
    oldest = oldest_by_stage(session, community_id)
    middle = _middle(session, {stage: counts.get(stage, 0) for stage in WAITING}, community_id)
    return Funnel(
        stages=tuple(
            StageRow(stage, counts.get(stage, 0), _days(oldest.get(stage), now), _days(middle.get(stage), now))
            for stage in WAITING
        ),
        under_way=sum(counts.get(stage, 0) for stage in WAITING),
        closed=counts.get(NeedStage.CLOSED, 0),
        merged=counts.get(NeedStage.MERGED, 0),
        void=counts.get(NeedStage.VOID, 0),
    )


def _days(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else max(0, (now - since).days)


def oldest_by_stage(session: Session, community_id: int | None) -> dict[NeedStage, datetime]:
    """Since when the oldest of each stage waits: one step into the index per community and stage, never a scan."""
    found: dict[NeedStage, datetime] = {}
    places = select(Community.id).where(Community.id == community_id) if community_id else select(Community.id)
    columns = [
        select(Need.stage_since)
        .where(Need.community_id == Community.id, Need.stage == stage)
        .order_by(Need.stage_since)
        .limit(1)
        .correlate(Community)
        .scalar_subquery()
        .label(stage.value)
        for stage in WAITING
    ]
    for row in session.execute(places.with_only_columns(*columns)):
        for stage, since in zip(WAITING, row, strict=True):
            if since is not None and (stage not in found or since < found[stage]):
                found[stage] = since
    return found


def standing_and_oldest(session: Session, community_id: int) -> tuple[dict[NeedStage, int], dict[NeedStage, datetime]]:
    """How many needs of a community stand at each stage and since when the oldest waits, in one statement."""
    row = session.execute(_standing_and_oldest(), {"standing_in": community_id}).one()
    counts, oldest = row[: len(WAITING)], row[len(WAITING) :]
    return (
        {stage: int(needs) for stage, needs in zip(WAITING, counts, strict=True) if needs},
        {stage: at for stage, at in zip(WAITING, oldest, strict=True) if at is not None},
    )


@built_once
def _standing_and_oldest() -> Select[Any]:
    here: Any = bindparam("standing_in", type_=BigInteger())
    counted = [
        select(func.sum(NeedStanding.needs))
        .where(NeedStanding.community_id == here, NeedStanding.stage == stage)
        .scalar_subquery()
        for stage in WAITING
    ]
    since = [
        select(func.min(Need.stage_since)).where(Need.community_id == here, Need.stage == stage).scalar_subquery()
        for stage in WAITING
    ]
    return select(*counted, *since)


def _middle(session: Session, counts: dict[NeedStage, int], community_id: int | None) -> dict[NeedStage, datetime]:
    """The need in the middle of each stage's queue, found by walking half the queue along the index."""
    parts: list[Select[Any]] = []
    for stage, needs in counts.items():
        if 0 < needs <= MEDIAN_UP_TO:
            queue = select(Need.stage_since).where(Need.stage == stage)
            if community_id is not None:
                queue = queue.where(Need.community_id == community_id)
            half = queue.order_by(Need.stage_since).limit(1).offset((needs - 1) // 2).subquery()
            parts.append(select(literal(stage.value), half.c.stage_since))
    if not parts:
        return {}
    return {NeedStage(stage): since for stage, since in session.execute(union_all(*parts))}


# --- in and out -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WeekFlow:
    """New needs and answered needs of one week."""

    week: date
    logged: int
    closed: int


def weekly_flow(
    session: Session, *, today: date, weeks: int = 26, community_id: int | None = None
) -> tuple[WeekFlow, ...]:
    """In and out per week, oldest first; weeks without anything are there with zero."""
    first = week_of(today) - timedelta(weeks=weeks - 1)
    return weeks_of(session.execute(flow_by_day(first, community_id)), first, today)


def flow_by_day(first: Any, community_id: Any) -> Select[date, int, int]:
    """Day, logged, answered from a day on; both may be parameters, None is all of the scope."""
    closed = func.sum(NeedFlow.entered).filter(NeedFlow.stage == NeedStage.CLOSED)
    query = (
        select(NeedFlow.day, func.sum(NeedFlow.logged), func.coalesce(closed, 0))
        .where(NeedFlow.day >= first)
        .group_by(NeedFlow.day)
    )
    if community_id is not None:
        query = query.where(NeedFlow.community_id == community_id)
    return query


def weeks_of(rows: Iterable[Any], first: date, today: date) -> tuple[WeekFlow, ...]:
    """Days of `flow_by_day` as weeks."""
    sums = {monday: [0, 0] for monday in mondays(first, today)}
    for day, logged, answered in rows:
        week = sums.get(week_of(day))
        if week is not None:
            week[0] += int(logged)
            week[1] += int(answered)
    return tuple(WeekFlow(monday, *counts) for monday, counts in sums.items())


# --- volunteer hours ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonthHours:
    """Minutes of one calendar month, this year and last; None for a month that has not begun."""

    month: int
    this_year: int | None
    last_year: int


def monthly_hours(session: Session, *, today: date, community_id: int | None = None) -> tuple[MonthHours, ...]:
    """Twelve months; this year's running month counts up to today, and so does last year's (like with like)."""
    return months_of(session.execute(hours_by_day(two_years(today), today, community_id)), today)


def two_years(today: date) -> date:
    """The first day of last year."""
    return date(today.year - 1, 1, 1)


def hours_by_day(first: Any, last: Any, community_id: Any) -> Select[date, int]:
    """Day and minutes from a day to another; all three may be parameters, no community is all of the scope."""
    query = (
        select(ServiceDay.day, func.sum(ServiceDay.minutes))
        .where(ServiceDay.day >= first, ServiceDay.day <= last, ServiceDay.minutes > 0)
        .group_by(ServiceDay.day)
    )
    if community_id is not None:
        query = query.where(ServiceDay.community_id == community_id)
    return query


def months_of(rows: Iterable[Any], today: date) -> tuple[MonthHours, ...]:
    """Days of `hours_by_day` as months."""
    minutes: dict[tuple[int, int], int] = {}
    for day, served in rows:
        beyond = day.year < today.year and day.month == today.month and day.day > today.day
        if not beyond:
            minutes[day.year, day.month] = minutes.get((day.year, day.month), 0) + int(served)
    return tuple(
        MonthHours(
            month,
            minutes.get((today.year, month), 0) if month <= today.month else None,
            minutes.get((today.year - 1, month), 0),
        )
        for month in range(1, 13)
    )


def year_so_far(months: Sequence[MonthHours]) -> tuple[int, int]:
    """Minutes of this year and of the same part of last year."""
    begun = [month for month in months if month.this_year is not None]
    return sum(month.this_year or 0 for month in begun), sum(month.last_year for month in begun)


# --- whose numbers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CommunityName:
    id: int
    name: str
    households: int


def communities_in_reach(session: Session) -> tuple[CommunityName, ...]:
    """The communities whose numbers the actor may see, in the administration's own order (the order of entry)."""
    own = session.info["actor"].community_id
    query = select(Community.id, Community.name, Community.households).order_by(Community.subdistrict_id, Community.id)
    if own is not None:
        query = query.where(Community.id == own)
    return tuple(CommunityName(*row) for row in session.execute(query))
