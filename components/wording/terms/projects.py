"""Words and looks of `db.terms.projects`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.ProjectKind: {
        t.ProjectKind.COUNCIL: N_("议事会项目"),
        t.ProjectKind.SECRETARY_LED: N_("书记领办"),
        t.ProjectKind.LIVELIHOOD: N_("民生实事"),
    },
    t.ProjectState: {
        t.ProjectState.SET_UP: N_("已立项"),
        t.ProjectState.RUNNING: N_("实施中"),
        t.ProjectState.HANDED_IN: N_("待验收"),
        t.ProjectState.REWORK: N_("整改中"),
        t.ProjectState.ACCEPTED: N_("已验收"),
        t.ProjectState.STOPPED: N_("终止"),
    },
    t.IndicatorKind: {
        t.IndicatorKind.QUANTITY: N_("数量"),
        t.IndicatorKind.QUALITY: N_("质量"),
        t.IndicatorKind.TIME: N_("时效"),
        t.IndicatorKind.REACH: N_("受益"),
    },
    t.Light: {
        t.Light.GREEN: N_("正常"),
        t.Light.AMBER: N_("关注"),
        t.Light.RED: N_("滞后"),
    },
    t.RiskLevel: {
        t.RiskLevel.LOW: N_("低"),
        t.RiskLevel.MEDIUM: N_("中"),
        t.RiskLevel.HIGH: N_("高"),
    },
    t.AcceptanceState: {
        t.AcceptanceState.JUDGING: N_("评审中"),
        t.AcceptanceState.DECIDED: N_("已定等次"),
    },
    t.Grade: {
        t.Grade.EXCELLENT: N_("优秀"),
        t.Grade.GOOD: N_("良好"),
        t.Grade.PASS: N_("合格"),
        t.Grade.FAIL: N_("不合格"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.ProjectState: {
        t.ProjectState.SET_UP: ("group_add", "blue"),
        t.ProjectState.RUNNING: ("construction", "blue"),
        t.ProjectState.HANDED_IN: ("fact_check", "orange"),
        t.ProjectState.REWORK: ("build", "red"),
        t.ProjectState.ACCEPTED: ("verified", "green"),
        t.ProjectState.STOPPED: ("cancel", "gray"),
    },
    t.Light: {
        t.Light.GREEN: ("check_circle", "green"),
        t.Light.AMBER: ("error", "orange"),
        t.Light.RED: ("warning", "red"),
    },
}

TABLES: dict[str, str] = {
    "project": N_("项目"),
    "project_source": N_("项目来源"),
    "indicator": N_("指标"),
    "target_change": N_("目标调整"),
    "reading": N_("进度填报"),
    "milestone": N_("节点"),
    "risk": N_("风险"),
    "acceptance": N_("验收"),
    "acceptance_score": N_("验收评分"),
}

PERMISSIONS: dict[str, str] = {
    "see_projects": N_("看项目"),
    "set_up_project": N_("立项"),
    "run_project": N_("推进项目"),
    "run_every_project": N_("推进任何项目"),
    "change_target": N_("调整目标"),
    "stop_project": N_("终止项目"),
    "hand_in_project": N_("提请验收"),
    "see_acceptance": N_("看验收"),
    "judge_project": N_("验收评分"),
    "decide_acceptance": N_("定验收结果"),
}
