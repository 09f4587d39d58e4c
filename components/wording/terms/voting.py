"""Words and looks of `db.terms.voting`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.MajorityBase: {
        t.MajorityBase.PRESENT: N_("实到"),
        t.MajorityBase.MEMBERS: N_("全体成员"),
        t.MajorityBase.VALID: N_("有效票"),
        t.MajorityBase.PARTICIPATING: N_("参与表决"),
    },
    t.TieRule: {
        t.TieRule.NOT_PASSED: N_("视为未通过"),
        t.TieRule.BACK_TO_DISCUSSION: N_("退回再议"),
        t.TieRule.VOTE_AGAIN: N_("再表决一次"),
    },
    t.VoteMethod: {
        t.VoteMethod.HANDS: N_("举手表决"),
        t.VoteMethod.NAMED: N_("线上记名表决"),
        t.VoteMethod.SLIP: N_("票码表决（无记名）"),
        t.VoteMethod.PAPER: N_("纸质票（无记名）"),
        t.VoteMethod.ASSISTED: N_("协助填写（有见证人）"),
    },
    t.Choice: {
        t.Choice.FOR: N_("赞成"),
        t.Choice.AGAINST: N_("反对"),
        t.Choice.ABSTAIN: N_("弃权"),
    },
    t.BallotState: {
        t.BallotState.OPEN: N_("表决中"),
        t.BallotState.STOPPED: N_("已截止，待宣布"),
        t.BallotState.CLOSED: N_("已计票"),
        t.BallotState.CANCELLED: N_("作废"),
    },
    t.Outcome: {
        t.Outcome.PASSED: N_("通过"),
        t.Outcome.NOT_PASSED: N_("未通过"),
        t.Outcome.TIE: N_("同票，未通过"),
        t.Outcome.NO_QUORUM: N_("到会不足，不得表决"),
    },
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
    t.Completion: {
        t.Completion.NONE: N_("余款不再分"),
        t.Completion.BY_VOTES: N_("余款按得票补足"),
        t.Completion.RAISED: N_("份额逐元提高"),
        t.Completion.RAISED_BY_VOTES: N_("份额逐元提高，余款按得票补足"),
    },
    t.RankRule: {
        t.RankRule.EXACT: N_("精确分数"),
        t.RankRule.SCOTTISH: N_("苏格兰计票法"),
    },
    t.SlipState: {t.SlipState.READY: N_("可用"), t.SlipState.VOID: N_("作废")},
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.Outcome: {
        t.Outcome.PASSED: ("check_circle", "green"),
        t.Outcome.NOT_PASSED: ("cancel", "red"),
        t.Outcome.TIE: ("balance", "orange"),
        t.Outcome.NO_QUORUM: ("group_off", "red"),
    },
}

TABLES: dict[str, str] = {
    "ballot": N_("表决"),
    "ballot_voter": N_("表决名册"),
    "ballot_way": N_("表决账目"),
    "named_vote": N_("记名票"),
    "hand_count": N_("举手计票"),
    "slip": N_("票码"),
    "slip_aside": N_("暂扣票号"),
    "paper_count": N_("纸质票录入"),
}

PERMISSIONS: dict[str, str] = {
    "count_hands": N_("清点举手"),
    "cast_ballot": N_("投票"),
    "print_slips": N_("印票码"),
    "enter_paper": N_("录入纸质票"),
}
