"""One project as its page shows it: the head with the next step, goals, milestones and risks, and its life."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import (
    Acceptance,
    Account,
    Activity,
    Community,
    Indicator,
    LedProject,
    Milestone,
    Need,
    Opening,
    Placement,
    Project,
    ProjectSource,
    Reading,
    Risk,
    ThreadEntry,
)
from db.queries.paging import ROWS, Page
from db.queries.projects.led import LedFacts
from db.queries.projects.projects import light_columns, light_of, progress_of
from db.rules.permissions import Actor, Permission
from db.rules.projects.progress import LightResult
from db.terms import (
    ActivityState,
    PlacementState,
    ProjectKind,
    ProjectState,
    RiskLevel,
)


class ProjectStep(StrEnum):
    """What must happen next to a project, shown on top of its page."""

    ADD_GOAL = "add_goal"  # 先写下量化目标
    POST_OPENING = "post_opening"  # 发布招募岗位
    ANSWER_WAITING = "answer_waiting"  # 答复等候的人
    START = "start"  # 团队组成，开始实施
    REPORT_ACTIVITY = "report_activity"  # 汇报已到期的活动
    PLAN_ACTIVITY = "plan_activity"  # 安排活动
    READ_GOAL = "read_goal"  # 记录进度
    HAND_IN = "hand_in"  # 提交验收
    GO_ON = "go_on"  # 按计划推进
    JUDGE = "judge"  # 评委评分、定等次
    REWORK = "rework"  # 整改后再提交
    FINISHED = "finished"  # 已验收，去回音
    STOPPED = "stopped"  # 已终止


@dataclass(frozen=True, slots=True)
class ProjectHead:
    """What stands above every section; counts are of this project."""

    id: int
    version: int
    number: str
    title: str
    kind: ProjectKind
    state: ProjectState
    community_id: int
    community: str
    leader_id: int
    leader: str
    problem: str
    measures: str
    beneficiaries: str
    beneficiary_count: int
    budget_fen: int
    funding: str
    starts_on: date
    due_on: date
    set_up_at: datetime
    accepted_at: datetime | None
    light: LightResult | None
    goals: int
    unread: int
    """Goals without a reading."""
    reached: bool
    """Every goal stands at its target or beyond."""
    openings: int
    members: int
    waiting: int
    planned: int
    overdue_activities: int
    done_activities: int
    askers: int
    """Needs behind the project, restricted ones included: whether an answer is owed at its end."""
    led: LedFacts | None = None
    """Year and direction of a secretary-led project."""

    @property
    def live(self) -> bool:
        """People still work on it."""
        return self.state in (ProjectState.SET_UP, ProjectState.RUNNING, ProjectState.REWORK)

    def led_by(self, user: Actor) -> bool:
        """Whether this user may run it: its leader, and the secretary of its community."""
        return user.id == self.leader_id or user.may(Permission.RUN_EVERY_PROJECT)

    @property
    def step(self) -> ProjectStep:
        """The next step, by the first of these that is missing."""
        fixed = {
            ProjectState.HANDED_IN: ProjectStep.JUDGE,
            ProjectState.ACCEPTED: ProjectStep.FINISHED,
            ProjectState.STOPPED: ProjectStep.STOPPED,
        }
        if self.state in fixed:
            return fixed[self.state]
        ladder = (
            (not self.goals, ProjectStep.ADD_GOAL),
            (bool(self.waiting), ProjectStep.ANSWER_WAITING),
            (self.state is ProjectState.SET_UP and not (self.openings or self.members), ProjectStep.POST_OPENING),
            (self.state is ProjectState.SET_UP, ProjectStep.START),
            (bool(self.overdue_activities), ProjectStep.REPORT_ACTIVITY),
            (self.state is ProjectState.REWORK, ProjectStep.REWORK),
            (self.reached and not self.unread, ProjectStep.HAND_IN),
            (not (self.planned or self.done_activities), ProjectStep.PLAN_ACTIVITY),
            (bool(self.unread), ProjectStep.READ_GOAL),
        )
        return next((step for holds, step in ladder if holds), ProjectStep.GO_ON)


def _count(model: Any, *where: Any) -> Any:
    return select(func.count()).select_from(model).where(*where).correlate(Project).scalar_subquery()


def project_head(session: Session, project_id: int, *, today: date) -> ProjectHead:
    """The head of a project in two statements; NotFound outside the scope."""
    in_project = Placement.opening_id.in_(select(Opening.id).where(Opening.project_id == Project.id).correlate(Project))
    unread = ~select(Reading.id).where(Reading.indicator_id == Indicator.id).exists()
    overdue, risks = light_columns(today)
    # The sheets of an accepted project go on naming its leader as the acceptance does.
    signed = (
        select(Acceptance.leader_name)
        .where(Acceptance.project_id == Project.id, Project.state == ProjectState.ACCEPTED)
        .order_by(Acceptance.round.desc())
        .limit(1)
        .correlate(Project)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            Project,
            Community.name.label("community"),
            func.coalesce(signed, Account.name).label("leader"),
            overdue,
            risks,
            _count(Indicator, Indicator.project_id == Project.id).label("goals"),
            _count(Indicator, Indicator.project_id == Project.id, unread).label("unread"),
            _count(Opening, Opening.project_id == Project.id, Opening.closed.is_(False)).label("openings"),
            func.coalesce(
                select(func.sum(Opening.filled))
                .where(Opening.project_id == Project.id)
                .correlate(Project)
                .scalar_subquery(),
                0,
            ).label("members"),
            _count(Placement, in_project, Placement.state == PlacementState.WAITING).label("waiting"),
            _count(Activity, Activity.project_id == Project.id, Activity.state == ActivityState.PLANNED).label(
                "planned"
            ),
            _count(
                Activity,
                Activity.project_id == Project.id,
                Activity.state == ActivityState.PLANNED,
                Activity.on <= today,
            ).label("overdue_activities"),
            _count(Activity, Activity.project_id == Project.id, Activity.state == ActivityState.DONE).label("done"),
            _count(ProjectSource, ProjectSource.project_id == Project.id, ProjectSource.need_id.is_not(None)).label(
                "askers"
            ),
            LedProject.year.label("led_year"),
            LedProject.direction,
        )
        .outerjoin(LedProject, LedProject.project_id == Project.id)
        .join(Community, Community.id == Project.community_id)
        .join(Account, Account.id == Project.leader_id)
        .where(Project.id == project_id)
    ).first()
    if row is None:
        raise NotFound(what="project", id=project_id)
    return _head(row, progress_of(session, [project_id])[project_id], today)


@dataclass(slots=True)
class _Light:
    """The five values that the light asks for."""

    state: ProjectState
    starts_on: date
    due_on: date
    overdue: int
    high_risks: int


def _head(row: Any, shares: list[Fraction], today: date) -> ProjectHead:
    project: Project = row.Project
    values = _Light(project.state, project.starts_on, project.due_on, row.overdue, row.high_risks)
    return ProjectHead(
        id=project.id,
        version=project.version,
        number=project.number,
        title=project.title,
        kind=project.kind,
        state=project.state,
        community_id=project.community_id,
        community=row.community,
        leader_id=project.leader_id,
        leader=row.leader,
        problem=project.problem,
        measures=project.measures,
        beneficiaries=project.beneficiaries,
        beneficiary_count=project.beneficiary_count,
        budget_fen=project.budget_fen,
        funding=project.funding,
        starts_on=project.starts_on,
        due_on=project.due_on,
        set_up_at=project.set_up_at,
        accepted_at=project.accepted_at,
        light=light_of(values, shares, today),
        goals=row.goals,
        unread=row.unread,
        reached=bool(shares) and all(share >= 1 for share in shares),
        openings=row.openings,
        members=int(row.members),
        waiting=row.waiting,
        planned=row.planned,
        overdue_activities=row.overdue_activities,
        done_activities=row.done,
        askers=row.askers,
        led=LedFacts(row.led_year, row.direction) if row.led_year is not None else None,
    )


# --- where it came from -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A need from which the project grew."""

    need_id: int
    number: str
    title: str
    voices: int


def sources_of(session: Session, project_id: int) -> list[SourceRow]:
    """The needs behind a project that the actor may see."""
    query = (
        select(Need.id, Need.number, Need.title, Need.voices)
        .join(ProjectSource, ProjectSource.need_id == Need.id)
        .where(ProjectSource.project_id == project_id)
        .order_by(Need.id)
    )
    return [SourceRow(*row) for row in session.execute(query)]


# --- milestones and risks ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepRow:
    id: int
    title: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class RiskRow:
    id: int
    what: str
    measure: str
    level: RiskLevel
    closed_on: date | None


def milestones_of(session: Session, project_id: int) -> list[StepRow]:
    """The steps of a project by their day."""
    query = (
        select(Milestone.id, Milestone.title, Milestone.due_on, Milestone.done_on)
        .where(Milestone.project_id == project_id)
        .order_by(Milestone.due_on, Milestone.id)
        .limit(ROWS)
    )
    return [StepRow(*row) for row in session.execute(query)]


def risks_of(session: Session, project_id: int) -> list[RiskRow]:
    """The risks of a project, open and grave ones first."""
    grave = case({RiskLevel.HIGH: 0, RiskLevel.MEDIUM: 1}, value=Risk.level, else_=2)
    query = (
        select(Risk.id, Risk.what, Risk.measure, Risk.level, Risk.closed_on)
        .where(Risk.project_id == project_id)
        .order_by(Risk.closed_on.is_not(None), grave, Risk.id)
        .limit(ROWS)
    )
    return [RiskRow(*row) for row in session.execute(query)]


# --- its life ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LifeLine:
    """One line of the thread: a `db.terms.Happening` with its values, who and when, and what was typed."""

    id: int
    at: datetime
    actor: str
    kind: str
    values: dict[str, Any]
    note: str


def life_of(session: Session, project_id: int, *, before: int | None = None) -> Page[LifeLine]:
    """The life of a project, newest first."""
    query = select(
        ThreadEntry.id,
        ThreadEntry.at,
        ThreadEntry.actor_name,
        ThreadEntry.kind,
        ThreadEntry.values,
        ThreadEntry.note,
    ).where(ThreadEntry.project_id == project_id)
    if before is not None:
        query = query.where(ThreadEntry.id < before)
    found = session.execute(query.order_by(ThreadEntry.id.desc()).limit(ROWS + 1)).all()
    return Page(tuple(LifeLine(*row) for row in found[:ROWS]), len(found) > ROWS)
