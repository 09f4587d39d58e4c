"""Words of the council's seats, topics, notices and tasks, and of 四议两公开; `db.terms` names them all."""

from enum import StrEnum


class BodyKind(StrEnum):
    COUNCIL = "council"  # 居民议事会
    RESIDENTS_REPRESENTATIVES = "residents_representatives"  # 居民代表会议
    RESIDENTS = "residents"  # 居民会议
    VILLAGERS = "villagers"  # 村民会议
    VILLAGERS_REPRESENTATIVES = "villagers_representatives"  # 村民代表会议
    OWNERS_ADVISORY = "owners_advisory"  # 业主事项（仅供参考）


class NoticeState(StrEnum):
    RUNNING = "running"  # 公示中
    FINISHED = "finished"  # 公示期满
    WITHDRAWN = "withdrawn"  # 撤回


class PeriodKept(StrEnum):
    """Why a running period did not follow a day off or on that was set later."""

    OVER = "over"  # 期限已满
    PROMISED = "promised"  # 公示期不缩短
    BY_HAND = "by_hand"  # 人工定的日期


class ObjectionState(StrEnum):
    OPEN = "open"  # 待处理
    UPHELD = "upheld"  # 维持结果
    CHANGED = "changed"  # 修改方案
    REVOTE = "revote"  # 重新表决


class TopicSource(StrEnum):
    NEED = "need"  # 筛选转来的需求
    MEMBER = "member"  # 议事会成员提案
    SUBDISTRICT = "subdistrict"  # 街道交办


class TopicState(StrEnum):
    SUBMITTED = "submitted"  # 待审核
    ACCEPTED = "accepted"  # 受理（待上会）
    MERGED = "merged"  # 合并
    REFERRED = "referred"  # 转办
    DECLINED = "declined"  # 不予受理
    ON_AGENDA = "on_agenda"  # 已列议程


class TopicGround(StrEnum):
    """Why a topic is not for the council (docs/domain.md 5.2, negative list)."""

    ILLEGAL = "illegal"  # 违反法律法规
    STATUTORY_DUTY = "statutory_duty"  # 属职能部门法定职责
    LITIGATION = "litigation"  # 涉诉涉访
    PRIVACY = "privacy"  # 涉及个人隐私
    DECIDED = "decided"  # 已有决议
    OTHER = "other"  # 其他


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
    """四议两公开 (docs/domain.md 6): four discussions, two publications, and what stands between them."""

    PROPOSAL = "proposal"  # 党组织提议
    CONSULTATION = "consultation"  # “两委”会商议
    OPINIONS = "opinions"  # 征求意见
    REVIEW = "review"  # 党员大会审议
    RESOLUTION = "resolution"  # 村民（代表）会议决议
    RESOLUTION_POSTED = "resolution_posted"  # 决议公开
    IMPLEMENTATION = "implementation"  # 组织实施
    RESULT_POSTED = "result_posted"  # 实施结果公开


class VillageState(StrEnum):
    RUNNING = "running"  # 进行中
    FINISHED = "finished"  # 已完成
    STOPPED = "stopped"  # 未通过或终止
