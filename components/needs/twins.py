"""Two needs side by side with what speaks for their being one; a person decides."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components.forms import Pressed, announce, press
from components.refusals.shown import refusals_shown
from components.wording import _, safe
from components.wording.dates import short_day, today
from components.wording.happenings import reasons
from components.wording.terms import badge
from db.engine import carry_out
from db.rules.permissions import Actor

NUMBER, VOICES = "number", "voices"


def _side(need: Any, *, lead: bool) -> None:
    with st.container(border=True, height="stretch"):
        place = " ".join(part for part in (need.place, need.building) if part)
        mark = f" · **{_('主')}**" if lead else ""
        st.markdown(
            f"[{need.number}](/need?id={need.id}) {badge(need.stage)}{mark}  \n"
            f"{safe(place)} · {short_day(today(need.logged_at))} · {_('{n} 户', n=need.voices)}"
        )
        st.text(need.description)


def lead_first(pair: Any) -> tuple[Any, Any]:
    """The suggested lead and member: what is further on its way leads, else more voices, else the older one."""
    need, other = pair.need, pair.other
    if need.mergeable != other.mergeable:
        return (other, need) if need.mergeable else (need, other)
    return (other, need) if (other.voices, -other.id) >= (need.voices, -need.id) else (need, other)


def twin_pair(pair: Any, *, name: str) -> tuple[str, Pressed, int, int] | None:
    """Draw one pair; ("merge" or "different", press, lead id, member id) when decided in this run."""
    lead, member = lead_first(pair)
    key = f"{min(lead.id, member.id)}-{max(lead.id, member.id)}"
    can_swap = lead.mergeable and member.mergeable
    with st.container(border=False):
        if can_swap and st.session_state.get(f"{name}.swap.{key}"):
            lead, member = member, lead
        left, right = st.columns(2)
        with left:
            _side(lead, lead=True)
        with right:
            _side(member, lead=False)
        st.caption(_("理由：{reasons} · 相似度 {score}/100", reasons=reasons(pair.reasons) or "—", score=pair.score))
        with st.container(horizontal=True):
            same = press(f"{name}.merge.{key}", _("就是同一件事"), primary=True, icon=":material/merge:")
            different = press(f"{name}.different.{key}", _("不是同一件事"))
            if can_swap:
                st.toggle(_("换一条为主"), key=f"{name}.swap.{key}")
    if same:
        return "merge", same, lead.id, member.id
    return ("different", different, lead.id, member.id) if different else None


def settle_twins(
    user: Actor, pairs: Sequence[Any], *, name: str, merge: Callable[..., Any], different: Callable[..., Any]
) -> None:
    """Draw pairs and carry out what is decided about one of them, with the actions `merge` and `different`."""
    for pair in pairs:
        decided = twin_pair(pair, name=name)
        if decided is None:
            continue
        what, pressed, lead, member = decided
        with refusals_shown(pressed):
            if what == "merge":
                merged = carry_out(user, pressed.request_key, merge, lead_id=lead, member_id=member)
                announce(_("已归并到 {number}，现在 {n} 户", number=merged["number"], n=merged["voices"]))
                st.query_params.pop("logged", None)
            else:
                carry_out(user, pressed.request_key, different, first_id=lead, second_id=member)
                announce(_("已记下，不再提示这一对"))
            pressed.done()
            st.rerun()
