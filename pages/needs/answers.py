"""Let a worker tell every asker what became of the need, on a phone between two doors, and note the satisfaction."""

from datetime import date

import streamlit as st

from components.access import require
from components.acting import run, show
from components.address import back_to_list, clear_address, from_address, id_in_address, object_in_address, to_address
from components.community_choice import choose_community
from components.doors.own import door_words
from components.needs.answers import answer_form, call, called, due_rows, satisfaction, what_to_say
from components.refusals.shown import sentence
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.doors.own import own_door
from db.queries.needs.answers import due_answer, due_answers, satisfaction_summary
from db.queries.needs.life import originals
from db.queries.needs.needs import frame
from db.rules.permissions import Permission

user = require(Permission.SEE_ANSWERS)
now = utc_now()
answer_id = object_in_address()
from_day, from_id = from_address("from", date.fromisoformat), id_in_address("after")
with reading(user) as session:
    here = frame(session, id_in_address("community"))
    owed = due_answer(session, here.community_id, answer_id) if here and answer_id else None
    own = own_door(session, need_id=owed.need_id) if owed else None
if here is None:
    st.stop()

if owed and user.may(Permission.GIVE_ANSWER):
    back_to_list(_("回到名单"))
    what_to_say(owed, door_words(user, own))
    asking = call(owed) if user.may(Permission.UNMASK) else None
    need_id = owed.need_id
    show(user, asking, lambda session, trace: originals(session, need_id, trace, now=utc_now()), called)
    run(user, answer_form(owed))
    st.stop()

st.title(_("回音"))
choose_community(here)
if answer_id is not None and not owed:
    st.warning(sentence(NotFound(what="answer", id=answer_id)))
after = (from_day, from_id) if from_day and from_id else None
with reading(user) as session:
    page = due_answers(session, here.community_id, after=after)
    summary = satisfaction_summary(session, here.community_id, now=now, today=today(now))
due_rows(page.rows, today(now))
with st.container(horizontal=True, horizontal_alignment="right"):
    if after and st.button(_("回到最急的"), key="answers.first", icon=":material/first_page:"):
        clear_address()
        st.rerun()
    if page.more and st.button(_("后面的"), key="answers.next", icon=":material/chevron_right:"):
        to_address("from", page.rows[-1].due_on)
        to_address("after", page.rows[-1].id)
        st.rerun()
satisfaction(summary)
