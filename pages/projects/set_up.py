"""Let the secretary (or the subdistrict) turn passed needs into a project at a desk, in three minutes."""

import streamlit as st

from components.access import require
from components.acting import carried
from components.address import go, id_in_address
from components.projects.set_up import passed_needs, set_up_form, start_from
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.projects.origin import origin_of
from db.queries.projects.projects import communities, leaders, needs_to_set_up
from db.rules.permissions import Permission

user = require(Permission.SET_UP_PROJECT)
wide = user.community_id is None
st.title(_("立项"))
with reading(user) as session:
    needs = needs_to_set_up(session)
    people = leaders(session, user.community_id)
    homes = {home.id: home.name for home in communities(session)} if wide else {}
    wanted = id_in_address("need")
    origin = origin_of(session, wanted) if wanted else None
if wanted and origin is None:
    st.info(_("这件需求已经不在等立项了：可能已立项，或改了去向。"), icon=":material/info:")
passed_needs(needs)
request = set_up_form(needs, people, homes, start_from(origin, people), today=today(utc_now()))
if request and (done := carried(user, request)):
    go("project", id=done.result)
