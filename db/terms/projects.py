"""Words of projects and acceptance; `db.terms` names them all."""

from enum import StrEnum


class ProjectKind(StrEnum):
    COUNCIL = "council"  # 议事会项目
    SECRETARY_LED = "secretary_led"  # 书记领办
    LIVELIHOOD = "livelihood"  # 民生实事


class ProjectDirection(StrEnum):
    """立项方向 of a secretary-led project (docs/domain.md A1-01)."""

    CORE = "core"  # 领导核心作用
    LEADERS = "leaders"  # 带头人队伍
    CHANNELS = "channels"  # 服务群众渠道


class ProjectState(StrEnum):
    SET_UP = "set_up"  # 已立项（组队中）
    RUNNING = "running"  # 实施中
    HANDED_IN = "handed_in"  # 待验收
    REWORK = "rework"  # 整改中
    ACCEPTED = "accepted"  # 已验收
    STOPPED = "stopped"  # 终止


class IndicatorKind(StrEnum):
    QUANTITY = "quantity"  # 数量
    QUALITY = "quality"  # 质量
    TIME = "time"  # 时效
    REACH = "reach"  # 受益


class GoalClass(StrEnum):
    """量化分类: what a goal in numbers counts. Satisfaction is a level and is never added up."""

    VISITS = "visits"  # 服务人次
    HOUSEHOLDS = "households"  # 受益户数
    SESSIONS = "sessions"  # 活动场次
    FACILITIES = "facilities"  # 设施
    SATISFACTION = "satisfaction"  # 满意度
    OTHER = "other"  # 其他


class Light(StrEnum):
    """State of a project at a glance; always shown with its word and reason."""

    GREEN = "green"  # 正常
    AMBER = "amber"  # 关注
    RED = "red"  # 滞后


class RiskLevel(StrEnum):
    LOW = "low"  # 低
    MEDIUM = "medium"  # 中
    HIGH = "high"  # 高


class AcceptanceState(StrEnum):
    JUDGING = "judging"  # 评审中
    DECIDED = "decided"  # 已定等次


class Grade(StrEnum):
    EXCELLENT = "excellent"  # 优秀
    GOOD = "good"  # 良好
    PASS = "pass"  # 合格  # noqa: S105
    FAIL = "fail"  # 不合格


class StageBody(StrEnum):
    """Who can stand on the stage of a project (谁在台上)."""

    COMMUNITY = "community"  # 社区
    OWNERS_ASSEMBLY = "owners_assembly"  # 业主大会
    OWNERS_COMMITTEE = "owners_committee"  # 业委会
    PROPERTY_COMPANY = "property_company"  # 物业公司
    UNIT = "unit"  # 共建单位
    DEPARTMENT = "department"  # 职能部门


class StagePart(StrEnum):
    LEAD = "lead"  # 主办
    ASSIST = "assist"  # 协办


class ElectionStepKind(StrEnum):
    """The steps of an owners' committee election (业委会选举), in their order; `db.rules.projects.election`."""

    GROUP = "group"  # 成立筹备组
    GROUP_NOTICE = "group_notice"  # 筹备组名单公示
    CANDIDATES = "candidates"  # 推荐候选人
    CANDIDATE_NOTICE = "candidate_notice"  # 候选人名单公示
    MEETING_NOTICE = "meeting_notice"  # 业主大会会议通知
    VOTE = "vote"  # 业主表决
    RESULT_NOTICE = "result_notice"  # 结果公示
    FILING = "filing"  # 备案
    HANDOVER = "handover"  # 移交
