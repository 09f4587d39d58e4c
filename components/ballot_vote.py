"""A member's ballot on a phone: the motion in large type, three large buttons, one to confirm."""

from typing import Literal

import streamlit as st

from components.forms import press
from components.meeting_wish import Wish
from components.wording import _, safe
from components.wording.terms import term
from db.rules.council import MyBallot
from db.terms import Choice

ICONS = {
    Choice.FOR: ":material/thumb_up:",
    Choice.AGAINST: ":material/thumb_down:",
    Choice.ABSTAIN: ":material/remove:",
}


def vote_form(ballot: MyBallot) -> Wish | None:
    """Choose and confirm; the vote so far is marked, and may be changed until the chair closes."""
    st.text(_("{meeting} · 第{n}项 · 第{round}轮", meeting=ballot.meeting, n=ballot.position, round=ballot.round))
    st.header(safe(ballot.title))
    st.markdown(f"### {safe(ballot.motion)}")
    if ballot.owners_matter:
        st.warning(_("业主共同决定的事项:本会表决仅供业主大会参考。"), icon=":material/info:")
    name = f"vote.{ballot.ballot_id}"
    picked: Choice | None = st.session_state.get(f"{name}.picked", ballot.choice)
    for choice in Choice:
        chosen = picked is choice
        icon = ":material/check_circle:" if chosen else ICONS[choice]
        kind: Literal["primary", "secondary"] = "primary" if chosen else "secondary"
        if st.button(term(choice), key=f"{name}.{choice.value}", icon=icon, type=kind, width="stretch"):
            st.session_state[f"{name}.picked"] = choice
            st.rerun()
    confirm = None
    if picked is None:
        st.caption(_("先点一个选项,再确认。"))
    elif picked is not ballot.choice:
        words = _("改为{choice}", choice=term(picked)) if ballot.choice else _("确认{choice}", choice=term(picked))
        confirm = press(f"{name}.confirm", words, primary=True, icon=":material/how_to_vote:", wide=True)
    if ballot.choice:
        st.success(_("您已表决:{choice}。结束前可以更改,以最后一次为准。", choice=term(ballot.choice)),
                   icon=":material/check_circle:")  # fmt: skip
    st.caption(_("已投票 {turnout} / {voting} 人。结果在主持人宣布前不显示。",
                 turnout=ballot.turnout, voting=ballot.voting))  # fmt: skip
    if confirm is None:
        return None
    return Wish(
        confirm,
        "cast_vote",
        lambda cast: _("已记下您的表决:{choice}", choice=term(Choice(cast["choice"]))),
        {"ballot_id": ballot.ballot_id, "choice": picked},
    )
