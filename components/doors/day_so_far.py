"""A worker's day at the doors: how many, and the need that was just logged."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.photo_box import photo_box
from components.wording import _
from db.queries.photos import PhotoRow
from db.rules.permissions import Actor, Permission
from db.terms import VisitOutcome


def day_so_far(counts: Mapping[VisitOutcome, int]) -> None:
    """Show how many doors were visited today; a fact for the worker, no ranking and no target."""
    total = sum(counts.values())
    if not total:
        st.caption(_("今天还没有走访。选好门牌，未遇只需两下。"))
        return
    st.caption(
        _(
            "今天 {total} 户：见到 {met}，未遇 {not_in}，电话 {phone}",
            total=total,
            met=counts.get(VisitOutcome.MET, 0),
            not_in=counts.get(VisitOutcome.NOT_IN, 0),
            phone=counts.get(VisitOutcome.PHONE, 0),
        )
    )


def logged(user: Actor, need_id: int, photos: Sequence[PhotoRow]) -> Request | None:
    """A link to the need that was just logged, and its photos while the worker still stands in front of it."""
    st.markdown(f":material/check_circle: [{_('刚登记的需求：打开查看')}](/need?id={need_id})")
    return photo_box(photos, may_add=user.may(Permission.ADD_PHOTO), need_id=need_id)


def look_once() -> None:
    """The line above the needs that may be the same as the one just logged."""
    st.markdown(f"**{_('可能和以下需求是同一件事，请看一眼：')}**")
