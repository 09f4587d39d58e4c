"""Take an order by telephone, at the desk or at a door in under forty seconds: whose door, which service, when.

A worker, on a phone or at a desk, with the caller on the line. A known household's last services are one press away;
afterwards the code is read out and dispatch is one press further.
"""

import secrets

import streamlit as st

from components import told_needs, told_orders  # noqa: F401 - give the refusals of this area their words
from components.access import require
from components.council_page import asked, keep, now
from components.need_door import choose_place, choose_room, choose_stairwell, next_door
from components.order_take import before_line, just_taken, remember, take_form
from components.told import told_to_user
from components.wording import _
from components.wording.dates import today
from db.actions.orders import give_code, place_order
from db.engine import carry_out, reading
from db.queries.households import rooms, stairwells
from db.queries.needs import frame
from db.queries.orders import catalogue, household_known, need_to_order, ordered_before
from db.rules.permissions import Permission

user = require(Permission.TAKE_ORDER)
day, need_id, again = today(now()), asked("need"), asked("service")
with reading(user) as session:
    here = frame(session, user.community_id)
    services = catalogue(session)
    need = need_to_order(session, need_id) if need_id else None
st.title(_("点单"))
just_taken()
if here is None:
    st.stop()
if not services:
    st.info(_("街道还没有编好服务目录。请街道管理员到“服务目录”添加服务。"), icon=":material/menu_book:")
    st.stop()

place_id, door, known = None, {"building": "", "stairwell": "", "room": ""}, None
if need is not None:
    st.caption(_("需求 {number} 转来的服务,门牌和提出人照需求。", number=need.number))
    st.text(need.title)
else:
    place_id = choose_place(here.places)
    with reading(user) as session:
        doors = stairwells(session, place_id) if place_id else ()
    building, stairwell = choose_stairwell(doors)
    with reading(user) as session:
        behind = rooms(session, place_id, building, stairwell) if place_id and building else ()
    room, where = choose_room(behind)
    door = {"building": building, "stairwell": stairwell, "room": room}
    if place_id and room:
        with reading(user) as session:
            known = household_known(session, place_id, building, stairwell, room)
            before = ordered_before(session, known) if known else ()
        chosen = before_line(before)
        if chosen:
            keep("service", chosen)
            st.rerun()

filling, values, pressed = take_form(services, day, service=again, need_id=need.id if need else None)
if pressed:
    if need is None and where and not values["note"]:
        values["note"] = where
    with told_to_user(filling):
        placed = carry_out(
            user, filling.request_key, place_order, place_id=place_id, need_id=need.id if need else None,
            **door, **values,
        )  # fmt: skip
        code = f"{secrets.randbelow(10**6):06d}"
        carry_out(user, f"{filling.request_key}.code", give_code, order_id=placed["id"], code=code)
        filling.done()
        next_door()
        remember(int(placed["id"]), str(placed["number"]), code)
        st.query_params.clear()
        st.rerun()
