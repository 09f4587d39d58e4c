"""What waits for each role: the parts of its day, each the condition of one kind of line."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import ScalarSelect, and_, distinct, exists, func, literal, select

from db.models import (
    Acceptance,
    AcceptanceScore,
    Activity,
    Answer,
    Ballot,
    BallotVoter,
    BodyMember,
    Correction,
    Mediation,
    MediationAction,
    MediationEscalation,
    Meeting,
    Milestone,
    NamedVote,
    Need,
    NeedStanding,
    Notice,
    Objection,
    Opening,
    Patch,
    Placement,
    Programme,
    ProgrammeStaff,
    Project,
    ProjectDuty,
    Screening,
    ScreeningScore,
    Task,
    Topic,
)
from db.queries.accounts.accounts import gone
from db.queries.doors.rounds import walks
from db.queries.projects.duties import there
from db.queries.projects.projects import leads
from db.queries.today.moments import BEGIN, DAY, DAY_AND_SOON, END, FORTNIGHT, SIGNABLE, WHO
from db.queries.today.parts import NO_ID, NO_MOMENT, Part, ToDo, part
from db.queries.today.people import of_people, squad_requests, turns_today
from db.queries.today.service import at_the_desk, for_helpers
from db.rules.permissions import GRANTS, Permission
from db.rules.projects.acceptance import LEAST_JUDGES
from db.terms import (
    AcceptanceState,
    ActivityState,
    AnswerState,
    BallotState,
    CorrectionState,
    EscalationTo,
    MediationState,
    MeetingState,
    NeedStage,
    NoticeState,
    ObjectionState,
    PlacementState,
    ProjectState,
    Role,
    ScreeningState,
    TaskState,
    TopicState,
    VoteMethod,
)

_OWN_LIVE = (ProjectState.SET_UP, ProjectState.RUNNING, ProjectState.REWORK)


def _stage(kind: ToDo, stage: NeedStage) -> Part:
    """From the counters, so that a long queue costs no more than a short one."""
    needs = func.coalesce(func.sum(NeedStanding.needs), 0)
    counter = select(literal(kind.value), needs, NO_ID, NO_MOMENT).where(NeedStanding.stage == stage)
    return Part(kind, Need.id, (Need.stage == stage,), counter=counter)


def _answers() -> list[Part]:
    due = Answer.state == AnswerState.DUE
    return [
        part(ToDo.ANSWERS_OVERDUE, Answer.id, due, Answer.due_on < DAY),
        part(ToDo.ANSWERS_DUE, Answer.id, due, Answer.due_on >= DAY),
    ]


def _meetings() -> list[Part]:
    """Meetings of today, and those of an earlier day that nobody closed: opened, or called and never opened."""
    running = Meeting.state.in_((MeetingState.CONVENED, MeetingState.OPEN))
    today = (running, Meeting.at >= BEGIN, Meeting.at < END)
    return [
        part(ToDo.MEETING_TODAY, Meeting.id, *today, on=func.min(Meeting.at)),
        part(ToDo.MEETING_LEFT, Meeting.id, running, Meeting.at < BEGIN, on=func.min(Meeting.at)),
    ]


def _scores() -> Part:
    mine = exists().where(ScreeningScore.screening_id == Screening.id, ScreeningScore.scorer_id == WHO)
    states = (ScreeningState.OPEN, ScreeningState.THIRD_NEEDED)
    return part(ToDo.SCORES, Screening.need_id, Screening.state.in_(states), ~mine)


def _judge(*, decides: bool = False) -> Part:
    """Who decides (`decides`) is not asked to judge what can be decided."""
    mine = exists().where(AcceptanceScore.acceptance_id == Acceptance.id, AcceptanceScore.judge_id == WHO)
    led = exists().where(Project.id == Acceptance.project_id, Project.leader_id == WHO)
    open_yet = (_scores_given() < LEAST_JUDGES,) if decides else ()
    return part(ToDo.JUDGE, Acceptance.project_id, Acceptance.state == AcceptanceState.JUDGING, ~mine, ~led, *open_yet)


def _scores_given() -> ScalarSelect[int]:
    given = select(func.count()).where(AcceptanceScore.acceptance_id == Acceptance.id)
    return given.correlate(Acceptance).scalar_subquery()


def _decide() -> Part:
    where = (Acceptance.state == AcceptanceState.JUDGING, _scores_given() >= LEAST_JUDGES)
    return part(ToDo.DECIDE_ACCEPTANCE, Acceptance.project_id, *where)


def _worker(role: Role) -> list[Part]:
    return [
        _stage(ToDo.HANDLING, NeedStage.HANDLING),
        *_answers(),
        *_meetings(),
        _scores(),
        *_resolved(),
        _stage(ToDo.ORDERED, NeedStage.ORDERED),
        *at_the_desk(role),
        *of_people(role),
    ]


def _secretary(role: Role) -> list[Part]:
    weeks = (Need.stage == NeedStage.LOGGED, Need.week <= SIGNABLE)
    counter = select(literal(ToDo.SIGN_WEEKS.value), func.count(distinct(Need.week)), NO_ID, NO_MOMENT).where(*weeks)
    unsigned = Part(ToDo.SIGN_WEEKS, Need.id, weeks, counter=counter)
    came_back = exists().where(MediationEscalation.mediation_id == Mediation.id)
    objected = exists().where(Objection.notice_id == Notice.id, Objection.state == ObjectionState.OPEN)
    return [
        _stage(ToDo.HANDLING, NeedStage.HANDLING),
        part(ToDo.OBJECTIONS, Objection.notice_id, Objection.state == ObjectionState.OPEN),
        *_answers(),
        *_meetings(),
        unsigned,
        _scores(),
        part(ToDo.REVIEW_TOPICS, Topic.id, Topic.state == TopicState.SUBMITTED),
        *_resolved(),
        _stage(ToDo.OPEN_SCREENING, NeedStage.REGISTERED),
        _stage(ToDo.ROUTE, NeedStage.SCREENED),
        _stage(ToDo.FOR_AGENDA, NeedStage.FOR_COUNCIL),
        part(ToDo.NOTICES_ENDED, Notice.id, Notice.state == NoticeState.RUNNING, Notice.ends_on < DAY, ~objected),
        _stage(ToDo.SET_UP, NeedStage.TO_PROJECT),
        *_left_behind(),
        _went_up(EscalationTo.DEPARTMENT),
        part(ToDo.ESCALATED_BACK, Mediation.id, Mediation.state == MediationState.NOT_AGREED, came_back),
        _decide(),
        _judge(decides=True),
        *at_the_desk(role),
        *of_people(role),
    ]


def _went_up(level: EscalationTo) -> Part:
    """Disputes that wait for an answer from above: the subdistrict gives its own, the secretary asks a department."""
    waits = (MediationEscalation.level == level, MediationEscalation.answered_on.is_(None))
    return part(ToDo.ESCALATED, MediationEscalation.mediation_id, *waits)


def _left_behind() -> list[Part]:
    """What nobody has in hand since somebody left or changed role."""
    live = Project.state.in_(GRANTS[Permission.RUN_PROJECT].stages)
    staffed = exists().where(
        ProgrammeStaff.programme_id == Programme.id,
        ProgrammeStaff.until.is_(None),
        ~gone(ProgrammeStaff.account_id),
    )
    in_live = ProjectDuty.project_id.in_(select(Project.id).where(live))
    return [
        part(ToDo.PATCHES_LEFT, Patch.id, ~walks(Patch.account_id, Patch.community_id)),
        part(ToDo.PROJECTS_LEFT, Project.id, live, ~leads(Project.leader_id, Project.community_id)),
        part(ToDo.DUTIES_LEFT, ProjectDuty.project_id, ProjectDuty.until.is_(None), in_live, ~there()),
        part(ToDo.PROGRAMMES_LEFT, Programme.id, Programme.ended_at.is_(None), ~staffed),
    ]


def _resolved() -> list[Part]:
    """What a resolution or an agreement left to do and is late, and corrections that another person asked for."""
    asked = (Correction.state == CorrectionState.ASKED, Correction.asked_by != WHO)
    due = (MediationAction.state == TaskState.OPEN, MediationAction.due_on <= DAY)
    return [
        part(ToDo.TASKS_LATE, Task.id, Task.state == TaskState.OPEN, Task.due_on < DAY),
        part(ToDo.CORRECTIONS, Correction.meeting_id, *asked),
        part(ToDo.CHECKS_DUE, MediationAction.mediation_id, *due),
    ]


def _member(role: Role) -> list[Part]:
    seat = exists().where(BodyMember.id == BallotVoter.member_id, BodyMember.account_id == WHO)
    voted = exists().where(NamedVote.ballot_id == Ballot.id, NamedVote.member_id == BallotVoter.member_id)
    by_name = BallotVoter.way == VoteMethod.NAMED
    ballots = (
        Ballot.state == BallotState.OPEN,
        exists().where(BallotVoter.ballot_id == Ballot.id, by_name, seat, ~voted),
    )
    # Whoever ends today does not sit in a meeting of tomorrow.
    goes_on = func.coalesce(BodyMember.until, date.max) > DAY
    invited = exists().where(BodyMember.body_id == Meeting.body_id, BodyMember.account_id == WHO, goes_on)
    coming = (Meeting.state == MeetingState.CONVENED, Meeting.at >= END, invited)
    return [
        part(ToDo.BALLOT_OPEN, Ballot.id, *ballots),
        _meetings()[0],
        part(ToDo.NEXT_MEETING, Meeting.id, *coming, on=func.min(Meeting.at)),
        _judge(),
    ]


def _leader(role: Role) -> list[Part]:
    led = and_(Project.leader_id == WHO, Project.state.in_(_OWN_LIVE))
    of_opening = exists().where(Opening.id == Placement.opening_id, Project.id == Opening.project_id, led)
    of_activity = exists().where(Project.id == Activity.project_id, led)
    of_milestone = exists().where(Project.id == Milestone.project_id, led)
    late = (Activity.state == ActivityState.PLANNED, Activity.on < DAY, of_activity)
    due = (Milestone.done_on.is_(None), Milestone.due_on <= DAY_AND_SOON, of_milestone)
    coming = (Activity.state == ActivityState.PLANNED, Activity.on >= DAY, Activity.on <= DAY_AND_SOON, of_activity)
    return [
        part(ToDo.PLACEMENTS, Placement.id, Placement.state == PlacementState.WAITING, of_opening),
        part(ToDo.REPORT_ACTIVITIES, Activity.project_id, *late),
        part(ToDo.MILESTONES, Milestone.project_id, *due),
        part(ToDo.NEXT_ACTIVITIES, Activity.project_id, *coming),
        _judge(),
        *for_helpers(),
        turns_today(),
        *squad_requests(role),
    ]


def _volunteer(role: Role) -> list[Part]:
    # Placements are the own ones: the scope of the role adds it.
    mine = Placement.state == PlacementState.ACCEPTED
    team = exists().where(Opening.project_id == Activity.project_id, Placement.opening_id == Opening.id, mine)
    coming = (Activity.state == ActivityState.PLANNED, Activity.on >= DAY, Activity.on <= FORTNIGHT, team)
    return [
        part(ToDo.NEXT_ACTIVITIES, Activity.project_id, *coming),
        part(ToDo.OWN_TEAMS, Placement.id, mine),
        *for_helpers(),
        turns_today(),
        *squad_requests(role),
    ]


def _administrator(_role: Role) -> list[Part]:
    return [_decide(), _judge(decides=True), _went_up(EscalationTo.SUBDISTRICT)]


PARTS: dict[Role, Callable[[Role], list[Part]]] = {
    Role.AREA_WORKER: _worker,
    Role.SECRETARY: _secretary,
    Role.COUNCIL_MEMBER: _member,
    Role.TEAM_LEADER: _leader,
    Role.VOLUNTEER: _volunteer,
    Role.SUBDISTRICT_ADMIN: _administrator,
}
