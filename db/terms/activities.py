"""Words of activities; `db.terms` names them all."""

from enum import StrEnum


class ActivityKind(StrEnum):
    """活动类型 (docs/domain.md 2, E1 to E7; A2-08, A2-26)."""

    SERVICE = "service"  # 志愿服务
    SALON = "salon"  # 沙龙
    CRAFT = "craft"  # 手工课
    TRAINING = "training"  # 培训
    PLANTING = "planting"  # 植树
    OUTING = "outing"  # 出游陪访
    MARKET = "market"  # 便民集市
    TALK = "talk"  # 宣讲
    WALL_DAY = "wall_day"  # 承诺墙活动
    VISIT = "visit"  # 慰问
    SPORTS = "sports"  # 文体


class HostPart(StrEnum):
    """What a unit is to an activity (docs/domain.md 10.7)."""

    LEAD = "lead"  # 主办
    CO = "co"  # 协办


class SeatState(StrEnum):
    """Whether somebody who signed up has a place."""

    IN = "in"  # 已报上
    WAITING = "waiting"  # 候补
    CANCELLED = "cancelled"  # 已取消


class SignUpWay(StrEnum):
    """How a sign-up came."""

    STAFF = "staff"  # 工作人员登记
    PAGE = "page"  # 扫码报名
    LIST = "list"  # 接龙名单
