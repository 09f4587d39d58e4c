"""点单: the fields of a new order, choices before typing, in the order in which a caller says them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from components.forms import Filling, form
from components.inputs import picked
from components.lists import Column, rows
from components.orders.code import show_code
from components.orders.words import HALVES, service_name
from components.wording import _, safe
from components.wording.dates import day
from components.wording.terms import term
from db.rules.doors.door import DoorInput
from db.rules.needs.input import CallerInput
from db.rules.orders.input import OrderInput
from db.terms import OrderChannel, ServiceGroup

HEARD = (OrderChannel.PHONE, OrderChannel.DESK, OrderChannel.DOOR)
TAKEN = "_order.taken"


def remember(order_id: int, number: str, code: str) -> None:
    """Keep what was just taken for one more run, the code with it."""
    st.session_state[TAKEN] = (order_id, number, code)


def just_taken() -> None:
    """The order that was just taken, its code once, and the way to dispatch it."""
    taken = st.session_state.pop(TAKEN, None)
    if taken is None:
        return
    order_id, number, code = taken
    st.success(_("已登记 {number}", number=safe(number)), icon=":material/check_circle:")
    show_code(code)
    st.page_link("orders/order.py", label=_("现在就派单"), icon=":material/send:", query_params={"id": str(order_id)})


def before_line(before: Sequence[Any]) -> int | None:
    """What this household ordered last, to be ordered again with one press; the service."""
    if not before:
        return None
    st.caption(_("这一户以前点过："))
    with st.container(horizontal=True):
        for one in before:
            label = _("再来一次：{service}（{on}）", service=safe(service_name(one)), on=day(one.on))
            if st.button(label, key=f"order.again.{one.service_id}", icon=":material/replay:"):
                service: int = one.service_id
                return service
    return None


def order_fields(
    filling: Filling, services: Sequence[Any], today: date, *, service: int | None, target: dict[str, Any]
) -> dict[str, Any]:
    """Service, day, half of the day; the rest one tap away."""
    named = {one.id: one for one in services}
    values: dict[str, Any] = {
        "service_id": filling.choice(
            "service_id", _("要什么服务"), list(named), start=service, show=lambda one: _service(named, one)
        )
    }
    with st.container(horizontal=True):
        values["wanted_on"] = filling.day(
            "wanted_on", _("哪一天（不急可不填）"), least=today, most=today + timedelta(days=365)
        )
        values["wanted_time"] = (
            filling.choice(
                "wanted_time", _("时间"), list(HALVES), few=True, start="", show=lambda half: _(HALVES.get(half, half))
            )
            or ""
        )
    if not target.get("person_id"):
        with st.container(horizontal=True):
            values["asker_name"] = filling.line(
                "asker_name", _("谁打来的（可不填）"), help=_("加密保存，屏幕上只显示姓。"), autocomplete="off"
            )
            values["asker_phone"] = filling.line("asker_phone", _("联系电话（可不填）"), autocomplete="off")
    with st.expander(_("更多：要求、提醒、紧急联系电话"), icon=":material/more_horiz:"):
        values["note"] = filling.words("note", _("要求"), height=80, placeholder=_("例：青菜两斤、鸡蛋一板，放门口"))
        values["caution"] = filling.line("caution", _("特别提醒"), help=_("例：耳背，敲门重一点；家里有狗。不写病情。"))
        values["emergency_contact"] = filling.line("emergency_contact", _("紧急联系电话"), autocomplete="off")
    if target.get("need_id"):
        values["channel"] = OrderChannel.NEED
    else:
        values["channel"] = filling.choice("channel", _("怎么来的"), HEARD, few=True, start=OrderChannel.PHONE)
    return values


def order_values(target: Mapping[str, Any], values: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What was entered and whom it is for, as the action takes it; `where` without a numbered door is the note."""
    given = {**target, **values, "note": values["note"] or where}
    return {
        "given": picked(OrderInput, given),
        "door": picked(DoorInput, given),
        "caller": picked(CallerInput, given),
    }


def _service(named: dict[int, Any], one: int) -> str:
    entry = named.get(one)
    if entry is None:
        return str(one)
    group: ServiceGroup = entry.group
    return f"{service_name(entry)} · {term(group)} · {term(entry.fee)}"


def waiting_needs(waiting: Sequence[Any]) -> str | None:
    """Needs that were routed to personal service and have no order yet; the id of the one that was clicked."""
    if not waiting:
        return None
    with st.expander(_("{n} 件需求转来、还没有下单", n=len(waiting)), icon=":material/inbox:"):
        return rows(
            [
                {"id": one.id, "number": one.number, "title": one.title, "door": one.door, "since": day(one.since)}
                for one in waiting
            ],
            [
                Column("number", _("需求"), "nowrap"),
                Column("title", _("要什么")),
                Column("door", _("哪一户")),
                Column("since", _("转来的日子"), "nowrap"),
            ],
            key="orders.needs",
            page="need",
            empty="",
            caption=_("转来、还没有下单的需求"),
        )


def take_form(
    services: Sequence[Any], today: date, *, service: int | None, target: dict[str, Any]
) -> tuple[Filling, dict[str, Any], bool]:
    """The form of a new order; the values and whether it was sent."""
    about = service or target.get("need_id") or target.get("person_id") or "new"
    with form(f"place_order.{about}") as filling:
        values = order_fields(filling, services, today, service=service, target=target)
        pressed = filling.submit(_("下单"), icon=":material/check:", wide=True)
    return filling, values, pressed
