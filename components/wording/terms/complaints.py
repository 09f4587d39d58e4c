"""Words and looks of `db.terms.complaints`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.EscalationTo: {
        t.EscalationTo.SUBDISTRICT: N_("街道"),
        t.EscalationTo.DEPARTMENT: N_("职能部门"),
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
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
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
    t.ComplaintState: {
        t.ComplaintState.REGISTERED: ("inbox", "orange"),
        t.ComplaintState.HANDED_OVER: ("pending", "blue"),
        t.ComplaintState.REPLIED: ("reply", "blue"),
        t.ComplaintState.CLOSED: ("check_circle", "green"),
        t.ComplaintState.REOPENED: ("replay", "red"),
        t.ComplaintState.VOID: ("block", "gray"),
    },
}

TABLES: dict[str, str] = {
    "complaint": N_("投诉"),
    "complaint_time": N_("投诉时限"),
    "mediation": N_("协调会"),
    "mediation_party": N_("协调会各方"),
    "mediation_action": N_("整改事项"),
    "mediation_check": N_("复查"),
    "mediation_escalation": N_("纠纷上报"),
}

PERMISSIONS: dict[str, str] = {
    "see_complaints": N_("看投诉"),
    "log_complaint": N_("登记投诉"),
    "handle_complaint": N_("办理投诉"),
    "void_complaint": N_("作废投诉"),
    "set_complaint_times": N_("定投诉时限"),
    "see_mediation": N_("看协调会"),
    "run_mediation": N_("办协调会"),
    "answer_escalation": N_("答复上报的纠纷"),
}
