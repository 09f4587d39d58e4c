"""Words of the figures that are reported (成效); `db.terms` names them all."""

from enum import StrEnum


class ResultFigure(StrEnum):
    """The figures of docs/domain.md 4, in their order."""

    PARTICIPATION = "participation"  # 党员参与率
    SOLVED = "solved"  # 解决问题
    HOURS = "hours"  # 服务时长同比
    SATISFACTION = "satisfaction"  # 满意率
    SESSIONS = "sessions"  # 场次
    BENEFICIARIES = "beneficiaries"  # 受益
    LIVELIHOOD = "livelihood"  # 民生实事项目


class ResultRow(StrEnum):
    """What stands behind a figure."""

    MEMBER = "member"  # 党员
    NEED = "need"  # 需求
    ORDER = "order"  # 订单
    COMPLAINT = "complaint"  # 投诉
    ACTIVITY = "activity"  # 活动
    SLOT = "slot"  # 班次
    PROJECT = "project"  # 项目


class MatterEnd(StrEnum):
    """How a matter ended, for whoever asked."""

    SOLVED = "solved"  # 提出人确认已解决
    ANSWERED = "answered"  # 已答复或已办，提出人没有确认
    REFERRED = "referred"  # 已转办
