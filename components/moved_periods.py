"""Lines that say what a day off or on that was set later did to a period, on the page of what it belongs to."""

from collections.abc import Sequence

import streamlit as st

from components.wording import _
from components.wording.dates import dated, today
from components.wording.terms import term
from db.queries.moved_periods import Moved


def moved_lines(moved: Sequence[Moved]) -> list[str]:
    """A sentence for every change, the oldest first."""
    return [_line(one) for one in moved]


def moved_note(moved: Sequence[Moved]) -> None:
    """The same as one caption; nothing where nothing changed."""
    if moved:
        st.caption("  \n".join(moved_lines(moved)))


def _line(one: Moved) -> str:
    show = dated if one.exact else lambda at: dated(today(at))
    values = {"day": dated(one.day), "works": _("上班") if one.workday else _("休息"), "before": show(one.before)}
    if one.after is not None:
        return _("{day}定为{works}，期限由 {before} 改为 {after}。", after=show(one.after), **values)
    why = term(one.kept) if one.kept else ""
    return _("{day}定为{works}，期限 {before} 没有变动：{why}。", why=why, **values)
