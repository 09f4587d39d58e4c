"""Words of activities; `db.terms` names them all."""

from enum import StrEnum


class ActivityKind(StrEnum):
    """活动类型 (docs/domain.md 2, E1 to E7; A2-08, A2-26)."""

    SERVICE = "service"  # 志愿服务
    SALON = "salon"  # 沙龙
    CRAFT = "craft"  # 手工课
    TRAINING = "training"  # 培训
    PLANTING = "planting"  # 植树
    OUTING = "outing"  # 出游陪访
    MARKET = "market"  # 便民集市
    TALK = "talk"  # 宣讲
    WALL_DAY = "wall_day"  # 承诺墙活动
    VISIT = "visit"  # 慰问
    SPORTS = "sports"  # 文体


class HostPart(StrEnum):
    """What a unit is to an activity (docs/domain.md 10.7)."""

    LEAD = "lead"  # 主办
    CO = "co"  # 协办


class SeatState(StrEnum):
    """Whether somebody who signed up has a place."""

    IN = "in"  # 已报上
    WAITING = "waiting"  # 候补
    CANCELLED = "cancelled"  # 已取消


class SignUpWay(StrEnum):
    """How a sign-up came."""

    STAFF = "staff"  # 工作人员登记
    PAGE = "page"  # 扫码报名
    LIST = "list"  # 接龙名单


class QueueLength(StrEnum):
    """排队情况 at a stall of a market day, in words: nobody counts heads while serving."""

    NOBODY = "nobody"  # 没人排
    FEW = "few"  # 几个人
    LONG = "long"  # 排长队


class Staffing(StrEnum):
    """Whether enough people serve at a stall; drawn from who is there, never stored."""

    FULL = "full"  # 人齐
    SHORT = "short"  # 缺人
    OFF = "off"  # 已撤摊


class TallyKind(StrEnum):
    """What comes from a stall."""

    COUNT = "count"  # 计数
    QUEUE = "queue"  # 排队情况
    NOTE = "note"  # 收摊小记
    CORRECTION = "correction"  # 更正


class LeavingCheck(StrEnum):
    """出发前核对 of one elder; a tick says that it was looked at, never what it was."""

    MEDICINE = "medicine"  # 随身药品（不用药的也问过）
    PAPERS = "papers"  # 身份证件
    PHONE = "phone"  # 手机与联系电话
    FEELS_WELL = "feels_well"  # 本人说身体可以出门
    FAMILY_KNOWS = "family_knows"  # 家属知道今天外出


class ReturnCheck(StrEnum):
    """返回后核对 of one elder."""

    HOME = "home"  # 送到家门口
    THINGS = "things"  # 随身物品都在
    FEELS_WELL = "feels_well"  # 本人说身体没有不舒服
    FAMILY_TOLD = "family_told"  # 已告诉家属


class EscortChange(StrEnum):
    """What happened to a pair of elder and escort."""

    PAIRED = "paired"  # 结伴
    REPLACED = "replaced"  # 换陪访人
    DROPPED = "dropped"  # 陪访人退出
    LEFT = "left"  # 出发
    RETURNED = "returned"  # 返回
    STAYED = "stayed"  # 不去了
    CONTACT_SEEN = "contact_seen"  # 查看紧急联系人


class PairStand(StrEnum):
    """Where a pair of elder and escort stands; drawn from its times, never stored."""

    WAITING = "waiting"  # 待出发
    OUT = "out"  # 在外
    BACK = "back"  # 已返回
    STAYS = "stays"  # 不去
