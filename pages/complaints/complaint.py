"""One complaint: the worker who handles it, at a desk or on the telephone, sees the next step in five seconds."""

from contextlib import nullcontext

import streamlit as st

from components.access import require
from components.acting import run, show
from components.address import back_to_opener, object_in_address
from components.complaints.forms import choose_way, next_forms, way_form, ways_of
from components.complaints.sheet import (
    complaint_head,
    facts_of,
    life,
    links,
    look_form,
    same_kind,
    show_clear,
    stage,
)
from components.detail import columns, more, must_exist, nothing_here
from components.doors.own import door_words
from components.photo_box import photo_box
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.complaints.page import (
    Choice,
    Repeat,
    complaint,
    complaint_originals,
    disputes_to_join,
    likely_repeats,
    projects_to_link,
)
from db.queries.doors.own import own_door
from db.queries.photos import photos_of
from db.rules.permissions import Permission

user = require(Permission.SEE_COMPLAINTS)
complaint_id, day = object_in_address(), today(utc_now())
back_to_opener("complaints/complaints.py", _("投诉台账"))
if complaint_id is None:
    nothing_here(_("请先从投诉台账中选择一件。"), "report")
with must_exist(), reading(user) as session:
    facts = complaint(session, complaint_id, today=day)
    own = own_door(session, complaint_id=facts.id)
    photos = photos_of(session, complaint_id=facts.id) if user.may(Permission.SEE_PHOTO) else ()

request = None
handles = user.may(Permission.HANDLE_COMPLAINT)
complaint_head(facts, user, utc_now())
acts, story = columns()
with acts:
    if handles:
        request = next_forms(facts, day)
    facts_of(facts, door_words(user, own))
    links(facts)
    if facts.has_originals and user.may(Permission.UNMASK):
        look, matter = look_form(facts.id), facts.id
        show(user, look, lambda session, trace: complaint_originals(session, matter, trace, now=utc_now()), show_clear)
    if user.may(Permission.SEE_PHOTO):
        request = photo_box(photos, may_add=user.may(Permission.ADD_PHOTO), complaint_id=facts.id) or request
    if handles:
        ways = ways_of(facts, may_void=user.may(Permission.VOID_COMPLAINT))
        with more() if ways else nullcontext() as menu:
            way = choose_way(ways, facts) if menu and menu.open else None
            likely: tuple[Repeat, ...] = ()
            choices: tuple[Choice, ...] = ()
            with reading(user) as session:
                if way == "repeat":
                    likely = likely_repeats(session, facts.id, today=day)
                elif way == "table":
                    choices = disputes_to_join(session, facts.community_id)
                elif way == "project":
                    choices = projects_to_link(session, facts.community_id)
            if way:
                request = way_form(way, facts, day, likely=likely, choices=choices) or request
with story:
    st.header(_("谁在台上"), anchor=False)
    stage(facts)
    if facts.first or facts.repeats:
        st.header(_("重复投诉"), anchor=False)
        same_kind(facts)
    st.header(_("全过程"), anchor=False)
    life(facts.steps)
run(user, request)
