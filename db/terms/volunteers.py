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


class TeamTheme(StrEnum):
    CULTURE = "culture"  # 文化教育
    HEALTH = "health"  # 医疗卫生
    LAW = "law"  # 法律结对
    ENVIRONMENT = "environment"  # 环保宣传
    WATER = "water"  # 五水共治


class VolunteerKind(StrEnum):
    PARTY_MEMBER = "party_member"  # 党员志愿者
    RESIDENT = "resident"  # 居民志愿者


class ActivityState(StrEnum):
    PLANNED = "planned"  # 计划中
    DONE = "done"  # 已完成
    CANCELLED = "cancelled"  # 取消
