"""The caller on the telephone: found by the whole name or number, shown masked, chosen with one press."""

from collections.abc import Sequence

import streamlit as st

from components.forms import as_text, begin
from components.wording import _, safe
from components.wording.terms import term
from db.queries.orders.callers import Caller
from db.terms import HouseholdKind

WORDS = "caller.words"


def caller_words() -> str:
    """The name or number that was typed; held in the session and never in the address, because it is personal."""
    return str(
        st.text_input(
            _("先按人找：姓名或电话"),
            key=WORDS,
            max_chars=40,
            autocomplete="off",
            placeholder=_("写完整才查得到，例如：王小明、13800001234"),
            **begin(WORDS, "", fit=as_text),
        )
        or ""
    ).strip()


def choose_caller(words: str, found: Sequence[Caller]) -> Caller | None:
    """The person whose line was pressed among those `found` by the words; says so when there is nobody."""
    if words and not found:
        st.caption(_("没有找到：姓名要一字不差，电话要写完整号码。没有登记过的，请在下面选门牌。"))
    for one in found:
        if st.button(_line(one), key=f"caller.{one.person_id}", icon=":material/person:", width="stretch"):
            return one
    return None


def shown_caller(one: Caller) -> bool:
    """Draw the person whose order it is; True when the user wants to choose another one."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/person: **{_line(one)}**")
        return st.button(_("换一户"), key="caller.other", icon=":material/close:")


def forget_caller() -> None:
    """Empty the search when its order is taken."""
    st.session_state.pop(WORDS, None)


def _line(one: Caller) -> str:
    kind = "" if one.kind is HouseholdKind.ORDINARY else term(one.kind)
    return safe(" · ".join(part for part in (f"{one.name} {one.phone}".strip(), one.relation, one.door, kind) if part))
