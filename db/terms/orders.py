"""Words of 三单制; `db.terms` names them all."""

from enum import StrEnum


class ServiceGroup(StrEnum):
    """Groups of the catalogue (docs/domain.md 11.1)."""

    HOME = "home"  # 家政（保姆介绍、洗衣、打扫）
    ERRAND = "errand"  # 代办（代买菜、代缴费）
    REPAIR = "repair"  # 维修
    CARRY = "carry"  # 搬运
    MEAL = "meal"  # 助餐
    HEALTH = "health"  # 助医（测血压、陪诊）
    COMPANY = "company"  # 陪聊与巡视探访
    LEARNING = "learning"  # 助学（手机课、兴趣课）


class FeeKind(StrEnum):
    FREE = "free"  # 免费
    LOW = "low"  # 低偿
    PAID = "paid"  # 有偿


class OrderChannel(StrEnum):
    PHONE = "phone"  # 电话
    DOOR = "door"  # 上门
    DESK = "desk"  # 服务窗口
    POSTER = "poster"  # 扫码
    NEED = "need"  # 需求转来
    SERIES = "series"  # 定期服务


class OrderState(StrEnum):
    """States of docs/domain.md 11.1, in their order."""

    WAITING = "waiting"  # 待受理
    TAKEN = "taken"  # 已受理（待派单）
    OFFERED = "offered"  # 已派单（待接单）
    ACCEPTED = "accepted"  # 已接单
    IN_SERVICE = "in_service"  # 服务中
    DONE = "done"  # 已完成（待双方确认）
    CONFIRMED = "confirmed"  # 双方已确认（待回访）
    REVISITED = "revisited"  # 已回访（已评单）
    CLOSED = "closed"  # 关闭
    CANCELLED = "cancelled"  # 取消


class AssignmentState(StrEnum):
    OFFERED = "offered"  # 待接单
    ACCEPTED = "accepted"  # 已接单
    DECLINED = "declined"  # 拒单
    WITHDRAWN = "withdrawn"  # 改派
    SWAPPED = "swapped"  # 换班


class ConfirmedBy(StrEnum):
    """How the resident's word came."""

    CODE = "code"  # 确认码
    CALL = "call"  # 电话回访
    PAPER = "paper"  # 纸质签字


class OrderCaseKind(StrEnum):
    FOLLOW_UP = "follow_up"  # 差评跟进
    REVIEW = "review"  # 争议复核


class Rhythm(StrEnum):
    WEEKLY = "weekly"  # 每周
    FORTNIGHTLY = "fortnightly"  # 每两周
    MONTHLY = "monthly"  # 每月
