"""One place: a worker sees in five seconds where it is and when it is open, and keeps it up."""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import back_to_opener, object_in_address
from components.detail import more, must_exist, nothing_here
from components.results.venues import close_form, minutes_form, venue_facts, venue_form
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.progress.progress import communities_in_reach
from db.queries.results.circle import places_of, units_of, venue
from db.rules.permissions import Permission

user = require(Permission.SEE_RESULTS)
venue_id, day = object_in_address(), today(utc_now())
back_to_opener("results/circle.py", _("15 分钟党群服务圈"))
if venue_id is None:
    nothing_here(_("请先从阵地中选择一处。"), "location_on")
manages = user.may(Permission.MANAGE_VENUES)
with must_exist(), reading(user) as session:
    one = venue(session, user.subdistrict_id, venue_id)
    homes = {home.id: home.name for home in communities_in_reach(session)} if manages else {}
    units = units_of(session, user.subdistrict_id, today=day) if manages else {}
    places = places_of(session, user.subdistrict_id, user.community_id) if manages else {}

request: Request | None = None
venue_facts(one, day)
over = one.at.closed_on is not None and one.at.closed_on < day
if manages and not over:
    with st.expander(_("实走的分钟数"), icon=":material/directions_walk:"):
        request = minutes_form(f"venue.{one.id}", places, {one.id: one.name})
    if user.community_id in (None, one.home_id):
        with more() as menu:
            if menu.open:
                with st.expander(_("修改阵地"), icon=":material/edit:"):
                    request = venue_form(one, homes if user.community_id is None else {}, units) or request
                with st.expander(_("关闭阵地"), icon=":material/event_busy:"):
                    request = close_form(one, day) or request
run(user, request)
