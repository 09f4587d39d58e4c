"""Let staff confirm who registered on the plain page, in two minutes with a call, and see which papers are in hand."""

import streamlit as st

from components.access import require
from components.acting import run, show
from components.address import (
    back_to_list,
    back_to_opener,
    filter_switch,
    filter_view,
    id_in_address,
    object_in_address,
    pager,
)
from components.refusals.shown import sentence
from components.volunteers.applications import (
    application_clear,
    application_forms,
    application_list,
    application_look,
    application_of,
    join_box,
)
from components.volunteers.records import certificate_list
from components.wording import N_, _, heading
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.volunteers.applications import application, application_originals, applications, join_code
from db.queries.volunteers.records import certificates
from db.rules.permissions import Permission

VIEWS = {"applications": N_("待确认登记"), "papers": N_("情况说明")}
user = require(Permission.MANAGE_VOLUNTEERS)
now, request = utc_now(), None
chosen: int | None = object_in_address()
with reading(user) as session:
    one = application(session, chosen, today(now)) if chosen is not None else None
if one:
    back_to_list(_("回到登记申请"))
else:
    back_to_opener("volunteers/registry.py", heading("志愿者"))
st.title(_("登记申请与情况说明"))
if one:
    application_of(one)
    look, asked = application_look(one), one.id
    show(user, look, lambda session, _trace: application_originals(session, asked, now=utc_now()), application_clear)
    request = application_forms(one)
else:
    if chosen is not None:
        st.warning(sentence(NotFound(what="volunteer_application", id=chosen)))
    view = filter_view("view", _("看什么"), list(VIEWS), lambda key: _(VIEWS[key]), start="applications", read=str)
    if view == "papers":
        done = filter_switch("done", _("已发出和作废的"))
        with reading(user) as session:
            papers = certificates(session, done=done)
        certificate_list(papers, of_one=False)
    else:
        decided = filter_switch("decided", _("已办理的"))
        with reading(user) as session:
            page = applications(session, today(now), decided=decided, before=id_in_address("before"))
            code = join_code(session, user.community_id)
        application_list(page.rows)
        pager(page.rows, page.more)
        join_box(code)
run(user, request)
