"""我的接单 on a volunteer's phone: offers, today's turns, the resident's code, swaps, the own history."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request, Warned
from components.forms import form, press
from components.lists import Column, rows
from components.orders.page import finish_form
from components.orders.words import reason_words, service_name, when
from components.wording import N_, _, noted, safe
from components.wording.dates import dated, day, hours
from components.wording.terms import sign, term
from db.actions.orders.offers import accept_offer, accept_swap, ask_swap, decline_offer, refuse_swap
from db.actions.orders.ratings import contest_rating
from db.actions.orders.service import confirm_by_code, start_service
from db.queries.orders.mine import CalledOff, Done, Me, Turn
from db.terms import OrderState

S = OrderState
NO = (N_("那天有事"), N_("身体不舒服"), N_("路太远"), N_("不会做这一项"))


def myself(entry: Me) -> None:
    """Show the helper's own number and hours; a fact, no ranking."""
    st.caption(_("我的编号 {number}，累计服务 {time}。", number=safe(entry.number), time=hours(entry.minutes)))


def _head(turn: Turn, today: date) -> None:
    soon = f"{sign(_('今天'), 'orange')} " if turn.wanted_on == today else ""
    st.markdown(f"{soon}**{safe(service_name(turn))}**  \n{safe(when(turn.wanted_on, turn.wanted_time))}")
    parts = [turn.where, turn.note, turn.caution and _("提醒：{text}", text=turn.caution)]
    st.text("\n".join(part for part in parts if part))


def not_any_more(called_off: Sequence[CalledOff]) -> None:
    """不用去了: list the turns that were cancelled or given to another helper."""
    if not called_off:
        return
    lines = []
    for one in called_off:
        what = noted(f"{service_name(one)} {when(one.wanted_on, one.wanted_time)}", one.number)
        why = _("已取消") if one.cancelled else _("已改派")
        lines.append(" · ".join(part for part in (what, why, one.reason) if part))
    with st.container(border=True):
        title = _("不用去了")
        st.markdown(f":material/event_busy: **{title}**")
        st.text("\n".join(lines))


def offer_card(turn: Turn, today: date, *, swap: bool = False) -> Request | None:
    """Ask whether the helper can go; the exact door comes after yes."""
    with st.container(border=True):
        _head(turn, today)
        why = reason_words(turn.reasons)
        st.caption(_("同事想请您接替。") if swap else _("为什么请您：{why}", why=why) if why else "")
        yes = press(f"mine.yes.{turn.offer_id}", _("我去"), primary=True, icon=":material/thumb_up:", wide=True)
        if yes:
            act = accept_swap if swap else accept_offer
            return Request(yes, act, _("已接单，门牌在“我要去的”里"), {"offer_id": turn.offer_id})
        if swap:
            no = press(f"mine.no.{turn.offer_id}", _("我去不了"), wide=True)
            return Request(no, refuse_swap, _("已回复"), {"offer_id": turn.offer_id}) if no else None
        return _decline(turn)


def _decline(turn: Turn) -> Request | None:
    with (
        st.expander(_("我去不了"), icon=":material/thumb_down:"),
        form(f"mine.decline.{turn.offer_id}", border=False) as filling,
    ):
        quick = filling.choice("quick", _("原因"), NO, few=True, show=lambda one: _(one))
        other = filling.line("reason", _("或写一句"))
        pressed = filling.submit(_("告诉社区"), wide=True)
    values = {"offer_id": turn.offer_id, "reason": other or quick or ""}
    return Request(filling, decline_offer, _("已告诉社区，另找人去"), values) if pressed else None


def turn_card(turn: Turn, today: date, desk_phone: str) -> Request | None:
    """A promised turn: the door, whom to ask for, what to bring, and the next step."""
    with st.container(border=True):
        _head(turn, today)
        desk = _("有事打服务台 {phone}。", phone=safe(desk_phone)) if desk_phone else _("有事联系社区。")
        st.caption((_("找 {who}；", who=safe(turn.asker)) if turn.asker else "") + desk + f"  \n{safe(turn.number)}")
        if turn.state is S.ACCEPTED:
            start = press(
                f"mine.start.{turn.order_id}", _("我到了，开始服务"), primary=True, icon=":material/directions_walk:",
                wide=True,
            )  # fmt: skip
            if start:
                return Request(start, start_service, _("开始服务"), {"order_id": turn.order_id})
            return _swap(turn)
        if turn.state is S.IN_SERVICE:
            return finish_form(turn.order_id, turn.usual_minutes, free=turn.free)
        return _code(turn)


def _swap(turn: Turn) -> Request | None:
    if turn.swap_to:
        st.info(_("已请同事接替，对方答应前仍由您上门。"), icon=":material/swap_horiz:")
        return None
    with (
        st.expander(_("临时去不了，换班"), icon=":material/swap_horiz:"),
        form(f"mine.swap.{turn.offer_id}", border=False) as filling,
    ):
        number = filling.line("to_number", _("请谁接替（对方的志愿者编号，不填则退回社区）"))
        reason = filling.line("reason", _("为什么去不了"))
        pressed = filling.submit(_("请人接替"), wide=True)
    values = {"offer_id": turn.offer_id, "to_number": number, "reason": reason}
    return Request(filling, ask_swap, _("已告诉社区"), values) if pressed else None


def _code(turn: Turn) -> Request | None:
    if not turn.has_code or not turn.code_left:
        st.info(_("做完了，等社区给居民打电话确认，您不用再做什么。"), icon=":material/call:")
        return None
    with form(f"mine.code.{turn.order_id}", border=False) as filling:
        code = filling.line(
            "code", _("居民报的六位确认码"), autocomplete="one-time-code",
            help=_("居民记不住也没关系：不用填，社区会打电话问。"),
        )  # fmt: skip
        pressed = filling.submit(_("确认"), icon=":material/pin:", wide=True)

    def said(result: Mapping[str, int]) -> str:
        if result["confirmed"]:
            return _("居民已确认，谢谢您！")
        return Warned(_wrong_code(result["left"]))

    return Request(filling, confirm_by_code, said, {"order_id": turn.order_id, "code": code}) if pressed else None


def _wrong_code(left: int) -> str:
    if left:
        return _("确认码不对，还可以试 {n} 次", n=left)
    return _("确认码错了五次，已锁住。不用再填，社区会打电话问居民。")


def history(done: Sequence[Done]) -> None:
    """List the helper's own services, newest first."""
    rows(
        [{"service": service_name(one), "what": " · ".join(part for part in _outcome(one) if part)} for one in done],
        [Column("service", _("服务")), Column("what", _("日期、时长和评价"))],
        key="mine.history",
        empty=_("还没有居民确认过的服务。"),
        caption=_("我做过的"),
        facts=True,
    )


def _outcome(one: Done) -> tuple[str, ...]:
    rating = term(one.rating) if one.rating else _("待回访")
    return dated(one.on, weekday=True), hours(one.minutes), rating, one.rating_words, _reviewed(one)


def _reviewed(one: Done) -> str:
    if one.contested:
        return _("（复核中）")
    return _("（复核结果：{result}）", result=one.reviewed) if one.reviewed else ""


def contest_form(done: Sequence[Done]) -> Request | None:
    """争议复核: the form that sends a low rating to the secretary for review."""
    low = {one.order_id: one for one in done if one.may_contest}
    if not low:
        return None
    with (
        st.expander(_("对评价有不同意见，申请复核"), icon=":material/balance:"),
        form("mine.contest", border=False) as filling,
    ):
        order = filling.choice(
            "order_id", _("哪一单"), list(low), start=next(iter(low)),
            show=lambda one: f"{day(low[one].on)} {service_name(low[one])}" if one in low else str(one),
        )  # fmt: skip
        said = filling.words("said", _("当时的情况"), height=80)
        pressed = filling.submit(_("请书记复核"), wide=True)
    return Request(filling, contest_rating, _("已提交复核"), {"order_id": order, "said": said}) if pressed else None
