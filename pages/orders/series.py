"""Let a worker at a desk register once what comes every week or month, and leave out a turn with one press.

Turns become orders a week ahead when staff opens this page or the desk; the usual helper is asked first.
"""

from functools import partial
from typing import Any

import streamlit as st

from components.access import require
from components.acting import run
from components.address import id_in_address, pager, to_address
from components.doors.choice import choose_place, choose_room, choose_stairwell, next_door
from components.forms import announce
from components.inputs import picked
from components.orders.caller import find_caller, forget_caller, shown_caller
from components.orders.series import new_series_form, series_forms, series_list
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.orders import series as order_series
from db.engine import carry_out, reading, utc_now
from db.queries.doors.households import rooms, stairwells
from db.queries.needs.needs import frame
from db.queries.orders.callers import callers
from db.queries.orders.orders import catalogue
from db.queries.orders.series import series_page, turns_due
from db.queries.volunteers.openings import candidates
from db.rules.doors.door import DoorInput
from db.rules.permissions import Permission

user = require(Permission.SEE_ORDERS)
takes, day, request = user.may(Permission.TAKE_ORDER), today(utc_now()), None
if takes:
    with reading(user) as session:
        due = turns_due(session, today=day)
    if due:
        carry_out(user, "", order_series.make_turns)
st.title(_("定期服务"))
everything = st.toggle(_("连停止的一起看"), key="series.all")
with reading(user) as session:
    page = series_page(session, running=not everything, before=id_in_address("before"))
opened = series_list(page.rows)
pager(page.rows, page.more)
if opened:
    to_address("id", opened)
    st.rerun()
one = next((row for row in page.rows if row.id == id_in_address()), None)
if takes:
    typed = ""
    with st.expander(_("找平时去的志愿者"), icon=":material/person_search:"):
        typed = st.text_input(_("编号或特长"), key="series.find", placeholder=_("例如：护理"))
    with reading(user) as session:
        helpers = candidates(session, words=typed) if typed.strip() else []
    if one is not None:
        request = series_forms(one, helpers)
    st.subheader(_("登记一项"), anchor=False)
    with reading(user) as session:
        here, services = frame(session, user.community_id), catalogue(session)
    person_id, target = id_in_address("person"), dict[str, Any]()
    with reading(user) as session:
        person = next(iter(callers(session, person_id=person_id)), None) if person_id else None
    if person is not None:
        if shown_caller(person):
            to_address("person", None)
            st.rerun()
        target = {"household_id": person.household_id}
    else:
        with reading(user) as session:
            caller = find_caller(partial(callers, session))
        if caller:
            to_address("person", caller.person_id)
            st.rerun()
        place_id = choose_place(here.places) if here else None
        with reading(user) as session:
            doors = stairwells(session, place_id) if place_id else ()
        building, stairwell = choose_stairwell(doors)
        with reading(user) as session:
            behind = rooms(session, place_id, building, stairwell) if place_id and building else ()
        room, _where = choose_room(behind)
        target = {"place_id": place_id, "building": building, "stairwell": stairwell, "room": room}
    filling, values, pressed = new_series_form(services, helpers, day)
    if pressed:
        with refusals_shown(filling):
            carry_out(
                user, filling.request_key, order_series.start_series, given=values, door=picked(DoorInput, target)
            )
            filling.done()
            next_door()
            forget_caller()
            to_address("person", None)
            announce(_("已登记，到期前一周自动派单"))
            st.rerun()
run(user, request)
