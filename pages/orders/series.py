"""Let a worker at a desk register once what comes every week or month, and leave out a turn with one press.

Turns become orders a week ahead when staff opens this page or the desk; the usual helper is asked first.
"""

import streamlit as st

from components.access import require
from components.acting import note, run
from components.address import filter_switch, id_in_address, object_in_address, pager, to_address
from components.doors.choice import choose_place, choose_room, choose_stairwell
from components.orders.caller import caller_words, choose_caller, shown_caller
from components.orders.series import new_series_form, series_forms, series_list
from components.refusals.shown import sentence
from components.wording import _, heading
from components.wording.dates import today
from db.actions.orders.series import make_turns
from db.engine import reading, utc_now
from db.errors import NotFound
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
        note(user, make_turns)
st.title(heading("定期服务"))
everything = filter_switch("all", _("连停止的一起看"))
with reading(user) as session:
    page = series_page(session, running=not everything, before=id_in_address("before"))
series_list(page.rows)
pager(page.rows, page.more)
wanted = object_in_address()
one = next((row for row in page.rows if row.id == wanted), None)
if wanted is not None and one is None:
    with reading(user) as session:
        one = next(iter(series_page(session, only=wanted).rows), None)
    if one is None:
        st.warning(sentence(NotFound(what="series", id=wanted)))
if takes:
    typed = ""
    with st.expander(_("找平时去的志愿者"), icon=":material/person_search:"):
        typed = st.text_input(_("编号或特长"), key="series.find", placeholder=_("例如：护理"))
    with reading(user) as session:
        helpers = candidates(session, words=typed) if typed.strip() else []
    if one is not None:
        request = series_forms(one, helpers)
    st.header(_("登记一项"), anchor=False)
    with reading(user) as session:
        here, services = frame(session, user.community_id), catalogue(session)
    person_id = id_in_address("person")
    with reading(user) as session:
        person = next(iter(callers(session, person_id=person_id)), None) if person_id else None
    if person is not None:
        if shown_caller(person):
            to_address("person", None)
            st.rerun()
        door = DoorInput(household_id=person.household_id)
    else:
        words = caller_words()
        with reading(user) as session:
            caller = choose_caller(words, callers(session, words=words))
            if caller:
                to_address("person", caller.person_id)
                st.rerun()
            place_id = choose_place(here.places) if here else None
            building, stairwell = choose_stairwell(stairwells(session, place_id))
            room, _where = choose_room(rooms(session, place_id, building, stairwell))
        door = DoorInput(place_id, building, stairwell, room)
    request = new_series_form(services, helpers, day, door=door) or request
run(user, request)
