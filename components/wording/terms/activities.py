"""Words of activities."""

from enum import StrEnum

from components.wording import N_
from db.terms import ActivityKind

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ActivityKind: {
        ActivityKind.SERVICE: N_("志愿服务"),
        ActivityKind.SALON: N_("沙龙"),
        ActivityKind.CRAFT: N_("手工课"),
        ActivityKind.TRAINING: N_("培训"),
        ActivityKind.PLANTING: N_("植树"),
        ActivityKind.OUTING: N_("出游陪访"),
        ActivityKind.MARKET: N_("便民集市"),
        ActivityKind.TALK: N_("宣讲"),
        ActivityKind.WALL_DAY: N_("承诺墙活动"),
        ActivityKind.VISIT: N_("慰问"),
        ActivityKind.SPORTS: N_("文体"),
    },
}
