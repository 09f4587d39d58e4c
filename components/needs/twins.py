"""Two needs side by side with what speaks for their being one; a person decides."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.address import out_of_address
from components.forms import press
from components.needs.words import place_of
from components.wording import _, safe
from components.wording.dates import short_day, today
from components.wording.happenings import reasons
from components.wording.terms import badge
from db.actions.needs.merging import merge_needs, not_twins
from db.queries.needs.twins import Likely, TwinNeed


def _side(need: TwinNeed, *, lead: bool) -> None:
    with st.container(border=True, height="stretch"):
        mark = f" · **{_('主')}**" if lead else ""
        st.markdown(
            f"[{need.number}](/need?id={need.id}) {badge(need.stage)}{mark}  \n"
            f"{safe(place_of(need))} · {short_day(today(need.logged_at))} · {_('{n} 户', n=need.voices)}"
        )
        st.text(need.description)


def lead_first(pair: Likely) -> tuple[TwinNeed, TwinNeed]:
    """The suggested lead and member: what is further on its way leads, else more voices, else the older one."""
    need, other = pair.need, pair.other
    if need.mergeable != other.mergeable:
        return (other, need) if need.mergeable else (need, other)
    return (other, need) if (other.voices, -other.id) >= (need.voices, -need.id) else (need, other)


def twin_pair(pair: Likely, *, name: str) -> Request | None:
    """Draw one pair; what the user decides about it."""
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
        values = {"lead_id": lead.id, "member_id": member.id}
        return Request(same, merge_needs, _said_of_merge, values, after=lambda _merged: out_of_address("logged"))
    if different:
        values = {"first_id": lead.id, "second_id": member.id}
        return Request(different, not_twins, _("已记下，不再提示这一对"), values)
    return None


def _said_of_merge(merged: Mapping[str, object]) -> str:
    return _("已归并到 {number}，现在 {n} 户", number=merged["number"], n=merged["voices"])


def settle_twins(pairs: Sequence[Likely], *, name: str) -> Request | None:
    """Draw pairs; what the user decides about one of them."""
    requests = [twin_pair(pair, name=name) for pair in pairs]
    return next((request for request in requests if request), None)
