"""投诉台账 on the screen: what waits as one row of choices, the list, the rates with their definitions."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.address import filter_view
from components.kpi import Kpi, numbers, rate_kpi
from components.lists import Column, Marked, rows
from components.wording import N_, _
from components.wording.dates import dated, near
from components.wording.happenings import reasons
from components.wording.terms import term
from db.queries.complaints.complaints import ComplaintRow, Rates, View
from db.queries.complaints.page import ComplaintFacts, Repeat
from db.rules.complaints.life import is_late
from db.rules.projects.progress import rate

IN_SIGHT = 5
"""Complaints beside something else that stand unfolded."""
VIEWS: dict[View, str] = {
    View.OPEN: N_("在办"),
    View.LATE: N_("已超期"),
    View.TODAY: N_("今天到期"),
    View.TO_CONTACT: N_("待联系"),
    View.TO_HAND_OVER: N_("待交办"),
    View.TO_REVISIT: N_("待回访"),
    View.RELAPSED: N_("反弹"),
    View.ALL: N_("全部"),
}


def choose_view(counts: Mapping[View, int]) -> View:
    """What is to be done, each with its number; kept in the address under `view`."""
    views = list(counts)
    return filter_view(
        "view", _("看哪些"), views, lambda view: f"{_(VIEWS[view])} {counts[view]}", start=views[0], read=View
    )


def complaint_table(found: Sequence[ComplaintRow], today: date, *, key: str, empty: str, short: bool = False) -> None:
    """Complaints; `short` where they stand below a chart."""
    rows(
        [
            {
                "id": one.id,
                "number": one.number,
                "title": one.title,
                "place": f"{one.place or ''}{one.building or ''}",
                "state": one.state,
                "who": _who(one),
                "due": _due(one, today),
                "times": _marks(one),
            }
            for one in found
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("title", _("什么事")),
            Column("place", _("地点")),
            Column("state", _("状态"), "nowrap"),
            Column("who", _("谁在台上")),
            Column("due", _("办理期限"), "nowrap"),
            Column("times", _("重复与反弹"), "nowrap"),
        ],
        key=key,
        empty=empty,
        caption=_("投诉台账"),
        page="complaint",
        short=short,
    )


def few_complaints(
    found: Sequence[Repeat], *, key: str, caption: str, role: Sequence[str] = (), why: bool = False
) -> None:
    """A few complaints beside something else, with what each is to it or why it is alike.

    `why` says why each is alike and gives no link: the user decides about them on this page. Long lists are folded.
    """
    lines = list(zip(found, role or [""] * len(found), strict=True))
    seen = len(lines) if len(lines) <= IN_SIGHT + 1 else IN_SIGHT
    _few(lines[:seen], key=key, caption=caption, role=bool(role), why=why)
    if seen == len(lines):
        return
    with st.expander(_("其余 {n} 件", n=len(lines) - seen), icon=":material/unfold_more:"):
        _few(lines[seen:], key=f"{key}.more", caption=caption, role=bool(role), why=why)


def _few(found: Sequence[tuple[Repeat, str]], *, key: str, caption: str, role: bool, why: bool) -> None:
    rows(
        [
            {
                "id": one.id,
                "number": one.number,
                "role": held,
                "title": one.title,
                "place": f"{one.place or ''}{one.building or ''}",
                "state": one.state,
                "received": near(one.received_on),
                "why": f"{one.score} · {reasons(one.reasons)}",
            }
            for one, held in found
        ],
        [
            Column("number", _("编号"), "nowrap"),
            *([Column("role", _("关系"), "nowrap")] if role else []),
            Column("title", _("什么事"), "wide"),
            Column("place", _("地点")),
            Column("state", _("状态"), "nowrap"),
            Column("received", _("收到"), "nowrap"),
            *([Column("why", _("相近程度"))] if why else []),
        ],
        key=key,
        empty="",
        caption=caption,
        page="" if why else "complaint",
        short=True,
    )


def _who(one: ComplaintRow) -> str:
    return one.responsible_name or (term(one.responsible) if one.responsible else "")


def _due(one: ComplaintRow, today: date) -> object:
    """The day in a list: only what is late is marked."""
    words = due_words(one, today)
    return Marked(words, "red") if one.due_on and is_late(one.state, one.due_on, today) else words


def due_words(one: ComplaintRow | ComplaintFacts, today: date) -> str:
    """Until when, and by how much it is late."""
    if one.due_on is None:
        return ""
    until = near(one.due_on)
    if not is_late(one.state, one.due_on, today):
        return until
    return _("{day}（超 {n} 天）", day=until, n=(today - one.due_on).days)


def _marks(one: ComplaintRow) -> str:
    marks = []
    if one.repeats:
        marks.append(_("重复 {n} 件", n=one.repeats))
    if one.repeat_of_id:
        marks.append(_("是重复件"))
    if one.relapses:
        marks.append(_("反弹 {n} 次", n=one.relapses))
    return " · ".join(marks)


def rate_cards(found: Rates, since: date, today: date) -> None:
    """三率, repeats and relapses of a year, each with its parts and its definition."""
    period = _("{since} 至 {until} 收到", since=dated(since), until=dated(today))
    cards: list[Kpi] = [
        rate_kpi(
            _("响应率"),
            rate(found.contacted_in_time, found.contact_due),
            of=_("按时联系/应联系"),
            period=period,
            definition=_("规定时限内联系诉求人的件数 ÷ 受理件数。时限未到、还没联系的不计入；作废的不计入。"),
        ),
        rate_kpi(
            _("解决率"),
            rate(found.solved, found.revisited),
            of=_("已解决/回访成功"),
            period=period,
            definition=_("回访时诉求人确认“已解决”的件数 ÷ 回访成功件数。联系不上的不计入分母。"),
        ),
        rate_kpi(
            _("满意率"),
            rate(found.pleased, found.rated),
            of=_("满意/作出评价"),
            period=period,
            definition=_("回访时评价“很满意”“满意”的件数 ÷ 作出评价的件数。没有评价的不计入分母。"),
        ),
        rate_kpi(
            _("重复投诉率"),
            rate(found.repeats, found.received),
            of=_("重复件/收到"),
            period=period,
            definition=_("经人工确认、关联到先前投诉的件数 ÷ 收到的全部件数。作废的不计入。"),
        ),
        rate_kpi(
            _("反弹率"),
            rate(found.relapsed, found.received),
            of=_("反弹过/收到"),
            period=period,
            definition=_("办结后又重新办理过的件数 ÷ 收到的全部件数。作废的不计入。"),
        ),
    ]
    numbers(cards, key="complaints.rates")
