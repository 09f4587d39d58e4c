"""Let a worker tell everybody who asked what became of it, on a phone between two doors, and note the satisfaction."""

from datetime import date

import streamlit as st

import components.refusals.needs  # noqa: F401  (its sentences)
from components.access import require
from components.address import from_address
from components.forms import announce, form, press
from components.lists import open_page
from components.needs.answers import answer_fields, due_rows, satisfaction, what_to_say
from components.needs.ledger_filters import choose_community
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.needs.answers import answer_tried, give_answer
from db.engine import carry_out, reading, utc_now
from db.queries.needs.answers import due_answer, due_answers, satisfaction_summary
from db.queries.needs.needs import frame
from db.rules.permissions import Permission

user = require(Permission.SEE_ANSWERS)
now = utc_now()
answer_id = from_address("id", int)
from_day, from_id = from_address("from", date.fromisoformat), from_address("after", int)
with reading(user) as session:
    here = frame(session, from_address("community", int))
    owed = due_answer(session, here.community_id, answer_id) if here and answer_id else None
if here is None:
    st.stop()

st.title(_("回音"))
if owed and user.may(Permission.GIVE_ANSWER):
    st.page_link("needs/answers.py", label=_("回到名单"), icon=":material/arrow_back:")
    what_to_say(owed)
    with form(f"answer.{owed.id}") as filling:
        given = answer_fields(filling)
        told = filling.submit(_("已回音"), icon=":material/check:", wide=True)
    if told:
        with refusals_shown(filling):
            result = carry_out(user, filling.request_key, give_answer, answer_id=owed.id, **given)
            filling.done()
            announce(_("{number} 已全部回音，销号", number=result["number"]) if result["closed"] else _("已回音，谢谢"))
            st.query_params.clear()
            st.rerun()
    tried = press(f"tried.{owed.id}", _("没联系上，下次再试"), icon=":material/phone_missed:", wide=True)
    if tried:
        with refusals_shown(tried):
            carry_out(user, tried.request_key, answer_tried, answer_id=owed.id)
            tried.done()
            announce(_("已记下，名单里保留"))
            st.query_params.clear()
            st.rerun()
    st.stop()

community_id = choose_community(here)
if community_id is not None and community_id != here.community_id:
    st.rerun()
if answer_id and not owed:
    st.info(_("这一户已经回过音了，或不在您的社区。"))
after = (from_day, from_id) if from_day and from_id else None
with reading(user) as session:
    page = due_answers(session, here.community_id, after=after)
    summary = satisfaction_summary(session, here.community_id, now=now, today=today(now))
open_page("needs/answers.py", due_rows(page.rows, today(now)))
with st.container(horizontal=True, horizontal_alignment="right"):
    if after and st.button(_("回到最急的"), key="answers.first", icon=":material/first_page:"):
        st.query_params.clear()
        st.rerun()
    if page.more and st.button(_("后面的"), key="answers.next", icon=":material/chevron_right:"):
        st.query_params["from"], st.query_params["after"] = str(page.rows[-1].due_on), str(page.rows[-1].id)
        st.rerun()
satisfaction(summary)
