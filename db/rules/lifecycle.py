"""Which stage may follow which: one table for each thing that has a life, and what a need waits for.

Nothing here says who may do it (that is `permissions`) or when; a stage that is not listed as following can
never follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from db.terms import (
    AcceptanceState,
    ActivityState,
    AnswerState,
    BallotState,
    CorrectionState,
    ItemState,
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
)

Stage = TypeVar("Stage", bound=StrEnum)


class LifecycleMisuse(ValueError):
    """Stages of two different things were compared, or of a thing without a life cycle."""


NEED: dict[NeedStage, frozenset[NeedStage]] = {
    NeedStage.LOGGED: frozenset({NeedStage.REGISTERED, NeedStage.HANDLING, NeedStage.MERGED, NeedStage.VOID}),
    NeedStage.HANDLING: frozenset({NeedStage.ANSWERING}),
    NeedStage.REGISTERED: frozenset({NeedStage.SCREENING, NeedStage.HANDLING, NeedStage.MERGED, NeedStage.VOID}),
    NeedStage.SCREENING: frozenset({NeedStage.SCREENED, NeedStage.HANDLING, NeedStage.MERGED, NeedStage.VOID}),
    NeedStage.SCREENED: frozenset(
        {
            NeedStage.FOR_COUNCIL,
            NeedStage.RESERVE,
            NeedStage.ORDERED,
            NeedStage.ANSWERING,
            NeedStage.HANDLING,
        }
    ),
    NeedStage.RESERVE: frozenset({NeedStage.SCREENING, NeedStage.HANDLING, NeedStage.MERGED}),
    NeedStage.FOR_COUNCIL: frozenset({NeedStage.ON_AGENDA}),
    # Passed → notice; postponed or tied → back in the queue; not passed → answer or reserve.
    NeedStage.ON_AGENDA: frozenset({NeedStage.NOTICE, NeedStage.FOR_COUNCIL, NeedStage.ANSWERING, NeedStage.RESERVE}),
    # An objection can lead to a second vote or to giving the matter up; a withdrawn notice is posted anew.
    NeedStage.NOTICE: frozenset(
        {NeedStage.TO_PROJECT, NeedStage.FOR_COUNCIL, NeedStage.ANSWERING, NeedStage.ON_AGENDA}
    ),
    # What a few tasks settle needs no project (docs/domain.md 5.2, step 11: 交办).
    NeedStage.TO_PROJECT: frozenset({NeedStage.IN_PROJECT, NeedStage.ANSWERING}),
    # A stopped project hands its needs back, so that another project can take them up.
    NeedStage.IN_PROJECT: frozenset({NeedStage.ANSWERING, NeedStage.TO_PROJECT}),
    NeedStage.ORDERED: frozenset({NeedStage.ANSWERING}),
    NeedStage.ANSWERING: frozenset({NeedStage.CLOSED}),
    NeedStage.CLOSED: frozenset(),
    NeedStage.MERGED: frozenset(),
    NeedStage.VOID: frozenset(),
}
"""The life of a need. Danger may surface until a route is chosen, hence the early ways to HANDLING."""

UNDO_MERGE_TO: frozenset[NeedStage] = frozenset(
    stage for stage, following in NEED.items() if NeedStage.MERGED in following
)
"""The stages an undone merge may restore: those a need can be merged from."""

MEETING: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.DRAFT: frozenset({MeetingState.CONVENED, MeetingState.CANCELLED}),
    MeetingState.CONVENED: frozenset({MeetingState.OPEN, MeetingState.CANCELLED}),
    # Opened by mistake, a meeting is called again until the first vote.
    MeetingState.OPEN: frozenset({MeetingState.CLOSED, MeetingState.CONVENED}),
    MeetingState.CLOSED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}

ITEM: dict[ItemState, frozenset[ItemState]] = {
    ItemState.PENDING: frozenset({ItemState.DISCUSSING, ItemState.VOTING, ItemState.POSTPONED}),
    # Called up by mistake, an item waits again while nothing was said on it.
    # Some of several places were filled and the rest is left to another meeting: what was chosen has passed.
    ItemState.DISCUSSING: frozenset({ItemState.PENDING, ItemState.VOTING, ItemState.POSTPONED, ItemState.PASSED}),
    # A cancelled ballot leads back to discussion, a lost quorum to the next meeting.
    ItemState.VOTING: frozenset(
        {
            ItemState.PASSED,
            ItemState.NOT_PASSED,
            ItemState.TIED,
            ItemState.DISCUSSING,
            ItemState.POSTPONED,
        }
    ),
    # The three tie rules: not passed, back to discussion (now or at the next meeting), vote again.
    ItemState.TIED: frozenset(
        {ItemState.NOT_PASSED, ItemState.DISCUSSING, ItemState.VOTING, ItemState.POSTPONED, ItemState.PASSED}
    ),
    ItemState.PASSED: frozenset(),
    ItemState.NOT_PASSED: frozenset(),
    ItemState.POSTPONED: frozenset(),
}

PROJECT: dict[ProjectState, frozenset[ProjectState]] = {
    ProjectState.SET_UP: frozenset({ProjectState.RUNNING, ProjectState.STOPPED}),
    ProjectState.RUNNING: frozenset({ProjectState.HANDED_IN, ProjectState.STOPPED}),
    ProjectState.HANDED_IN: frozenset({ProjectState.ACCEPTED, ProjectState.REWORK}),
    ProjectState.REWORK: frozenset({ProjectState.HANDED_IN, ProjectState.STOPPED}),
    ProjectState.ACCEPTED: frozenset(),
    ProjectState.STOPPED: frozenset(),
}

PLACEMENT: dict[PlacementState, frozenset[PlacementState]] = {
    PlacementState.WAITING: frozenset({PlacementState.ACCEPTED, PlacementState.DECLINED, PlacementState.LEFT}),
    PlacementState.ACCEPTED: frozenset({PlacementState.LEFT, PlacementState.REPLACED}),
    PlacementState.DECLINED: frozenset(),
    PlacementState.LEFT: frozenset(),
    PlacementState.REPLACED: frozenset(),
}

ACTIVITY: dict[ActivityState, frozenset[ActivityState]] = {
    ActivityState.PLANNED: frozenset({ActivityState.DONE, ActivityState.CANCELLED}),
    ActivityState.DONE: frozenset(),
    ActivityState.CANCELLED: frozenset(),
}

SCREENING: dict[ScreeningState, frozenset[ScreeningState]] = {
    ScreeningState.OPEN: frozenset({ScreeningState.THIRD_NEEDED, ScreeningState.SCORED}),
    ScreeningState.THIRD_NEEDED: frozenset({ScreeningState.SCORED}),
    ScreeningState.SCORED: frozenset({ScreeningState.ROUTED}),
    ScreeningState.ROUTED: frozenset(),
}

BALLOT: dict[BallotState, frozenset[BallotState]] = {
    BallotState.OPEN: frozenset({BallotState.STOPPED, BallotState.CLOSED, BallotState.CANCELLED}),
    # Nobody has seen a result yet, so the chair may let people vote on.
    BallotState.STOPPED: frozenset({BallotState.OPEN, BallotState.CLOSED, BallotState.CANCELLED}),
    BallotState.CLOSED: frozenset(),
    BallotState.CANCELLED: frozenset(),
}

NOTICE: dict[NoticeState, frozenset[NoticeState]] = {
    NoticeState.RUNNING: frozenset({NoticeState.FINISHED, NoticeState.WITHDRAWN}),
    NoticeState.FINISHED: frozenset(),
    NoticeState.WITHDRAWN: frozenset(),
}

OBJECTION: dict[ObjectionState, frozenset[ObjectionState]] = {
    ObjectionState.OPEN: frozenset({ObjectionState.UPHELD, ObjectionState.CHANGED, ObjectionState.REVOTE}),
    ObjectionState.UPHELD: frozenset(),
    ObjectionState.CHANGED: frozenset(),
    ObjectionState.REVOTE: frozenset(),
}

ANSWER: dict[AnswerState, frozenset[AnswerState]] = {
    AnswerState.DUE: frozenset({AnswerState.GIVEN}),
    AnswerState.GIVEN: frozenset(),
}

ACCEPTANCE: dict[AcceptanceState, frozenset[AcceptanceState]] = {
    AcceptanceState.JUDGING: frozenset({AcceptanceState.DECIDED}),
    AcceptanceState.DECIDED: frozenset(),
}

TOPIC: dict[TopicState, frozenset[TopicState]] = {
    TopicState.SUBMITTED: frozenset({TopicState.ACCEPTED, TopicState.MERGED, TopicState.REFERRED, TopicState.DECLINED}),
    TopicState.ACCEPTED: frozenset({TopicState.ON_AGENDA, TopicState.SUBMITTED, TopicState.MERGED}),
    # Postponed, sent back or called off: the topic waits for the next meeting.
    TopicState.ON_AGENDA: frozenset({TopicState.ACCEPTED}),
    # A review may be taken back while nothing was built on it.
    TopicState.MERGED: frozenset(),
    TopicState.REFERRED: frozenset({TopicState.SUBMITTED}),
    TopicState.DECLINED: frozenset({TopicState.SUBMITTED}),
}

TASK: dict[TaskState, frozenset[TaskState]] = {
    TaskState.OPEN: frozenset({TaskState.DONE, TaskState.CANCELLED}),
    TaskState.DONE: frozenset(),
    TaskState.CANCELLED: frozenset(),
}

CORRECTION: dict[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.ASKED: frozenset({CorrectionState.CONFIRMED, CorrectionState.REFUSED}),
    CorrectionState.CONFIRMED: frozenset(),
    CorrectionState.REFUSED: frozenset(),
}

LIFE_CYCLES: Mapping[type[StrEnum], Mapping[Any, frozenset[Any]]] = MappingProxyType(
    {
        NeedStage: NEED,
        MeetingState: MEETING,
        ItemState: ITEM,
        ProjectState: PROJECT,
        PlacementState: PLACEMENT,
        ActivityState: ACTIVITY,
        ScreeningState: SCREENING,
        BallotState: BALLOT,
        NoticeState: NOTICE,
        ObjectionState: OBJECTION,
        AnswerState: ANSWER,
        AcceptanceState: ACCEPTANCE,
        TopicState: TOPIC,
        TaskState: TASK,
        CorrectionState: CORRECTION,
    }
)


def may_become(current: Stage, following: Stage) -> bool:
    """Whether `following` may come straight after `current`; staying where one is is not a step.

    Raises LifecycleMisuse when the two are stages of different things: members of different enumerations
    with the same value compare equal, so a mix-up would otherwise go unnoticed.
    """
    table = LIFE_CYCLES.get(type(current))
    if table is None or type(current) is not type(following):
        raise LifecycleMisuse("stages of different things")
    return following in table[current]


def is_final(stage: StrEnum) -> bool:
    """Whether nothing can follow `stage`. Raises LifecycleMisuse for a thing without a life cycle."""
    table = LIFE_CYCLES.get(type(stage))
    if table is None:
        raise LifecycleMisuse("a thing without a life cycle")
    return not table[stage]


def may_undo_merge_to(stage: NeedStage) -> bool:
    """Whether an undone merge may put a need back to `stage`, where it was before."""
    return stage in UNDO_MERGE_TO


class StepCode(StrEnum):
    """What must happen next to a need, shown on top of its thread."""

    SIGN_WEEK = "sign_week"  # 签收本周需求
    HANDLE_NOW = "handle_now"  # 即接即办
    START_SCREENING = "start_screening"  # 开始评分
    SCORE = "score"  # 评分
    CHOOSE_ROUTE = "choose_route"  # 分流
    SCORE_AGAIN = "score_again"  # 每月复评
    PUT_ON_AGENDA = "put_on_agenda"  # 列入议程
    VOTE = "vote"  # 议事会表决
    FINISH_NOTICE = "finish_notice"  # 公示期满
    SET_UP_PROJECT = "set_up_project"  # 立项
    FINISH_PROJECT = "finish_project"  # 完成并验收
    SERVE = "serve"  # 上门服务
    ANSWER = "answer"  # 给提出人回音
    NOTHING = "nothing"  # 无需办理


@dataclass(frozen=True, slots=True)
class NextStep:
    """What must happen and who is expected to do it; nobody when the need has come to rest."""

    code: StepCode
    role: Role | None


NEXT_STEP: dict[NeedStage, NextStep] = {
    NeedStage.LOGGED: NextStep(StepCode.SIGN_WEEK, Role.SECRETARY),
    NeedStage.HANDLING: NextStep(StepCode.HANDLE_NOW, Role.AREA_WORKER),
    NeedStage.REGISTERED: NextStep(StepCode.START_SCREENING, Role.SECRETARY),
    NeedStage.SCREENING: NextStep(StepCode.SCORE, Role.SECRETARY),
    NeedStage.SCREENED: NextStep(StepCode.CHOOSE_ROUTE, Role.SECRETARY),
    NeedStage.RESERVE: NextStep(StepCode.SCORE_AGAIN, Role.SECRETARY),
    NeedStage.FOR_COUNCIL: NextStep(StepCode.PUT_ON_AGENDA, Role.SECRETARY),
    NeedStage.ON_AGENDA: NextStep(StepCode.VOTE, Role.COUNCIL_MEMBER),
    NeedStage.NOTICE: NextStep(StepCode.FINISH_NOTICE, Role.SECRETARY),
    NeedStage.TO_PROJECT: NextStep(StepCode.SET_UP_PROJECT, Role.SECRETARY),
    NeedStage.IN_PROJECT: NextStep(StepCode.FINISH_PROJECT, Role.SECRETARY),
    NeedStage.ORDERED: NextStep(StepCode.SERVE, Role.VOLUNTEER),
    NeedStage.ANSWERING: NextStep(StepCode.ANSWER, Role.AREA_WORKER),
    NeedStage.CLOSED: NextStep(StepCode.NOTHING, None),
    NeedStage.MERGED: NextStep(StepCode.NOTHING, None),
    NeedStage.VOID: NextStep(StepCode.NOTHING, None),
}
