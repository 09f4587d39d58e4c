"""Let an area worker write down a knock on a door: in a stairwell, one hand on a phone, two taps when nobody is in.

The stairwell stays for the next door; after a visit any number of needs follow, in the resident's words.
"""

from collections.abc import Sequence

import streamlit as st

from components.access import require
from components.acting import run, run_first
from components.address import clear_address, from_address
from components.doors.choice import Slots, choose_place, choose_room, choose_stairwell, choose_way
from components.doors.day_so_far import day_so_far, logged, look_once
from components.doors.visit import need_request, need_sent, visit_form
from components.forms import press
from components.needs.form import need_entry
from components.needs.twins import settle_twins
from components.needs.typed_words import LikelyTwins
from components.refusals.shown import sentence
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.doors.households import rooms, stairwells
from db.queries.doors.visits import visit_at_hand, work_day
from db.queries.needs.needs import frame
from db.queries.needs.twins import Heard, twins_of, twins_while_typing
from db.queries.photos import photos_of
from db.rules.doors.door import DoorInput
from db.rules.permissions import Actor, Permission

user = require(Permission.LOG_VISIT)
now = utc_now()
day = today(now)
visit_id = from_address("visit", int)
form_name = f"log_need.{visit_id or 'other'}"
run_first(user, need_sent(form_name, visit_id))
need_id = from_address("logged", int)
with reading(user) as session:
    here = frame(session, user.community_id)
    worked = work_day(session, user.id, day)
    visit = visit_at_hand(session, visit_id) if visit_id else None
    likely = twins_of(session, need_id, today=day)[:2] if need_id else ()
    photos = photos_of(session, need_id=need_id) if need_id else ()
if here is None:
    st.stop()
community_id = here.community_id

st.title(_("走访登记"))
if visit_id and visit is None:
    st.warning(sentence(NotFound(what="visit", id=visit_id)))
    form_name = "log_need.other"  # taken back meanwhile: a need is written down without it
day_so_far(worked.counts)
if need_id:
    run(user, logged(user, need_id, photos))
if likely:
    look_once()
run(user, settle_twins(likely, name="visit"))

if choose_way(visiting=visit is not None) and visit is None:
    slots: Slots = {}
    with reading(user) as session:
        place_id = choose_place(here.places, slots)
        building, stairwell = choose_stairwell(stairwells(session, place_id), slots)
        room, where = choose_room(rooms(session, place_id, building, stairwell), slots)
    door = DoorInput(place_id, building, stairwell, room)
    run(user, visit_form(door, where, slots, day))
else:
    if visit is not None:
        st.header(_("这一户的需求"))
        st.text(visit.door)
        if press("visit.next", _("没有了，去下一户"), icon=":material/door_front:", wide=True):
            clear_address()
            st.rerun()
    place_id, building = (visit.place_id, visit.building) if visit else (None, "")

    def find(actor: Actor, words: str) -> Sequence[Heard]:
        with reading(actor) as session:
            return twins_while_typing(
                session, community_id, description=words, place_id=place_id, building=building,
                category_id=None, today=day,
            )  # fmt: skip

    filling, fields, pressed_need = need_entry(
        form_name, LikelyTwins(find, visit_id if visit else None),
        places=here.places, categories=here.categories, place_id=place_id, building=building,
        visited=visit is not None,
    )  # fmt: skip
    if pressed_need:
        run(user, need_request(filling, fields))
