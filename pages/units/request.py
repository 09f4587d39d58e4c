"""One request for a resource: a worker on the telephone writes down in half a minute what the unit said."""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import back_to_opener, object_in_address
from components.detail import columns, must_exist, nothing_here
from components.units.card import history
from components.units.requests import request_facts, request_forms, request_head, request_links
from components.wording import _, heading
from db.engine import reading
from db.queries.units.resources import request as request_of
from db.queries.units.units import events_of
from db.rules.permissions import Permission

user = require(Permission.SEE_UNITS)
request_id = object_in_address()
back_to_opener("units/units.py", heading("共建单位"))
if request_id is None:
    nothing_here(_("请先从使用申请中选择一件。"), "front_hand")
with must_exist(), reading(user) as session:
    one = request_of(session, request_id)
    events = events_of(session, request_id=request_id)
asks = user.may(Permission.ASK_RESOURCE) and one.acts_for(user.community_id, asker_only=True)
manages = user.may(Permission.MANAGE_UNITS) and one.acts_for(user.community_id)
request_head(one, acts=asks or manages)
acts, story = columns()
with acts:
    request = request_forms(one, asks=asks, manages=manages)
    request_facts(one)
    request_links(one)
with story:
    st.header(_("全过程"), anchor=False)
    history(events, key="request.life")
run(user, request)
