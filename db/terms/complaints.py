"""Words of complaints and mediation; `db.terms` names them all."""

from enum import StrEnum


class EscalationTo(StrEnum):
    """Where a dispute goes that the parties cannot settle (上报)."""

    SUBDISTRICT = "subdistrict"  # 街道
    DEPARTMENT = "department"  # 职能部门


class MediationState(StrEnum):
    """协调会（沟通会）: from the first call to the last re-check."""

    REGISTERED = "registered"  # 已登记
    CONVENED = "convened"  # 已通知各方
    OPEN = "open"  # 协商中
    AGREED = "agreed"  # 达成共识，待复查
    NOT_AGREED = "not_agreed"  # 未达成
    RELAPSED = "relapsed"  # 反弹，重新协商
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


class ComplaintState(StrEnum):
    REGISTERED = "registered"  # 待交办
    HANDED_OVER = "handed_over"  # 办理中
    REPLIED = "replied"  # 已答复（待回访）
    CLOSED = "closed"  # 已办结
    REOPENED = "reopened"  # 反弹，重新办理
    VOID = "void"  # 作废


class ComplaintHaste(StrEnum):
    """What the due times of a complaint go by."""

    HOTLINE = "hotline"  # 一般，热线转来
    OWN = "own"  # 一般，社区自己收到
    URGENT = "urgent"  # 紧急
    SAFETY = "safety"  # 涉安全


class ResponsibleBody(StrEnum):
    """谁在台上: whose business it is; the community stands beside the stage (退到舞台旁边)."""

    COMMUNITY = "community"  # 社区
    OWNERS_COMMITTEE = "owners_committee"  # 业委会
    PROPERTY_COMPANY = "property_company"  # 物业公司
    DEPARTMENT = "department"  # 职能部门


class ComplaintStepKind(StrEnum):
    REGISTERED = "registered"  # 登记
    LINKED = "linked"  # 关联重复投诉
    UNLINKED = "unlinked"  # 取消关联
    HANDED_OVER = "handed_over"  # 交办
    CONTACTED = "contacted"  # 联系诉求人
    EXTENDED = "extended"  # 延期
    REPLIED = "replied"  # 答复
    REVISITED = "revisited"  # 回访
    CLOSED = "closed"  # 办结
    REOPENED = "reopened"  # 反弹
    MEDIATION = "mediation"  # 转协调会
    ESCALATED = "escalated"  # 上报
    PROJECT = "project"  # 关联项目
    NEED = "need"  # 转公共议题
    UNMASKED = "unmasked"  # 查看原值
    VOIDED = "voided"  # 作废
