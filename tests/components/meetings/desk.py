"""A desk for the parts of a meeting's console: one part at a time, drawn and carried out as the console does it.

Run by AppTest with `?id=<meeting>&part=floor|points|sheet`; the whole console has its own tests.
"""

import streamlit as st

from components.access import require
from components.acting import run, show_announcements
from components.address import id_in_address
from components.meetings.attendance import attendance
from components.meetings.floor import floor_panel
from components.meetings.points import points
from components.meetings.pulse import follow_others
from components.refusals.shown import refusals_shown
from db.engine import reading, utc_now
from db.queries.meetings.meetings import sitting
from db.queries.meetings.pulse import meeting_pulse
from db.rules.permissions import Actor, Permission


def beat(actor: Actor) -> str:
    with reading(actor) as session:
        return meeting_pulse(session, meeting)


user = require(Permission.SEE_COUNCIL)
meeting = id_in_address() or 0
show_announcements()
with reading(user) as session:
    seen = meeting_pulse(session, meeting)
    facts = sitting(session, meeting, now=utc_now())
follow_others(seen, beat)
item, part, request = facts.items[0], st.query_params.get("part", "floor"), None
with refusals_shown():
    if part == "floor":
        request = floor_panel(facts, item, user, utc_now())
    elif part == "points":
        request = points(facts, item, user)
    else:
        request = attendance(facts, item, user)
run(user, request)
