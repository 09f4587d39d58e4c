"""Show a worker a need with its whole life, who acted, and what to do next, in one look at a desk or on a phone."""

import streamlit as st

from components.access import require
from components.acting import Request, run, show
from components.address import back_to_opener, object_in_address, text_in_address
from components.detail import columns, head, more, not_there
from components.doors.own import door_words
from components.forms import press
from components.needs.amend import amend, begin
from components.needs.end import finish_form, void_form
from components.needs.life import answers, life, look_form, need_facts, need_step, show_clear, voices
from components.orders.links import order_links, to_order
from components.photo_box import photo_box
from components.units.requests import request_table
from components.wording import _
from components.wording.dates import today
from components.wording.terms import badge
from db.actions.needs.merging import undo_merge
from db.engine import reading, utc_now
from db.queries.doors.own import own_door
from db.queries.needs.life import need_life, originals, stated
from db.queries.needs.needs import frame
from db.queries.needs.screening import has_scored
from db.queries.orders.callers import orders_of_need
from db.queries.photos import photos_of
from db.queries.units.resources import requests as resources_lent
from db.rules.permissions import GRANTS, Permission
from db.terms import NeedStage

user = require(Permission.SEE_NEEDS)
need_id = object_in_address() or 0
amending = bool(text_in_address("amend"))
with reading(user) as session:
    whole = need_life(session, need_id)
    here = frame(session, whole.need.community_id) if whole and amending else None
    photos = photos_of(session, need_id=need_id) if whole and user.may(Permission.SEE_PHOTO) else ()
    ordered = orders_of_need(session, need_id) if whole and user.may(Permission.SEE_ORDERS) else ()
    lent = resources_lent(session, need_id=need_id).rows if whole and user.may(Permission.SEE_UNITS) else ()
    own = own_door(session, need_id=need_id) if whole else None
    now_is = stated(session, need_id) if whole and amending and user.may(Permission.AMEND_NEED) else None
    scores = whole is not None and whole.need.stage is NeedStage.SCREENING
    scored = scores and has_scored(session, need_id, user.id)
back_to_opener("needs/ledger.py", _("需求台账"))
if whole is None:
    not_there("need", _("需求台账"))
need = whole.need
requests: list[Request | None] = []


def can(permission: Permission) -> bool:
    """Whether this role may do that at this stage."""
    stages = GRANTS[permission].stages
    return user.may(permission) and (not stages or need.stage in stages)


head(need.title, number=need.number, marks=[badge(need.stage), badge(need.urgency)])
need_step(need, whole.answers, user, today(utc_now()), scored=scored)
acts, story = columns()
with acts:
    if can(Permission.FINISH_HANDLING):
        requests.append(finish_form(need))
    if can(Permission.FINISH_ORDER):
        to_order(need.id, ordered)
        requests.append(finish_form(need))
    need_facts(need, door_words(user, own))
    order_links(ordered)
    if user.may(Permission.SEE_PHOTO):
        requests.append(photo_box(photos, may_add=user.may(Permission.ADD_PHOTO), need_id=need.id))
    with st.container(horizontal=True):
        amends = can(Permission.AMEND_NEED)
        if amends and not amending and press("need.amend", _("修改"), icon=":material/edit:"):
            begin(need.id)
        look = look_form(need.id) if need.has_originals and can(Permission.UNMASK) else None
        undoes, voids = need.stage is NeedStage.MERGED and can(Permission.UNDO_MERGE), can(Permission.VOID_NEED)
        if undoes or voids:
            with more() as menu:
                if menu.open:
                    undo = press(f"need.undo.{need.id}", _("撤销归并"), icon=":material/undo:") if undoes else None
                    requests.append(Request(undo, undo_merge, "", {"member_id": need.id}) if undo else None)
                    requests.append(void_form(need) if voids else None)
    show(user, look, lambda session, trace: originals(session, need.id, trace, now=utc_now()), show_clear)
with story:
    if now_is and here and amends:
        requests.append(amend(need.id, now_is, here))
    if whole.voices:
        st.header(_("归并进来的声音"), anchor=False)
        voices(whole.voices)
    if whole.answers:
        st.header(_("回音"), anchor=False)
        answers(whole.answers)
    if lent:
        st.header(_("借用的资源"), anchor=False)
        request_table(lent, key="need.lent", empty="")
    st.header(_("全过程"), anchor=False)
    life(whole.lines)
run(user, next((request for request in requests if request), None))
