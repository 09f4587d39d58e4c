"""Words of rotas, slots and turns; `db.terms` names them all."""

from enum import StrEnum


class RotaState(StrEnum):
    DRAFT = "draft"  # 编排中
    OPEN = "open"  # 招募中
    CLOSED = "closed"  # 已结束


class TurnState(StrEnum):
    """A volunteer in a slot."""

    TAKEN = "taken"  # 已认领
    GIVEN_BACK = "given_back"  # 已退回
    REPLACED = "replaced"  # 已替换
    SWAPPED = "swapped"  # 已换班
    SERVED = "served"  # 已到岗
    MISSED = "missed"  # 未到岗
    CALLED_OFF = "called_off"  # 班次取消


HOLDS_A_PLACE = (TurnState.TAKEN, TurnState.SERVED, TurnState.MISSED)
"""A turn in one of these states takes up a place of its slot."""


class SwapState(StrEnum):
    """What became of a wish to change turns; it needs both to agree."""

    ASKED = "asked"  # 待答复
    AGREED = "agreed"  # 已换班
    DECLINED = "declined"  # 未同意
    WITHDRAWN = "withdrawn"  # 已撤回


class DaysOff(StrEnum):
    """What a template does on days off."""

    ALSO = "also"  # 照常排
    NO_FESTIVALS = "no_festivals"  # 法定节假日不排
    WORKDAYS = "workdays"  # 只排工作日（含调休上班）
    OFF_ONLY = "off_only"  # 只排休息日


class MonthEnd(StrEnum):
    """What a monthly template does in a month that lacks its day."""

    LAST_DAY = "last_day"  # 改在月末
    LEFT_OUT = "left_out"  # 当月不排


class SlotRhythm(StrEnum):
    """How often a template comes."""

    ONCE = "once"  # 只一天
    DAILY = "daily"  # 每天
    WEEKLY = "weekly"  # 每周
    MONTHLY = "monthly"  # 每月


class TurnNews(StrEnum):
    """What somebody must still be told about their turn."""

    PUT_IN = "put_in"  # 已排班
    MOVED = "moved"  # 时间改了
    TAKEN_OUT = "taken_out"  # 已换人
    CALLED_OFF = "called_off"  # 班次取消
