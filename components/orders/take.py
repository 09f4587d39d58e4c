"""点单: the fields of a new order, choices before typing, in the order in which a caller says them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.address import clear_address
from components.doors.choice import next_door
from components.forms import Filling, form
from components.lists import Column, rows
from components.needs.words import entry_name
from components.orders.caller import forget_caller
from components.orders.code import show_code
from components.orders.words import choose_half, service_name
from components.wording import _, safe
from components.wording.dates import near
from components.wording.terms import term
from db.actions.orders.orders import place_order
from db.queries.orders.callers import WaitingNeed
from db.queries.orders.orders import Before, ServiceEntry
from db.rules.doors.door import DoorInput
from db.rules.needs.input import NO_CALLER, CallerInput
from db.rules.orders.input import OrderInput
from db.rules.orders.likely import likely_service
from db.terms import OrderChannel

HEARD = (OrderChannel.PHONE, OrderChannel.DESK, OrderChannel.DOOR)
TAKEN = "_order.taken"
NO_DOOR = DoorInput()


@dataclass(frozen=True, slots=True)
class ForWhom:
    """Whom an order is for: a need that was routed here, a person on file, or a door.

    `where` describes a place without a numbered door.
    """

    need_id: int | None = None
    person_id: int | None = None
    door: DoorInput = NO_DOOR
    where: str = ""


def remember(order_id: int, number: str, code: str) -> None:
    """Keep the order that was just taken for one more run, with its code ("" when none could be drawn)."""
    st.session_state[TAKEN] = (order_id, number, code)


def just_taken() -> None:
    """Show the order that was just taken, its code once, and the link to dispatch it."""
    taken = st.session_state.pop(TAKEN, None)
    if taken is None:
        return
    order_id, number, code = taken
    st.success(_("已登记 {number}", number=safe(number)), icon=":material/check_circle:")
    if code:
        show_code(code)
    st.page_link("orders/order.py", label=_("现在就派单"), icon=":material/send:", query_params={"id": str(order_id)})


def before_line(before: Sequence[Before]) -> int | None:
    """A button for each service that this household ordered before; the id of the service that was pressed."""
    if not before:
        return None
    st.caption(_("这一户以前点过："))
    with st.container(horizontal=True):
        for one in before:
            label = _("再来一次：{service}（{on}）", service=safe(service_name(one)), on=near(one.on))
            if st.button(label, key=f"order.again.{one.service_id}", icon=":material/replay:"):
                return one.service_id
    return None


def take_form(
    services: Sequence[ServiceEntry], today: date, *, service: int | None, whom: ForWhom, words: str = ""
) -> Request | None:
    """The form of a new order: service, day, half of the day; the rest one tap away. `words` are those of its need."""
    named = {one.id: one for one in services}
    start = service or likely_service(words, {one.id: one.name for one in services})
    with form(f"place_order.{service or whom.need_id or whom.person_id or 'new'}") as filling:
        chosen = filling.choice(
            "service_id", _("要什么服务"), list(named), start=start, show=lambda one: _service(named, one)
        )
        with st.container(horizontal=True):
            on = filling.day("wanted_on", _("哪一天（不急可不填）"), least=today, most=today + timedelta(days=365))
            half = choose_half(filling)
        caller = NO_CALLER if whom.person_id else _caller(filling)
        with st.expander(_("更多：要求、提醒、紧急联系电话"), icon=":material/more_horiz:"):
            note = filling.words(
                "note", _("要求"), height=80, start=words, placeholder=_("例：青菜两斤、鸡蛋一板，放门口")
            )
            caution = filling.line("caution", _("特别提醒"), help=_("例：耳背，敲门重一点；家里有狗。不写病情。"))
            emergency = filling.line("emergency_contact", _("紧急联系电话"), autocomplete="off")
        channel = OrderChannel.NEED if whom.need_id else _channel(filling)
        pressed = filling.submit(_("下单"), icon=":material/check:", wide=True)
    given = OrderInput(
        chosen, channel, wanted_on=on, wanted_time=half, note=note or whom.where, caution=caution,
        emergency_contact=emergency, need_id=whom.need_id, person_id=whom.person_id,
    )  # fmt: skip
    values = {"given": given, "door": whom.door, "caller": caller}
    return Request(filling, place_order, values=values, after=_stored) if pressed else None


def _caller(filling: Filling) -> CallerInput:
    with st.container(horizontal=True):
        name = filling.line(
            "asker_name", _("谁打来的（可不填）"), help=_("加密保存，屏幕上只显示姓。"), autocomplete="off"
        )
        phone = filling.line("asker_phone", _("联系电话（可不填）"), autocomplete="off")
    return CallerInput(name, phone)


def _channel(filling: Filling) -> OrderChannel | None:
    return filling.choice("channel", _("怎么来的"), HEARD, few=True, start=OrderChannel.PHONE)


def _stored(_order: object) -> None:
    """Empty the door and the caller for the next order."""
    next_door()
    forget_caller()
    clear_address()


def _service(named: Mapping[int, ServiceEntry], service_id: int) -> str:
    entry = named.get(service_id)
    if entry is None:
        return str(service_id)
    return f"{entry_name(entry)} · {term(entry.group)} · {term(entry.fee)}"


def waiting_needs(waiting: Sequence[WaitingNeed]) -> None:
    """List the needs that were routed to personal service and have no order."""
    if not waiting:
        return
    with st.expander(_("{n} 件需求转来、还没有下单", n=len(waiting)), icon=":material/inbox:"):
        rows(
            [
                {"id": one.id, "number": one.number, "title": one.title, "door": one.door, "since": near(one.since)}
                for one in waiting
            ],
            [
                Column("number", _("需求"), "nowrap"),
                Column("title", _("要什么")),
                Column("door", _("哪一户")),
                Column("since", _("转来的日子"), "nowrap"),
            ],
            key="orders.needs",
            page="new-order",
            name="need",
            empty="",
            caption=_("转来、还没有下单的需求"),
        )
