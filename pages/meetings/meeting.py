"""Run one meeting: the chair at a laptop in the hall, one hand free, the next step always on top.

Members and staff read the same page; recorder and tellers work on it at the same time. Each step takes a few seconds.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import id_in_address
from components.meetings.agenda import agenda_table
from components.meetings.console import console
from components.meetings.desk import Desk
from components.meetings.draft import draft_agenda
from components.meetings.head import meeting_head, step_bar
from components.meetings.proof import papers, proof
from components.meetings.pulse import follow_others
from components.meetings.results import after_meeting, results_table
from components.refusals.shown import refusals_shown
from components.wording import _
from db.actions.exports import record_export
from db.engine import carry_out, reading, utc_now
from db.queries.admin.templates import template_for
from db.queries.meetings.meetings import open_ballot, screen_now, sitting, waiting_needs
from db.queries.meetings.papers import paper_record
from db.queries.meetings.pulse import meeting_pulse
from db.queries.voting.ballots import ballot_file, slip_list, slip_standing, way_books
from db.queries.voting.voting import voters_to_assist, voters_without_account
from db.rules.meetings.sitting import ChairStep
from db.rules.permissions import Actor, Permission
from db.terms import MeetingState

user = require(Permission.SEE_COUNCIL)
meeting_id = id_in_address()
if meeting_id is None:
    st.info(_("请先从会议列表中选择一次会议。"), icon=":material/event:")
    st.page_link("meetings/meetings.py", label=_("会议列表"), icon=":material/arrow_back:")
    st.stop()
with refusals_shown() as told, reading(user) as session:
    seen = meeting_pulse(session, meeting_id)
    facts = sitting(session, meeting_id, now=utc_now())
if not told.ok:
    st.stop()


def record(actor: Actor, what: str, rows: int) -> None:
    """A file left the house."""
    filters = {"meeting": facts.id}
    carry_out(actor, "", record_export, what=what, rows={facts.community_id: max(1, rows)}, filters=filters)


def pulse(actor: Actor) -> str:
    """What has changed since this page was drawn."""
    with reading(actor) as live:
        return meeting_pulse(live, facts.id)


def ask_as(actor: Actor) -> Callable[..., Any]:
    queries = (
        ballot_file, open_ballot, paper_record, screen_now, slip_list, slip_standing, template_for,
        voters_to_assist, voters_without_account, waiting_needs, way_books,
    )  # fmt: skip
    named = {query.__name__: query for query in queries}

    def ask(query: str, **values: Any) -> Any:
        with reading(actor) as session:
            return named[query](session, **values)

    return ask


desk = Desk(user, ask_as, record, utc_now())
step, focus = meeting_head(facts)
request: Request | None = None
if facts.state is MeetingState.DRAFT:
    request = step_bar(facts, step, focus, desk)
    if step is ChairStep.SET_RULES:
        st.page_link("council/bodies.py", label=_("去设定议事规则"), icon=":material/gavel:")
    if desk.may(Permission.PREPARE_MEETING):
        request = draft_agenda(facts, desk.ask("waiting_needs", community_id=facts.community_id), desk.now)
    else:
        agenda_table(facts)
elif facts.state in (MeetingState.CONVENED, MeetingState.OPEN):
    request = console(facts, step, focus, desk)
else:
    step_bar(facts, step, focus, desk)
    results_table(facts)
    if step is ChairStep.POST_NOTICE and desk.may(Permission.POST_NOTICE):
        st.page_link("council/notices.py", label=_("去公示"), icon=":material/campaign:")
    proof(facts, desk)
    after_meeting(facts)
if facts.state not in (MeetingState.DRAFT, MeetingState.CANCELLED) and desk.may(Permission.EXPORT):
    papers(facts, desk)
if facts.state in (MeetingState.CONVENED, MeetingState.OPEN):
    follow_others(seen, pulse)
run(user, request)
