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
