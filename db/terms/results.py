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


class VenueKind(StrEnum):
    """阵地 by kind, as the circle of a quarter of an hour counts them."""

    CENTRE = "centre"  # 党群服务中心
    STATION = "station"  # 党群服务站
    ROOM = "room"  # 党群活动室
    POST = "post"  # 驿站
    PARTNER = "partner"  # 共建单位场地
    OTHER = "other"  # 其他阵地


class Datum(StrEnum):
    """In which system a coordinate was read; the two lie some hundred metres apart."""

    GCJ02 = "gcj02"  # 国测局坐标，国内地图上读到的
    WGS84 = "wgs84"  # 卫星定位坐标


class WalkReach(StrEnum):
    """How a building stands to the nearest place that serves it."""

    COVERED = "covered"  # 15 分钟内
    BEYOND = "beyond"  # 超出 15 分钟
    UNKNOWN = "unknown"  # 没有坐标也没有填写分钟数


class DiarySource(StrEnum):
    """What an entry of the service diary was drafted from."""

    ACTIVITY = "activity"  # 活动
    ORDER = "order"  # 订单
    KEEPING = "keeping"  # 践诺记录
    PROJECT = "project"  # 项目


class DiaryState(StrEnum):
    """Where an entry of the service diary stands."""

    DRAFT = "draft"  # 草稿
    SUBMITTED = "submitted"  # 待审核
    APPROVED = "approved"  # 可发布
    TAKEN = "taken"  # 已取用
    WITHDRAWN = "withdrawn"  # 已撤下


class DiaryHappening(StrEnum):
    """What happened to an entry of the service diary."""

    DRAFTED = "drafted"  # 起草
    AMENDED = "amended"  # 修改
    SUBMITTED = "submitted"  # 送审
    RETURNED = "returned"  # 退回
    APPROVED = "approved"  # 审核通过
    TAKEN = "taken"  # 取用
    TAKEN_DOWN = "taken_down"  # 已从某处撤下
    WITHDRAWN = "withdrawn"  # 撤下


class DiaryTrouble(StrEnum):
    """Why an entry cannot stand any longer."""

    CONSENT_GONE = "consent_gone"  # 引用的同意已撤回
    SOURCE_REVERSED = "source_reversed"  # 依据的记录已冲销或取消
    SOURCE_SENSITIVE = "source_sensitive"  # 依据的记录成了敏感的
