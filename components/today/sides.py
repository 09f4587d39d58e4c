"""Beside the things to do: the way of needs, the next days, four figures, and what each role has of its own."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.admin.audit_words import table_word
from components.lists import Column, rows
from components.projects.light_words import light_reason, light_word
from components.today.block import block, href
from components.today.feed_words import date_title
from components.wording import N_, _
from components.wording.dates import clock, hours, short_day
from components.wording.terms import term
from db.queries.progress.communities import CommunityToDo
from db.queries.projects.progress import ProjectLight
from db.queries.today.my_service import DateKind, ServiceDate
from db.queries.today.overview import Ahead, AheadKind, Figures, StepStanding
from db.queries.today.parts import ToDo
from db.queries.today.sides import NextMeeting
from db.queries.today.today import Line
from db.rules.workdays import week_of
from db.terms import VisitOutcome

_AHEAD = {
    AheadKind.MEETING: (N_("会议"), "meeting"),
    AheadKind.NOTICE: (N_("公示期满"), "notices"),
    AheadKind.ACTIVITY: (N_("活动"), "activity"),
    AheadKind.MILESTONE: (N_("节点"), "project"),
    AheadKind.TASK: (N_("决议事项"), "tasks"),
}
_DATES = {
    DateKind.TURN: "slots?view=mine&turn={id}",
    DateKind.ORDER: "my-orders",
    DateKind.ACTIVITY: "my-service",
    DateKind.STALL: "my-service",
}
COMING = 6
"""Dates of one's own service that stand beside the things to do."""


def steps(found: Sequence[StepStanding]) -> None:
    """登记 → … → 回音 as bars, each the way to its list; the one that waits longest is named and marked."""
    most = max((one.needs for one in found), default=0) or 1
    waiting = [one for one in found if one.days is not None]
    longest = max(waiting, key=lambda one: one.days or 0, default=None)
    fullest = max(found, key=lambda one: one.needs, default=None)
    note = _("没有在办的需求")
    if longest and fullest:
        note = _("{full} {n} 件最多；{long}等得最久", full=term(fullest.step), n=fullest.needs, long=term(longest.step))
    items = [
        {
            "title": term(one.step), "badge": str(one.needs), "share": round(100 * one.needs / most),
            "sub": _("最久 {n} 天", n=one.days) if one.days is not None else "", "longest": one is longest,
            "href": href(f"needs?step={one.step}"),
        }
        for one in found
    ]  # fmt: skip
    block("steps", {"title": _("卡在哪一步"), "note": note, "items": items}, key="today.steps")


def _days(title: str, items: Sequence[Mapping[str, object]], empty: str, *, key: str, note: str = "") -> None:
    block("ahead", {"title": title, "note": note, "items": list(items), "empty": empty}, key=key)


def ahead(found: Sequence[Ahead]) -> None:
    """What the next seven days bring."""
    items = []
    for one in found:
        word, page = _AHEAD[one.kind]
        at = f" {clock(one.at)}" if one.at else ""
        way = "tasks?state=open" if one.kind is AheadKind.TASK else f"{page}?id={one.link}"
        items.append({"sub": short_day(one.day), "title": f"{_(word)}{at} · {one.title}", "href": href(way)})
    _days(_("接下来七天"), items, _("七天之内没有会议、活动和到期的事。"), key="today.ahead")


def figures(found: Figures, today: date, *, progress: bool) -> None:
    """Four figures with their course, each the way to what it counts."""
    monday = week_of(today)
    before = found.weeks[-2] if len(found.weeks) > 1 else None
    months = [month.this_year or 0 for month in found.months if month.this_year is not None]
    last = months[-2] if len(months) > 1 else None
    weeks = _("近 {n} 周，最右是本周", n=len(found.weeks))
    items = [
        {
            "title": _("新登记（本周）"), "badge": str(found.logged), "href": href(f"needs?week={monday}"),
            "sub": _("上周 {n}", n=before.logged) if before else "", "way": [one.logged for one in found.weeks],
            "say": weeks,
        },
        {
            "title": _("已回音（本周）"), "badge": str(found.closed), "href": href(f"needs?closed={monday}"),
            "sub": _("上周 {n}", n=before.closed) if before else "", "way": [one.closed for one in found.weeks],
            "say": weeks,
        },
        {
            "title": _("回音满意（近 90 天）"), "badge": f"{found.satisfied} / {found.replied}",
            "sub": _("满意 / 作出评价"), "href": href("answers"), "way": [], "say": "",
        },
        {
            "title": _("本月志愿时长"), "badge": hours(months[-1]) if months else hours(0),
            "sub": _("上月 {time}", time=hours(last)) if last is not None else "", "way": months,
            "href": href("project-progress" if progress else "hours"), "say": _("今年各月，最右是本月"),
        },
    ]  # fmt: skip
    block("figures", {"items": items}, key="today.figures")


def doors(lines: Sequence[Line], counts: Mapping[VisitOutcome, int]) -> None:
    """A worker's round: what is due in the own patch, what was knocked at today."""
    due = {line.kind: line.count for line in lines}
    walked = sum(counts.values())
    figures = (
        (_("该走访"), due.get(ToDo.DOORS_DUE, 0), "/?todo=doors_due"),
        (_("高风险超期"), due.get(ToDo.DOORS_OVERDUE, 0), "/?todo=doors_overdue"),
        (_("今天走过"), walked, href("rounds")),
    )
    items = [
        {"title": title, "badge": _("{n} 户", n=n), "sub": "", "way": [], "say": "", "href": way}
        for title, n, way in figures
    ]
    block("figures", {"items": items}, key="today.doors")


def led(found: Sequence[ProjectLight]) -> None:
    """A leader's projects: the light with its reason, and the time limit."""
    items = [
        {
            "sub": light_word(one.result.light), "href": href(f"project?id={one.id}"),
            "title": f"{one.title} · {light_reason(one.result)}",
        }
        for one in found
    ]  # fmt: skip
    _days(_("我带的项目"), items, _("您现在没有在办的项目。"), key="today.led")


def own_dates(found: Sequence[ServiceDate]) -> None:
    """A volunteer's next dates."""
    items = []
    for one in found[:COMING]:
        on = short_day(one.on) if one.on else _("日子没有定")
        at = clock(one.starts_at) if one.starts_at else ""
        title = " · ".join(part for part in (at, date_title(one), one.place) if part)
        items.append({"sub": on, "title": title, "href": href(_DATES[one.kind].format(id=one.id))})
    _days(_("我的服务"), items, _("近期没有安排。到“认领班次”“招募”里看看。"), key="today.dates")


def to_vote(found: NextMeeting | None, today: date) -> None:
    """What a member of the council votes on next."""
    if found is None:
        _days(_("我要表决的"), [], _("现在没有召集的会议。"), key="today.vote")
        return
    way = href(f"meeting?id={found.id}")
    on = found.at.date()
    note = f"{short_day(on)} {clock(found.at)} · {found.place}"
    items = [
        {"sub": _("第 {n} 项", n=place), "title": title, "href": way}
        for place, title in enumerate(found.items, start=1)
    ]
    _days(_("我要表决的"), items or [{"sub": "", "title": found.title, "href": way}], "", key="today.vote", note=note)


def changed(found: Sequence[tuple[str, int]], today: date) -> None:
    """For an auditor: what the day wrote into the log, by what it is about; each the way to these entries."""
    items = [
        {
            "kind": "history", "colour": "gray", "title": _("{what} 改动 {n} 条", what=table_word(table), n=n),
            "sub": "", "badge": "", "act": _("看名单"), "href": href(f"audit?table={table}&day={today}"),
        }
        for table, n in found
    ]  # fmt: skip
    block("things", {"items": items, "more": {"words": _("看全部审计日志"), "href": href("audit")}}, key="today.log")


def communities(found: Sequence[CommunityToDo]) -> None:
    """Side by side, in the order of the administration; where something is stuck stands in its own column."""
    st.header(_("各社区待办"), anchor=False)
    columns = [
        Column("name", _("社区")),
        Column("overdue_answers", _("回音超期"), "number", total=True),
        Column("open_objections", _("未处理异议"), "number", total=True),
        Column("to_route", _("待分流"), "number", total=True),
        Column("for_council", _("待上会"), "number", total=True),
        Column("red_projects", _("滞后项目"), "number", total=True),
        Column("secretary_led", _("书记领办"), "number", total=True),
    ]
    lines = [{column.field: getattr(one, column.field) for column in columns} | {"id": one.id} for one in found]
    rows(lines, columns, key="today.communities", empty="", page="project-progress", name="community")
    st.caption(_("按社区编排顺序，不排名次。点社区名看它的项目。"))
