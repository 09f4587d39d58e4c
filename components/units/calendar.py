"""日历: which half days of which resource are promised or asked for, by week and by month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.address import filter_view, from_address, to_address
from components.lists import Column, rows
from components.wording import N_, _, in_a_row, noted
from components.wording.dates import dated, month, short_day, week
from components.wording.terms import term
from db.queries.units.resources import Booked
from db.rules.workdays import week_of
from db.terms import Weekday

SPANS = {"week": N_("按周"), "month": N_("按月")}


def choose_days(today: date) -> tuple[str, date, date]:
    """Week or month, and which one; kept in the address. The span with its first and last day."""
    span = filter_view("span", _("怎么看"), list(SPANS), lambda code: _(SPANS[code]), start="week", read=_known)
    at = from_address("day", date.fromisoformat) or today
    first, last = _bounds(span, at)
    with st.container(horizontal=True, vertical_alignment="center"):
        earlier = st.button(_("往前"), icon=":material/chevron_left:", key="calendar.earlier")
        now = st.button(_("今天"), key="calendar.today")
        later = st.button(_("往后"), icon=":material/chevron_right:", key="calendar.later")
        st.markdown(f"**{week(first) if span == 'week' else month(first)}**")
    wanted = first - timedelta(days=1) if earlier else last + timedelta(days=1) if later else today if now else None
    if wanted is not None and date(2000, 1, 1) <= wanted <= date(2100, 1, 1):
        to_address("day", None if wanted == today else wanted.isoformat())
        st.rerun()
    return span, first, last


def _known(code: str) -> str:
    if code not in SPANS:
        raise ValueError(code)
    return code


def _bounds(span: str, at: date) -> tuple[date, date]:
    if not date(2000, 1, 1) <= at <= date(2100, 1, 1):
        at = date(2100, 1, 1) if at > date(2000, 1, 1) else date(2000, 1, 1)
    if span == "week":
        return week_of(at), week_of(at) + timedelta(days=6)
    first = at.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def calendar(span: str, first: date, last: date, found: Sequence[Booked]) -> None:
    """The calendar of a span; what only waits for an answer says so."""
    if span == "week":
        _week(first, found)
    else:
        _month_table(first, last, found)


def _cell(one: Booked, *, short: bool = False) -> str:
    part = term(one.part) if one.part else _("全天")
    waits = _("（待答复）") if one.waits else ""
    return f"{one.resource} {part}{waits}" if short else f"{part} {one.home} {one.amount}{one.measure}{waits}"


def _week(first: date, found: Sequence[Booked]) -> None:
    days = [first + timedelta(days=ahead) for ahead in range(7)]
    cells: dict[int, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: dict[int, str] = {}
    for one in found:
        names[one.resource_id] = noted(one.resource, one.unit)
        for on in days:
            if one.first <= on <= one.last:
                cells[one.resource_id][on].append(_cell(one))
    rows(
        [
            {"id": number, "resource": name} | {on.isoformat(): in_a_row(cells[number][on]) for on in days}
            for number, name in sorted(names.items(), key=lambda pair: pair[1])[:50]
        ],
        [Column("resource", _("资源")), *(Column(on.isoformat(), short_day(on)) for on in days)],
        key="calendar.week",
        page="resource",
        empty=_("这一周没有占用，都可以借。"),
        caption=_("资源日历"),
    )


def _month_table(first: date, last: date, found: Sequence[Booked]) -> None:
    monday = week_of(first)
    weeks = [monday + timedelta(weeks=ahead) for ahead in range((week_of(last) - monday).days // 7 + 1)]
    lines = []
    for start in weeks:
        line: dict[str, object] = {"week": short_day(start)}
        for ahead, weekday in enumerate(Weekday):
            on = start + timedelta(days=ahead)
            held = [_cell(one, short=True) for one in found if one.first <= on <= one.last]
            more = [_("另 {n} 件", n=len(held) - 4)] if len(held) > 4 else []
            said = in_a_row(held[:4] + more)
            line[weekday.value] = f"{on.day} {said}".strip() if first <= on <= last else ""
        lines.append(line)
    rows(
        lines,
        [Column("week", _("这一周"), "nowrap"), *(Column(one.value, term(one)) for one in Weekday)],
        key="calendar.month",
        empty="",
        caption=_("资源日历"),
    )
    if not found:
        st.caption(_("{day}起这个月没有占用，都可以借。", day=dated(first)))
