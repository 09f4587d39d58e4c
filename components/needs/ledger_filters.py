"""The filters of the ledger: everything in the URL, in words no language changes, so that a view can be sent on."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import streamlit as st

from components.address import (
    PAGING,
    filter_by,
    filter_words,
    filters,
    from_address,
    out_of_address,
    pick,
    to_address,
)
from components.needs.words import Entry, entry_name
from components.wording import _
from components.wording.dates import short_day
from components.wording.dates import week as week_words
from components.wording.terms import term
from db.queries.needs.needs import Frame, NeedFilters
from db.rules.workdays import mondays
from db.terms import NeedStage, NeedStep, Urgency

WEEKS = 26
FILTER_WIDTH = 160
"""Pixels: two filters side by side on a phone."""


def _weeks(today: date) -> list[date]:
    found = mondays(today - timedelta(weeks=WEEKS), today)[::-1]
    held = from_address("week", date.fromisoformat)
    return found if held is None or held in found else [*found, held]


def ledger_filters(frame: Frame, today: date) -> NeedFilters:
    """Draw the filters; a changed filter goes back to the first page."""

    def named(entries: Sequence[Entry]) -> tuple[list[int], Callable[[int], str]]:
        names = {entry.id: entry_name(entry) for entry in entries}
        return list(names), lambda entry_id: names.get(entry_id, "")

    words = filter_words(_("查找"), _("原话、标题、编号，也可用拼音或首字母：ldd"))
    with filters(), st.container(horizontal=True):
        category = pick("category", _("类别"), *named(frame.categories), read=int, width=FILTER_WIDTH)
        step = filter_by("step", _("环节"), list(NeedStep), width=FILTER_WIDTH)
        stage = pick("stage", _("阶段"), list(NeedStage), term, read=NeedStage, width=FILTER_WIDTH)
        place = pick("place", _("地点"), *named(frame.places), read=int, width=FILTER_WIDTH)
        worker = pick("worker", _("登记人"), *named(frame.workers), read=int, width=FILTER_WIDTH)
        week = pick("week", _("登记周"), _weeks(today), week_words, read=date.fromisoformat, width=FILTER_WIDTH)
        urgency = pick("urgency", _("紧急程度"), list(Urgency), term, read=Urgency, width=FILTER_WIDTH)
    return NeedFilters(words, category, stage, place, worker, week, urgency, step, _closed_since())


def _closed_since() -> date | None:
    """From a figure of the start page; the words that say so take it off again."""
    since = from_address("closed", date.fromisoformat)
    if since is not None and st.button(
        _("只看 {day}起已回音的", day=short_day(since)), icon=":material/close:", key="ledger.closed"
    ):
        out_of_address("closed", *PAGING)
        st.rerun()
    return since


def turn_pages(*, first: int | None, last: int | None, newer: bool, older: bool) -> None:
    """Newer and older pages by the ids at the ends of this one."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(_("较新"), key="ledger.newer", icon=":material/chevron_left:", disabled=not newer):
            _turn("after", first)
        if st.button(_("较早"), key="ledger.older", icon=":material/chevron_right:", disabled=not older):
            _turn("before", last)


def _turn(name: str, value: int | None) -> None:
    out_of_address(*PAGING)
    to_address(name, value)
    st.rerun()
