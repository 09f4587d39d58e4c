"""Activities in a list, the year's sums, and the form that sets one up."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time

import streamlit as st

from components.acting import Request
from components.address import filter_by, filter_view
from components.forms import Filling, form
from components.kpi import Kpi, numbers
from components.lists import Column, rows
from components.wording import N_, _
from components.wording.dates import hours, near
from components.wording.terms import term
from db.actions.activities.activities import amend_activity, set_up_activity
from db.queries.activities.activities import ActivityLine, Offered, YearOfActivities
from db.queries.activities.page import ActivityFacts
from db.rules.activities.input import ActivityInput
from db.rules.activities.places import MOST_PLACES
from db.terms import ActivityKind, HostPart

TABS = {"list": N_("列表"), "calendar": N_("日历")}
VIEWS = {
    "ahead": N_("要办的"),
    "unrecorded": N_("待补记录"),
    "market": N_("集市待收摊"),
    "away": N_("外出未归"),
    "all": N_("全部"),
}


def choose_tab() -> str:
    """List or calendar."""
    return filter_view("tab", _("看法"), list(TABS), lambda one: _(TABS[one]), start="list", read=_known(TABS))


def choose_view() -> str:
    """Which activities."""
    return filter_view("view", _("哪些"), list(VIEWS), lambda one: _(VIEWS[one]), start="ahead", read=_known(VIEWS))


def _known(options: Mapping[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return read


def choose_kind() -> ActivityKind | None:
    """One kind, or all."""
    return filter_by("kind", _("类型"), list(ActivityKind))


def seats_words(filled: int, places: int | None) -> str:
    """12/30, or how many without a limit."""
    return f"{filled}/{places}" if places else str(filled or "")


def activity_list(found: Sequence[ActivityLine], *, today: date, several: bool) -> None:
    """The activities as one block."""
    columns = [
        Column("title", _("活动")),
        Column("on", _("日期"), "nowrap"),
        Column("kind", _("类型"), "nowrap"),
        Column("place", _("地点")),
        Column("state", _("状态"), "nowrap"),
        Column("seats", _("报名"), "number"),
        Column("served", _("受益人次"), "number"),
    ]
    if several:
        columns.insert(2, Column("community", _("社区"), "nowrap"))
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "on": near(one.on, weekday=True),
                "kind": term(one.kind),
                "place": one.place,
                "community": one.community,
                "state": one.state,
                "seats": seats_words(one.filled, one.places),
                "served": one.served or "",
            }
            for one in found
        ],
        columns,
        key="activities.list",
        empty=_("这里没有活动。登记第一场：名称、类型、日期、地点。"),
        caption=_("活动"),
        page="activity",
    )


def year_sums(year: int, sums: YearOfActivities) -> None:
    """What the year brought, with how it is counted."""
    period = _("{year} 年", year=year)
    numbers(
        [
            Kpi(_("已办活动"), str(sums.held), (period, _("另有 {n} 场待办", n=sums.planned)),
                _("状态为“已完成”的活动场数，项目里的活动也算。")),
            Kpi(_("受益人次"), f"{sums.served:,}", (period,), _("各场记录里填的人次相加，同一人来几次算几次。")),
            Kpi(_("具名参加的人"), str(sums.named), (period,),
                _("登记到会的人去重：同一人全年只算一次，只计人数的不在内。")),
            Kpi(_("志愿服务时长"), hours(sums.minutes), (period,), _("活动名下已计入的志愿者时长，待核的不算。")),
        ],
        key="activities.year",
    )  # fmt: skip


def what_fields(filling: Filling, choices: Offered, facts: ActivityFacts | None, *, leads: bool) -> ActivityInput:
    """The fields that say what an activity is; filled with what is known."""
    left, right = st.columns(2)
    with left:
        title = filling.line("title", _("活动名称"), start=facts.title if facts else "", help=_("例如：妇女节沙龙"))
        place = filling.line("place", _("地点"), start=facts.place if facts else "")
    with right:
        kind = filling.choice("kind", _("类型"), list(ActivityKind), start=facts.kind if facts else None)
        target = filling.line("target", _("对象"), start=facts.target if facts else "", placeholder=_("例如：辖区女性"))
    units = {one.id: one.name for one in choices.units}
    hosts = {part: [one.unit_id for one in facts.hosts if one.part is part] if facts else [] for part in HostPart}
    if facts:
        units |= {one.unit_id: one.name for one in facts.hosts}
    left, right = st.columns(2)
    with left:
        leading = filling.several("leading", _("主办单位（社区之外）"), list(units), start=hosts[HostPart.LEAD],
                                  show=units.__getitem__)  # fmt: skip
        limited = filling.whole("places", _("名额（空着表示不限）"), least=1, most=MOST_PLACES,
                                start=facts.places if facts else None)  # fmt: skip
        cost = filling.whole("cost_yuan", _("费用（元）"), most=10_000_000, start=facts.cost_fen // 100 if facts else 0)
    with right:
        assisting = filling.several("assisting", _("协办单位"), list(units), start=hosts[HostPart.CO],
                                    show=units.__getitem__)  # fmt: skip
        needed = filling.whole("needed", _("需要几位志愿者"), least=1, most=500, start=facts.needed if facts else 2)
        safety = filling.line("safety_person", _("安全员"), start=facts.safety_person if facts else "")
    weather = filling.line("weather_plan", _("天气预案"), most=200, start=facts.weather_plan if facts else "",
                           placeholder=_("例如：下雨改到二楼会议室"))  # fmt: skip
    minors = filling.yes("minors", _("有 14 岁以下儿童参加（只计人数）"), start=bool(facts and facts.minors))
    sensitive = filling.yes("sensitive", _("参加者属于敏感人群（如残疾人）：姓名只有专人可见，少于 5 人不显示人数"),
                            start=bool(facts and facts.sensitive))  # fmt: skip
    people = {one.id: one.name for one in choices.leads}
    lead = None
    if leads and people:
        lead = filling.choice("lead_id", _("负责人"), list(people), start=facts.lead_id if facts else None,
                              show=people.__getitem__, placeholder=_("我自己"))  # fmt: skip
    return ActivityInput(
        title=title, kind=kind, place=place, target=target, needed=needed, places=limited, cost_yuan=cost,
        weather_plan=weather, safety_person=safety, minors=minors, sensitive=sensitive, lead_id=lead,
        leading=leading, assisting=assisting,
    )  # fmt: skip


def set_up_form(choices: Offered, *, today: date, leads: bool) -> Request | None:
    """Set up an activity with its first session; the page opens it when it is stored."""
    with form("set_up_activity") as filling:
        one, two, three = st.columns(3)
        with one:
            on = filling.day("on", _("日期"), start=today)
        with two:
            begins = filling.clock("begins", _("几点开始"), start=time(9))
        with three:
            ends = filling.clock("ends", _("几点结束"), start=time(11))
        given = what_fields(filling, choices, None, leads=leads)
        sure = filling.yes("sure", _("日期没有写错（在一年以后时勾选）"))
        pressed = filling.submit(_("登记活动"))
    values = {"given": given, "on": on, "begins": begins, "ends": ends, "sure": sure}
    if not pressed:
        return None
    return Request(filling, set_up_activity, _("活动已登记"), values)


def amend_form(facts: ActivityFacts, choices: Offered, *, leads: bool) -> Request | None:
    """Change what an activity is."""
    with form(f"amend_activity.{facts.id}") as filling:
        given = what_fields(filling, choices, facts, leads=leads)
        pressed = filling.submit(_("保存修改"))
    if not pressed:
        return None
    values = {"activity_id": facts.id, "version": facts.version, "given": given}
    return Request(filling, amend_activity, _("活动已修改"), values)
