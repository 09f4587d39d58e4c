"""协调会(沟通会): bring the parties of a dispute to one table, write down what was agreed, and check it until it holds.

Secretary or area worker, at a laptop in the meeting; a step takes a minute.
"""

import streamlit as st

from components.access import require
from components.acting import asked, back_to_all, carry, enter, named_acts, now, older
from components.complaints.mediation import (
    actions_table,
    complaints_behind,
    due_table,
    mediation_head,
    mediation_paper,
    mediations_table,
    next_form,
    register_form,
)
from components.lists import open_page
from components.projects.papers import word_button
from components.refusals import council as told_council  # noqa: F401 - give the refusals of this area their words
from components.refusals.shown import told_to_user
from components.request import Wish
from components.wording import _
from components.wording.dates import today
from db.actions.complaints import mediation as acts
from db.actions.exports import record_export
from db.engine import carry_out, reading
from db.queries.complaints.mediation import due_checks, mediation, mediations
from db.queries.complaints.page import complaints_of
from db.rules.permissions import Actor, Permission

ACTS = named_acts(
    *(acts.register_mediation, acts.add_party, acts.remove_party, acts.convene_mediation, acts.open_mediation),
    *(acts.record_talk, acts.agree_action, acts.end_talk, acts.check_action, acts.escalate_mediation),
)

user = require(Permission.SEE_MEDIATION)
runs, day, wanted = user.may(Permission.RUN_MEDIATION), today(now()), asked()
with told_to_user() as told, reading(user) as session:
    facts = mediation(session, wanted) if wanted else None
    behind = complaints_of(session, mediation_id=facts.id) if facts else ()
    page = None if facts else mediations(session, before=asked("before"))
    due = () if facts else due_checks(session, today=day)
if not told.ok:
    st.stop()


def record(actor: Actor) -> None:
    """The record left the house as a file; people in it are masked."""
    if user.community_id is not None:
        rows = {user.community_id: 1}
        carry_out(actor, "", record_export, what="mediation", rows=rows, filters={"mediation": wanted})


wish: Wish | None = None
if facts is not None:
    back_to_all(_("全部协调会"), key="all_mediations")
    mediation_head(facts)
    actions_table(facts, day)
    if runs:
        wish = next_form(facts, day)
        word_button(user, _("下载协调会记录(Word)"), facts.number, mediation_paper(facts), record)
    if user.may(Permission.SEE_COMPLAINTS):
        open_page("complaints/complaint.py", complaints_behind(behind, facts))
elif page is not None:
    st.title(_("协调会(沟通会)"))
    if due:
        st.subheader(_("到期待复查"), anchor=False)
        enter(due_table(due))
    enter(mediations_table(page.rows))
    older(page.rows, page.more)
    if runs:
        with st.expander(_("登记一件纠纷"), icon=":material/add:", expanded=not page.rows):
            wish = register_form()
carry(user, wish, ACTS)
