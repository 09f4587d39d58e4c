"""15 分钟党群服务圈: a secretary sees in ten seconds which buildings are too far from any place, and keeps the list."""

from datetime import date

import streamlit as st

from components.access import require
from components.acting import Request, note, run
from components.address import back_to_opener, filter_view
from components.community_choice import community_choice
from components.detail import new, title_row
from components.results.circle import (
    VIEWS,
    beside_map,
    choose_day,
    communities_table,
    figures,
    file_buttons,
    gaps_table,
    stands_table,
)
from components.results.circle_map import show_map
from components.results.venues import (
    building_form,
    merge_form,
    minutes_form,
    venue_form,
    venue_table,
    walking_form,
)
from components.wording import _
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, reading_figures, utc_now
from db.queries.progress.progress import communities_in_reach
from db.queries.results.circle import circle, places_of, subdistrict_of, units_of, venues, walking_on
from db.rules.permissions import Actor, Permission


def known(code: str) -> str:
    """A view of the address, or ValueError."""
    if code not in VIEWS:
        raise ValueError(code)
    return code


user = require(Permission.SEE_RESULTS)
now_day: date = today(utc_now())
back_to_opener("results/results.py", _("成效"))
title = title_row(_("15 分钟党群服务圈"))
view = filter_view("view", _("看什么"), list(VIEWS), lambda code: _(VIEWS[code]), start="cover", read=known)
with reading_figures(user) as session:
    homes = communities_in_reach(session)
names = {one.id: one.name for one in homes}
manages = user.may(Permission.MANAGE_VENUES)
request: Request | None = None
if view == "venues":
    with reading(user) as session:
        every = venues(session, user.subdistrict_id)
        units = units_of(session, user.subdistrict_id, today=now_day) if manages else {}
    venue_table(every, now_day)
    if manages:
        with title, new(_("登记阵地"), "add_location") as menu:
            if menu.open:
                request = venue_form(None, names if user.community_id is None else {}, units)
    if user.may(Permission.SET_WALKING):
        with reading(user) as session:
            walking = walking_on(session, user.subdistrict_id, now_day)
        with st.expander(_("步行分钟数怎么推算"), icon=":material/tune:"):
            request = walking_form(walking, now_day) or request
else:
    with st.container(horizontal=True):
        community_id = community_choice(homes)
        day = choose_day(now_day)
    with reading_figures(user) as session:
        shown_in = subdistrict_of(session, community_id, user.subdistrict_id)
        found = circle(session, shown_in, community_id, day)
        places = places_of(session, shown_in, community_id) if view == "buildings" and manages else {}
    where = names.get(community_id or 0, _("全部社区"))
    if view == "cover":
        figures(found)
        if show_map(found, key="circle.map"):
            beside_map(found)
        else:
            st.info(_("阵地和楼栋都还没有坐标，画不出示意图。"), icon=":material/map:")
        st.header(_("还没有覆盖的楼栋"), anchor=False)
        gaps_table(found)
        if len(found.communities) > 1:
            st.header(_("各社区"), anchor=False)
            communities_table(found)
        if user.may(Permission.EXPORT):

            def record(actor: Actor) -> None:
                """A table or a picture left the house."""
                counted = {one.id: 1 for one in found.communities}
                filters = {"day": day.isoformat(), "community": community_id}
                note(actor, record_export, what="circle", rows=counted, filters=filters)

            file_buttons(user, found, where, record)
    else:
        stands_table(found, found.stands, key="circle.buildings", empty=_("还没有楼栋。"))
        if manages:
            with st.expander(_("楼栋的位置和户数"), icon=":material/location_on:"):
                request = building_form(places)
            with st.expander(_("实走的分钟数"), icon=":material/directions_walk:"):
                request = minutes_form("circle", places, {one.id: one.name for one in found.venues}) or request
            with st.expander(_("合并楼栋"), icon=":material/merge:"):
                request = merge_form(places) or request
run(user, request)
