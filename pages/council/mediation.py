"""协调会(沟通会): bring the parties of a dispute to one table, write down what was agreed, and check it until it holds.

Secretary or area worker, at a laptop in the meeting; a step takes a minute.
"""

import streamlit as st

from components import told_council, told_village  # noqa: F401 - give the refusals of this area their words
from components.access import require
from components.council_page import asked, carry, keep, named_acts, now, older
from components.documents_project import word_button
from components.mediation_board import (
    actions_table,
    mediation_head,
    mediation_paper,
    mediations_table,
    next_form,
    register_form,
)
from components.meeting_wish import Wish
from components.told import told_to_user
from components.wording import _
from components.wording.dates import today
from db.actions import mediation as acts
from db.actions.exports import record_export
from db.engine import carry_out, reading
from db.queries.mediation import mediation, mediations
from db.rules.permissions import Permission

ACTS = named_acts(
    *(acts.register_mediation, acts.add_party, acts.remove_party, acts.convene_mediation, acts.open_mediation),
    *(acts.record_talk, acts.agree_action, acts.end_talk, acts.check_action, acts.escalate_mediation),
)

user = require(Permission.SEE_MEDIATION)
runs, day, wanted = user.may(Permission.RUN_MEDIATION), today(now()), asked()
with told_to_user() as told, reading(user) as session:
    facts = mediation(session, wanted) if wanted else None
    page = None if facts else mediations(session, before=asked("before"))
if not told.ok:
    st.stop()


def record() -> None:
    """The record left the house as a file; people in it are masked."""
    if user.community_id is not None:
        rows = {user.community_id: 1}
        carry_out(user, "", record_export, what="mediation", rows=rows, filters={"mediation": wanted})


wish: Wish | None = None
if facts is not None:
    if st.button(_("全部协调会"), icon=":material/arrow_back:", key="all_mediations"):
        keep("id", None)
        st.rerun()
    mediation_head(facts)
    actions_table(facts, day)
    if runs:
        wish = next_form(facts, day)
        word_button(_("下载协调会记录(Word)"), facts.number, mediation_paper(facts), record)
elif page is not None:
    st.title(_("协调会(沟通会)"))
    opened = mediations_table(page.rows)
    if opened is not None:
        keep("id", opened)
        st.rerun()
    older(page.rows, page.more)
    if runs:
        with st.expander(_("登记一件纠纷"), icon=":material/add:", expanded=not page.rows):
            wish = register_form()
carry(user, wish, ACTS)
