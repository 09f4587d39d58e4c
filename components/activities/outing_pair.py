"""一对: what an escort has on the phone. Two taps a step: everything looked at, then off; home, then back."""

from enum import StrEnum

import streamlit as st

from components.acting import Request
from components.forms import form
from components.wording import _, safe
from components.wording.dates import clock, near
from components.wording.terms import badge, term
from db.actions.activities.outing_steps import come_back, leave_with, see_contact
from db.queries.activities.outing import Contact, OwnPair, PairLine
from db.rules.phone import read_phone
from db.terms import LeavingCheck, PairStand, ReturnCheck


def own_card(own: OwnPair, *, today: bool) -> tuple[Request | None, Request | None]:
    """The own elder: the next step, and the wish to see who is to be called (which is carried out apart)."""
    with st.container(border=True):
        st.markdown(f"**{safe(own.pair.elder)}** {badge(own.pair.stand)}")
        facts = [f"{own.title} · {near(own.on)}", own.meeting_point and _("集合：{place}", place=own.meeting_point)]
        st.text("\n".join(part for part in (*facts, own.place) if part))
        if own.desk_phone:
            st.caption(safe(_("有事打服务台 {phone}。", phone=own.desk_phone)))
        if not today and own.pair.stand is PairStand.WAITING:
            st.info(_("到那天这里会出现核对单和“出发”。去不了请早点告诉社区。"), icon=":material/event:")
            return None, None
        return step(own.pair, staff=False), contact_form(own.pair)


def step(pair: PairLine, *, staff: bool) -> Request | None:
    """The next step of a pair, with its list."""
    if pair.stand is PairStand.WAITING:
        return _step(pair, LeavingCheck, staff=staff)
    if pair.stand is PairStand.OUT:
        return _step(pair, ReturnCheck, staff=staff)
    if pair.returned_at is not None:
        st.success(_("{time} 已返回，辛苦了。", time=clock(pair.returned_at)), icon=":material/home:")
    return None


def _step(pair: PairLine, kind: type[StrEnum], *, staff: bool) -> Request | None:
    leaves = kind is LeavingCheck
    if pair.left_at is not None:
        st.caption(_("{time} 出发", time=clock(pair.left_at)))
    with form(f"outing.{'leave' if leaves else 'return'}.{pair.id}", border=False) as filling:
        st.text("\n".join(f"· {term(one)}" for one in kind))
        label = _("这几项都核对过了")
        all_checked = filling.yes("all_checked", label)
        with st.expander(_("有缺的，逐项勾")):
            ticks = filling.ticks("ticks", _("核对过的"), list(kind))
            missing = filling.line("missing", _("缺什么，怎么办（不写病情）"), most=200)
            at = filling.clock("at", _("实际时间（补记时填）")) if staff else None
        go = _("出发") if leaves else _("返回到家")
        icon = ":material/directions_walk:" if leaves else ":material/home:"
        pressed = filling.submit(go, icon=icon, wide=True)
    if not pressed:
        return None
    values = {
        "pair_id": pair.id, "version": pair.version, "ticks": [one.value for one in ticks],
        "all_checked": all_checked, "missing": missing, "at": at,
    }  # fmt: skip
    act, said = (leave_with, _("已出发，一路平安")) if leaves else (come_back, _("已返回，辛苦了"))
    return Request(filling, act, said, values)


def contact_form(pair: PairLine) -> Request | None:
    """Ask for the telephone of the family, with a reason that is kept."""
    if pair.stand not in (PairStand.WAITING, PairStand.OUT):
        return None
    with (
        st.expander(_("查看紧急联系人"), icon=":material/emergency:"),
        form(f"outing.contact.{pair.id}", border=False) as filling,
    ):
        st.text(pair.contact)
        reason = filling.line("reason", _("为什么要看（会留记录）"), most=200, placeholder=_("例如：出发前告诉家属"))
        pressed = filling.submit(_("查看两分钟"))
    return Request(filling, see_contact, "", {"pair_id": pair.id, "reason": reason}) if pressed else None


def contact_shown(contact: Contact) -> None:
    """In clear, for as long as the trace is young, with a telephone to tap."""
    with st.container(border=True):
        st.text(_("{elder} 的紧急联系人：{name}", elder=contact.elder, name=contact.name))
        st.text(contact.phone)
        found = read_phone(contact.phone)
        if found is not None:
            st.link_button(_("拨打"), f"tel:{found.number.replace(' ', '')}", icon=":material/call:")
