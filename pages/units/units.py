"""共建单位: a worker at a desk finds in five seconds who can help with what, and asks; others keep the roll."""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import filter_by, filter_id, filter_words, filters, from_address, id_in_address, pager
from components.community_choice import choose_community
from components.detail import new, title_row
from components.needs.words import entry_name
from components.units.calendar import calendar, choose_days
from components.units.list import choose_tab, choose_view, resource_table, unit_form, unit_table
from components.units.lists import match_table, three
from components.units.requests import request_table
from components.wording import _, heading, safe
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.needs.needs import frame
from db.queries.units.about import title_of
from db.queries.units.lists import three_lists
from db.queries.units.resources import RequestView, booked, requests, resources
from db.queries.units.units import unit_counts, units
from db.rules.permissions import Permission
from db.terms import ResourceKind, UnitKind

user = require(Permission.SEE_UNITS)
day = today(utc_now())
title = title_row(heading("共建单位"))
tab = choose_tab()
request: Request | None = None
with reading(user) as session:
    here = frame(session, from_address("community", int))
homes = {one.id: one.name for one in here.communities} if here else {}
if tab == "units":
    with reading(user) as session:
        counts = unit_counts(session, today=day)
    view = choose_view(counts)
    words = filter_words(_("查找"), _("单位名称、地址"))
    with filters(), st.container(horizontal=True):
        kind = filter_by("kind", _("性质"), list(UnitKind))
        home = filter_id("home", _("联系社区"), homes) if len(homes) > 1 else None
    with reading(user) as session:
        page = units(
            session, today=day, view=view, words=words, kind=kind, home_id=home, before=id_in_address("before")
        )
    unit_table(page.rows)
    pager(page.rows, page.more)
    if user.may(Permission.MANAGE_UNITS):
        with title, new(_("登记单位"), "add_business") as menu:
            if menu.open:
                request = unit_form(None, homes if user.community_id is None else {})
elif tab == "resources":
    categories = {one.id: entry_name(one) for one in here.categories} if here else {}
    with reading(user) as session:
        to_do = requests(session, home_id=user.community_id, waiting_on=day) if from_address("waiting", int) else None
    if to_do is not None:
        st.header(_("要办的申请"), anchor=False)
        request_table(to_do.rows, key="units.waiting", empty=_("没有要办的申请。"))
    words = filter_words(_("查找"), _("资源、单位、特长、地点"))
    with filters(), st.container(horizontal=True):
        sort = filter_by("sort", _("种类"), list(ResourceKind))
        category = filter_id("category", _("需求类别"), categories)
    with reading(user) as session:
        pool = resources(
            session, today=day, words=words, kind=sort, category_id=category, before=id_in_address("before")
        )
        waiting = requests(session, view=RequestView.OPEN, home_id=user.community_id)
        to_thank = requests(session, view=RequestView.TO_THANK, home_id=user.community_id)
        held = id_in_address("activity")
        wanted_for = title_of(session, activity_id=held)
    if wanted_for:
        st.info(
            _("为活动“{title}”找资源：点一项就打开填好的申请。", title=safe(wanted_for)), icon=":material/celebration:"
        )
    if to_do is None and (waiting.rows or to_thank.rows):
        mine = (*to_thank.rows, *waiting.rows)
        with st.expander(_("正在办理的申请（{n} 件）", n=len(mine)), icon=":material/pending_actions:"):
            request_table(mine[:30], key="units.open", empty="")
    st.header(_("全街道的资源"), anchor=False)
    resource_table(pool.rows, activity_id=held if wanted_for else None)
    pager(pool.rows, pool.more)
elif tab == "lists" and here is not None:
    choose_community(here)
    with reading(user) as session:
        lists = three_lists(session, here.community_id, today=day)
    st.header(_("匹配建议"), anchor=False)
    st.caption(_("点一条就打开填好的申请；已经申请过的不再列出。"))
    match_table(lists.matches)
    three(lists)
elif tab == "calendar":
    span, first, last = choose_days(day)
    with reading(user) as session:
        taken = booked(session, first, last)
    calendar(span, first, last, taken)
run(user, request)
