"""承诺—践诺—评诺: the one life of a promise, as a table of event × state (docs/domain.md 10.1).

Whoever changes a promise asks `after` for the next state and nothing else; `possible` tells a screen what can be done.
"""

from collections.abc import Mapping
from enum import StrEnum

from db.terms import CommitmentState

S = CommitmentState


class CommitmentEvent(StrEnum):
    """What can happen to a promise."""

    SUBMIT = "submit"  # 提交审核
    TAKE_BACK = "take_back"  # 撤回
    RETURN = "return"  # 退回
    APPROVE = "approve"  # 审核通过
    PUBLISH = "publish"  # 亮诺公示
    BEGIN = "begin"  # 开始践诺
    PAUSE = "pause"  # 暂停
    RESUME = "resume"  # 恢复
    CHANGE = "change"  # 变更
    FALL_DUE = "fall_due"  # 到期待评
    JUDGE = "judge"  # 评诺
    END = "end"  # 终止


E = CommitmentEvent


class Needs(StrEnum):
    """What an event must bring with it."""

    PRECISE = "precise"  # 对象、内容、频次、时限、计量都写明
    REASON = "reason"  # 理由
    OTHER_PERSON = "other_person"  # 不是承诺人本人
    DAYS = "days"  # 从哪天到哪天
    VERDICTS = "verdicts"  # 群众评、党员评、组织评，或记明没有


TABLE: Mapping[CommitmentEvent, Mapping[CommitmentState, CommitmentState]] = {
    E.SUBMIT: {S.DRAFT: S.SUBMITTED},
    E.TAKE_BACK: {S.SUBMITTED: S.DRAFT},
    E.RETURN: {S.SUBMITTED: S.DRAFT},
    E.APPROVE: {S.SUBMITTED: S.APPROVED},
    E.PUBLISH: {S.APPROVED: S.PUBLISHED},
    E.BEGIN: {S.PUBLISHED: S.KEEPING},
    E.PAUSE: {S.PUBLISHED: S.PAUSED, S.KEEPING: S.PAUSED},
    E.RESUME: {S.PAUSED: S.KEEPING},
    # What is on the wall is reviewed again before other words stand there.
    E.CHANGE: dict.fromkeys((S.APPROVED, S.PUBLISHED, S.KEEPING, S.PAUSED), S.SUBMITTED),
    E.FALL_DUE: {S.KEEPING: S.TO_JUDGE, S.PAUSED: S.TO_JUDGE},
    E.JUDGE: {S.TO_JUDGE: S.JUDGED},
    E.END: dict.fromkeys((S.DRAFT, S.SUBMITTED, S.APPROVED, S.PUBLISHED, S.KEEPING, S.PAUSED, S.TO_JUDGE), S.ENDED),
}
"""Event → state → the state after it; what is not here cannot happen."""

NEEDS: Mapping[CommitmentEvent, frozenset[Needs]] = {
    E.SUBMIT: frozenset({Needs.PRECISE}),
    E.TAKE_BACK: frozenset(),
    E.RETURN: frozenset({Needs.REASON, Needs.OTHER_PERSON}),
    E.APPROVE: frozenset({Needs.PRECISE, Needs.OTHER_PERSON}),
    E.PUBLISH: frozenset({Needs.OTHER_PERSON}),
    E.BEGIN: frozenset(),
    E.PAUSE: frozenset({Needs.REASON, Needs.DAYS}),
    E.RESUME: frozenset(),
    E.CHANGE: frozenset({Needs.REASON, Needs.PRECISE}),
    E.FALL_DUE: frozenset(),
    E.JUDGE: frozenset({Needs.VERDICTS, Needs.OTHER_PERSON}),
    E.END: frozenset({Needs.REASON}),
}

FINAL = frozenset({S.JUDGED, S.ENDED})
ON_THE_WALL = frozenset({S.PUBLISHED, S.KEEPING, S.PAUSED, S.TO_JUDGE, S.JUDGED})
"""Everybody may read it: it was reviewed and published."""
HAS_BEEN_KEPT = ON_THE_WALL | {S.ENDED}
"""It may have been kept, so that it has something to show for its days."""
BEING_KEPT = frozenset({S.PUBLISHED, S.KEEPING})
"""Its dates come due."""


def after(event: CommitmentEvent, state: CommitmentState) -> CommitmentState | None:
    """The state after an event, or None when it cannot happen there."""
    return TABLE[event].get(state)


def possible(state: CommitmentState) -> frozenset[CommitmentEvent]:
    """What can happen in a state."""
    return frozenset(event for event, steps in TABLE.items() if state in steps)
