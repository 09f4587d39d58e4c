"""Rotas in words: when a slot is, why it suits, what must be asked."""

from collections.abc import Iterable
from datetime import datetime

from components.wording import N_, _, noted, side_by_side
from components.wording.dates import clock, short_day, today
from db.queries.rota.rotas import Gaps
from db.rules.rota.conflicts import Against, Hard, Soft
from db.rules.rota.fit import Why

WHY: dict[str, str] = {
    Why.FREE: N_("时间合适"),
    Why.NEAR: N_("同一小区"),
    Why.SKILL: N_("特长相符"),
    Why.AGAIN: N_("做过这个点位"),
    Why.SHORT: N_("还缺人"),
    Why.FEW: N_("近期班少"),
    Why.TIME_UNKNOWN: N_("没有登记时间，需先问"),
}
SOFT: dict[str, str] = {
    Soft.CLOSE: N_("和另一班间隔不到一小时"),
    Soft.SECOND: N_("当天第二班"),
    Soft.NOT_FREE: N_("不在登记的空闲时间"),
}
HARD: dict[str, str] = {
    Hard.SAME_SLOT: N_("您已经在这一班里"),
    Hard.PAST: N_("已经开始或过去了"),
    Hard.CALLED_OFF: N_("这一班取消了"),
    Hard.OVERLAP: N_("这个时间您已有别的安排"),
    Hard.DAY_FULL: N_("这一天加起来超过 12 小时"),
}


def hours_of(starts_at: datetime, ends_at: datetime) -> str:
    """06:00–14:00; 22:00–次日06:00 over midnight."""
    end = clock(ends_at)
    if today(ends_at) != today(starts_at):
        end = _("次日{time}", time=end)
    return f"{clock(starts_at)}–{end}"


def when(starts_at: datetime, ends_at: datetime) -> str:
    """3月5日 周四 06:00–14:00."""
    return f"{short_day(today(starts_at))} {hours_of(starts_at, ends_at)}"


def why_words(why: Iterable[str]) -> str:
    """The reasons in one line."""
    return side_by_side(_(WHY[one]) for one in why)


def asked_words(stands: Against) -> str:
    """What must be asked first, with what it is about."""
    words = side_by_side(_(SOFT[one]) for one in stands.soft)
    return noted(words, stands.named) if words and stands.named else words


def gap_words(gaps: Gaps) -> str:
    """缺 12 人 / 9 个班次; or that nothing is lacking."""
    if not gaps.slots:
        return _("后面没有班次")
    if not gaps.missing:
        return _("都满了")
    return _("缺 {people} 人 / {slots} 个班次", people=gaps.missing, slots=gaps.short_slots)


VIEWS: dict[str, str] = {
    "grid": N_("排班表"),
    "tell": N_("待通知"),
    "lay": N_("排班次"),
    "call": N_("招募启事"),
    "head": N_("设置"),
}
WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
