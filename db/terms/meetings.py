"""Words of meetings; `db.terms` names them all."""

from enum import StrEnum


class MeetingState(StrEnum):
    DRAFT = "draft"  # 筹备
    CONVENED = "convened"  # 已通知
    OPEN = "open"  # 进行中
    CLOSED = "closed"  # 已闭会
    CANCELLED = "cancelled"  # 取消


class MeetingChangeKind(StrEnum):
    """What changed after the notice of a meeting went out."""

    MOVED = "moved"  # 改期
    JOINED = "joined"  # 增加应到
    LEFT = "left"  # 不再应到
    RENAMED = "renamed"  # 更正姓名或身份


class MemberPresence(StrEnum):
    DUE = "due"  # 应到（未报到）
    PRESENT = "present"  # 实到
    LEAVE = "leave"  # 请假
    ABSENT = "absent"  # 缺席
    LEFT_EARLY = "left_early"  # 中途离席


class ItemState(StrEnum):
    PENDING = "pending"  # 待议
    DISCUSSING = "discussing"  # 讨论中
    VOTING = "voting"  # 表决中
    PASSED = "passed"  # 通过
    NOT_PASSED = "not_passed"  # 未通过
    TIED = "tied"  # 同票
    POSTPONED = "postponed"  # 未表决（顺延）


class SpeakerSide(StrEnum):
    FOR = "for"  # 支持
    AGAINST = "against"  # 反对
    NEUTRAL = "neutral"  # 询问/说明


class SpeakerState(StrEnum):
    WAITING = "waiting"  # 排队
    SPEAKING = "speaking"  # 发言中
    DONE = "done"  # 已发言
    WITHDRAWN = "withdrawn"  # 放弃
