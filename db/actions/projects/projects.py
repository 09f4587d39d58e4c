"""立项 and 实施: set up a project, start it, its milestones and risks, and its early end."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.life import add_to_life, needs_of
from db.actions.loading import actor_of, load
from db.actions.needs.answering import owe_answers
from db.actions.needs.stages import set_stage
from db.actions.numbering import next_number
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import (
    Account,
    AgendaItem,
    Community,
    Indicator,
    IndicatorClass,
    LedProject,
    Milestone,
    Need,
    Opening,
    Placement,
    Project,
    ProjectSource,
    Risk,
)
from db.rules.lifecycle import may_become
from db.rules.limits import BENEFICIARIES_MOST
from db.rules.permissions import GRANTS, Permission
from db.rules.projects.input import ProjectInput
from db.scope import UNSCOPED
from db.terms import (
    AnswerKind,
    GoalClass,
    Happening,
    IndicatorKind,
    NeedStage,
    Outcome,
    PlacementState,
    ProjectDirection,
    ProjectKind,
    ProjectState,
    RiskLevel,
    Role,
)
from db.together import amiss

LIVE = GRANTS[Permission.RUN_PROJECT].stages
"""States in which people still work on a project."""
MOST_YUAN = 100_000_000
LONGEST = timedelta(days=3653)
"""So far ahead a project may end: 2099 is a slip of the hand."""
LED = ProjectKind.SECRETARY_LED
YEARS = {"least": 2000, "most": 2100}
"""Years that a round of secretary-led projects can have."""


# --- what the other actions of a project begin with -------------------------------------------------------------------


def own_project(session: Session, project_id: int, *, version: int | None = None, lock: bool = False) -> Project:
    """The project, for its leader and for secretary and administrator; NotPermitted for somebody else's project."""
    project = load(session, Project, project_id, version=version, lock=lock)
    actor = actor_of(session)
    if project.leader_id != actor.id and actor.role not in (Role.SECRETARY, Role.SUBDISTRICT_ADMIN):
        raise NotPermitted(permission=session.info.get("permission"), role=actor.role)
    return project


def must_live(session: Session, project: Project) -> None:
    """WrongStage when the project is handed in, accepted or stopped: then nobody joins, serves or plans any more."""
    if project.state not in LIVE:
        raise WrongStage(what="project", stage=project.state, permission=session.info.get("permission"))


def turn(session: Session, project: Project, to: ProjectState) -> None:
    """Change the state, or WrongStage when the life cycle has no such step."""
    if not may_become(project.state, to):
        raise WrongStage(what="project", stage=project.state, permission=session.info.get("permission"), to=to)
    project.state = to


def plain(value: Decimal) -> str:
    """A number as the thread keeps it: 60, not 60.00."""
    return f"{value.normalize():f}"


# --- setting up -------------------------------------------------------------------------------------------------------


@action(Permission.SET_UP_PROJECT)
def set_up_project(
    session: Session,
    *,
    given: ProjectInput,
    now: datetime,
) -> int:
    """A new project from passed needs (→ 实施中), or without a source as 书记领办 or 民生实事; returns its id.

    Raises Refused: needs_of_two_communities, secretary_leads, leader_cannot_run.
    """
    sort = fields.chosen("kind", given.kind, list(ProjectKind))
    needs = _sources(session, given.need_ids)
    direction = fields.chosen("direction", given.direction, list(ProjectDirection)) if sort is LED else None
    project = Project(
        title=fields.line("title", given.title, most=60),
        kind=sort,
        problem=fields.words("problem", given.problem, most=1000),
        measures=fields.words("measures", given.measures, most=1000),
        beneficiaries=fields.line("beneficiaries", given.beneficiaries, most=200),
        beneficiary_count=fields.whole("beneficiary_count", given.beneficiary_count, least=1, most=BENEFICIARIES_MOST),
        budget_fen=100 * fields.whole("budget_yuan", given.budget_yuan, least=0, most=MOST_YUAN),
        funding=fields.line("funding", given.funding, most=200, needed=False),
        starts_on=fields.day("starts_on", given.starts_on),
        due_on=fields.day("due_on", given.due_on, most=day_of(now) + LONGEST),
        set_up_at=now,
        set_up_by=actor_of(session).id,
    )
    if project.due_on <= project.starts_on:
        amiss(BadInput("due_on", Problem.TOO_EARLY, day=str(project.starts_on + timedelta(days=1))), None)
    # Whose it is comes after what it is: where this is missing, nothing else can be looked at.
    fields.chosen("leader_id", given.leader_id)
    if sort is ProjectKind.COUNCIL and not needs:
        raise BadInput("need_ids", Problem.EMPTY)  # its community is that of its needs, and is not asked for
    home = project.community_id = _home(session, needs, given.community_id)
    project.leader_id = _leader(session, given.leader_id, home, sort)
    year = project.starts_on.year if given.year is None else fields.whole("year", given.year, **YEARS)
    # The number comes last: a refused form must not leave a gap, and its row lock is held for the shortest time.
    project.number = next_number(session, home, "P", day_of(now).year)
    session.add(project)
    session.flush()
    if direction is not None:
        session.add(LedProject(community_id=home, project_id=project.id, year=year, direction=direction))
    items = _passed_items(session, [need.id for need in needs])
    for need in needs:
        set_stage(session, need, NeedStage.IN_PROJECT, now=now)
        session.add(
            ProjectSource(community_id=home, project_id=project.id, need_id=need.id, item_id=items.get(need.id))
        )
        add_to_life(session, need, Happening.PROJECT_SET_UP, now=now, project=project.number)
    add_to_life(session, project, Happening.PROJECT_SET_UP, now=now, project=project.number)
    session.flush()
    return project.id


def _sources(session: Session, need_ids: Sequence[int]) -> list[Need]:
    return [load(session, Need, need_id, lock=True) for need_id in sorted(set(need_ids))]


def _home(session: Session, needs: Sequence[Need], community_id: int | None) -> int:
    """The community of the needs, of the actor, or the one that the subdistrict chose."""
    homes = {need.community_id for need in needs}
    if len(homes) > 1:
        raise Refused("needs_of_two_communities")
    own = actor_of(session).community_id
    home = next(iter(homes), own or community_id)
    if home is None:
        raise BadInput("community_id", Problem.EMPTY)
    return load(session, Community, home).id


def _leader(session: Session, leader_id: int | None, home: int, kind: ProjectKind) -> int:
    leader = load(session, Account, fields.chosen("leader_id", leader_id))
    able = leader.role in GRANTS[Permission.RUN_PROJECT].roles
    if leader.community_id != home or leader.disabled_at is not None or not able:
        raise Refused("leader_cannot_run")
    if kind is ProjectKind.SECRETARY_LED and leader.role is not Role.SECRETARY:
        raise Refused("secretary_leads")
    return leader.id


def _lead(session: Session, project: Project, leader: Account, *, now: datetime) -> None:
    before = session.get_one(Account, project.leader_id, execution_options=UNSCOPED)
    project.leader_id = leader.id
    add_to_life(session, project, Happening.LEADER_CHANGED, now=now, before=before.name, after=leader.name)


@action(Permission.SET_UP_PROJECT)
def change_leader(session: Session, *, project_id: int, version: int, leader_id: int | None, now: datetime) -> None:
    """Give a living project to another leader, from now on; what was done before stays in the former one's name."""
    project = load(session, Project, project_id, version=version, lock=True)
    must_live(session, project)
    leader = load(session, Account, _leader(session, leader_id, project.community_id, project.kind))
    if leader.id != project.leader_id:
        _lead(session, project, leader, now=now)


def give_projects(session: Session, account: Account, heir_id: int | None, field: str, *, now: datetime) -> int:
    """Give every living project that somebody leads to a colleague; without one they wait for the secretary.

    Returns how many moved; BadInput at `field` for a colleague who cannot run one of them.
    """
    if heir_id is None:
        return 0
    heir = fields.row_id(field, heir_id)
    led = select(Project).where(Project.leader_id == account.id, Project.state.in_(LIVE)).with_for_update()
    moving = session.scalars(led).all()
    for project in moving:
        try:
            leader = load(session, Account, _leader(session, heir, project.community_id, project.kind))
        except (NotFound, Refused) as cannot:
            raise BadInput(field, Problem.UNKNOWN_CHOICE) from cannot
        if leader.id == account.id:
            raise BadInput(field, Problem.UNKNOWN_CHOICE)
        _lead(session, project, leader, now=now)
    return len(moving)


def _passed_items(session: Session, need_ids: Sequence[int]) -> dict[int, int]:
    """The agenda item by which the council passed each need."""
    if not need_ids:
        return {}
    query = (
        select(AgendaItem.need_id, AgendaItem.id)
        .where(AgendaItem.need_id.in_(need_ids), AgendaItem.outcome == Outcome.PASSED)
        .order_by(AgendaItem.id)
    )
    return {row.need_id: row.id for row in session.execute(query)}


# --- goals ------------------------------------------------------------------------------------------------------------


@action(Permission.RUN_PROJECT)
def add_indicator(
    session: Session,
    *,
    project_id: int,
    name: str,
    unit: str,
    kind: IndicatorKind | None,
    baseline: Decimal | None,
    target: Decimal | None,
    sort: GoalClass | None = None,
    now: datetime,
) -> int:
    """One more goal that can be counted, with its class; returns its id. Raises Refused("goal_does_not_move")."""
    project = own_project(session, project_id)
    start = fields.amount("baseline", baseline)
    goal = Indicator(
        community_id=project.community_id,
        project_id=project.id,
        name=fields.line("name", name, most=60),
        unit=fields.line("unit", unit, most=12),
        kind=fields.chosen("kind", kind, list(IndicatorKind)),
        baseline=start,
        target=fields.amount("target", target),
        actual=start,
    )
    if goal.baseline == goal.target:
        raise Refused("goal_does_not_move")
    session.add(goal)
    session.flush()
    if sort is not None:
        put_in_class(session, goal, sort)
    add_to_life(
        session, project, Happening.GOAL_ADDED, now=now, name=goal.name, target=plain(goal.target), unit=goal.unit
    )
    return goal.id


def put_in_class(session: Session, goal: Indicator, sort: GoalClass | None) -> int:
    """The class of a goal, the first or another one; the id of its row."""
    chosen = fields.chosen("sort", sort, list(GoalClass))
    row = session.scalars(select(IndicatorClass).where(IndicatorClass.indicator_id == goal.id)).one_or_none()
    if row is None:
        row = IndicatorClass(community_id=goal.community_id, indicator_id=goal.id, sort=chosen)
        session.add(row)
    row.sort = chosen
    session.flush()
    return row.id


@action(Permission.RUN_PROJECT)
def class_goal(session: Session, *, indicator_id: int, sort: GoalClass | None) -> int:
    """Put a goal into a class, also one that was written down before there were any; the id."""
    goal = load(session, Indicator, indicator_id, lock=True)
    own_project(session, goal.project_id)
    return put_in_class(session, goal, sort)


# --- milestones and risks ---------------------------------------------------------------------------------------------


@action(Permission.RUN_PROJECT)
def add_milestone(session: Session, *, project_id: int, title: str, due_on: date | None) -> int:
    """A step with its day; returns its id."""
    project = own_project(session, project_id)
    step = Milestone(
        community_id=project.community_id,
        project_id=project.id,
        title=fields.line("title", title, most=60),
        due_on=fields.day("due_on", due_on),
    )
    session.add(step)
    session.flush()
    return step.id


@action(Permission.RUN_PROJECT)
def finish_milestone(session: Session, *, milestone_id: int, done_on: date | None, now: datetime) -> None:
    """A step is done; the thread says so."""
    step = load(session, Milestone, milestone_id, lock=True)
    project = own_project(session, step.project_id)
    if step.done_on is not None:
        raise Refused("already_done")
    step.done_on = fields.day("done_on", done_on, most=day_of(now))
    add_to_life(session, project, Happening.MILESTONE_DONE, now=now, title=step.title)


@action(Permission.RUN_PROJECT)
def raise_risk(
    session: Session, *, project_id: int, what: str, measure: str, level: RiskLevel | None, now: datetime
) -> int:
    """Something that may go wrong, and what is done about it; returns its id."""
    project = own_project(session, project_id)
    risk = Risk(
        community_id=project.community_id,
        project_id=project.id,
        what=fields.line("what", what, most=200),
        measure=fields.line("measure", measure, most=200),
        level=fields.chosen("level", level, list(RiskLevel)),
    )
    session.add(risk)
    session.flush()
    add_to_life(session, project, Happening.RISK_RAISED, now=now, risk=risk.what)
    return risk.id


@action(Permission.RUN_PROJECT)
def close_risk(session: Session, *, risk_id: int, now: datetime) -> None:
    """The risk is gone."""
    risk = load(session, Risk, risk_id, lock=True)
    project = own_project(session, risk.project_id)
    if risk.closed_on is not None:
        raise Refused("already_done")
    risk.closed_on = day_of(now)
    add_to_life(session, project, Happening.RISK_CLOSED, now=now, risk=risk.what)


# --- start and early end ----------------------------------------------------------------------------------------------


@action(Permission.RUN_PROJECT)
def start_project(session: Session, *, project_id: int, version: int, reason: str = "", now: datetime) -> None:
    """The team stands (SET_UP → RUNNING). Raises Refused("goal_missing") without an indicator, and
    BadInput("reason") when nobody is in the team yet and no reason is given.
    """
    project = own_project(session, project_id, version=version, lock=True)
    goals = session.scalar(select(func.count()).select_from(Indicator).where(Indicator.project_id == project.id))
    if not goals:
        raise Refused("goal_missing")
    team = session.scalar(
        select(func.count())
        .select_from(Placement)
        .join(Opening, Opening.id == Placement.opening_id)
        .where(Opening.project_id == project.id, Placement.state == PlacementState.ACCEPTED)
    )
    why = fields.line("reason", reason, most=200, needed=not team)
    turn(session, project, ProjectState.RUNNING)
    add_to_life(session, project, Happening.TEAM_READY, now=now, note=why, people=team)


@action(Permission.STOP_PROJECT)
def stop_project(
    session: Session, *, project_id: int, version: int, reason: str, answer: str = "", now: datetime
) -> int:
    """End a project early; everybody who asked is owed the answer. Returns how many are on the call-back list."""
    project = own_project(session, project_id, version=version, lock=True)
    why = fields.words("reason", reason, most=500)
    needs = needs_of(session, project)
    told = fields.words("answer", answer, most=500, needed=bool(needs))
    turn(session, project, ProjectState.STOPPED)
    add_to_life(session, project, Happening.STOPPED, now=now, note=why)
    return sum(owe_answers(session, need, AnswerKind.DECLINED, told, now=now) for need in needs)
