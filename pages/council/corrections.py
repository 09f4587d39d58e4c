"""Put a clerical error of a meeting's record right: one person asks, a second one checks; both texts stay on record."""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import back_to_object, back_to_opener, object_in_address
from components.council.tasks import ask_form, corrections_table, settle_buttons
from components.detail import must_exist, nothing_here
from components.wording import _, heading
from db.engine import reading
from db.queries.council.topics import correctable, corrections
from db.rules.permissions import Permission

user = require(Permission.SEE_COUNCIL)
corrects = user.may(Permission.CORRECT_RECORD)
meeting_id = object_in_address()
if meeting_id is None:
    back_to_opener("meetings/meetings.py", heading("会议"))
    nothing_here(_("请先从会议列表中选择一次会议。"), "event")
back_to_object("meeting", _("回到会议"), meeting_id)
with must_exist(), reading(user) as session:
    found = corrections(session, meeting_id)
    places = correctable(session, meeting_id) if corrects else ()
st.title(_("更正记录"))
st.caption(_("只更正笔误，不改票数和结论。结论有误，请走异议和重新表决。"))
corrections_table(found)
if corrects:
    request = settle_buttons(found, user.id)
    with st.expander(_("申请更正"), icon=":material/edit:"):
        request = ask_form(places) or request
    run(user, request)
