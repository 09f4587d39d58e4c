"""Let the secretary (or the subdistrict) turn passed needs into a project at a desk, in three minutes."""

import streamlit as st

from components.access import require
from components.acting import carried
from components.address import go
from components.projects.set_up import passed_needs, set_up_form
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.projects.projects import communities, leaders, needs_to_set_up
from db.rules.permissions import Permission

user = require(Permission.SET_UP_PROJECT)
wide = user.community_id is None
st.title(_("立项"))
with reading(user) as session:
    needs = needs_to_set_up(session)
    people = leaders(session, user.community_id)
    homes = {home.id: home.name for home in communities(session)} if wide else {}
passed_needs(needs)
request = set_up_form(needs, people, homes, today=today(utc_now()))
if request and (done := carried(user, request)):
    go("project", id=done.result)
