"""Orders in words: service, time of day, reasons of dispatch, what comes next, what is late."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from components.forms import Filling
from components.wording import N_, _, language, side_by_side
from components.wording.dates import clock, short_day, today
from db.queries.orders.orders import OrderRow
from db.queries.orders.page import OrderFacts
from db.rules.orders.dispatch import Reason
from db.rules.orders.life import Overdue, half_of
from db.terms import Language, OrderState

HALVES = {"am": N_("上午"), "pm": N_("下午"), "eve": N_("晚上"), "": N_("时间不限")}
REASONS: dict[str, str] = {
    Reason.USUAL: N_("平时就由其服务"),
    Reason.HELPED_BEFORE: N_("帮过这一户"),
    Reason.SKILL: N_("特长相符"),
    Reason.SAME_BUILDING: N_("同一楼栋"),
    Reason.SAME_PLACE: N_("同一小区"),
    Reason.FREE: N_("时间合适"),
    Reason.NOT_FREE: N_("登记的时间不合，需先问"),
    Reason.TIME_UNKNOWN: N_("没有登记时间，需先问"),
    Reason.PARTY_MEMBER: N_("党员"),
    Reason.FEW_TURNS: N_("近三个月没有派过单"),
    Reason.BUSY: N_("手上已有几单"),
    Reason.CHOSEN: N_("工作人员指定"),
    Reason.SWAP: N_("换班接替"),
}
NEXT: dict[OrderState, str] = {
    OrderState.WAITING: N_("先和居民通个电话，问清要什么、哪天方便，再受理。"),
    OrderState.TAKEN: N_("从推荐的志愿者里选一位派单。"),
    OrderState.OFFERED: N_("等志愿者接单；超时请打电话问，或改派。"),
    OrderState.ACCEPTED: N_("等志愿者上门。确认码还没给居民的，现在告诉居民。"),
    OrderState.IN_SERVICE: N_("正在服务，完成后由志愿者填写做了什么、多长时间。"),
    OrderState.DONE: N_("等居民确认：志愿者输入确认码，或由社区电话回访、登记纸质签字。"),
    OrderState.CONFIRMED: N_("问一问居民满不满意，记下评价；不愿评的记“未评价”。"),
    OrderState.REVISITED: N_("跟进、复核办结后关闭订单。"),
    OrderState.CLOSED: N_("已办结，无需再办。"),
    OrderState.CANCELLED: N_("已取消，无需再办。"),
}
VIEWS: dict[str, str] = {
    "open": N_("全部未结"),
    "dispatch": N_("待派单"),
    "way": N_("进行中"),
    "confirm": N_("待确认、评单"),
    "late": N_("超时"),
    "cases": N_("跟进与复核"),
    "done": N_("已结束"),
}


class OfService(Protocol):
    """A row about one service: its name, and its English name or ""."""

    @property
    def service(self) -> str: ...
    @property
    def service_en(self) -> str: ...


def service_name(row: OfService) -> str:
    """The service of a row in the reader's language; an entry of the catalogue has its `entry_name`."""
    return row.service_en if language() is Language.ENGLISH and row.service_en else row.service


def time_words(wanted_time: str) -> str:
    """上午 for the code am; words that somebody typed stay as they are."""
    return _(HALVES[half_of(wanted_time)]) if wanted_time in HALVES and wanted_time else wanted_time


def choose_half(filling: Filling, start: str = "") -> str:
    """The half of the day in a form; "" for any time."""
    chosen = filling.choice("wanted_time", _("时间"), list(HALVES), few=True, start=start, show=_half)
    return chosen or ""


def _half(half: str) -> str:
    return _(HALVES.get(half, half))


def when(on: date | None, wanted_time: str) -> str:
    """The day and the half of the day: 3月5日 周四 上午, or 时间不限 without either."""
    return " ".join(part for part in (short_day(on) if on else "", time_words(wanted_time)) if part) or _("时间不限")


def reason_words(reasons: Iterable[str]) -> str:
    """The reasons of dispatch in words."""
    return side_by_side(_(REASONS[one]) for one in reasons if one in REASONS)


def late_words(late: Overdue) -> str:
    """What is late about an order, or ""."""
    if late.finish:
        return _("完成已超时")
    return _("接单已超时") if late.answer else ""


def due_words(row: OrderRow | OrderFacts) -> str:
    """The due time: of the answer until a helper accepts, then of the service itself."""
    if row.state in (OrderState.WAITING, OrderState.TAKEN, OrderState.OFFERED) and not row.late.finish:
        return f"{short_day(today(row.answer_due_at))} {clock(row.answer_due_at)}" if row.answer_due_at else "—"
    return short_day(row.finish_due_on) if row.finish_due_on else "—"


def what_to_say(row: OrderRow) -> str:
    """催办: the sentence to say on the telephone."""
    service, on = service_name(row), when(row.wanted_on, row.wanted_time)
    if row.state in (OrderState.WAITING, OrderState.TAKEN):
        return _("还没有派出去：请今天派单；派不出去的，给居民回电话说明。")
    if row.state is OrderState.OFFERED:
        return _(
            "请问 {helper}：“{service}（{on}）您能去吗？去不了没关系，我们另找人。”",
            helper=row.helper,
            service=service,
            on=on,
        )
    return _("请问 {helper}：“{service}（{on}）做完了吗？遇到什么困难？”", helper=row.helper, service=service, on=on)
