"""Let a member vote by name on a phone in the hall: one hand, ten seconds, changeable until the chair closes."""

import streamlit as st

from components.access import require
from components.acting import run
from components.voting.ballot_vote import vote_form
from components.voting.outcome import outcome_badge
from components.wording import _, safe
from db.engine import reading
from db.queries.voting.voting import last_result, my_ballot
from db.rules.permissions import Permission

user = require(Permission.CAST_BALLOT)
with reading(user) as session:
    ballot = my_ballot(session, user.id)
    last = None if ballot else last_result(session, user.id)

st.title(_("我的表决"))
if ballot is not None:
    run(user, vote_form(ballot, user.id))
else:
    st.info(_("现在没有需要您表决的议题。主持人开始记名表决后，点“刷新”就会出现。"), icon=":material/hourglass_empty:")
    if last is not None:
        st.markdown(f"{outcome_badge(last.result)} {safe(last.title)}")
if st.button(_("刷新"), icon=":material/refresh:", key="refresh_vote", width="stretch"):
    st.rerun()
