"""A desk for the parts of a meeting's console: one part at a time, drawn and carried out as the console does it.

Run by AppTest with `?id=<meeting>&part=floor|points|sheet`; the whole console has its own tests.
"""

import streamlit as st

from components.access import require
from components.acting import asked, carry, named_acts, now
from components.forms import show_announcements
from components.meetings.attendance import attendance
from components.meetings.floor import floor_panel
from components.meetings.points import points
from components.meetings.pulse import follow_others
from components.refusals import council as told_council  # noqa: F401
from components.refusals.shown import told_to_user
from db.actions.meetings import attendance as sheet
from db.actions.meetings import discussion, floor
from db.engine import reading
from db.queries.meetings.meetings import sitting
from db.queries.meetings.pulse import meeting_pulse
from db.rules.permissions import Actor, Permission

ACTS = named_acts(
    *(sheet.take_attendance, sheet.mark_present, sheet.mark_leave, sheet.mark_due, sheet.leave_early),
    *(sheet.call_roll, sheet.mark_proxy),
    *(sheet.recuse, sheet.undo_recusal, discussion.strike_point, discussion.amend_point, discussion.undo_settle),
    *(floor.ask_to_speak, floor.ask_to_speak_myself, floor.begin_speech, floor.end_speech, floor.undo_begin),
    *(floor.withdraw_turn, floor.withdraw_my_turn, floor.grant_time),
)


def beat(actor: Actor) -> str:
    with reading(actor) as session:
        return meeting_pulse(session, meeting)


user = require(Permission.SEE_COUNCIL)
meeting = asked() or 0
show_announcements()
with reading(user) as session:
    seen = meeting_pulse(session, meeting)
    facts = sitting(session, meeting, now=now())
follow_others(seen, beat)
item, part, wish = facts.items[0], st.query_params.get("part", "floor"), None
with told_to_user():
    if part == "floor":
        wish = floor_panel(facts, item, user, now())
    elif part == "points":
        wish = points(facts, item, user)
    else:
        wish = attendance(facts, item, user)
carry(user, wish, ACTS)
