"""Let an area worker write down a knock on a door: in a stairwell, one hand on a phone, two taps when nobody is in.

The stairwell stays for the next door; after a visit any number of needs follow, in the resident's words.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

import components.refusals.needs  # noqa: F401  (its sentences)
from components.access import require
from components.address import from_address
from components.doors.choice import choose_place, choose_room, choose_stairwell, choose_way, next_door
from components.doors.day_so_far import day_so_far, logged, look_once
from components.forms import announce, form, press
from components.needs.form import need_entry, stored
from components.needs.twins import settle_twins
from components.needs.typed_words import Hearing
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.doors.visits import log_visit
from db.actions.needs.merging import add_voice, merge_needs, not_twins
from db.actions.needs.needs import log_need
from db.actions.photos import add_photo, remove_photo
from db.engine import carry_out, reading, utc_now
from db.queries.doors.households import rooms, stairwells
from db.queries.doors.visits import visit_at_hand, work_day
from db.queries.needs.needs import frame
from db.queries.needs.twins import twins_of, twins_while_typing
from db.queries.photos import photos_of
from db.rules.doors.door import DoorInput
from db.rules.doors.visit_input import VisitInput
from db.rules.permissions import Actor, Permission
from db.terms import VisitOutcome

user = require(Permission.LOG_VISIT)
now = utc_now()
day = today(now)
visit_id, need_id = from_address("visit", int), from_address("logged", int)
with reading(user) as session:
    here = frame(session, user.community_id)
    worked = work_day(session, user.id, day)
    visit = visit_at_hand(session, visit_id) if visit_id else None
    likely = twins_of(session, need_id, today=day)[:2] if need_id else ()
    photos = photos_of(session, need_id=need_id) if need_id else ()
if here is None:
    st.stop()

st.title(_("走访登记"))
day_so_far(worked.counts)
if need_id:
    logged(user, need_id, photos, add_photo, remove_photo)
if likely:
    look_once()
settle_twins(user, likely, name="visit", merge=merge_needs, different=not_twins)

if choose_way(visiting=visit is not None) and visit is None:
    slots: dict[str, Any] = {}
    place_id = choose_place(here.places, slots)
    with reading(user) as session:
        known = stairwells(session, place_id) if place_id else ()
    building, stairwell = choose_stairwell(known, slots)
    with reading(user) as session:
        behind = rooms(session, place_id, building, stairwell) if place_id and building else ()
    room, where = choose_room(behind, slots)
    with form("visit", border=False) as filling:
        outcome = filling.choice("outcome", _("见到人了吗"), list(VisitOutcome), few=True, wide=True)
        with st.expander(_("更多：备注、补录日期"), icon=":material/more_horiz:"):
            note = filling.words("note", _("备注"), height=80)
            on = filling.day("on", _("走访日期（补录时改）"), start=day)
        pressed_visit = filling.submit(_("保存走访"), icon=":material/save:", wide=True)
    filling.slots |= slots
    if pressed_visit:
        with refusals_shown(filling):
            visited = carry_out(
                user, filling.request_key, log_visit,
                given=VisitInput(outcome, where_text=where, note=note, on=on),
                door=DoorInput(place_id=place_id, building=building, stairwell=stairwell, room=room),
            )  # fmt: skip
            filling.done()
            next_door()
            announce(_("走访已保存"))
            st.query_params.clear()
            if outcome is not VisitOutcome.NOT_IN:
                st.query_params["visit"] = str(visited["visit_id"])
            st.rerun()
else:
    if visit is not None:
        st.subheader(_("这一户的需求"))
        st.text(visit.door)
        if press("visit.next", _("没有了，去下一户"), icon=":material/door_front:", wide=True):
            st.query_params.clear()
            st.rerun()
    place_id, building = (visit.place_id, visit.building) if visit else (None, "")

    def find(actor: Actor, words: str) -> Sequence[Any]:
        with reading(actor) as session:
            return twins_while_typing(
                session, here.community_id, description=words, place_id=place_id, building=building,
                category_id=None, today=day,
            )  # fmt: skip

    filling, fields, pressed_need = need_entry(
        f"log_need.{visit_id or 'other'}", Hearing(find, add_voice if visit else None, visit_id),
        places=here.places, categories=here.categories, place_id=place_id, building=building,
        visited=visit is not None,
    )  # fmt: skip
    if pressed_need:
        with refusals_shown(filling):
            need = carry_out(user, filling.request_key, log_need, **fields)
            stored(filling, fields["given"].category_id)
            announce(_("已登记 {number}", number=need["number"]))
            st.query_params["logged"] = str(need["id"])
            st.rerun()
