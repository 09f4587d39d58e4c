"""登记投诉: a worker with the caller on the telephone writes it down in a minute; what it may repeat shows at once."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.access import require
from components.acting import run
from components.address import id_in_address, to_address
from components.complaints.forms import link_buttons
from components.complaints.heard_words import Repeats
from components.complaints.list import few_complaints
from components.complaints.log import complaint_entry, entered, stored
from components.forms import announce
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.complaints.complaints import log_complaint
from db.actions.complaints.links import log_repeat
from db.engine import carry_out, reading, utc_now
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
        st.subheader(_("可能是同一件事"), anchor=False)
        few_complaints(likely, key="log.likely", caption=_("可能是同一件事"), why=True)
        request = link_buttons(facts.id, facts.version, likely)
    st.subheader(_("登记下一件"), anchor=False)


def find(actor: Actor, words: str) -> Sequence[Any]:
    with reading(actor) as session:
        return repeats_while_typing(session, here.community_id, words=words, today=day)


filling, values, pressed = complaint_entry(
    Repeats(find, log_repeat, lambda made: to_address("logged", made)),
    places=here.places, categories=here.categories, times=times, today=day,
)  # fmt: skip
if pressed:
    with refusals_shown(filling):
        made = carry_out(user, filling.request_key, log_complaint, **values)
        entered(filling)
        announce(_("已登记 {number}", number=made["number"]))
        to_address("logged", made["id"])
        st.rerun()
run(user, request)
