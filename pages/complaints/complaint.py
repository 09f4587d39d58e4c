"""One complaint: whoever handles it, at a desk or on the telephone, sees the next step in five seconds."""

from collections.abc import Sequence

import streamlit as st

from components.access import require
from components.acting import run
from components.address import id_in_address
from components.complaints.forms import choose_way, next_forms, way_form
from components.complaints.sheet import facts_of, head, life, links, same_kind, stage
from components.forms import form
from components.photo_box import photo_box
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.complaints import complaints
from db.engine import carry_out, reading, utc_now
from db.queries.complaints.page import (
    ComplaintFacts,
    complaint,
    complaint_originals,
    disputes_to_join,
    likely_repeats,
    projects_to_link,
)
from db.queries.photos import photos_of
from db.rules.permissions import Permission

user = require(Permission.SEE_COMPLAINTS)
complaint_id, day = id_in_address(), today(utc_now())
if complaint_id is None:
    st.info(_("请先从投诉台账中选择一件。"), icon=":material/report:")
    st.page_link("complaints/complaints.py", label=_("投诉台账"), icon=":material/arrow_back:")
    st.stop()
facts: ComplaintFacts
with refusals_shown() as told, reading(user) as session:
    facts = complaint(session, complaint_id, today=day)
    photos = photos_of(session, complaint_id=facts.id) if user.may(Permission.SEE_PHOTO) else ()
if not told.ok:
    st.page_link("complaints/complaints.py", label=_("投诉台账"), icon=":material/arrow_back:")
    st.stop()

request = None
handles = user.may(Permission.HANDLE_COMPLAINT)
head(facts, day, utc_now())
if handles:
    request = next_forms(facts, day)
    way = choose_way(facts, may_void=user.may(Permission.VOID_COMPLAINT))
    if way:
        offered: Sequence[object] = ()
        with reading(user) as session:
            if way == "repeat":
                offered = likely_repeats(session, facts.id, today=day)
            elif way == "table":
                offered = disputes_to_join(session, facts.community_id)
            elif way == "project":
                offered = projects_to_link(session, facts.community_id)
        request = way_form(way, facts, day, offered) or request
links(facts)
facts_of(facts)
if user.may(Permission.SEE_PHOTO):
    request = photo_box(photos, may_add=user.may(Permission.ADD_PHOTO), complaint_id=facts.id) or request
if facts.has_originals and user.may(Permission.UNMASK):
    within = st.popover(_("查看原值"), icon=":material/visibility:")
    with within, form(f"unmask.{facts.id}", border=False) as asking:
        reason = asking.line("reason", _("为什么要看？"), help=_("会留下记录，只显示这一次。"))
        look = asking.submit(_("查看"))
    if look:
        with refusals_shown(asking):
            trace = carry_out(
                user, asking.request_key, complaints.unmask_complaint, complaint_id=facts.id, reason=reason
            )
            asking.done()
            with reading(user) as session:
                clear = complaint_originals(session, facts.id, trace, now=utc_now())
            if clear:
                within.warning(_("以下是原值，离开或刷新后不再显示。"), icon=":material/visibility:")
                within.text(
                    "\n".join(part for part in (clear.name, clear.phone, clear.door, clear.description) if part)
                )
st.subheader(_("谁在台上"), anchor=False)
stage(facts)
if facts.first or facts.repeats:
    st.subheader(_("重复投诉"), anchor=False)
    same_kind(facts)
st.subheader(_("全过程"), anchor=False)
life(facts.steps)
run(user, request)
