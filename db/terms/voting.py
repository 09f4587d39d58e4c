"""Words of ballots and of house rules; `db.terms` names them all."""

from enum import StrEnum


class MajorityBase(StrEnum):
    """Whom a majority is counted of (基数)."""

    PRESENT = "present"  # 实到（含弃权）
    MEMBERS = "members"  # 全体成员
    VALID = "valid"  # 有效票
    PARTICIPATING = "participating"  # 参与表决


class TieRule(StrEnum):
    NOT_PASSED = "not_passed"  # 未通过
    BACK_TO_DISCUSSION = "back_to_discussion"  # 退回再议
    VOTE_AGAIN = "vote_again"  # 再表决一次


class VoteMethod(StrEnum):
    HANDS = "hands"  # 举手表决
    NAMED = "named"  # 线上记名表决
    SLIP = "slip"  # 票码（无记名）: a code on paper, cast on any phone
    PAPER = "paper"  # 纸质票（无记名）
    ASSISTED = "assisted"  # 协助填写（有见证人）: said aloud, entered by staff before a witness; by name


class Choice(StrEnum):
    FOR = "for"  # 赞成
    AGAINST = "against"  # 反对
    ABSTAIN = "abstain"  # 弃权


class BallotState(StrEnum):
    """A stopped ballot takes no vote and shows nothing yet; the chair may resume it until it is announced."""

    OPEN = "open"  # 表决中
    STOPPED = "stopped"  # 已截止，待宣布
    CLOSED = "closed"  # 已计票
    CANCELLED = "cancelled"  # 作废


class Outcome(StrEnum):
    PASSED = "passed"  # 通过
    NOT_PASSED = "not_passed"  # 未通过
    TIE = "tie"  # 同票，未通过
    NO_QUORUM = "no_quorum"  # 到会不足，不得表决


class QuestionKind(StrEnum):
    """What an item asks of the voters (`db.rules.voting.question`)."""

    MOTION = "motion"  # 赞成/反对/弃权
    CHOOSE = "choose"  # 从 n 项中选最多 k 项
    SCORE = "score"  # 0–10 打分
    RANK = "rank"  # 排序（一名：即时决选；多名：可转移单票）
    BUDGET = "budget"  # 预算分配


class BudgetRule(StrEnum):
    BY_VOTES = "by_votes"  # 按得票从高到低，预算内依次入选
    EQUAL_SHARES = "equal_shares"  # 等额份额法


class Completion(StrEnum):
    """What becomes of the money that equal shares leave unspent (`db.rules.voting.tally_completion`)."""

    NONE = "none"  # 余款不再分
    BY_VOTES = "by_votes"  # 余款按得票补足 (utilitarian greedy, "U")
    RAISED = "raised"  # 逐元提高份额 (raising the budget, "Add1")
    RAISED_BY_VOTES = "raised_by_votes"  # 先提高份额，余款再按得票补足 ("Add1U")


class RankRule(StrEnum):
    """How a ranking is counted (`db.rules.voting.tally_rank`, `tally_scottish`)."""

    EXACT = "exact"  # 精确分数
    SCOTTISH = "scottish"  # 苏格兰地方选举计票法


class SlipState(StrEnum):
    READY = "ready"  # 可用
    VOID = "void"  # 作废（余票、破损、离会交回）
