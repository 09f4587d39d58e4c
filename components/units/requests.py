"""使用申请 on the screen: the list, the form that asks, one request with its next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from components.acting import Request
from components.detail import done_by, fact_list, head, next_step
from components.forms import form
from components.lists import Column, rows
from components.menu import PAGES
from components.units.words import time_words
from components.wording import N_, _, in_a_row, safe
from components.wording.dates import dated, number
from components.wording.measures import measured
from components.wording.terms import badge
from db.actions.units.requests import (
    ask_resource,
    cancel_request,
    decline_request,
    promise_request,
    record_use,
    thank_unit,
    withdraw_promise,
)
from db.queries.units.resources import RequestRow, RequestView, ResourceRow
from db.rules.units.capacity import first_open
from db.rules.units.input import AskInput
from db.terms import DayPart, RequestState, ResourceKind

VIEWS = {RequestView.OPEN: N_("办理中"), RequestView.TO_THANK: N_("待致谢"), RequestView.ALL: N_("全部")}
NEXT = {
    RequestState.ASKED: N_("联系单位，把对方的答复记下来：谁说的、答应还是婉拒。"),
    RequestState.PROMISED: N_("用过以后登记用了多少、效果怎样；有变化的及时取消。"),
    RequestState.USED: N_("向单位致谢，把怎么谢的记下来。"),
    RequestState.THANKED: N_("已办完。"),
    RequestState.DECLINED: N_("单位婉拒了：换个时间，或换一项资源。"),
    RequestState.WITHDRAWN: N_("单位收回了：换个时间，或换一项资源。"),
    RequestState.CANCELLED: N_("社区已取消。"),
}

OVER = (RequestState.THANKED, RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.CANCELLED)


def request_table(found: Sequence[RequestRow], *, key: str, empty: str, with_unit: bool = True) -> None:
    """Requests; a click opens one."""
    rows(
        [
            {
                "id": one.id,
                "resource": one.resource,
                "unit": one.unit,
                "when": time_words(one.on_day, one.until_on, one.part, goods=one.kind is ResourceKind.GOODS),
                "amount": measured(number(one.used_amount or one.amount), one.measure),
                "home": one.home,
                "purpose": one.about or one.purpose,
                "state": one.state,
            }
            for one in found
        ],
        [
            Column("resource", _("资源")),
            *([Column("unit", _("单位"))] if with_unit else []),
            Column("when", _("时间"), "nowrap"),
            Column("amount", _("数量"), "nowrap"),
            Column("home", _("哪个社区用"), "nowrap"),
            Column("purpose", _("用途")),
            Column("state", _("状态"), "nowrap"),
        ],
        key=key,
        page="resource-request",
        empty=empty,
        caption=_("使用申请"),
        short=True,
    )


@dataclass(frozen=True, slots=True)
class About:
    """What a request is for, and how its form is filled in from it."""

    need_id: int | None = None
    project_id: int | None = None
    order_id: int | None = None
    activity_id: int | None = None
    title: str = ""
    on: date | None = None
    """The day of an activity."""


def ask_form(one: ResourceRow, about: About, today: date) -> Request | None:
    """Ask for a resource."""
    goods, venue = one.kind is ResourceKind.GOODS, one.kind is ResourceKind.VENUE
    held = f".{about.activity_id}" if about.activity_id else ""
    with form(f"ask.{one.id}.{about.need_id or 0}.{about.project_id or 0}{held}") as filling:
        with st.container(horizontal=True):
            on_day = filling.day("on_day", _("哪天用"), start=about.on or first_open(one.offer, today))
            until_on = None if goods else filling.day("until_on", _("用到哪天（一天的不填）"))
            label = _("大约多少人") if venue else _("要多少（{measure}）", measure=one.measure)
            amount = filling.whole("amount", label, least=1, most=100_000, start=1)
        part = None
        if not goods:
            offered = [DayPart(code) for code in one.parts] or list(DayPart)
            part = filling.choice("part", _("哪个时段（不选就是全天）"), offered)
        purpose = filling.line(
            "purpose", _("做什么用"), most=200, start=about.title[:60], help=_("不写居民姓名和门牌。")
        )
        pressed = filling.submit(_("提出使用"), icon=":material/front_hand:")
    if not pressed:
        return None
    given = AskInput(
        *(amount, on_day, until_on, part, purpose, about.need_id, about.project_id),
        *(about.activity_id, about.order_id),
    )
    return Request(filling, ask_resource, _("已提出，请联系单位"), {"resource_id": one.id, "given": given})


def request_head(one: RequestRow, *, acts: bool) -> None:
    """What is asked of whom, what comes next, and which community does it where the user may not (`acts`)."""
    head(one.resource, marks=[badge(one.state)], about=one.unit)
    next_step(_(NEXT[one.state]), who="" if acts or one.state in OVER else done_by(one.home))


def request_facts(one: RequestRow) -> None:
    """When, how much, what for, and what was used."""
    lines = [
        (_("单位"), one.unit),
        (_("时间"), time_words(one.on_day, one.until_on, one.part, goods=one.kind is ResourceKind.GOODS)),
        (_("数量"), f"{one.amount} {one.measure}"),
        (_("哪个社区用"), f"{one.home} · {one.asked_name}"),
        (_("用途"), one.purpose),
    ]
    if one.used_amount is not None:
        lines.append((_("用了"), f"{one.used_amount} {one.measure} · {one.used_words}"))
    fact_list(lines, key="request.facts", caption=_("使用申请"))


def request_links(one: RequestRow) -> None:
    """The ways to the resource, the unit, and what it is for."""
    ways = [
        ("units/resource.py", _("这项资源"), "inventory_2", one.resource_id),
        ("units/unit.py", _("这家单位"), "handshake", one.unit_id),
        ("projects/project.py", _("项目 {title}", title=safe(one.about)), "flag", one.project_id),
        ("needs/need.py", _("需求 {number}", number=safe(one.about)), "description", one.need_id),
        ("activities/activity.py", _("活动 {title}", title=safe(one.about)), "celebration", one.activity_id),
        ("orders/order.py", _("订单 {number}", number=safe(one.about)), "receipt", one.order_id),
    ]
    with st.container(horizontal=True):
        for page, label, icon, number in ways:
            if number is not None:
                st.page_link(PAGES / page, label=label, icon=f":material/{icon}:", query_params={"id": str(number)})


def request_forms(one: RequestRow, *, asks: bool, manages: bool) -> Request | None:
    """The forms of the next step: `asks` for those of the community that asked, `manages` for what the unit says."""
    request: Request | None = None
    if one.state is RequestState.ASKED and manages:
        request = _promise(one)
        request = _said(one, "decline", _("单位婉拒"), decline_request, _("已记下婉拒")) or request
    if one.state is RequestState.PROMISED and asks:
        request = _use(one)
    if one.state is RequestState.PROMISED and manages:
        request = _said(one, "withdraw", _("单位收回"), withdraw_promise, _("已记下收回")) or request
    if one.state in (RequestState.ASKED, RequestState.PROMISED) and asks:
        request = _cancel(one) or request
    if one.state is RequestState.USED and asks:
        request = _thank(one)
    return request


def _of(one: RequestRow, **more: object) -> dict[str, object]:
    return {"request_id": one.id, "version": one.version, **more}


def _promise(one: RequestRow) -> Request | None:
    with form(f"promise.{one.id}") as filling:
        with st.container(horizontal=True):
            who = filling.line("said_by", _("单位谁答应的"), most=30)
            note = filling.line("note", _("附带的话（可不填）"), most=200)
        pressed = filling.submit(_("单位答应了"), icon=":material/event_available:")
    return (
        Request(filling, promise_request, _("已应允，日历上占住了"), _of(one, said_by=who, note=note))
        if pressed
        else None
    )


def _said(one: RequestRow, name: str, label: str, act: object, said: str) -> Request | None:
    with st.expander(label, icon=":material/undo:"), form(f"{name}.{one.id}", border=False) as filling:
        who = filling.line("said_by", _("单位谁说的"), most=30)
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(label)
    return Request(filling, act, said, _of(one, said_by=who, reason=reason)) if pressed else None  # type: ignore[arg-type]


def _cancel(one: RequestRow) -> Request | None:
    label = _("社区取消")
    with st.expander(label, icon=":material/event_busy:"), form(f"cancel.{one.id}", border=False) as filling:
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(label)
    return Request(filling, cancel_request, _("已取消"), _of(one, reason=reason)) if pressed else None


def _use(one: RequestRow) -> Request | None:
    with form(f"use.{one.id}") as filling:
        with st.container(horizontal=True):
            amount = filling.whole(
                "used_amount",
                _("实际用了多少（{measure}）", measure=one.measure),
                least=1,
                most=100_000,
                start=one.amount,
            )
            words = filling.line("used_words", _("效果怎样"), most=200)
        pressed = filling.submit(_("登记使用"), icon=":material/task_alt:")
    return (
        Request(filling, record_use, _("已登记使用"), _of(one, used_amount=amount, used_words=words))
        if pressed
        else None
    )


def _thank(one: RequestRow) -> Request | None:
    with form(f"thank.{one.id}") as filling:
        words = filling.line("words", _("怎么谢的"), most=200, placeholder=_("例如：送感谢信、公众号致谢"))
        pressed = filling.submit(_("已致谢"), icon=":material/favorite:")
    return Request(filling, thank_unit, _("已记下致谢"), _of(one, words=words)) if pressed else None


def taken_days(found: Sequence[RequestRow]) -> None:
    """The next days on which a resource is taken, in one line."""
    held = [one for one in found if one.state in (RequestState.PROMISED,)]
    if held:
        st.caption(
            _(
                "已占用：{days}",
                days=in_a_row(
                    time_words(one.on_day, one.until_on, one.part, goods=one.kind is ResourceKind.GOODS)
                    for one in held[:8]
                ),
            )
        )


def agreed_note(until: date | None, on: date) -> None:
    """An agreement that will be over by then is said; it forbids nothing."""
    if until is not None and until < on:
        st.caption(_("共建协议 {day}到期，请先和单位续签。", day=dated(until)))
