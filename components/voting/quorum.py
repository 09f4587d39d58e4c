"""The quorum light: colour, word and numbers together, readable without colour."""

import streamlit as st

from components.voting.outcome import quorum_words
from components.wording import _
from components.wording.terms import sign
from db.rules.meetings.sitting import Presence, Seat
from db.rules.voting.decision import QuorumCheck


def quorum_light(check: QuorumCheck | None) -> None:
    """Green or red, always with its words; grey before anybody is due."""
    if check is None:
        st.markdown(sign(_("发出会议通知后开始核验到会人数"), "gray", "groups"))
    elif check.met:
        st.markdown(sign(quorum_words(check), "green", "check_circle"))
    else:
        st.markdown(sign(quorum_words(check), "red", "group_off"))


def presence_line(presence: Presence, observers: int) -> str:
    """应到 16 · 实到 14 · 请假 1 · 缺席 0 · 中途离席 1 · 未报到 0 · 列席 3."""
    return _(
        "应到 {due} · 实到 {present} · 请假 {leave} · 缺席 {absent} · 中途离席 {left} · "
        "未报到 {open} · 列席 {observers}",
        due=presence.due,
        present=presence.present,
        leave=presence.leave,
        absent=presence.absent,
        left=presence.left_early,
        open=presence.open,
        observers=observers,
    )


def with_proxy(seat: Seat) -> str:
    """A member's name, and who sits there for the member."""
    return _("{name}（委托 {proxy}）", name=seat.name, proxy=seat.proxy) if seat.proxy else seat.name
