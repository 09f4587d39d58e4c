"""The words of a council meeting and of what stands around it; the second page of `db.terms`."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """What an item asks of the voters (`db.rules.question`)."""

    MOTION = "motion"  # 赞成/反对/弃权
    CHOOSE = "choose"  # 从 n 项中选最多 k 项
    SCORE = "score"  # 0–10 打分
    RANK = "rank"  # 排序(一名: 即时决选; 多名: 可转移单票)
    BUDGET = "budget"  # 预算分配


class BudgetRule(StrEnum):
    BY_VOTES = "by_votes"  # 按得票从高到低,预算内依次入选
    EQUAL_SHARES = "equal_shares"  # 等额份额法


class SlipState(StrEnum):
    READY = "ready"  # 可用
    VOID = "void"  # 作废(余票、破损、离会交回)


class TopicSource(StrEnum):
    NEED = "need"  # 筛选转来的需求
    MEMBER = "member"  # 议事会成员提案
    SUBDISTRICT = "subdistrict"  # 街道交办


class TopicState(StrEnum):
    SUBMITTED = "submitted"  # 待审核
    ACCEPTED = "accepted"  # 受理(待上会)
    MERGED = "merged"  # 合并
    REFERRED = "referred"  # 转办
    DECLINED = "declined"  # 不予受理
    ON_AGENDA = "on_agenda"  # 已列议程


class TopicGround(StrEnum):
    """Why a topic is not for the council (DOMAIN B.1.2, negative list)."""

    ILLEGAL = "illegal"  # 违反法律法规
    STATUTORY_DUTY = "statutory_duty"  # 属职能部门法定职责
    LITIGATION = "litigation"  # 涉诉涉访
    PRIVACY = "privacy"  # 涉及个人隐私
    DECIDED = "decided"  # 已有决议
    OTHER = "other"  # 其他


class SpeakerSide(StrEnum):
    FOR = "for"  # 支持
    AGAINST = "against"  # 反对
    NEUTRAL = "neutral"  # 询问/说明


class SpeakerState(StrEnum):
    WAITING = "waiting"  # 排队
    SPEAKING = "speaking"  # 发言中
    DONE = "done"  # 已发言
    WITHDRAWN = "withdrawn"  # 放弃


class TaskState(StrEnum):
    OPEN = "open"  # 办理中
    DONE = "done"  # 已办结
    CANCELLED = "cancelled"  # 取消


class CorrectionField(StrEnum):
    """What of a record may hold a clerical error."""

    TITLE = "title"  # 议题名称
    MOTION = "motion"  # 动议文字
    POINT = "point"  # 发言要点
    TELLER = "teller"  # 计票人、监票人姓名


class CorrectionState(StrEnum):
    ASKED = "asked"  # 待第二人核对
    CONFIRMED = "confirmed"  # 已更正
    REFUSED = "refused"  # 不予更正


class VillageStep(StrEnum):
    """四议两公开 (DOMAIN B.2): four discussions, two publications, and what stands between them."""

    PROPOSAL = "proposal"  # 党组织提议
    CONSULTATION = "consultation"  # “两委”会商议
    OPINIONS = "opinions"  # 征求意见
    REVIEW = "review"  # 党员大会审议
    RESOLUTION = "resolution"  # 村民(代表)会议决议
    RESOLUTION_POSTED = "resolution_posted"  # 决议公开
    IMPLEMENTATION = "implementation"  # 组织实施
    RESULT_POSTED = "result_posted"  # 实施结果公开


class VillageState(StrEnum):
    RUNNING = "running"  # 进行中
    FINISHED = "finished"  # 已完成
    STOPPED = "stopped"  # 未通过或终止


class MediationState(StrEnum):
    """协调会(沟通会): from the first call to the last re-check."""

    REGISTERED = "registered"  # 已登记
    CONVENED = "convened"  # 已通知各方
    OPEN = "open"  # 协商中
    AGREED = "agreed"  # 达成共识,待复查
    NOT_AGREED = "not_agreed"  # 未达成
    RELAPSED = "relapsed"  # 反弹,重新协商
    SETTLED = "settled"  # 已解决
    ESCALATED = "escalated"  # 已上报


class PartyKind(StrEnum):
    DEPARTMENT = "department"  # 职能部门
    BUSINESS = "business"  # 经营户
    OWNERS = "owners"  # 业主代表
    RESIDENT = "resident"  # 居民
    PROPERTY_COMPANY = "property_company"  # 物业
    OWNERS_COMMITTEE = "owners_committee"  # 业委会
    OTHER = "other"  # 其他
