"""A member's ballot on a phone: what is asked in large type, large targets, one press to confirm."""

import hashlib
from typing import Literal

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.voting.choice_fields import choice_fields, read_choice
from components.voting.question_words import choice_words, question_words
from components.voting.slip_form import order_for
from components.wording import _, safe
from components.wording.terms import term
from db.actions.voting.voting import cast_vote
from db.queries.voting.voting import MyBallot
from db.terms import Choice, QuestionKind

ICONS = {
    Choice.FOR: ":material/thumb_up:",
    Choice.AGAINST: ":material/thumb_down:",
    Choice.ABSTAIN: ":material/remove:",
}


def vote_form(ballot: MyBallot, voter_id: int) -> Request | None:
    """Choose and confirm; the vote so far is marked, and may be changed until the chair closes."""
    st.text(_("{meeting} · 第 {n} 项 · 第 {round} 轮", meeting=ballot.meeting, n=ballot.position, round=ballot.round))
    st.header(safe(ballot.title))
    st.markdown(f"### {safe(ballot.motion)}")
    if ballot.owners_matter:
        st.warning(_("业主共同决定的事项：本会表决仅供业主大会参考。"), icon=":material/info:")
    motion = ballot.question.kind is QuestionKind.MOTION
    request = _motion(ballot) if motion else _options(ballot, voter_id)
    said = choice_words(ballot.question, ballot.pattern) if ballot.pattern else ""
    if said:
        st.success(_("您已表决：{choice}。结束前可以更改，以最后一次为准。", choice=safe(said)),
                   icon=":material/check_circle:")  # fmt: skip
    st.caption(_("已投票 {turnout} / {voting} 人。结果在主持人宣布前不显示。",
                 turnout=ballot.turnout, voting=ballot.voting))  # fmt: skip
    return request


def _motion(ballot: MyBallot) -> Request | None:
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
        st.caption(_("先点一个选项，再确认。"))
    elif picked is not ballot.choice:
        words = _("改为{choice}", choice=term(picked)) if ballot.choice else _("确认{choice}", choice=term(picked))
        confirm = press(f"{name}.confirm", words, primary=True, icon=":material/how_to_vote:", wide=True)
    if confirm is None or picked is None:
        return None
    said = _("已记下您的表决：{choice}", choice=term(picked))
    return Request(confirm, cast_vote, said, {"ballot_id": ballot.ballot_id, "choice": picked.value})


def _options(ballot: MyBallot, voter_id: int) -> Request | None:
    st.text(question_words(ballot.question))
    order = order_for(ballot.question, f"{ballot.ballot_id}.{voter_id}", shuffled=ballot.shuffle)
    # The pattern is part of the name: after a vote the form begins with what was stored.
    name = f"vote.{ballot.ballot_id}.{hashlib.sha256(ballot.pattern.encode()).hexdigest()[:8]}"
    with form(name, border=False) as filling:
        entered = choice_fields(filling, ballot.question, ballot.pattern, order=order)
        words = _("更改我的表决") if ballot.pattern else _("投票")
        pressed = filling.submit(words, icon=":material/how_to_vote:", wide=True)
    choice = read_choice(filling, ballot.question, entered) if pressed else None
    if choice is None:
        return None
    said = _("已记下您的表决：{choice}", choice=choice_words(ballot.question, choice))
    return Request(filling, cast_vote, said, {"ballot_id": ballot.ballot_id, "choice": choice})
