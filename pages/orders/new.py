"""Take an order by telephone, at the desk or at a door in under forty seconds: who or whose door, which service, when.

A worker, on a phone or at a desk, with the caller on the line: a whole name or number finds the household, the last
services are one press away; afterwards the code is read out and dispatch is one press further.
"""

from functools import partial
from typing import Any

import streamlit as st

from components.access import require
from components.address import id_in_address, to_address
from components.doors.choice import choose_place, choose_room, choose_stairwell, next_door
from components.orders.caller import find_caller, forget_caller, shown_caller
from components.orders.take import before_line, just_taken, order_values, remember, take_form, waiting_needs
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.orders.orders import drawn_code, give_code, place_order
from db.engine import carry_out, reading, utc_now
from db.queries.doors.households import rooms, stairwells
from db.queries.needs.needs import frame
from db.queries.orders.callers import callers, needs_without_order
from db.queries.orders.orders import catalogue, household_known, need_to_order, ordered_before
from db.rules.permissions import Permission

user = require(Permission.TAKE_ORDER)
day, need_id, person_id, again = (
    today(utc_now()),
    id_in_address("need"),
    id_in_address("person"),
    id_in_address("service"),
)
with reading(user) as session:
    here = frame(session, user.community_id)
    services = catalogue(session)
    need = need_to_order(session, need_id) if need_id else None
    person = next(iter(callers(session, person_id=person_id)), None) if person_id and need is None else None
    waiting = needs_without_order(session) if need is None and person is None else ()
st.title(_("点单"))
just_taken()
if here is None:
    st.stop()
if not services:
    st.info(_("街道还没有编好服务目录。请街道管理员到“服务目录”添加服务。"), icon=":material/menu_book:")
    st.stop()


def by_door() -> tuple[dict[str, Any], str, int | None]:
    """Place and door, words for a place without one, and the household when it is on file."""
    place_id = choose_place(here.places if here else ())
    with reading(user) as session:
        doors = stairwells(session, place_id) if place_id else ()
    building, stairwell = choose_stairwell(doors)
    with reading(user) as session:
        behind = rooms(session, place_id, building, stairwell) if place_id and building else ()
    room, where = choose_room(behind)
    with reading(user) as session:
        found = household_known(session, place_id, building, stairwell, room) if place_id and room else None
    return {"place_id": place_id, "building": building, "stairwell": stairwell, "room": room}, where, found


if need_id and need is None:
    st.info(_("这件需求已经不在等下单了：可能已办结，或改了去向。"), icon=":material/info:")
target, where, known = dict[str, Any](place_id=None), "", None
if need is not None:
    st.caption(_("需求 {number} 转来的服务，门牌和提出人照需求。", number=need.number))
    st.text(need.title)
    target = {"place_id": None, "need_id": need.id}
elif person is not None:
    if shown_caller(person):
        to_address("person", None)
        st.rerun()
    target, known = {"place_id": None, "person_id": person.person_id}, person.household_id
else:
    picked = waiting_needs(waiting)
    if picked:
        to_address("need", picked)
        st.rerun()
    with reading(user) as session:
        caller = find_caller(partial(callers, session))
    if caller:
        to_address("person", caller.person_id)
        st.rerun()
    target, where, known = by_door()
if known:
    with reading(user) as session:
        before = ordered_before(session, known)
    wanted = before_line(before)
    if wanted:
        to_address("service", wanted)
        st.rerun()

filling, values, pressed = take_form(services, day, service=again, target=target)
if pressed:
    with refusals_shown(filling):
        placed = carry_out(user, filling.request_key, place_order, **order_values(target, values, where))
        draw = carry_out(user, f"{filling.request_key}.code", give_code, order_id=placed["id"])
        filling.done()
        next_door()
        forget_caller()
        remember(int(placed["id"]), str(placed["number"]), drawn_code(int(placed["id"]), draw))
        st.query_params.clear()
        st.rerun()
