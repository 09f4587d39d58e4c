"""Words and looks of `db.terms.needs`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.NeedSource: {
        t.NeedSource.VISIT: N_("入户走访"),
        t.NeedSource.WALK_IN: N_("来访"),
        t.NeedSource.CALL: N_("来电"),
        t.NeedSource.HOTLINE: N_("12345 转办"),
        t.NeedSource.CHAT: N_("微信群/公众号"),
        t.NeedSource.COUNCIL: N_("议事代表"),
        t.NeedSource.GRID: N_("网格/微网格上报"),
        t.NeedSource.RIDER: N_("红骑士随手报"),
        t.NeedSource.OTHER: N_("其他"),
    },
    t.Urgency: {
        t.Urgency.NORMAL: N_("一般"),
        t.Urgency.URGENT: N_("紧急"),
        t.Urgency.SAFETY: N_("涉安全"),
    },
    t.ReadingKind: {
        t.ReadingKind.PLACE: N_("地名"),
        t.ReadingKind.SURNAME: N_("姓氏"),
    },
    t.Reach: {
        t.Reach.COMMUNITY: N_("全社区"),
        t.Reach.ESTATE: N_("小区"),
        t.Reach.BUILDING: N_("楼栋"),
        t.Reach.STAIRWELL: N_("单元"),
        t.Reach.HOUSEHOLD: N_("单户"),
    },
    t.NeedStage: {
        t.NeedStage.LOGGED: N_("待登记"),
        t.NeedStage.HANDLING: N_("直办中"),
        t.NeedStage.REGISTERED: N_("待筛选"),
        t.NeedStage.SCREENING: N_("评分中"),
        t.NeedStage.SCREENED: N_("待分流"),
        t.NeedStage.RESERVE: N_("储备库"),
        t.NeedStage.FOR_COUNCIL: N_("待上会"),
        t.NeedStage.ON_AGENDA: N_("已列议程"),
        t.NeedStage.NOTICE: N_("公示中"),
        t.NeedStage.TO_PROJECT: N_("待立项"),
        t.NeedStage.IN_PROJECT: N_("实施中"),
        t.NeedStage.ORDERED: N_("个人服务中"),
        t.NeedStage.ANSWERING: N_("待回音"),
        t.NeedStage.CLOSED: N_("已回音"),
        t.NeedStage.MERGED: N_("已归并"),
        t.NeedStage.VOID: N_("作废"),
    },
    t.NeedStep: {
        t.NeedStep.LOG: N_("登记"),
        t.NeedStep.SCREEN: N_("筛选"),
        t.NeedStep.COUNCIL: N_("议事"),
        t.NeedStep.NOTICE: N_("公示"),
        t.NeedStep.PROJECT: N_("项目"),
        t.NeedStep.ANSWER: N_("回音"),
    },
    t.Route: {
        t.Route.COUNCIL: N_("提交议事会"),
        t.Route.RESERVE: N_("入储备库"),
        t.Route.ORDER: N_("转个人服务"),
        t.Route.REFER: N_("转办"),
        t.Route.ANSWER: N_("答复（不办）"),
    },
    t.AnswerChannel: {
        t.AnswerChannel.DOOR: N_("上门"),
        t.AnswerChannel.PHONE: N_("电话"),
        t.AnswerChannel.CHAT: N_("微信"),
        t.AnswerChannel.POSTED: N_("张贴公告"),
    },
    t.AnswerState: {
        t.AnswerState.DUE: N_("待回音"),
        t.AnswerState.GIVEN: N_("已回音"),
    },
    t.AnswerKind: {
        t.AnswerKind.DONE: N_("已办成"),
        t.AnswerKind.NOT_PASSED: N_("议事会未通过"),
        t.AnswerKind.REFERRED: N_("已转办"),
        t.AnswerKind.DECLINED: N_("不办"),
        t.AnswerKind.SERVED: N_("个人服务已完成"),
        t.AnswerKind.HANDLED: N_("已直办"),
    },
    t.Satisfaction: {
        t.Satisfaction.VERY_SATISFIED: N_("很满意"),
        t.Satisfaction.SATISFIED: N_("满意"),
        t.Satisfaction.FAIR: N_("基本满意"),
        t.Satisfaction.DISSATISFIED: N_("不满意"),
        t.Satisfaction.NO_REPLY: N_("未评价"),
    },
    t.ScreeningState: {
        t.ScreeningState.OPEN: N_("等待评分"),
        t.ScreeningState.THIRD_NEEDED: N_("差距超过 20 分，需第三人"),
        t.ScreeningState.SCORED: N_("评分完成"),
        t.ScreeningState.ROUTED: N_("已分流"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.Urgency: {
        t.Urgency.NORMAL: ("remove", "gray"),
        t.Urgency.URGENT: ("priority_high", "orange"),
        t.Urgency.SAFETY: ("emergency", "red"),
    },
    t.NeedStage: {
        t.NeedStage.LOGGED: ("edit_note", "gray"),
        t.NeedStage.HANDLING: ("bolt", "red"),
        t.NeedStage.REGISTERED: ("inbox", "blue"),
        t.NeedStage.SCREENING: ("balance", "blue"),
        t.NeedStage.SCREENED: ("alt_route", "blue"),
        t.NeedStage.RESERVE: ("inventory_2", "gray"),
        t.NeedStage.FOR_COUNCIL: ("groups", "blue"),
        t.NeedStage.ON_AGENDA: ("event", "blue"),
        t.NeedStage.NOTICE: ("campaign", "orange"),
        t.NeedStage.TO_PROJECT: ("flag", "orange"),
        t.NeedStage.IN_PROJECT: ("construction", "blue"),
        t.NeedStage.ORDERED: ("handyman", "blue"),
        t.NeedStage.ANSWERING: ("call", "orange"),
        t.NeedStage.CLOSED: ("check_circle", "green"),
        t.NeedStage.MERGED: ("merge", "gray"),
        t.NeedStage.VOID: ("block", "gray"),
    },
    t.AnswerState: {
        t.AnswerState.DUE: ("call", "orange"),
        t.AnswerState.GIVEN: ("check_circle", "green"),
    },
}

TABLES: dict[str, str] = {
    "category": N_("需求类别"),
    "need": N_("需求"),
    "merge": N_("归并"),
    "twin_verdict": N_("判定不同"),
    "week_sign_off": N_("周登记签字"),
    "screening_weights": N_("评分权重"),
    "screening": N_("筛选"),
    "screening_score": N_("筛选评分"),
    "answer": N_("回音"),
}

PERMISSIONS: dict[str, str] = {
    "log_need": N_("登记需求"),
    "see_needs": N_("看需求"),
    "amend_need": N_("更正需求"),
    "void_need": N_("作废需求"),
    "finish_handling": N_("办结需求"),
    "see_register": N_("看周登记"),
    "sign_week": N_("签字交周登记"),
    "merge_needs": N_("归并需求"),
    "undo_merge": N_("撤销归并"),
    "see_screening": N_("看筛选"),
    "set_weights": N_("定评分权重"),
    "open_screening": N_("开始筛选"),
    "score_need": N_("给需求评分"),
    "route_need": N_("给需求定去向"),
    "finish_order": N_("办结转单"),
    "see_answers": N_("看回音"),
    "give_answer": N_("上门回音"),
}
