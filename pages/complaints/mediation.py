"""协调会(沟通会): bring the parties of a dispute to one table, write down what was agreed, and check it until it holds.

Secretary or area worker, at a laptop in the meeting; a step takes a minute.
"""

import streamlit as st

from components.access import require
from components.acting import Request, note, run
from components.address import back_to_list, id_in_address, object_in_address, pager
from components.complaints.escalations import answer_form, escalation_table
from components.complaints.mediation import (
    actions_table,
    complaints_behind,
    due_table,
    mediation_head,
    mediation_paper,
    mediations_table,
    next_form,
    parties_table,
    register_form,
)
from components.detail import columns, doers, must_exist, new, title_row
from components.projects.papers import word_button
from components.wording import _
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.complaints.mediation import due_checks, mediation, mediations
from db.queries.complaints.page import complaints_of
from db.rules.permissions import Actor, Permission
from db.terms import EscalationTo, MediationState

user = require(Permission.SEE_MEDIATION)
runs, day, wanted = user.may(Permission.RUN_MEDIATION), today(utc_now()), object_in_address()
if wanted is not None:
    back_to_list(_("全部协调会"))
with must_exist(), reading(user) as session:
    facts = mediation(session, wanted) if wanted is not None else None
    behind = complaints_of(session, mediation_id=facts.id) if facts else ()
    page = None if facts else mediations(session, before=id_in_address("before"))
    due = () if facts else due_checks(session, today=day)


def record(actor: Actor) -> None:
    """Write down that the record leaves the house as a file; people in it are masked."""
    if user.community_id is not None:
        note(actor, record_export, what="mediation", rows={user.community_id: 1}, filters={"mediation": wanted})


request: Request | None = None
if facts is not None:
    raised = facts.waits
    takes = Permission.ANSWER_ESCALATION if raised else Permission.RUN_MEDIATION
    own = not raised or raised.level is EscalationTo.DEPARTMENT or user.community_id is None
    does = own and user.may(takes)
    mediation_head(facts, who="" if does or facts.state is MediationState.SETTLED else doers(takes))
    acts, story = columns()
    with acts:
        if raised and does:
            request = answer_form(raised)
        if runs:
            request = next_form(facts, day) or request
            word_button(user, _("下载协调会记录（Word）"), facts.number, mediation_paper(facts), record)
    with story:
        parties_table(facts)
        actions_table(facts, day)
        escalation_table(facts, day)
        if user.may(Permission.SEE_COMPLAINTS):
            complaints_behind(behind, facts)
elif page is not None:
    title = title_row(_("协调会（沟通会）"))
    if runs:
        with title, new(_("登记一件纠纷")) as menu:
            if menu.open:
                request = register_form()
    if due:
        st.header(_("到期待复查"), anchor=False)
        due_table(due)
    mediations_table(page.rows)
    pager(page.rows, page.more)
run(user, request)
