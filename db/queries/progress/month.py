"""The figures of one calendar month beside the month before, and how needs came and went in six: all from counters."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import AgendaItem, Meeting, NeedFlow, ServiceDay
from db.rules.progress.months import months_until
from db.rules.zone import CHINA
from db.terms import ItemState, MeetingState, NeedStage


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month, counted by the day on which it happened."""

    first: date
    logged: int = 0
    closed: int = 0
    on_agenda: int = 0
    noticed: int = 0
    in_project: int = 0
    meetings: int = 0
    passed: int = 0
    minutes: int = 0


def month_figures(session: Session, first: date, *, community_id: int | None = None) -> tuple[MonthFigures, ...]:
    """Six months, the wanted one last, in three statements whatever the number of needs."""
    months = months_until(first)
    begin, end = months[0], (first + timedelta(days=31)).replace(day=1)
    sums = {month: dict.fromkeys(_COUNTED, 0) for month in months}
    _flows(session, sums, begin, end, community_id)
    _meetings(session, sums, begin, end, community_id)
    return tuple(MonthFigures(month, **counted) for month, counted in sums.items())


_STAGES = {
    "closed": NeedStage.CLOSED,
    "on_agenda": NeedStage.ON_AGENDA,
    "noticed": NeedStage.NOTICE,
    "in_project": NeedStage.IN_PROJECT,
}
_COUNTED = ("logged", *_STAGES, "meetings", "passed", "minutes")


def _flows(
    session: Session, sums: dict[date, dict[str, int]], begin: date, end: date, community_id: int | None
) -> None:
    query = (
        select(
            *(NeedFlow.day, func.sum(NeedFlow.logged).label("logged")),
            *(
                func.sum(NeedFlow.entered).filter(NeedFlow.stage == stage).label(name)
                for name, stage in _STAGES.items()
            ),
        )
        .where(NeedFlow.day >= begin, NeedFlow.day < end)
        .group_by(NeedFlow.day)
    )
    served = select(ServiceDay.day, func.sum(ServiceDay.minutes)).where(ServiceDay.day >= begin, ServiceDay.day < end)
    if community_id is not None:
        query = query.where(NeedFlow.community_id == community_id)
        served = served.where(ServiceDay.community_id == community_id)
    for row in session.execute(query):
        month = sums[row.day.replace(day=1)]
        for name in ("logged", *_STAGES):
            month[name] += int(getattr(row, name) or 0)
    for day, minutes in session.execute(served.group_by(ServiceDay.day)):
        sums[day.replace(day=1)]["minutes"] += int(minutes)


def _meetings(
    session: Session, sums: dict[date, dict[str, int]], begin: date, end: date, community_id: int | None
) -> None:
    query = (
        select(Meeting.at, func.count(AgendaItem.id))
        .outerjoin(AgendaItem, (AgendaItem.meeting_id == Meeting.id) & (AgendaItem.state == ItemState.PASSED))
        .where(Meeting.state == MeetingState.CLOSED, Meeting.at >= _midnight(begin), Meeting.at < _midnight(end))
        .group_by(Meeting.id, Meeting.at)
    )
    if community_id is not None:
        query = query.where(Meeting.community_id == community_id)
    for at, passed in session.execute(query):
        month = sums[at.astimezone(CHINA).date().replace(day=1)]
        month["meetings"] += 1
        month["passed"] += int(passed)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
