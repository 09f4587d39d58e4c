"""Words of volunteers, their places and activities; `db.terms` names them all."""

from enum import StrEnum


class JoinMethod(StrEnum):
    CLAIM = "claim"  # 认领
    SIGN_UP = "sign_up"  # 报名
    RECOMMENDATION = "recommendation"  # 推荐


class PlacementState(StrEnum):
    """A volunteer in an opening of a project team."""

    WAITING = "waiting"  # 待队长确认
    ACCEPTED = "accepted"  # 在队
    DECLINED = "declined"  # 未接受
    LEFT = "left"  # 已离队
    REPLACED = "replaced"  # 已替换


class VolunteerKind(StrEnum):
    PARTY_MEMBER = "party_member"  # 党员志愿者
    RESIDENT = "resident"  # 居民志愿者


class ActivityState(StrEnum):
    PLANNED = "planned"  # 计划中
    DONE = "done"  # 已完成
    CANCELLED = "cancelled"  # 取消


class HoursDoubt(StrEnum):
    """Why hours wait for a second person."""

    BEFORE_JOINED = "before_joined"  # 早于登记日
    AFTER_END = "after_end"  # 晚于退出日
    LONG_AGO = "long_ago"  # 补记超过十天
    SINCE_START = "since_start"  # 比开始以来的时间还长
    OVERLAP = "overlap"  # 与另一项服务时间重叠
    LARGE_SHEET = "large_sheet"  # 名单超过二十行


class HoursFinding(StrEnum):
    """What a look at a month's hours finds."""

    OVERLAP = "overlap"  # 同一时间两处服务
    LONG_DAY = "long_day"  # 一天超过八小时
    BEFORE_JOINED = "before_joined"  # 登记之前的服务
    AFTER_END = "after_end"  # 退出之后的服务
    BACKDATED = "backdated"  # 补记超过十天
    ONE_CONFIRMER = "one_confirmer"  # 大多由一人记录
    OBJECTION = "objection"  # 本人有异议


class HoursAnswer(StrEnum):
    ASKED = "asked"  # 已询问
    CONFIRMED = "confirmed"  # 属实
    CORRECTED = "corrected"  # 已更正


class VolunteerChange(StrEnum):
    """What happened to an entry of the registry."""

    RENAMED = "renamed"  # 改名
    PHONE_CHANGED = "phone_changed"  # 换电话
    ENDED = "ended"  # 退出
    CAME_BACK = "came_back"  # 回来
    LINKED = "linked"  # 关联账号
    UNLINKED = "unlinked"  # 取消关联
    LEFT_SQUAD = "left_squad"  # 离开队伍
    MERGED = "merged"  # 合并
    UNMERGED = "unmerged"  # 撤销合并
    HOURS_CHECKED = "hours_checked"  # 核对时长
    HOURS_CORRECTED = "hours_corrected"  # 更正订单时长
    PAUSED = "paused"  # 暂停
    RESUMED = "resumed"  # 提前恢复
    GUARDIAN_AGREED = "guardian_agreed"  # 监护人同意
    GUARDIAN_WITHDREW = "guardian_withdrew"  # 监护人撤回同意
    UNMASKED = "unmasked"  # 查看原值


class Interest(StrEnum):
    """意向领域: what somebody would like to help with (docs/domain.md 8)."""

    LECTURE = "lecture"  # 理论宣讲
    CULTURE = "culture"  # 文化文艺
    TEACHING = "teaching"  # 助学支教
    HEALTH = "health"  # 医疗健身
    SCIENCE = "science"  # 科学普及
    LAW = "law"  # 法律服务
    ENVIRONMENT = "environment"  # 卫生环保
    ELDERS = "elders"  # 助老扶困
    EMERGENCY = "emergency"  # 应急救援
    PATROL = "patrol"  # 平安巡逻


class ApplicationState(StrEnum):
    """A registration that somebody sent from a plain page."""

    WAITING = "waiting"  # 待确认
    CONFIRMED = "confirmed"  # 已登记
    KNOWN = "known"  # 并入已有登记
    DECLINED = "declined"  # 未登记


class CertificateState(StrEnum):
    """志愿服务情况说明, from the wish to the paper in the hand."""

    ASKED = "asked"  # 已申请
    ACCEPTED = "accepted"  # 已受理
    ISSUED = "issued"  # 已开具
    POSTED = "posted"  # 公示中
    HANDED_OUT = "handed_out"  # 已发出
    VOID = "void"  # 已作废
