"""The desk's list of orders: counts, filters, late orders, open cases. One block each."""

from collections.abc import Sequence

from components.address import filter_view, pick
from components.kpi import Kpi, numbers
from components.lists import Column, Marked, rows
from components.needs.words import entry_name
from components.orders.words import VIEWS, due_words, late_words, service_name, what_to_say, when
from components.wording import _
from components.wording.dates import near
from components.wording.terms import term
from db.queries.orders.orders import OrderCounts, OrderRow, ServiceEntry
from db.queries.orders.page import CaseLine


def order_counts_cards(counts: OrderCounts) -> None:
    """Draw the counts, each with its definition."""
    cards = [
        Kpi(_("待派单"), str(counts.dispatch), definition=_("待受理和已受理、还没有派出去的订单。")),
        Kpi(_("进行中"), str(counts.way), definition=_("已派单、已接单、服务中的订单。")),
        Kpi(_("待确认、评单"), str(counts.confirm), definition=_("做完了，等居民确认、评价或关闭的订单。")),
        Kpi(
            _("超时"),
            str(counts.late),
            (
                _("接单超时 {n}", n=counts.late_answer),
                _("完成超时 {n}", n=counts.late_finish),
            ),
            _("到了接单时限还没人接，或过了完成日期还没做完；两样都超的只算完成超时。"),
        ),
        Kpi(_("跟进与复核"), str(counts.cases), definition=_("没有办结的差评跟进和争议复核。")),
    ]
    numbers(cards, key="orders.counts")


def choose_view() -> str:
    """The view of the list, held in the address."""
    return filter_view("view", _("看哪些"), list(VIEWS), lambda view: _(VIEWS[view]), start="open", read=str)


def choose_service(services: Sequence[ServiceEntry]) -> int | None:
    """The service to narrow the list to, or None for all."""
    names = {one.id: entry_name(one) for one in services}
    return pick("service", _("服务"), list(names), names.__getitem__, read=int, everything=_("全部服务"))


def order_list(found: Sequence[OrderRow]) -> None:
    """List the orders."""
    rows(
        [
            {
                "id": one.id,
                "number": one.number,
                "service": service_name(one),
                "state": one.state,
                "door": one.door,
                "when": when(one.wanted_on, one.wanted_time),
                "helper": one.helper,
                "due": due_words(one),
                "late": _late(one),
            }
            for one in found
        ],
        [
            Column("service", _("服务")),
            Column("state", _("状态"), "nowrap"),
            Column("late", _("超时"), "nowrap"),
            Column("number", _("订单"), "nowrap"),
            Column("when", _("什么时候")),
            Column("due", _("时限"), "nowrap"),
            Column("door", _("哪一户")),
            Column("helper", _("志愿者")),
        ],
        key="orders.list",
        page="order",
        empty=_("这里没有订单。居民来电话、来窗口，就到“点单”登记。"),
        caption=_("订单"),
    )


def _late(one: OrderRow) -> object:
    """What is late about an order, marked, or ""."""
    words = late_words(one.late)
    return Marked(words, "red") if words else ""


def urge_list(late: Sequence[OrderRow]) -> None:
    """催办: list the late orders with what to say on the telephone."""
    rows(
        [
            {
                "id": one.id,
                "number": one.number,
                "service": service_name(one),
                "late": _late(one),
                "due": due_words(one),
                "say": what_to_say(one),
            }
            for one in late
        ],
        [
            Column("number", _("订单"), "nowrap"),
            Column("service", _("服务")),
            Column("late", _("超时"), "nowrap"),
            Column("due", _("时限"), "nowrap"),
            Column("say", _("怎么说"), "wide"),
        ],
        key="orders.urge",
        page="order",
        empty=_("没有超时的订单。"),
        caption=_("催办"),
        short=True,
    )


def case_list(cases: Sequence[CaseLine]) -> None:
    """List the open follow-ups and reviews."""
    rows(
        [{"id": one.order_id, "kind": term(one.kind), "words": one.words, "due": near(one.due_on)} for one in cases],
        [
            Column("kind", _("事项"), "nowrap"),
            Column("words", _("居民或志愿者的话"), "wide"),
            Column("due", _("办结时限"), "nowrap"),
        ],
        key="orders.cases",
        page="order",
        empty=_("没有待办的跟进或复核。"),
        caption=_("跟进与复核"),
    )
