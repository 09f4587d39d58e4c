"""A member's ballot on a phone: the motion in large type, three large buttons, one to confirm."""

import streamlit as st

from components.forms import form
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
    with form(f"vote.{ballot.ballot_id}", border=False) as filling:
        choice = filling.choice(
            "choice",
            _("您的意见"),
            list(Choice),
            start=ballot.choice,
            show=lambda c: f"{ICONS[c]} {term(c)}",
            few=True,
        )
        label = _("更改我的表决") if ballot.choice else _("确认表决")
        pressed = filling.submit(label, icon=":material/how_to_vote:", wide=True)
    if ballot.choice:
        st.success(_("您已表决:{choice}。结束前可以更改,以最后一次为准。", choice=term(ballot.choice)),
                   icon=":material/check_circle:")  # fmt: skip
    st.caption(_("已投票 {turnout} / {voting} 人。结果在主持人宣布前不显示。",
                 turnout=ballot.turnout, voting=ballot.voting))  # fmt: skip
    if not pressed:
        return None
    return Wish(
        filling,
        "cast_vote",
        lambda cast: _("已记下您的表决:{choice}", choice=term(Choice(cast["choice"]))),
        {"ballot_id": ballot.ballot_id, "choice": choice},
    )
