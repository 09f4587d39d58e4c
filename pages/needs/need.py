"""Show a worker a need with its whole life, who acted, and what to do next, in one look at a desk or on a phone."""

import streamlit as st

from components.access import require
from components.acting import Request, carried, run
from components.address import back_to_opener, object_in_address, text_in_address
from components.forms import form, press
from components.needs.amend import amend, begin
from components.needs.end import finish_form, void_form
from components.needs.life import answers, facts, life, next_step, voices
from components.orders.links import order_links, to_order
from components.photo_box import photo_box
from components.refusals.shown import sentence
from components.units.requests import request_table
from components.wording import _, safe
from db.actions.needs.merging import undo_merge
from db.actions.unmasking import unmask_need
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.needs.life import need_life, originals, stated
from db.queries.needs.needs import frame
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
    now_is = stated(session, need_id) if whole and amending and user.may(Permission.AMEND_NEED) else None
back_to_opener("needs/ledger.py", _("需求台账"))
if whole is None:
    st.title(_("需求详情"))
    st.warning(sentence(NotFound(what="need", id=need_id)))
    st.stop()
need = whole.need
requests: list[Request | None] = []


def can(permission: Permission) -> bool:
    """Whether this role may do that at this stage."""
    stages = GRANTS[permission].stages
    return user.may(permission) and (not stages or need.stage in stages)


st.caption(need.number)
st.title(safe(need.title), anchor=False)
next_step(need)

if can(Permission.FINISH_HANDLING):
    requests.append(finish_form(need))
if can(Permission.FINISH_ORDER):
    to_order(need.id, ordered)
    requests.append(finish_form(need))
facts(need)
order_links(ordered)
if lent:
    st.subheader(_("借用的资源"), anchor=False)
    request_table(lent, key="need.lent", empty="")
if user.may(Permission.SEE_PHOTO):
    requests.append(photo_box(photos, may_add=user.may(Permission.ADD_PHOTO), need_id=need.id))
if need.has_originals and can(Permission.UNMASK):
    with st.popover(_("查看原值"), icon=":material/visibility:"), form(f"unmask.{need.id}", border=False) as asking:
        reason = asking.line("reason", _("为什么要看？"), help=_("会留下记录，只显示这一次。"))
        look = asking.submit(_("查看"))
    if look and (left := carried(user, Request(asking, unmask_need, "", {"need_id": need.id, "reason": reason}))):
        with reading(user) as session:
            clear = originals(session, need.id, left.result, now=utc_now())
        if clear:
            st.warning(_("以下是原值，离开或刷新后不再显示。"), icon=":material/visibility:")
            st.text("\n".join(part for part in (clear.name, clear.phone, clear.door, clear.description) if part))

if now_is and here and can(Permission.AMEND_NEED):
    requests.append(amend(need.id, now_is, here))

with st.container(horizontal=True):
    if can(Permission.AMEND_NEED) and not amending and press("need.amend", _("修改"), icon=":material/edit:"):
        begin(need.id)
    if need.stage is NeedStage.MERGED and can(Permission.UNDO_MERGE):
        undo = press(f"need.undo.{need.id}", _("撤销归并"), icon=":material/undo:")
        requests.append(Request(undo, undo_merge, "", {"member_id": need.id}) if undo else None)
    if can(Permission.VOID_NEED):
        requests.append(void_form(need))

if whole.voices:
    st.subheader(_("归并进来的声音"), anchor=False)
    voices(whole.voices)
if whole.answers:
    st.subheader(_("回音"), anchor=False)
    answers(whole.answers)
st.subheader(_("全过程"), anchor=False)
life(whole.lines)
run(user, next((request for request in requests if request), None))
