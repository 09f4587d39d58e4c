"""The words of `db.terms`; the third page of `components.wording.terms`."""

from enum import StrEnum
from typing import Any

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[Any, str]] = {
    t.DoorEntryKind: {
        t.DoorEntryKind.VISIT: N_("走访"),
        t.DoorEntryKind.NEED: N_("需求"),
        t.DoorEntryKind.FACTS: N_("户情更新"),
    },
    t.DoorEntryState: {
        t.DoorEntryState.STORED: N_("已入库"),
        t.DoorEntryState.REFUSED: N_("未入库，见原因"),
        t.DoorEntryState.CONFLICT: N_("有冲突，待人工核对"),
    },
    t.PosterKind: {
        t.PosterKind.ORDER: N_("点单海报"),
        t.PosterKind.REPORT: N_("随手报（个人专属码）"),
    },
    t.IntakeState: {
        t.IntakeState.WAITING: N_("待确认"),
        t.IntakeState.TAKEN: N_("已受理"),
        t.IntakeState.REFUSED: N_("不受理"),
    },
    t.IntakeResult: {
        t.IntakeResult.NEED: N_("转需求"),
        t.IntakeResult.ORDER: N_("转订单"),
        t.IntakeResult.COMPLAINT: N_("转投诉"),
    },
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
    t.ComplaintState: {
        t.ComplaintState.REGISTERED: N_("待交办"),
        t.ComplaintState.HANDED_OVER: N_("办理中"),
        t.ComplaintState.REPLIED: N_("已答复（待回访）"),
        t.ComplaintState.CLOSED: N_("已办结"),
        t.ComplaintState.REOPENED: N_("反弹，重新办理"),
        t.ComplaintState.VOID: N_("作废"),
    },
    t.ComplaintHaste: {
        t.ComplaintHaste.HOTLINE: N_("一般 · 热线转来"),
        t.ComplaintHaste.OWN: N_("一般 · 社区收到"),
        t.ComplaintHaste.URGENT: N_("紧急"),
        t.ComplaintHaste.SAFETY: N_("涉安全"),
    },
    t.ResponsibleBody: {
        t.ResponsibleBody.COMMUNITY: N_("社区"),
        t.ResponsibleBody.OWNERS_COMMITTEE: N_("业委会"),
        t.ResponsibleBody.PROPERTY_COMPANY: N_("物业公司"),
        t.ResponsibleBody.DEPARTMENT: N_("职能部门"),
    },
    t.ComplaintStepKind: {
        t.ComplaintStepKind.REGISTERED: N_("登记"),
        t.ComplaintStepKind.LINKED: N_("关联重复投诉"),
        t.ComplaintStepKind.UNLINKED: N_("取消关联"),
        t.ComplaintStepKind.HANDED_OVER: N_("交办"),
        t.ComplaintStepKind.CONTACTED: N_("联系诉求人"),
        t.ComplaintStepKind.EXTENDED: N_("延期"),
        t.ComplaintStepKind.REPLIED: N_("答复"),
        t.ComplaintStepKind.REVISITED: N_("回访"),
        t.ComplaintStepKind.CLOSED: N_("办结"),
        t.ComplaintStepKind.REOPENED: N_("反弹"),
        t.ComplaintStepKind.MEDIATION: N_("转协调会"),
        t.ComplaintStepKind.ESCALATED: N_("上报"),
        t.ComplaintStepKind.PROJECT: N_("关联项目"),
        t.ComplaintStepKind.NEED: N_("转公共议题"),
        t.ComplaintStepKind.UNMASKED: N_("查看原值"),
        t.ComplaintStepKind.VOIDED: N_("作废"),
    },
    t.ImportKind: {
        t.ImportKind.HOUSEHOLDS: N_("住户"),
        t.ImportKind.NEEDS: N_("需求"),
        t.ImportKind.VOLUNTEERS: N_("志愿者"),
        t.ImportKind.MEMBERS: N_("议事会成员"),
        t.ImportKind.VISITS: N_("历史走访"),
        t.ImportKind.HOTLINE: N_("12345 转办单"),
        t.ImportKind.SIGN_UPS: N_("接龙名单"),
    },
    t.LedgerKind: {
        t.LedgerKind.VISITS: N_("走访台账"),
        t.LedgerKind.NEEDS: N_("需求台账"),
        t.LedgerKind.REGISTER: N_("一周一登"),
        t.LedgerKind.TOPICS: N_("议题表"),
        t.LedgerKind.ORDERS: N_("订单台账"),
        t.LedgerKind.COMPLAINTS: N_("投诉台账"),
    },
    t.ConsentScope: {
        t.ConsentScope.CONTACT_CARD: N_("电话印在便民联系卡上"),
        t.ConsentScope.SENSITIVE: N_("登记敏感信息"),
        t.ConsentScope.HEALTH: N_("记录健康数值"),
        t.ConsentScope.STORY: N_("公开事迹或引用原话"),
        t.ConsentScope.PHOTO: N_("使用照片"),
        t.ConsentScope.PROGRAMME: N_("加入专项帮扶"),
    },
    t.ConsentWay: {
        t.ConsentWay.PAPER: N_("书面"),
        t.ConsentWay.SPOKEN: N_("口头（有见证人）"),
        t.ConsentWay.GUARDIAN: N_("监护人代为同意"),
    },
    t.SensitiveKind: {
        t.SensitiveKind.DISABILITY: N_("残疾、失能等级"),
        t.SensitiveKind.HEALTH: N_("疾病、健康数值"),
        t.SensitiveKind.LOW_INCOME: N_("低保、特困"),
        t.SensitiveKind.SINGLE_PARENT: N_("单亲"),
        t.SensitiveKind.CORRECTION: N_("社区矫正"),
        t.SensitiveKind.CHILD: N_("不满十四周岁"),
        t.SensitiveKind.LIVES_ALONE: N_("独居（与精确住址）"),
        t.SensitiveKind.RELIGION: N_("宗教信仰"),
    },
}

LOOKS: dict[type[StrEnum], dict[Any, tuple[str, str]]] = {
    t.DoorEntryState: {
        t.DoorEntryState.STORED: ("check_circle", "green"),
        t.DoorEntryState.REFUSED: ("cancel", "red"),
        t.DoorEntryState.CONFLICT: ("call_split", "orange"),
    },
    t.IntakeState: {
        t.IntakeState.WAITING: ("schedule", "orange"),
        t.IntakeState.TAKEN: ("check_circle", "green"),
        t.IntakeState.REFUSED: ("cancel", "gray"),
    },
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
    t.ComplaintState: {
        t.ComplaintState.REGISTERED: ("inbox", "orange"),
        t.ComplaintState.HANDED_OVER: ("pending", "blue"),
        t.ComplaintState.REPLIED: ("reply", "blue"),
        t.ComplaintState.CLOSED: ("check_circle", "green"),
        t.ComplaintState.REOPENED: ("replay", "red"),
        t.ComplaintState.VOID: ("block", "gray"),
    },
}
"""How a state looks: icon and colour beside its word."""
