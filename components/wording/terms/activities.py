"""Words of activities."""

from enum import StrEnum

from components.wording import N_
from db.terms import (
    ActivityKind,
    EscortChange,
    HostPart,
    LeavingCheck,
    PairStand,
    QueueLength,
    ReturnCheck,
    SeatState,
    SignUpWay,
    Staffing,
    TallyKind,
)

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
    QueueLength: {
        QueueLength.NOBODY: N_("没人排"),
        QueueLength.FEW: N_("几个人"),
        QueueLength.LONG: N_("排长队"),
    },
    Staffing: {
        Staffing.FULL: N_("人齐"),
        Staffing.SHORT: N_("缺人"),
        Staffing.OFF: N_("已撤摊"),
    },
    TallyKind: {
        TallyKind.COUNT: N_("计数"),
        TallyKind.QUEUE: N_("排队情况"),
        TallyKind.NOTE: N_("收摊小记"),
        TallyKind.CORRECTION: N_("更正"),
    },
    LeavingCheck: {
        LeavingCheck.MEDICINE: N_("随身药品（不用药的也问过）"),
        LeavingCheck.PAPERS: N_("身份证件"),
        LeavingCheck.PHONE: N_("手机与联系电话"),
        LeavingCheck.FEELS_WELL: N_("本人说身体可以出门"),
        LeavingCheck.FAMILY_KNOWS: N_("家属知道今天外出"),
    },
    ReturnCheck: {
        ReturnCheck.HOME: N_("送到家门口"),
        ReturnCheck.THINGS: N_("随身物品都在"),
        ReturnCheck.FEELS_WELL: N_("本人说没有不舒服"),
        ReturnCheck.FAMILY_TOLD: N_("已告诉家属"),
    },
    EscortChange: {
        EscortChange.PAIRED: N_("结伴"),
        EscortChange.REPLACED: N_("换陪访人"),
        EscortChange.DROPPED: N_("陪访人退出"),
        EscortChange.LEFT: N_("出发"),
        EscortChange.RETURNED: N_("返回"),
        EscortChange.STAYED: N_("不去了"),
        EscortChange.CONTACT_SEEN: N_("查看紧急联系人"),
    },
    PairStand: {
        PairStand.WAITING: N_("待出发"),
        PairStand.OUT: N_("在外"),
        PairStand.BACK: N_("已返回"),
        PairStand.STAYS: N_("不去"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    SeatState: {
        SeatState.IN: ("check_circle", "green"),
        SeatState.WAITING: ("hourglass_top", "orange"),
        SeatState.CANCELLED: ("cancel", "gray"),
    },
    QueueLength: {
        QueueLength.NOBODY: ("person_off", "gray"),
        QueueLength.FEW: ("group", "blue"),
        QueueLength.LONG: ("groups", "orange"),
    },
    Staffing: {
        Staffing.FULL: ("check_circle", "green"),
        Staffing.SHORT: ("person_alert", "red"),
        Staffing.OFF: ("block", "gray"),
    },
    PairStand: {
        PairStand.WAITING: ("schedule", "blue"),
        PairStand.OUT: ("directions_walk", "orange"),
        PairStand.BACK: ("check_circle", "green"),
        PairStand.STAYS: ("home", "gray"),
    },
}

TABLES: dict[str, str] = {
    "activity_host": N_("活动主办协办"),
    "activity_session": N_("活动场次"),
    "activity_participant": N_("活动报名"),
    "activity_presence": N_("活动到会"),
    "activity_helper": N_("活动志愿者"),
    "activity_quote": N_("引用原话"),
    "market_day": N_("集市场次"),
    "market_stall": N_("集市摊位"),
    "market_helper": N_("摊位人员"),
    "escort_trip": N_("陪访安排"),
    "escort_pair": N_("陪访结伴"),
    "escort_event": N_("陪访经过"),
}

PERMISSIONS: dict[str, str] = {
    "see_activities": N_("看活动"),
    "run_activity": N_("办活动"),
    "run_every_activity": N_("办所有活动"),
    "see_market": N_("看便民集市"),
    "run_market": N_("办便民集市"),
    "close_market": N_("集市关账与更正"),
    "see_outing": N_("看陪访"),
    "run_outing": N_("办陪访"),
    "escort": N_("陪老人出行"),
}
