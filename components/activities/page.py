"""The head of an activity, its sessions, and the steps of its life."""

from collections.abc import Sequence
from datetime import date, time

import streamlit as st

from components.acting import Request
from components.activities.list import amend_form, seats_words
from components.activities.papers import hosts_words, session_words, when_words
from components.address import filter_view
from components.asking import says
from components.detail import fact_list, head, more
from components.forms import form
from components.lists import Column, rows
from components.menu import PAGES
from components.units.requests import request_table
from components.wording import N_, _, safe
from components.wording.dates import dated, near, yuan
from components.wording.terms import badge, term
from db.actions.activities.activities import call_off_activity, move_activity
from db.actions.activities.sessions import add_session, drop_session
from db.queries.activities.activities import Offered
from db.queries.activities.page import ActivityFacts, SessionRow
from db.queries.units.resources import RequestRow
from db.rules.activities.input import SessionInput
from db.rules.activities.places import told
from db.rules.zone import CHINA
from db.terms import ActivityKind, ActivityState, HostPart

PARTS = {"plan": N_("场次与日程"), "people": N_("报名与到场"), "work": N_("记录与时长"), "papers": N_("文书")}
OWN_PAGES = {
    ActivityKind.MARKET: ("market", N_("摊位、人员与计数"), "storefront"),
    ActivityKind.OUTING: ("outing", N_("结对与清单"), "hail"),
}
"""Kinds that have a page of their own beside this one: its address, what is there, its icon."""


def choose_part() -> str:
    """Which part of the activity."""

    def read(text: str) -> str:
        if text not in PARTS:
            raise ValueError(text)
        return text

    return filter_view("part", _("部分"), list(PARTS), lambda one: _(PARTS[one]), start="plan", read=read)


def activity_head(facts: ActivityFacts) -> None:
    """Title, state, and what is most asked."""
    told_of = (near(facts.on), facts.place, term(facts.kind), facts.community)
    head(facts.title, marks=[badge(facts.state)], about=" · ".join(part for part in told_of if part))
    if facts.moved_from:
        st.info(safe(_("原定 {day}，已改期：{reason}", day=dated(facts.moved_from), reason=facts.moved_reason)),
                icon=":material/event_repeat:")  # fmt: skip
    if facts.state is ActivityState.CANCELLED:
        st.warning(safe(_("已取消：{reason}", reason=facts.report)))


def kind_place(facts: ActivityFacts, known: Sequence[str]) -> None:
    """The one place where what only one kind of activity has is reached: stalls of a market day, pairs of an outing.

    `known` are the addresses of the pages that there are.
    """
    page, label, icon = OWN_PAGES.get(facts.kind, ("", "", ""))
    if page and page in known:
        st.page_link(f"activities/{page}.py", label=_(label), icon=f":material/{icon}:",
                     query_params={"id": str(facts.id)})  # fmt: skip


def borrowed(facts: ActivityFacts, found: Sequence[RequestRow], *, asks: bool) -> None:
    """What units lend for it, and the way to ask for more."""
    if not (found or asks):
        return
    st.header(_("借用的资源"), anchor=False)
    if found:
        request_table(found, key="activity.borrowed", empty="")
    if asks:
        st.page_link(
            PAGES / "units/units.py", label=_("向共建单位借场地、人手、物资"), icon=":material/front_hand:",
            query_params={"tab": "resources", "activity": str(facts.id)},
        )  # fmt: skip


def about(facts: ActivityFacts) -> None:
    """What stands fast about it."""
    said = [
        (_("主办"), hosts_words(facts, HostPart.LEAD)),
        (_("协办"), hosts_words(facts, HostPart.CO)),
        (_("地点"), facts.place),
        (_("对象"), facts.target),
        (_("负责人"), facts.lead),
        (_("名额"), seats_words(facts.filled, facts.places) if facts.places else _("不限")),
        (_("安全员"), facts.safety_person),
        (_("天气预案"), facts.weather_plan),
        (_("费用"), yuan(facts.cost_fen) if facts.cost_fen else ""),
        (_("未成年人"), _("14 岁以下只计人数") if facts.minors else ""),
        (_("敏感人群"), _("姓名只有专人可见") if facts.sensitive else ""),
        (_("所属项目"), facts.project),
    ]
    fact_list([(what, value) for what, value in said if value != "—"], key="activity.about", caption=_("活动"))


def session_table(facts: ActivityFacts, sessions: Sequence[SessionRow], *, inside: bool) -> None:
    """The sessions with what is done and who came; `inside`: few of a sensitive group may be told."""

    def count(one: SessionRow) -> str:
        if not one.taken:
            return ""
        shown = told(one.came, sensitive=facts.sensitive, inside=inside)
        return _("不足 5") if shown is None else str(shown)

    rows(
        [
            {
                "when": when_words(one),
                "what": session_words(one),
                "came": count(one),
                "children": one.children or "",
            }
            for one in sessions
        ],
        [
            Column("when", _("时间"), "nowrap"),
            Column("what", _("安排"), "wide"),
            Column("came", _("实到人数"), "number"),
            Column("children", _("其中儿童"), "number"),
        ],
        key="activity.sessions",
        empty=_("没有排场次，日期是 {day}。", day=dated(facts.on)),
        caption=_("场次"),
    )


def session_form(facts: ActivityFacts, sessions: Sequence[SessionRow], today: date) -> Request | None:
    """One more session: two hours from the end of the last one, where that is still the same day."""
    last = max((one.ends_at.astimezone(CHINA) for one in sessions), default=None)
    starts = last.time() if last and time(6) <= last.time() <= time(21) and last.date() >= today else time(14)
    # A form for each of them: the one after it does not begin where this one did.
    with form(f"add_session.{facts.id}.{len(sessions)}") as filling:
        one, two, three = st.columns(3)
        with one:
            on = filling.day("on", _("日期"), start=max(facts.on, today, last.date() if last else today))
        with two:
            begins = filling.clock("begins", _("几点开始"), start=starts)
        with three:
            ends = filling.clock("ends", _("几点结束"), start=starts.replace(hour=starts.hour + 2),
                                 help=_("比开始早的，算第二天（如 22:00—0:30）。"))  # fmt: skip
        left, right = st.columns(2)
        with left:
            title = filling.line("title", _("这一场做什么（可不填）"))
        with right:
            speaker = filling.line("speaker", _("主讲（可不填）"), most=30)
        modules = filling.words("modules", _("模块，一行一个（可不填）"), height=90)
        sure = filling.yes("sure", _("日期没有写错（在一年以后时勾选）"))
        pressed = filling.submit(_("加这一场"))
    given = SessionInput(on=on, begins=begins, ends=ends, title=title, speaker=speaker, modules=modules, sure=sure)
    values = {"activity_id": facts.id, "given": given}
    return Request(filling, add_session, _("场次已加上"), values) if pressed else None


def drop_form(sessions: Sequence[SessionRow]) -> Request | None:
    """Take out a session that will not be held."""
    able = {one.id: one for one in sessions if not one.taken}
    if len(sessions) < 2 or not able:
        return None
    with form("drop_session") as filling:
        chosen = filling.choice("session_id", _("哪一场"), list(able), show=lambda key: when_words(able[key]))
        pressed = filling.submit(_("删掉这一场"))
    if not pressed:
        return None
    return Request(filling, drop_session, _("场次已删掉"), {"session_id": chosen or 0})


def move_form(facts: ActivityFacts) -> Request | None:
    """Move it to another day; every session follows."""
    with form(f"move_activity.{facts.id}") as filling:
        on = filling.day("on", _("改到哪一天（第一场）"), start=facts.on)
        reason = filling.line("reason", _("改期原因"), most=200)
        sure = filling.yes("sure", _("已核对：日期没有写错，来不了的人已商量好"))
        pressed = filling.submit(_("改期"))
    values = {"activity_id": facts.id, "version": facts.version, "on": on, "reason": reason, "sure": sure}
    return Request(filling, move_activity, _told, values) if pressed else None


def call_off_form(facts: ActivityFacts) -> Request | None:
    """It does not take place."""
    with form(f"call_off_activity.{facts.id}") as filling:
        reason = filling.words("reason", _("取消原因"), height=80)
        says(_("活动不再进行，报名全部作废，不能恢复；请把取消的消息告诉已报名的人。"))
        pressed = filling.submit(_("取消活动"))
    values = {"activity_id": facts.id, "version": facts.version, "reason": reason}
    return Request(filling, call_off_activity, _told, values) if pressed else None


def _told(count: int) -> str:
    return _("已改好；有 {n} 位报名的人要通知，名单在“报名与到场”。", n=count)


def plan_forms(
    facts: ActivityFacts, sessions: Sequence[SessionRow], choices: Offered, *, today: date, leads: bool
) -> Request | None:
    """What can be changed while it is planned; an activity of a project is changed there."""
    with st.expander(_("加一场、删一场"), icon=":material/add:"):
        request = session_form(facts, sessions, today)
        request = drop_form(sessions) or request
    if facts.project_id is None:
        with more() as menu:
            if menu.open:
                with st.expander(_("修改活动"), icon=":material/edit:"):
                    request = amend_form(facts, choices, leads=leads) or request
                with st.expander(_("改期或取消"), icon=":material/event_repeat:"):
                    request = move_form(facts) or request
                    request = call_off_form(facts) or request
    return request
