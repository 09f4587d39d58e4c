"""Ways from the roll to what waits: registrations that people sent themselves, and papers about service."""

import streamlit as st

from components.address import go
from components.wording import _


def joining_buttons(applications: int, papers: int) -> None:
    """One button each, with how many wait."""
    with st.container(horizontal=True):
        first = st.button(
            _("待确认登记（{n}）", n=applications), key="volunteers.applications", icon=":material/how_to_reg:",
            type="primary" if applications else "secondary",
        )  # fmt: skip
        second = st.button(_("情况说明（{n}）", n=papers), key="volunteers.papers", icon=":material/description:")
    if first:
        go("joining")
    if second:
        go("joining", view="papers")
