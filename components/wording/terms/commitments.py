"""Words of members' commitments."""

from enum import StrEnum

from components.wording import N_
from db.terms import (
    CommitmentHappening,
    CommitmentState,
    JudgeSide,
    JudgeWay,
    PoliticalDay,
    PromiseRhythm,
    ReviewGrade,
    ReviewStanding,
    ReviewState,
    ReviewStep,
    SheetState,
    Verdict,
    WitnessKind,
)

S, H = CommitmentState, CommitmentHappening
LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    CommitmentState: {
        S.DRAFT: N_("草拟"),
        S.SUBMITTED: N_("待支部审核"),
        S.APPROVED: N_("审核通过"),
        S.PUBLISHED: N_("亮诺公示"),
        S.KEEPING: N_("践诺中"),
        S.PAUSED: N_("暂停"),
        S.TO_JUDGE: N_("待评"),
        S.JUDGED: N_("已评"),
        S.ENDED: N_("终止"),
    },
    PromiseRhythm: {
        PromiseRhythm.ONCE: N_("一次"),
        PromiseRhythm.WEEKLY: N_("每周"),
        PromiseRhythm.FORTNIGHTLY: N_("每两周"),
        PromiseRhythm.MONTHLY: N_("每月"),
        PromiseRhythm.QUARTERLY: N_("每季度"),
        PromiseRhythm.YEARLY: N_("每年"),
    },
    Verdict: {
        Verdict.GOOD: N_("好"),
        Verdict.RATHER_GOOD: N_("较好"),
        Verdict.FAIR: N_("一般"),
        Verdict.POOR: N_("差"),
    },
    JudgeSide: {
        JudgeSide.RESIDENTS: N_("群众评"),
        JudgeSide.MEMBERS: N_("党员评"),
        JudgeSide.ORGANISATION: N_("组织评"),
    },
    JudgeWay: {
        JudgeWay.PHONE: N_("电话回访"),
        JudgeWay.PAPER: N_("纸质评议"),
        JudgeWay.MEETING: N_("会上评议"),
        JudgeWay.VISIT: N_("上门听取"),
    },
    SheetState: {
        SheetState.DRAFT: N_("待本人确认"),
        SheetState.CONFIRMED: N_("待支部审核"),
        SheetState.REVIEWED: N_("可以张贴"),
        SheetState.POSTED: N_("已张贴"),
    },
    PoliticalDay: {
        PoliticalDay.JOINED: N_("入党日"),
        PoliticalDay.FULL: N_("转正日"),
    },
    WitnessKind: {
        WitnessKind.RESIDENT: N_("服务对象"),
        WitnessKind.COLLEAGUE: N_("党员或志愿者"),
        WitnessKind.STAFF: N_("社区工作者"),
        WitnessKind.ORDER: N_("订单"),
        WitnessKind.ACTIVITY: N_("活动"),
        WitnessKind.NONE: N_("没有证明人"),
    },
    CommitmentHappening: {
        H.WRITTEN: N_("写下承诺"),
        H.SUBMITTED: N_("提交审核"),
        H.TAKEN_BACK: N_("撤回"),
        H.RETURNED: N_("支部退回"),
        H.APPROVED: N_("审核通过"),
        H.PUBLISHED: N_("亮诺公示"),
        H.BEGUN: N_("开始践诺"),
        H.PAUSED: N_("暂停"),
        H.RESUMED: N_("恢复"),
        H.CHANGED: N_("变更"),
        H.FELL_DUE: N_("到期待评"),
        H.JUDGED: N_("已评"),
        H.ENDED: N_("终止"),
    },
    ReviewState: {
        ReviewState.OPEN: N_("评议中"),
        ReviewState.PROPOSED: N_("待另一人确认"),
        ReviewState.CLOSED: N_("评议结束"),
    },
    ReviewStanding: {
        ReviewStanding.DUE: N_("应评定"),
        ReviewStanding.PROBATIONARY: N_("预备党员，参加评议、不评定等次"),
        ReviewStanding.EXCUSED: N_("暂不评定"),
        ReviewStanding.LEFT: N_("已离册，不评定"),
        ReviewStanding.MOVED: N_("已换支部，不评定"),
        ReviewStanding.MERGED: N_("登记已合并，不评定"),
    },
    ReviewGrade: {
        ReviewGrade.EXCELLENT: N_("优秀"),
        ReviewGrade.QUALIFIED: N_("合格"),
        ReviewGrade.BASIC: N_("基本合格"),
        ReviewGrade.UNQUALIFIED: N_("不合格"),
    },
    ReviewStep: {
        ReviewStep.SELF: N_("待自评"),
        ReviewStep.BALLOT: N_("待测评计票"),
        ReviewStep.COUNTERSIGN: N_("计票待核对"),
        ReviewStep.GRADE: N_("待组织评定"),
        ReviewStep.DONE: N_("齐了"),
    },
}
LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    CommitmentState: {
        S.DRAFT: ("edit", "gray"),
        S.SUBMITTED: ("hourglass_top", "orange"),
        S.APPROVED: ("task_alt", "blue"),
        S.PUBLISHED: ("campaign", "blue"),
        S.KEEPING: ("directions_walk", "green"),
        S.PAUSED: ("pause_circle", "gray"),
        S.TO_JUDGE: ("rate_review", "orange"),
        S.JUDGED: ("verified", "green"),
        S.ENDED: ("block", "gray"),
    },
    SheetState: {
        SheetState.DRAFT: ("edit", "orange"),
        SheetState.CONFIRMED: ("hourglass_top", "orange"),
        SheetState.REVIEWED: ("task_alt", "blue"),
        SheetState.POSTED: ("campaign", "green"),
    },
    ReviewState: {
        ReviewState.OPEN: ("rate_review", "blue"),
        ReviewState.PROPOSED: ("hourglass_top", "orange"),
        ReviewState.CLOSED: ("verified", "green"),
    },
    ReviewStep: {
        ReviewStep.SELF: ("edit", "gray"),
        ReviewStep.BALLOT: ("how_to_vote", "gray"),
        ReviewStep.COUNTERSIGN: ("hourglass_top", "orange"),
        ReviewStep.GRADE: ("gavel", "blue"),
        ReviewStep.DONE: ("task_alt", "green"),
    },
}

TABLES: dict[str, str] = {
    "commitment": N_("承诺"),
    "commitment_version": N_("承诺旧文"),
    "commitment_step": N_("承诺经过"),
    "commitment_pause": N_("承诺暂停"),
    "commitment_miss": N_("未践诺说明"),
    "keeping": N_("践诺纪实"),
    "commitment_verdict": N_("评诺记录"),
    "quarter_sheet": N_("季度亮绩单"),
    "birthday_rule": N_("政治生日规则"),
    "wall_code": N_("承诺墙专属码"),
    "wall_scan": N_("承诺墙扫码数"),
    "yearly_review": N_("民主评议"),
    "reviewed_member": N_("民主评议名单"),
    "review_tally": N_("民主测评计票"),
    "review_correction": N_("评议等次更正"),
}
PERMISSIONS: dict[str, str] = {
    "see_commitments": N_("查看承诺"),
    "read_commitment": N_("查看本人的承诺"),
    "make_commitment": N_("写承诺"),
    "review_commitment": N_("审核承诺"),
    "keep_commitment": N_("记录践诺"),
    "manage_wall": N_("管理承诺墙"),
    "run_review": N_("主持民主评议"),
    "assess_self": N_("写个人自评"),
}
