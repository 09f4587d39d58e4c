"""Words of activities."""

from enum import StrEnum

from components.wording import N_
from db.terms import ActivityKind, HostPart, SeatState, SignUpWay

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
    HostPart: {HostPart.LEAD: N_("主办"), HostPart.CO: N_("协办")},
    SeatState: {SeatState.IN: N_("已报上"), SeatState.WAITING: N_("候补"), SeatState.CANCELLED: N_("已取消报名")},
    SignUpWay: {
        SignUpWay.STAFF: N_("工作人员登记"),
        SignUpWay.PAGE: N_("扫码报名"),
        SignUpWay.LIST: N_("接龙名单"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    SeatState: {
        SeatState.IN: ("check_circle", "green"),
        SeatState.WAITING: ("hourglass_top", "orange"),
        SeatState.CANCELLED: ("cancel", "gray"),
    },
}

TABLES: dict[str, str] = {
    "activity_host": N_("活动主办协办"),
    "activity_session": N_("活动场次"),
    "activity_participant": N_("活动报名"),
    "activity_presence": N_("活动到会"),
    "activity_helper": N_("活动志愿者"),
    "activity_quote": N_("引用原话"),
}

PERMISSIONS: dict[str, str] = {
    "see_activities": N_("看活动"),
    "run_activity": N_("办活动"),
    "run_every_activity": N_("办所有活动"),
}
