"""谁在台上: leader and secretary see and settle who leads each step, what units lend, and an owners' election."""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import back_to_object, back_to_opener, object_in_address
from components.asking import unfolding
from components.detail import columns, more, must_exist, nothing_here
from components.projects.duties import duty_forms, duty_table
from components.projects.election import begin_form, checklist, step_form
from components.projects.stage import changes, end_role_form, matrix, role_form, stage_head
from components.units.requests import request_table
from components.wording import _, heading
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.projects.duties import duties_of, people_for_duties
from db.queries.projects.election import election_of
from db.queries.projects.page import milestones_of, project_head
from db.queries.projects.stage import roles_of
from db.queries.units.resources import requests
from db.queries.units.units import units_to_choose
from db.rules.permissions import Permission

user = require(Permission.SEE_PROJECTS)
project_id, day = object_in_address(), today(utc_now())
if project_id is None:
    back_to_opener("projects/portfolio.py", heading("项目"))
    nothing_here(_("请先从项目清单中选择一个项目。"), "folder_open")
back_to_object("project", _("回到项目"), project_id)
with must_exist(), reading(user) as session:
    head = project_head(session, project_id, today=day)
    steps, roles = milestones_of(session, head.id), roles_of(session, head.id)
    election, duties = election_of(session, head.id), duties_of(session, head.id, today=day)
    people = people_for_duties(session, head.community_id) if head.live else ()
    sees_units = user.may(Permission.SEE_UNITS)
    lent = requests(session, project_id=head.id).rows if sees_units else ()
    partners = {one.id: one.name for one in units_to_choose(session, today=day)} if head.live else {}
runs = head.live and user.may(Permission.RUN_PROJECT) and head.led_by(user)
stage_head(head)
request: Request | None = None
acts, story = columns()
with acts:
    if runs:
        with unfolding(_("安排谁上台"), "theater_comedy", f"stage.role.{head.id}") as fold:
            if fold.open:
                request = role_form(head, steps, partners, today=day)
        with more() as menu:
            if menu.open:
                request = end_role_form(roles, today=day) or request
                request = duty_forms(head, duties, people, today=day) or request
                if election is None:
                    with st.expander(_("这个项目包含业委会选举"), icon=":material/how_to_vote:"):
                        request = begin_form(head) or request
with story:
    matrix(steps, roles, today=day)
    st.header(_("责任分工"), anchor=False)
    duty_table(duties)
    if sees_units:
        st.header(_("借用的资源"), anchor=False)
        request_table(lent, key="stage.lent", empty=_("还没有向共建单位借用资源，可在“三张清单”里找。"))
    if election is not None:
        st.header(_("业委会选举"), anchor=False)
        checklist(election)
        if runs:
            request = step_form(election) or request
    with st.expander(_("变更记录"), icon=":material/history:"):
        changes(roles)
run(user, request)
