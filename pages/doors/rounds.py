"""Let an area worker walk the doors that are due: standing in a stairwell, phone in one hand, a tap a door.

未遇 is one tap and the next door is in hand within a second; 见到 opens the need in place; a wrong tap is taken back.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

import components.refusals.doors
import components.refusals.needs  # noqa: F401  (their sentences)
from components.access import require
from components.address import id_in_address, to_address
from components.doors import rounds
from components.doors.day_so_far import day_so_far, logged
from components.forms import announce, press
from components.needs.form import need_entry, stored
from components.needs.typed_words import LikelyTwins
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.doors.rounds import set_patch
from db.actions.doors.visits import log_visit, take_back_visit
from db.actions.needs.needs import log_need
from db.actions.photos import add_photo, remove_photo
from db.engine import carry_out, reading, utc_now
from db.queries.doors.rounds import buildings, last_tap, patches, stairwell_at_hand, todays_round
from db.queries.doors.visits import visit_at_hand, work_day
from db.queries.needs.needs import frame
from db.queries.needs.twins import twins_while_typing
from db.queries.photos import photos_of
from db.rules.permissions import Actor, Permission
from db.terms import VisitOutcome

user = require(Permission.PLAN_VISITS)
now = utc_now()
day = today(now)
st.title(_("今日走访"))
walks = user.may(Permission.WALK_OWN_PATCH)
which = rounds.choose_round(walks)
evening, visit_id, need_id, door_id = (
    which == rounds.EVENING,
    id_in_address("visit"),
    id_in_address("logged"),
    id_in_address(),
)
with reading(user) as session:
    frame_here = frame(session, user.community_id)
    if frame_here is None:
        st.stop()
    plan = todays_round(
        session, frame_here.community_id, worker_id=user.id, today=day, evening=evening,
        mine=walks and which != rounds.ALL,
    )  # fmt: skip
    here = stairwell_at_hand(
        session, plan.stops, today=day, evening=evening, held=rounds.stop_held(), household_id=door_id
    )
    visit = visit_at_hand(session, visit_id) if visit_id else None
    photos = photos_of(session, need_id=need_id) if need_id else ()
    worked = work_day(session, user.id, day)
    last = last_tap(session, user.id, now) if worked.counts else None


def find(actor: Actor, words: str) -> Sequence[Any]:
    with reading(actor) as reads:
        return twins_while_typing(
            reads, frame_here.community_id, description=words, place_id=visit.place_id if visit else None,
            building=visit.building if visit else "", category_id=None, today=day,
        )  # fmt: skip


if worked.counts:
    day_so_far(worked.counts)
if visit is not None:
    st.subheader(_("这一户的需求"), anchor=False)
    st.text(visit.door)
    if need_id:
        logged(user, need_id, photos, add_photo, remove_photo)
    if press("rounds.none", _("没有需求，下一户"), icon=":material/skip_next:", wide=True):
        rounds.next_door(here)
        st.rerun()
    filling, fields, pressed_need = need_entry(
        f"log_need.{visit.id}", LikelyTwins(find, visit.id, lambda: rounds.next_door(here)),
        places=frame_here.places, categories=frame_here.categories, place_id=visit.place_id,
        building=visit.building, visited=True,
    )  # fmt: skip
    if pressed_need:
        with refusals_shown(filling):
            need = carry_out(user, filling.request_key, log_need, **fields)
            stored(filling, fields["given"].category_id)
            announce(_("已登记 {number}", number=need["number"]))
            to_address("logged", need["id"])
            st.rerun()
    st.stop()

if which == rounds.MINE and not plan.has_patch and walks:
    st.caption(_("还没有给您划片区，先列出全社区。片区由书记在这一页划定。"))
door = here.door(door_id) if here else None
if here and door:
    rounds.head(here, plan)
    rounds.door_card(door, day)
    tapped = rounds.three_buttons(door.id)
    if tapped:
        outcome, pressed = tapped
        with refusals_shown(pressed):
            made = carry_out(user, pressed.request_key, log_visit, **rounds.knocked(door.id, outcome))
            pressed.done()
            rounds.next_door(here)
            to_address("visit", None if outcome is VisitOutcome.NOT_IN else made["visit_id"])
            st.rerun()
else:
    rounds.nothing_due(plan, evening=evening)
rounds.undo(user, last, take_back_visit)
rounds.choose_stop(plan.stops, here)
if here:
    rounds.doors_table(here, day, evening=evening)
if user.may(Permission.SETTLE_PATCHES):
    with st.expander(_("片区：哪些楼归谁走"), icon=":material/map:"):
        with reading(user) as session:
            found, known = patches(session, frame_here.community_id), buildings(session, frame_here.community_id)
        rounds.patch_part(user, found, known, {p.id: p.name for p in frame_here.places}, store=set_patch)
