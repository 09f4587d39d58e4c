"""One resource of the pool: a worker asks for it within a minute, from the list or from a match that fills the form."""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import back_to_opener, object_in_address, text_in_address
from components.detail import columns, more, must_exist, nothing_here
from components.needs.words import entry_name
from components.units.list import resource_form
from components.units.requests import About, agreed_note, ask_form, request_table, taken_days
from components.units.resource import about_of, close_form, match_in, resource_facts, resource_head
from components.wording import _, heading
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.needs.needs import frame
from db.queries.units.about import day_wanted, title_of
from db.queries.units.resources import requests, resource
from db.queries.units.units import unit_card
from db.rules.permissions import Permission

user = require(Permission.SEE_UNITS)
day = today(utc_now())
resource_id, about = match_in(text_in_address("match")) or (object_in_address(), About())
back_to_opener("units/units.py", heading("共建单位"))
if resource_id is None:
    nothing_here(_("请先从资源中选择一项。"), "inventory_2")
with must_exist(), reading(user) as session:
    one = resource(session, resource_id)
    found = requests(session, resource_id=resource_id).rows
    card = unit_card(session, one.unit_id, today=day)
    title = title_of(session, need_id=about.need_id, project_id=about.project_id, activity_id=about.activity_id)
    wanted = day_wanted(session, about.activity_id)
    here = frame(session, None)

request: Request | None = None
resource_head(one)
manages = user.may(Permission.MANAGE_UNITS) and user.community_id in (None, card.home_id or user.community_id)
acts, story = columns()
with acts:
    resource_facts(one)
    if user.may(Permission.ASK_RESOURCE) and one.closed_on is None and card.ended_on is None:
        st.header(_("提出使用"), anchor=False)
        if title:
            st.text(_("用于：{title}", title=title))
        taken_days(found)
        agreed_note(card.agreed_until, day)
        request = ask_form(one, about_of(about, title, wanted), day)
    if manages:
        categories = {entry.id: entry_name(entry) for entry in here.categories} if here else {}
        with more() as menu:
            if menu.open:
                with st.expander(_("修改资源"), icon=":material/edit:"):
                    request = resource_form(one.unit_id, one, categories) or request
                with st.expander(_("停用或恢复"), icon=":material/block:"):
                    request = close_form(one) or request
with story:
    st.header(heading("使用申请"), anchor=False)
    request_table(found, key="resource.requests", empty=_("还没有人申请过。"), with_unit=False)
run(user, request)
