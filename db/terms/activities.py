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
