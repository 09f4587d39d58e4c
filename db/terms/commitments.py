"""Words of members' commitments (承诺—践诺—评诺); `db.terms` names them all."""

from enum import StrEnum


class CommitmentState(StrEnum):
    """States of docs/domain.md 10.1, in their order."""

    DRAFT = "draft"  # 草拟
    SUBMITTED = "submitted"  # 待支部审核
    APPROVED = "approved"  # 审核通过
    PUBLISHED = "published"  # 亮诺公示
    KEEPING = "keeping"  # 践诺中
    PAUSED = "paused"  # 暂停
    TO_JUDGE = "to_judge"  # 待评
    JUDGED = "judged"  # 已评
    ENDED = "ended"  # 终止


class PromiseRhythm(StrEnum):
    """How often a promise comes due."""

    ONCE = "once"  # 一次
    WEEKLY = "weekly"  # 每周
    FORTNIGHTLY = "fortnightly"  # 每两周
    MONTHLY = "monthly"  # 每月
    QUARTERLY = "quarterly"  # 每季度
    YEARLY = "yearly"  # 每年


class Verdict(StrEnum):
    """What judges say of a promise (docs/domain.md 10.1)."""

    GOOD = "good"  # 好
    RATHER_GOOD = "rather_good"  # 较好
    FAIR = "fair"  # 一般
    POOR = "poor"  # 差


class WitnessKind(StrEnum):
    """证明人 of a kept promise."""

    RESIDENT = "resident"  # 服务对象
    COLLEAGUE = "colleague"  # 党员或志愿者
    STAFF = "staff"  # 社区工作者
    ORDER = "order"  # 订单
    ACTIVITY = "activity"  # 活动
    NONE = "none"  # 没有证明人


class CommitmentHappening(StrEnum):
    """What happened to a promise."""

    WRITTEN = "written"  # 写下
    SUBMITTED = "submitted"  # 提交审核
    TAKEN_BACK = "taken_back"  # 撤回
    RETURNED = "returned"  # 退回
    APPROVED = "approved"  # 审核通过
    PUBLISHED = "published"  # 亮诺公示
    BEGUN = "begun"  # 开始践诺
    PAUSED = "paused"  # 暂停
    RESUMED = "resumed"  # 恢复
    CHANGED = "changed"  # 变更
    FELL_DUE = "fell_due"  # 到期待评
    JUDGED = "judged"  # 已评
    ENDED = "ended"  # 终止


class JudgeSide(StrEnum):
    """Whose word on a promise it is; the three stand apart (docs/domain.md 10.1)."""

    RESIDENTS = "residents"  # 群众评
    MEMBERS = "members"  # 党员评
    ORGANISATION = "organisation"  # 组织评


class JudgeWay(StrEnum):
    """How a word was given."""

    PHONE = "phone"  # 电话回访
    PAPER = "paper"  # 纸质评议
    MEETING = "meeting"  # 会上评议
    VISIT = "visit"  # 上门
    PAGE = "page"  # 扫码评


class SheetState(StrEnum):
    """Life of a quarter's sheet: the member confirms, the branch reviews, it is posted."""

    DRAFT = "draft"  # 待本人确认
    CONFIRMED = "confirmed"  # 待支部审核
    REVIEWED = "reviewed"  # 可以张贴
    POSTED = "posted"  # 已张贴


class PoliticalDay(StrEnum):
    """Which day a member's 政治生日 is."""

    JOINED = "joined"  # 入党日
    FULL = "full"  # 转正日


class ReviewState(StrEnum):
    """Life of a branch's yearly review: it is worked on, one person proposes to close it, another one confirms."""

    OPEN = "open"  # 评议中
    PROPOSED = "proposed"  # 待另一人确认
    CLOSED = "closed"  # 已结束


class ReviewStanding(StrEnum):
    """Whether somebody on the frozen list is graded, and why not."""

    DUE = "due"  # 应评定
    PROBATIONARY = "probationary"  # 预备党员，参加不评定
    EXCUSED = "excused"  # 暂不评定
    LEFT = "left"  # 已离册
    MOVED = "moved"  # 已换支部
    MERGED = "merged"  # 登记已合并


class ReviewGrade(StrEnum):
    """等次 of 民主评议党员 (docs/domain.md 10.5)."""

    EXCELLENT = "excellent"  # 优秀
    QUALIFIED = "qualified"  # 合格
    BASIC = "basic"  # 基本合格
    UNQUALIFIED = "unqualified"  # 不合格


class ReviewStep(StrEnum):
    """What comes next for one member."""

    SELF = "self"  # 待自评
    BALLOT = "ballot"  # 待测评计票
    COUNTERSIGN = "countersign"  # 计票待核对
    GRADE = "grade"  # 待组织评定
    DONE = "done"  # 已完成
