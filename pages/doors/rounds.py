"""Let an area worker walk the doors that are due: standing in a stairwell, phone in one hand, a tap a door.

未遇 is one tap and the next door is in hand within a second; 见到 opens the need in place; a wrong tap is taken back.
"""

from collections.abc import Sequence

import streamlit as st

from components.access import require
from components.acting import run, run_first
from components.address import id_in_address, object_in_address
from components.doors import rounds
from components.doors.day_so_far import day_so_far, logged
from components.doors.visit import need_request, need_sent
from components.forms import press
from components.needs.form import need_entry
from components.needs.typed_words import LikelyTwins
from components.refusals.shown import sentence
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.doors.rounds import buildings, last_tap, patches, stairwell_at_hand, todays_round
from db.queries.doors.visits import visit_at_hand, work_day
from db.queries.needs.needs import frame
from db.queries.needs.twins import Heard, twins_while_typing
from db.queries.photos import photos_of
from db.rules.permissions import Actor, Permission

user = require(Permission.PLAN_VISITS)
now = utc_now()
day = today(now)
st.title(_("今日走访"))
walks = user.may(Permission.WALK_OWN_PATCH)
which = rounds.choose_round(walks)
evening = which == rounds.EVENING
visit_id = id_in_address("visit")
run_first(user, need_sent(f"log_need.{visit_id}", visit_id))
need_id, door_id = id_in_address("logged"), object_in_address()
with reading(user) as session:
    frame_here = frame(session, user.community_id)
    if frame_here is None:
        st.stop()
    community_id = frame_here.community_id
    plan = todays_round(
        session, community_id, worker_id=user.id, today=day, evening=evening,
        mine=walks and which != rounds.ALL,
    )  # fmt: skip
    here = stairwell_at_hand(
        session, plan.stops, today=day, evening=evening, held=rounds.stop_held(), household_id=door_id
    )
    visit = visit_at_hand(session, visit_id) if visit_id else None
    photos = photos_of(session, need_id=need_id) if need_id else ()
    worked = work_day(session, user.id, day)
    last = last_tap(session, user.id, now) if worked.counts else None


def find(actor: Actor, words: str) -> Sequence[Heard]:
    with reading(actor) as reads:
        return twins_while_typing(
            reads, community_id, description=words, place_id=visit.place_id if visit else None,
            building=visit.building if visit else "", category_id=None, today=day,
        )  # fmt: skip


if worked.counts:
    day_so_far(worked.counts)
if visit is not None:
    st.header(_("这一户的需求"), anchor=False)
    st.text(visit.door)
    if need_id:
        run(user, logged(user, need_id, photos))
    if press("rounds.none", _("没有需求，下一户"), icon=":material/skip_next:", wide=True):
        rounds.next_door(here)
        st.rerun()
    filling, fields, pressed_need = need_entry(
        f"log_need.{visit_id}", LikelyTwins(find, visit.id, lambda: rounds.next_door(here)),
        places=frame_here.places, categories=frame_here.categories, place_id=visit.place_id,
        building=visit.building, visited=True,
    )  # fmt: skip
    if pressed_need:
        run(user, need_request(filling, fields))
    st.stop()

if visit_id:
    st.warning(sentence(NotFound(what="visit", id=visit_id)))
if which == rounds.MINE and not plan.has_patch and walks:
    st.caption(_("还没有给您划片区，先列出全社区。片区由书记在这一页划定。"))
door = here.door(door_id) if here else None
if door_id is not None and (door is None or door.id != door_id):
    st.warning(sentence(NotFound(what="household", id=door_id)))
if here and door:
    with st.container(key="narrow-door"):
        rounds.head(here, plan)
        rounds.door_card(door, day)
        pressed = rounds.three_buttons(door, here)
    run(user, pressed)
else:
    rounds.nothing_due(plan, evening=evening)
run(user, rounds.undo(last))
rounds.choose_stop(plan.stops, here)
if here:
    rounds.doors_table(here, day, evening=evening)
st.page_link("offline/phones.py", label=_("没有网络的地方：配对一部手机"), icon=":material/phonelink_setup:")
if user.may(Permission.SETTLE_PATCHES):
    with st.expander(_("片区：哪些楼归谁走"), icon=":material/map:"):
        with reading(user) as session:
            found, known = patches(session, community_id), buildings(session, community_id)
        run(user, rounds.patch_form(found, known, {place.id: place.name for place in frame_here.places}))
