"""The trade's word for every enumeration of `db.terms`; `components.wording.terms` shows them."""

from enum import StrEnum
from typing import Any

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[Any, str]] = {
    t.QuestionKind: {
        t.QuestionKind.MOTION: N_("赞成/反对/弃权"),
        t.QuestionKind.CHOOSE: N_("多项选择"),
        t.QuestionKind.SCORE: N_("打分（0–10）"),
        t.QuestionKind.RANK: N_("排序"),
        t.QuestionKind.BUDGET: N_("预算分配"),
    },
    t.BudgetRule: {
        t.BudgetRule.BY_VOTES: N_("按得票从高到低"),
        t.BudgetRule.EQUAL_SHARES: N_("等额份额法"),
    },
    t.SlipState: {t.SlipState.READY: N_("可用"), t.SlipState.VOID: N_("作废")},
    t.TopicSource: {
        t.TopicSource.NEED: N_("筛选转来的需求"),
        t.TopicSource.MEMBER: N_("成员提案"),
        t.TopicSource.SUBDISTRICT: N_("街道交办"),
    },
    t.TopicState: {
        t.TopicState.SUBMITTED: N_("待审核"),
        t.TopicState.ACCEPTED: N_("受理"),
        t.TopicState.MERGED: N_("合并"),
        t.TopicState.REFERRED: N_("转办"),
        t.TopicState.DECLINED: N_("不予受理"),
        t.TopicState.ON_AGENDA: N_("已列议程"),
    },
    t.TopicGround: {
        t.TopicGround.ILLEGAL: N_("违反法律法规"),
        t.TopicGround.STATUTORY_DUTY: N_("属职能部门法定职责"),
        t.TopicGround.LITIGATION: N_("涉诉涉访"),
        t.TopicGround.PRIVACY: N_("涉及个人隐私"),
        t.TopicGround.DECIDED: N_("已有决议"),
        t.TopicGround.OTHER: N_("其他"),
    },
    t.SpeakerSide: {
        t.SpeakerSide.FOR: N_("支持"),
        t.SpeakerSide.AGAINST: N_("反对"),
        t.SpeakerSide.NEUTRAL: N_("询问/说明"),
    },
    t.SpeakerState: {
        t.SpeakerState.WAITING: N_("排队"),
        t.SpeakerState.SPEAKING: N_("发言中"),
        t.SpeakerState.DONE: N_("已发言"),
        t.SpeakerState.WITHDRAWN: N_("放弃"),
    },
    t.TaskState: {
        t.TaskState.OPEN: N_("办理中"),
        t.TaskState.DONE: N_("已办结"),
        t.TaskState.CANCELLED: N_("取消"),
    },
    t.CorrectionField: {
        t.CorrectionField.TITLE: N_("议题名称"),
        t.CorrectionField.MOTION: N_("动议文字"),
        t.CorrectionField.POINT: N_("发言要点"),
        t.CorrectionField.TELLER: N_("计票人、监票人姓名"),
    },
    t.CorrectionState: {
        t.CorrectionState.ASKED: N_("待第二人核对"),
        t.CorrectionState.CONFIRMED: N_("已更正"),
        t.CorrectionState.REFUSED: N_("不予更正"),
    },
    t.VillageStep: {
        t.VillageStep.PROPOSAL: N_("党组织提议"),
        t.VillageStep.CONSULTATION: N_("“两委”会商议"),
        t.VillageStep.OPINIONS: N_("征求意见"),
        t.VillageStep.REVIEW: N_("党员大会审议"),
        t.VillageStep.RESOLUTION: N_("村民（代表）会议决议"),
        t.VillageStep.RESOLUTION_POSTED: N_("决议公开"),
        t.VillageStep.IMPLEMENTATION: N_("组织实施"),
        t.VillageStep.RESULT_POSTED: N_("实施结果公开"),
    },
    t.VillageState: {
        t.VillageState.RUNNING: N_("进行中"),
        t.VillageState.FINISHED: N_("已完成"),
        t.VillageState.STOPPED: N_("未通过或终止"),
    },
    t.MediationState: {
        t.MediationState.REGISTERED: N_("已登记"),
        t.MediationState.CONVENED: N_("已通知各方"),
        t.MediationState.OPEN: N_("协商中"),
        t.MediationState.AGREED: N_("达成共识，待复查"),
        t.MediationState.NOT_AGREED: N_("未达成共识"),
        t.MediationState.RELAPSED: N_("反弹，重新协商"),
        t.MediationState.SETTLED: N_("已解决"),
        t.MediationState.ESCALATED: N_("已上报"),
    },
    t.PartyKind: {
        t.PartyKind.DEPARTMENT: N_("职能部门"),
        t.PartyKind.BUSINESS: N_("经营户"),
        t.PartyKind.OWNERS: N_("业主代表"),
        t.PartyKind.RESIDENT: N_("居民"),
        t.PartyKind.PROPERTY_COMPANY: N_("物业"),
        t.PartyKind.OWNERS_COMMITTEE: N_("业委会"),
        t.PartyKind.OTHER: N_("其他"),
    },
}
"""A word for every value."""

LOOKS: dict[type[StrEnum], dict[Any, tuple[str, str]]] = {
    t.TopicState: {
        t.TopicState.SUBMITTED: ("schedule", "orange"),
        t.TopicState.ACCEPTED: ("check_circle", "green"),
        t.TopicState.MERGED: ("merge", "gray"),
        t.TopicState.REFERRED: ("forward", "blue"),
        t.TopicState.DECLINED: ("cancel", "red"),
        t.TopicState.ON_AGENDA: ("event", "blue"),
    },
    t.SpeakerState: {
        t.SpeakerState.WAITING: ("schedule", "gray"),
        t.SpeakerState.SPEAKING: ("mic", "orange"),
        t.SpeakerState.DONE: ("check_circle", "green"),
        t.SpeakerState.WITHDRAWN: ("cancel", "gray"),
    },
    t.TaskState: {
        t.TaskState.OPEN: ("pending", "orange"),
        t.TaskState.DONE: ("check_circle", "green"),
        t.TaskState.CANCELLED: ("cancel", "gray"),
    },
    t.CorrectionState: {
        t.CorrectionState.ASKED: ("pending", "orange"),
        t.CorrectionState.CONFIRMED: ("check_circle", "green"),
        t.CorrectionState.REFUSED: ("cancel", "gray"),
    },
    t.VillageState: {
        t.VillageState.RUNNING: ("play_circle", "orange"),
        t.VillageState.FINISHED: ("check_circle", "green"),
        t.VillageState.STOPPED: ("cancel", "red"),
    },
    t.MediationState: {
        t.MediationState.REGISTERED: ("edit_note", "gray"),
        t.MediationState.CONVENED: ("mail", "blue"),
        t.MediationState.OPEN: ("forum", "orange"),
        t.MediationState.AGREED: ("handshake", "blue"),
        t.MediationState.NOT_AGREED: ("cancel", "red"),
        t.MediationState.RELAPSED: ("replay", "red"),
        t.MediationState.SETTLED: ("check_circle", "green"),
        t.MediationState.ESCALATED: ("upload", "orange"),
    },
}
"""How a state looks: icon and colour beside its word."""
