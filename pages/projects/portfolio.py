"""Let secretary, subdistrict and everybody in a team see at a desk, in ten seconds, which project lags and why."""

import streamlit as st

from components.access import require
from components.address import filter_by, filter_id, filter_words, id_in_address, pager
from components.projects.list import project_list
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.projects.projects import communities, find_projects
from db.rules.permissions import Permission
from db.terms import Light, ProjectKind, ProjectState

user = require(Permission.SEE_PROJECTS)
wide = user.community_id is None
st.title(_("项目"))
if user.may(Permission.SET_UP_PROJECT):
    st.page_link("projects/set_up.py", label=_("从通过的需求立项"), icon=":material/add_task:")

with reading(user) as session:
    homes = {home.id: home.name for home in communities(session)} if wide else {}
columns = st.columns(5 if wide else 4)
with columns[0]:
    words = filter_words(_("查找"), _("名称或编号"))
with columns[1]:
    state = filter_by("state", _("状态"), list(ProjectState))
with columns[2]:
    shade = filter_by("light", _("灯号"), list(Light))
with columns[3]:
    kind = filter_by("kind", _("类别"), list(ProjectKind))
community_id = None
if wide:
    with columns[4]:
        community_id = filter_id("community", _("社区"), homes)

before = id_in_address("before")
with reading(user) as session:
    found = find_projects(
        session,
        today=today(utc_now()),
        words=words,
        state=state,
        kind=kind,
        shade=shade,
        community_id=community_id,
        before=before,
    )
project_list(found.rows, communities=wide)
st.caption(_("红：超期、落后 25 个百分点以上或两个里程碑超期。黄：落后 10 个百分点、一个里程碑超期或有高风险。"))
pager(found.rows, found.next_before is not None)
