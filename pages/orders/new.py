"""Take an order by telephone, at the desk or at a door in under forty seconds: who or whose door, which service, when.

A worker, on a phone or at a desk, with the caller on the line: a whole name or number finds the household, the last
services are one press away; afterwards the code is read out and dispatch is one press further.
"""

from collections.abc import Sequence

import streamlit as st

from components.access import require
from components.acting import carried
from components.address import id_in_address, to_address
from components.doors.choice import choose_place, choose_room, choose_stairwell
from components.orders.caller import caller_words, choose_caller, shown_caller
from components.orders.code import first_code
from components.orders.take import ForWhom, before_line, just_taken, remember, take_form, waiting_needs
from components.wording import _
from components.wording.dates import today
from db.actions.orders.orders import drawn_code
from db.engine import reading, utc_now
from db.queries.doors.households import rooms, stairwells
from db.queries.needs.needs import Option, frame
from db.queries.orders.callers import callers, needs_without_order
from db.queries.orders.orders import catalogue, household_known, need_to_order, ordered_before
from db.rules.doors.door import DoorInput
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


def by_door(places: Sequence[Option]) -> tuple[ForWhom, int | None]:
    """The door or the described place, and the household when it is on file."""
    with reading(user) as session:
        place_id = choose_place(places)
        building, stairwell = choose_stairwell(stairwells(session, place_id))
        room, where = choose_room(rooms(session, place_id, building, stairwell))
        found = household_known(session, place_id, building, stairwell, room) if place_id and room else None
    return ForWhom(door=DoorInput(place_id, building, stairwell, room), where=where), found


if need_id and need is None:
    st.info(_("这件需求已经不在等下单了：可能已办结，或改了去向。"), icon=":material/info:")
known: int | None = None
if need is not None:
    st.caption(_("需求 {number} 转来的服务，门牌和提出人照需求。", number=need.number))
    st.text(need.title)
    whom = ForWhom(need_id=need.id)
elif person is not None:
    if shown_caller(person):
        to_address("person", None)
        st.rerun()
    whom, known = ForWhom(person_id=person.person_id), person.household_id
else:
    waiting_needs(waiting)
    words = caller_words()
    with reading(user) as session:
        caller = choose_caller(words, callers(session, words=words))
    if caller:
        to_address("person", caller.person_id)
        st.rerun()
    whom, known = by_door(here.places)
if known:
    with reading(user) as session:
        before = ordered_before(session, known)
    wanted = before_line(before)
    if wanted:
        to_address("service", wanted)
        st.rerun()

request = take_form(services, day, service=again, whom=whom, words=need.title if need else "")
if request and (placed := carried(user, request)):
    order_id, number = int(placed.result["id"]), str(placed.result["number"])
    draw = carried(user, first_code(order_id))
    remember(order_id, number, drawn_code(order_id, draw.result) if draw else "")
    st.rerun()
