"""登记投诉: a worker with the caller on the telephone writes it down in a minute; what it may repeat shows at once."""

import streamlit as st

from components import told_complaints, told_needs  # noqa: F401 - sentences of refusals
from components.access import require
from components.complaint_forms import likely_table, link_buttons
from components.complaint_log import complaint_fields, stored
from components.council_page import asked, carry, named_acts, now
from components.forms import announce, form
from components.told import told_to_user
from components.wording import _
from components.wording.dates import today
from db.actions.complaint_links import link_repeat
from db.actions.complaints import log_complaint
from db.engine import carry_out, reading
from db.queries.complaint_page import complaint, likely_repeats
from db.queries.needs import frame
from db.rules.permissions import Permission

user = require(Permission.LOG_COMPLAINT)
day, logged = today(now()), asked("logged")
with told_to_user(), reading(user) as session:
    here = frame(session, user.community_id)
    facts = complaint(session, logged, today=day) if logged else None
    likely = likely_repeats(session, logged, today=day) if logged else ()
if here is None:
    st.stop()

st.title(_("登记投诉"))
wish = None
if facts is not None:
    stored(facts)
    if likely:
        st.subheader(_("可能是同一件事"), anchor=False)
        likely_table(likely, key="log.likely")
        wish = link_buttons(facts.id, facts.version, likely)
    st.subheader(_("登记下一件"), anchor=False)
with form("log_complaint") as filling:
    values = complaint_fields(filling, here.places, here.categories, day)
    pressed = filling.submit(_("登记投诉"), icon=":material/check:", wide=True)
if pressed:
    with told_to_user(filling):
        made = carry_out(user, filling.request_key, log_complaint, **values)
        filling.done()
        announce(_("已登记 {number}", number=made["number"]))
        st.query_params["logged"] = str(made["id"])
        st.rerun()
carry(user, wish, named_acts(link_repeat))
