"""Words and looks of `db.terms.orders`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.ServiceGroup: {
        t.ServiceGroup.HOME: N_("家政"),
        t.ServiceGroup.ERRAND: N_("代办"),
        t.ServiceGroup.REPAIR: N_("维修"),
        t.ServiceGroup.CARRY: N_("搬运"),
        t.ServiceGroup.MEAL: N_("助餐"),
        t.ServiceGroup.HEALTH: N_("助医"),
        t.ServiceGroup.COMPANY: N_("陪聊与巡视探访"),
        t.ServiceGroup.LEARNING: N_("助学"),
    },
    t.FeeKind: {
        t.FeeKind.FREE: N_("免费"),
        t.FeeKind.LOW: N_("低偿"),
        t.FeeKind.PAID: N_("有偿"),
    },
    t.OrderChannel: {
        t.OrderChannel.PHONE: N_("电话"),
        t.OrderChannel.DOOR: N_("上门"),
        t.OrderChannel.DESK: N_("服务窗口"),
        t.OrderChannel.POSTER: N_("扫码"),
        t.OrderChannel.NEED: N_("需求转来"),
        t.OrderChannel.SERIES: N_("定期服务"),
    },
    t.OrderState: {
        t.OrderState.WAITING: N_("待受理"),
        t.OrderState.TAKEN: N_("已受理（待派单）"),
        t.OrderState.OFFERED: N_("已派单（待接单）"),
        t.OrderState.ACCEPTED: N_("已接单"),
        t.OrderState.IN_SERVICE: N_("服务中"),
        t.OrderState.DONE: N_("已完成（待双方确认）"),
        t.OrderState.CONFIRMED: N_("双方已确认（待回访）"),
        t.OrderState.REVISITED: N_("已回访（已评单）"),
        t.OrderState.CLOSED: N_("关闭"),
        t.OrderState.CANCELLED: N_("取消"),
    },
    t.AssignmentState: {
        t.AssignmentState.OFFERED: N_("待接单"),
        t.AssignmentState.ACCEPTED: N_("已接单"),
        t.AssignmentState.DECLINED: N_("拒单"),
        t.AssignmentState.WITHDRAWN: N_("改派"),
        t.AssignmentState.SWAPPED: N_("换班"),
    },
    t.ConfirmedBy: {
        t.ConfirmedBy.CODE: N_("确认码"),
        t.ConfirmedBy.CALL: N_("电话回访"),
        t.ConfirmedBy.PAPER: N_("纸质签字"),
    },
    t.OrderCaseKind: {
        t.OrderCaseKind.FOLLOW_UP: N_("差评跟进"),
        t.OrderCaseKind.REVIEW: N_("争议复核"),
    },
    t.Rhythm: {
        t.Rhythm.WEEKLY: N_("每周"),
        t.Rhythm.FORTNIGHTLY: N_("每两周"),
        t.Rhythm.MONTHLY: N_("每月"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.OrderState: {
        t.OrderState.WAITING: ("inbox", "gray"),
        t.OrderState.TAKEN: ("assignment", "orange"),
        t.OrderState.OFFERED: ("outgoing_mail", "orange"),
        t.OrderState.ACCEPTED: ("thumb_up", "blue"),
        t.OrderState.IN_SERVICE: ("directions_walk", "blue"),
        t.OrderState.DONE: ("task_alt", "blue"),
        t.OrderState.CONFIRMED: ("handshake", "blue"),
        t.OrderState.REVISITED: ("star", "green"),
        t.OrderState.CLOSED: ("check_circle", "green"),
        t.OrderState.CANCELLED: ("cancel", "gray"),
    },
    t.AssignmentState: {
        t.AssignmentState.OFFERED: ("schedule", "orange"),
        t.AssignmentState.ACCEPTED: ("check_circle", "green"),
        t.AssignmentState.DECLINED: ("cancel", "red"),
        t.AssignmentState.WITHDRAWN: ("undo", "gray"),
        t.AssignmentState.SWAPPED: ("swap_horiz", "gray"),
    },
}

TABLES: dict[str, str] = {
    "service": N_("服务项目"),
    "service_order": N_("订单"),
    "order_series": N_("定期服务单"),
    "order_offer": N_("派单"),
    "order_case": N_("评单跟进"),
    "pairing": N_("结对"),
}

PERMISSIONS: dict[str, str] = {
    "see_orders": N_("看订单"),
    "take_order": N_("受理订单"),
    "dispatch_order": N_("派单"),
    "see_my_orders": N_("看我的单"),
    "answer_offer": N_("答复派单"),
    "serve_order": N_("上门服务"),
    "confirm_order": N_("确认完成"),
    "settle_order_case": N_("处理评单"),
    "manage_catalogue": N_("管理服务目录"),
    "print_cards": N_("印联系卡"),
}
