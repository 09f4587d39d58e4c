"""The filters of the ledger: everything in the URL, in words no language changes, so that a view can be sent on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from components.address import from_address, pick, to_address
from components.needs.words import entry_name
from components.wording import _
from components.wording.dates import week as week_words
from components.wording.terms import term
from db.rules.workdays import mondays
from db.terms import NeedStage, Urgency

WEEKS = 26
PAGING = ("before", "after")
FILTER_WIDTH = 166
"""Pixels: two filters side by side on a phone."""


def choose_community(frame: Any) -> int | None:
    """The community to look at, for those who reach several; the caller reads the frame again when it changes."""
    names = {community.id: community.name for community in frame.communities}
    if len(names) < 2:
        return None
    chosen: int = st.selectbox(
        _("社区"),
        list(names),
        index=list(names).index(frame.community_id),
        key="filter.community",
        format_func=lambda community: names.get(community, ""),
        persist_state="session",
    )
    to_address("community", chosen)
    return chosen


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters are set to."""

    words: str
    category_id: int | None
    stage: NeedStage | None
    place_id: int | None
    worker_id: int | None
    week: date | None
    urgency: Urgency | None


def _weeks(today: date) -> list[date]:
    found = mondays(today - timedelta(weeks=WEEKS), today)[::-1]
    held = from_address("week", date.fromisoformat)
    return found if held is None or held in found else [*found, held]


def ledger_filters(frame: Any, today: date) -> Chosen:
    """Draw the filters; a changed filter goes back to the first page."""

    def named(entries: Sequence[Any]) -> tuple[list[int], Callable[[int], str]]:
        names = {entry.id: entry_name(entry) for entry in entries}
        return list(names), lambda entry_id: names.get(entry_id, "")

    words = st.text_input(
        _("查找"),
        value=st.query_params.get("q", ""),
        key="filter.q",
        type="search",
        placeholder=_("原话、标题、编号，也可用拼音或首字母：ldd"),
        icon=":material/search:",
    )
    to_address("q", (words or "").strip())
    with st.container(horizontal=True):
        category = pick("category", _("类别"), *named(frame.categories), read=int, width=FILTER_WIDTH)
        stage = pick("stage", _("阶段"), list(NeedStage), term, read=NeedStage, width=FILTER_WIDTH)
        place = pick("place", _("地点"), *named(frame.places), read=int, width=FILTER_WIDTH)
        worker = pick("worker", _("登记人"), *named(frame.workers), read=int, width=FILTER_WIDTH)
        week = pick("week", _("登记周"), _weeks(today), week_words, read=date.fromisoformat, width=FILTER_WIDTH)
        urgency = pick("urgency", _("紧急程度"), list(Urgency), term, read=Urgency, width=FILTER_WIDTH)
    chosen = Chosen((words or "").strip(), category, stage, place, worker, week, urgency)
    before = st.session_state.get("_ledger.filters")
    if before is not None and before != chosen:
        for name in PAGING:
            st.query_params.pop(name, None)
    st.session_state["_ledger.filters"] = chosen
    return chosen


def turn_pages(*, first: int | None, last: int | None, newer: bool, older: bool) -> None:
    """Newer and older pages by the ids at the ends of this one."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(_("较新"), key="ledger.newer", icon=":material/chevron_left:", disabled=not newer):
            _turn("after", first)
        if st.button(_("较早"), key="ledger.older", icon=":material/chevron_right:", disabled=not older):
            _turn("before", last)


def _turn(name: str, value: int | None) -> None:
    for other in PAGING:
        st.query_params.pop(other, None)
    to_address(name, value)
    st.rerun()
