"""Words of projects and acceptance; `db.terms` names them all."""

from enum import StrEnum


class ProjectKind(StrEnum):
    COUNCIL = "council"  # 议事会项目
    SECRETARY_LED = "secretary_led"  # 书记领办
    LIVELIHOOD = "livelihood"  # 民生实事


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
