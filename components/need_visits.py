"""A worker's day at the doors: how many, and what was just written down."""

from collections.abc import Mapping

import streamlit as st

from components.wording import _
from db.terms import VisitOutcome


def day_so_far(counts: Mapping[VisitOutcome, int]) -> None:
    """How many doors today; a fact for the worker, no ranking and no target."""
    total = sum(counts.values())
    if not total:
        st.caption(_("今天还没有走访。选好门牌,未遇只需两下。"))
        return
    st.caption(
        _(
            "今天 {total} 户:见到 {met},未遇 {not_in},电话 {phone}",
            total=total,
            met=counts.get(VisitOutcome.MET, 0),
            not_in=counts.get(VisitOutcome.NOT_IN, 0),
            phone=counts.get(VisitOutcome.PHONE, 0),
        )
    )


def logged(need_id: int, has_twins: bool) -> None:
    """The need that was just written down, with the way to it."""
    st.markdown(f":material/check_circle: [{_('刚登记的需求:打开查看')}](/need?id={need_id})")
    if has_twins:
        st.markdown(f"**{_('可能和以下需求是同一件事,请看一眼:')}**")
