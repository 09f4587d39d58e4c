"""Let the secretary (or the subdistrict) turn passed needs into a project at a desk, in three minutes."""

import streamlit as st

from components.access import require
from components.forms import announce
from components.projects.set_up import passed_needs, set_up_form
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.projects.projects import set_up_project
from db.engine import carry_out, reading, utc_now
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
wish = set_up_form(needs, people, homes, today=today(utc_now()))
if wish:
    with refusals_shown(wish.at) as told:
        project_id = carry_out(user, wish.at.request_key, set_up_project, **wish.values)
        wish.at.done()
    if told.ok:
        announce(wish.words(project_id))
        st.switch_page("projects/project.py", query_params={"id": str(project_id)})
