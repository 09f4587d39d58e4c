"""Beside what is to be done: where needs stand on their way, what the next days bring, four figures with their course.

Counts of the way and of the weeks come from the counters, so they cost the same at ten needs and at ten million.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Date,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Activity, Answer, Meeting, Milestone, Need, Notice, Project, Task
from db.models.types import UtcDateTime
from db.queries.needs.answers import PERIOD, SATISFIED, given_lately
from db.queries.progress.progress import (
    MonthHours,
    WeekFlow,
    flow_by_day,
    hours_by_day,
    months_of,
    standing_and_oldest,
    two_years,
    weeks_of,
)
from db.queries.today.moments import BEGIN, DAY, DAY_AND_SOON, HOME, MONDAY, NOW, SOON_OVER, WEEK_BEGIN, WHO, told
from db.queries.today.parts import NO_MOMENT
from db.rules.needs.steps import STAGES
from db.rules.permissions import Actor
from db.rules.workdays import week_of
from db.scope import built_once
from db.terms import (
    ActivityState,
    MeetingState,
    NeedStage,
    NeedStep,
    NoticeState,
    ProjectState,
    Role,
    Satisfaction,
    TaskState,
)

MOST = 5
EACH = 3
"""Of one kind, so that a meeting is not pushed out by the activities before it."""
WEEKS = 12
_LIVE = (ProjectState.SET_UP, ProjectState.RUNNING, ProjectState.REWORK)


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One step of the way; `days` is how long the oldest of it stands at its stage, None where nobody waits."""

    step: NeedStep
    needs: int
    days: int | None


def way_of_needs(session: Session, community_id: int, *, now: datetime) -> tuple[StepStanding, ...]:
    """登记 → 筛选 → 议事 → 公示 → 项目 → 回音 in one statement."""
    counts, oldest = standing_and_oldest(session, community_id)
    found = []
    for step, stages in STAGES.items():
        since = min((oldest[stage] for stage in stages if stage in oldest), default=None)
        days = max(0, (now - since).days) if since else None
        found.append(StepStanding(step, sum(counts.get(stage, 0) for stage in stages), days))
    return tuple(found)


# --- what comes next --------------------------------------------------------------------------------------------


class AheadKind(StrEnum):
    """What a day of the next week brings."""

    MEETING = "meeting"  # 会议
    NOTICE = "notice"  # 公示期满
    ACTIVITY = "activity"  # 活动
    MILESTONE = "milestone"  # 节点到期
    TASK = "task"  # 决议事项到期


@dataclass(frozen=True, slots=True)
class Ahead:
    """One thing of the next days; `link` is of the page that shows it."""

    kind: AheadKind
    link: int
    title: str
    day: date
    at: datetime | None


def _row(kind: AheadKind, link: Any, title: Any, day: Any, at: Any = NO_MOMENT) -> Any:
    return select(
        literal(kind.value).label("kind"), cast(link, BigInteger).label("link"), cast(title, String).label("title"),
        cast(null(), Date).label("day") if day is None else day.label("day"), at.label("at"),
    )  # fmt: skip


def ahead(session: Session, actor: Actor, *, now: datetime) -> tuple[Ahead, ...]:
    """The next days, the first first; a team leader sees the own projects. One statement."""
    rows = session.execute(_ahead(led=actor.role is Role.TEAM_LEADER), told(actor, now))
    found = sorted(
        (Ahead(AheadKind(row.kind), row.link, row.title, row.day or day_of(row.at), row.at) for row in rows),
        key=_first,
    )
    seen: Counter[AheadKind] = Counter()
    turns = []
    for one in found:
        turns.append((seen[one.kind], one))
        seen[one.kind] += 1
    # The first of every kind stays, so that many activities do not push a meeting out.
    kept = sorted(turns, key=lambda turn: turn[0])[:MOST]
    return tuple(sorted((one for _turn, one in kept), key=_first))


@built_once
def _ahead(*, led: bool) -> CompoundSelect[Any]:
    """The first of each kind; `led`: of what the actor leads."""
    own = [Project.leader_id == WHO] if led else []
    meetings = (
        _row(AheadKind.MEETING, Meeting.id, Meeting.title, None, Meeting.at)
        .where(Meeting.state == MeetingState.CONVENED, Meeting.at >= BEGIN, Meeting.at < SOON_OVER)
        .order_by(Meeting.at)
    )
    notices = (
        _row(AheadKind.NOTICE, Notice.id, Notice.title, Notice.ends_on)
        .where(Notice.state == NoticeState.RUNNING, Notice.ends_on.between(DAY, DAY_AND_SOON))
        .order_by(Notice.ends_on)
    )
    activities = (
        _row(AheadKind.ACTIVITY, Activity.id, Activity.title, Activity.on)
        .select_from(Activity)
        .outerjoin(Project, Project.id == Activity.project_id)
        .where(Activity.state == ActivityState.PLANNED, Activity.on.between(DAY, DAY_AND_SOON))
        .where(or_(*own, Activity.lead_id == WHO) if own else literal(1) == 1)
        .order_by(Activity.on)
    )
    milestones = (
        _row(AheadKind.MILESTONE, Milestone.project_id, Project.title + " · " + Milestone.title, Milestone.due_on)
        .join(Project, Project.id == Milestone.project_id)
        .where(Milestone.done_on.is_(None), Milestone.due_on.between(DAY, DAY_AND_SOON), Project.state.in_(_LIVE), *own)
        .order_by(Milestone.due_on)
    )
    tasks = (
        _row(AheadKind.TASK, Task.id, Task.title, Task.due_on)
        .where(Task.state == TaskState.OPEN, Task.due_on.between(DAY, DAY_AND_SOON))
        .order_by(Task.due_on)
    )
    every = [activities, milestones] if led else [meetings, notices, activities, milestones, tasks]
    return union_all(*(select(*one.limit(EACH).subquery().columns) for one in every))


def _first(one: Ahead) -> tuple[date, bool, str, int]:
    return one.day, one.at is not None, one.kind, one.link


# --- four figures -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """The week so far with eleven before it, opinions of a quarter, hours of the month with the months before it."""

    weeks: tuple[WeekFlow, ...]
    logged: int
    """Needs of this week's register, as the ledger lists them."""
    closed: int
    """Needs that were answered this week and stand so."""
    satisfied: int
    replied: int
    """Of those who gave an opinion on their answer in the last 90 days."""
    months: tuple[MonthHours, ...]


def figures(session: Session, actor: Actor, *, now: datetime) -> Figures:
    """Of the actor's community. One statement: counters by day, this week by index, opinions along the index of given
    answers.
    """
    day = day_of(now)
    first = week_of(day) - timedelta(weeks=WEEKS - 1)
    values = told(actor, now) | {_FIRST_WEEK.key: first, _FIRST_MONTH.key: two_years(day), _LATELY.key: now - PERIOD}
    found: dict[str, list[Any]] = {"flow": [], "hours": [], "week": [], "opinions": []}
    for what, *row in session.execute(_figures(), values):
        found[what].append(row)
    (week,), (opinion,) = found["week"], found["opinions"]
    return Figures(
        weeks=weeks_of(found["flow"], first, day),
        logged=int(week[1]),
        closed=int(week[2]),
        satisfied=int(opinion[1]),
        replied=int(opinion[2]),
        months=months_of(((one[0], one[1]) for one in found["hours"]), day),
    )


_FIRST_WEEK: Any = bindparam("figures_first_week", type_=Date())
_FIRST_MONTH: Any = bindparam("figures_first_month", type_=Date())
_LATELY: Any = bindparam("figures_lately", type_=UtcDateTime())


@built_once
def _figures() -> CompoundSelect[Any]:
    here = Need.community_id == HOME
    closed = select(func.count()).select_from(Need).where(
        here, Need.stage == NeedStage.CLOSED, Need.stage_since >= WEEK_BEGIN
    )  # fmt: skip
    logged = select(func.count()).select_from(Need).where(here, Need.week == MONDAY)
    said = Answer.satisfaction
    opinions = select(
        func.count().filter(said.in_(SATISFIED)),
        func.count().filter(said != Satisfaction.NO_REPLY),
    ).where(*given_lately(HOME, _LATELY, NOW))
    flow, hours = flow_by_day(_FIRST_WEEK, HOME).subquery(), hours_by_day(_FIRST_MONTH, DAY, HOME).subquery()
    return union_all(
        select(literal("flow"), *flow.c),
        select(literal("hours"), *hours.c, literal(0)),
        select(literal("week"), MONDAY, logged.scalar_subquery(), closed.scalar_subquery()),
        select(literal("opinions"), MONDAY, *opinions.subquery().c),
    )
