"""Run one meeting: the chair at a laptop in the hall, one hand free, the next step always on top.

Members and staff read the same page; tellers enter their counts on it. Each step takes a few seconds.
"""

import streamlit as st

from components import told_council  # noqa: F401 - gives the refusals of this area their words
from components.access import fragment, require
from components.ballot_box import turnout_words
from components.council_page import asked, carry, named_acts, now
from components.forms import press
from components.meeting_agenda import agenda_table
from components.meeting_attendance import attendance
from components.meeting_draft import cancel_form, draft_agenda
from components.meeting_head import meeting_head
from components.meeting_item import choose_item, show_item
from components.meeting_notice_text import notice_text
from components.meeting_results import OnScreen, close_form, last_result, papers, results_table, steer
from components.meeting_wish import Wish
from components.told import told_to_user
from components.wording import _
from db.actions import attendance as sheet
from db.actions import discussion, meetings, screen, voting
from db.actions.exports import record_export
from db.engine import carry_out, reading
from db.queries.meetings import open_ballot, screen_now, sitting, waiting_needs
from db.queries.voting import voters_without_account
from db.rules.permissions import Actor, Permission
from db.rules.sitting import ChairStep
from db.terms import MeetingState, VoteMethod

ACTS = named_acts(
    *(meetings.add_need, meetings.add_item, meetings.reword_item, meetings.remove_item, meetings.shift_item),
    *(meetings.amend_meeting, meetings.send_notice, meetings.cancel_meeting, meetings.open_meeting, meetings.postpone_item),
    *(meetings.close_meeting, sheet.take_attendance, sheet.leave_early, sheet.recuse, discussion.start_item),
    *(discussion.record_point, discussion.move_amendment, discussion.settle_amendment, voting.open_ballot),
    *(voting.enter_count, voting.cast_for_member, voting.close_ballot, voting.cancel_ballot),
    *(voting.answer_rejected, voting.keep_in_reserve),
    *(screen.follow_meeting, screen.reveal_result, screen.show_rotation),
)

user = require(Permission.SEE_COUNCIL)
chair, prepares = user.may(Permission.RUN_MEETING), user.may(Permission.PREPARE_MEETING)
meeting_id = asked()
if meeting_id is None:
    st.info(_("请先从会议列表中选择一次会议。"), icon=":material/event:")
    st.page_link("council/meetings.py", label=_("会议列表"), icon=":material/arrow_back:")
    st.stop()
with told_to_user() as told, reading(user) as session:
    facts = sitting(session, meeting_id, now=now())
    draft = facts.state is MeetingState.DRAFT
    needs = waiting_needs(session, facts.community_id) if draft and prepares else ()
    named = facts.ballot is not None and facts.ballot.method is VoteMethod.NAMED
    voters = voters_without_account(session, facts.ballot.id) if facts.ballot and named and chair else ()
    shown = screen_now(session, facts.community_id) if chair and facts.state is MeetingState.OPEN else None
if not told.ok:
    st.stop()


@fragment(Permission.SEE_COUNCIL, run_every=2)
def turnout(actor: Actor) -> None:
    """Refresh the number of votes; only on the chair's desk, and only while a named ballot is open."""
    with reading(actor) as live:
        ballot = open_ballot(live, facts.id)
    st.text(turnout_words(ballot) if ballot else _("表决已结束。"))
    if ballot and ballot.complete and facts.ballot and not facts.ballot.complete:
        st.rerun(scope="app")


def record(what: str) -> None:
    """A document with members' names left the house."""
    rows = {facts.community_id: max(1, len(facts.seats))}
    carry_out(user, "", record_export, what=what, rows=rows, filters={"meeting": facts.id})


step, focus = meeting_head(facts)
wish: Wish | None = None
if draft:
    if step is ChairStep.SET_RULES:
        st.page_link("council/bodies.py", label=_("去设定议事规则"), icon=":material/gavel:")
    if prepares:
        wish = draft_agenda(facts, needs, now())
    else:
        agenda_table(facts)
elif facts.state in (MeetingState.CONVENED, MeetingState.OPEN):
    convened = facts.state is MeetingState.CONVENED
    if convened and chair:
        begin = press("open_meeting", _("宣布开会"), icon=":material/play_circle:", primary=True)
        wish = Wish(begin, "open_meeting", _("会议开始,大屏已跟随会议"), {"meeting_id": facts.id}) if begin else None
    on_screen = OnScreen(shown.mode, shown.item_id, shown.revealed) if shown is not None else None
    wish = (last_result(facts, on_screen) if on_screen else None) or wish
    parts = {"sheet": _("签到"), "items": _("议题"), "results": _("结果")}
    start = "sheet" if convened or step is ChairStep.TAKE_ATTENDANCE else "items"
    start = "results" if step is ChairStep.CLOSE_MEETING else start
    part = st.segmented_control(
        _("部分"), list(parts), format_func=parts.__getitem__, default=start, key=f"part.{step}", width="stretch",
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    if part == "sheet":
        wish = attendance(facts, focus, chair=chair) or wish
    elif part == "items":
        item = choose_item(facts, focus)
        if named and chair and item and facts.ballot and facts.ballot.item_id == item.id:
            turnout()
        wish = (show_item(facts, item, user, voters) if item else None) or wish
        if on_screen is not None:
            wish = steer(facts, item, on_screen) or wish
    elif part == "results":
        results_table(facts)
        wish = wish or (close_form(facts) if chair and not convened else None)
    if convened and part == "items":
        st.code(notice_text(facts), language=None, wrap_lines=True)
        wish = wish or (cancel_form(facts) if prepares else None)
else:
    results_table(facts)
    if step is ChairStep.POST_NOTICE and user.may(Permission.POST_NOTICE):
        st.page_link("council/notices.py", label=_("去公示"), icon=":material/campaign:")
if not draft and user.may(Permission.EXPORT):
    papers(facts, record)
carry(user, wish, ACTS)
