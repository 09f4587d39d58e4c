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
    t.ProjectDirection: {
        t.ProjectDirection.CORE: N_("领导核心作用"),
        t.ProjectDirection.LEADERS: N_("带头人队伍"),
        t.ProjectDirection.CHANNELS: N_("服务群众渠道"),
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
    t.GoalClass: {
        t.GoalClass.VISITS: N_("服务人次"),
        t.GoalClass.HOUSEHOLDS: N_("受益户数"),
        t.GoalClass.SESSIONS: N_("活动场次"),
        t.GoalClass.FACILITIES: N_("设施"),
        t.GoalClass.SATISFACTION: N_("满意度"),
        t.GoalClass.OTHER: N_("其他"),
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
    t.StageBody: {
        t.StageBody.COMMUNITY: N_("社区"),
        t.StageBody.OWNERS_ASSEMBLY: N_("业主大会"),
        t.StageBody.OWNERS_COMMITTEE: N_("业委会"),
        t.StageBody.PROPERTY_COMPANY: N_("物业公司"),
        t.StageBody.UNIT: N_("共建单位"),
        t.StageBody.DEPARTMENT: N_("职能部门"),
    },
    t.StagePart: {
        t.StagePart.LEAD: N_("主办"),
        t.StagePart.ASSIST: N_("协办"),
    },
    t.ElectionStepKind: {
        t.ElectionStepKind.GROUP: N_("成立筹备组"),
        t.ElectionStepKind.GROUP_NOTICE: N_("筹备组名单公示"),
        t.ElectionStepKind.CANDIDATES: N_("推荐候选人"),
        t.ElectionStepKind.CANDIDATE_NOTICE: N_("候选人名单公示"),
        t.ElectionStepKind.MEETING_NOTICE: N_("业主大会会议通知"),
        t.ElectionStepKind.VOTE: N_("业主表决"),
        t.ElectionStepKind.RESULT_NOTICE: N_("表决结果公示"),
        t.ElectionStepKind.FILING: N_("向街道和房管部门备案"),
        t.ElectionStepKind.HANDOVER: N_("新旧业委会移交"),
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
    "project_role": N_("谁在台上"),
    "election": N_("业委会选举"),
    "election_step": N_("业委会选举步骤"),
    "indicator_class": N_("量化分类"),
    "led_round": N_("书记领办年度"),
    "led_project": N_("书记领办方向"),
    "project_duty": N_("责任分工"),
    "defence": N_("书记项目答辩"),
    "defence_entry": N_("答辩项目"),
    "defence_judge": N_("答辩评委"),
    "defence_sheet": N_("答辩评分表"),
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
    "plan_round": N_("定年度书记领办数"),
    "see_defence": N_("看书记项目答辩"),
    "run_defence": N_("办书记项目答辩"),
    "give_defence_sheet": N_("答辩评分"),
}
