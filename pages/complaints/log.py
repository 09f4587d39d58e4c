"""登记投诉: a worker with the caller on the telephone writes it down in a minute; what it may repeat shows at once."""

import streamlit as st

from components.access import fragment, require
from components.acting import carried, run
from components.address import id_in_address
from components.complaints.forms import link_buttons
from components.complaints.heard_words import CallerWords, caller_words, likely_repeats_shown
from components.complaints.list import few_complaints
from components.complaints.log import complaint_entry, stored
from components.forms import Filling
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.complaints.page import complaint, likely_repeats, repeats_while_typing
from db.queries.complaints.times import complaint_times
from db.queries.needs.needs import frame
from db.rules.permissions import Actor, Permission

user = require(Permission.LOG_COMPLAINT)
day, logged = today(utc_now()), id_in_address("logged")
with refusals_shown(), reading(user) as session:
    here = frame(session, user.community_id)
    facts = complaint(session, logged, today=day) if logged else None
    likely = likely_repeats(session, logged, today=day) if logged else ()
    times = complaint_times(session)
if here is None:
    st.stop()

st.title(_("登记投诉"))
request = None
if facts is not None:
    stored(facts)
    if likely:
        st.header(_("可能是同一件事"), anchor=False)
        few_complaints(likely, key="log.likely", caption=_("可能是同一件事"), why=True)
        request = link_buttons(facts.id, facts.version, likely)
    st.header(_("登记下一件"), anchor=False)


@fragment(Permission.LOG_COMPLAINT)
def hear(actor: Actor, filling: Filling, community_id: int) -> CallerWords:
    """The caller's words, with the complaints that they may repeat as they stand now."""
    words = caller_words(filling)
    with reading(actor) as session:
        found = repeats_while_typing(session, community_id, words=words.heard, today=day)
    repeat = likely_repeats_shown(words, found)
    if repeat and carried(actor, repeat):
        st.rerun(scope="app")
    return words


filling = Filling("log_complaint")
words = hear(filling, here.community_id)
request = complaint_entry(
    filling, words, places=here.places, categories=here.categories, times=times, today=day
) or request  # fmt: skip
run(user, request)
