"""Fill the meeting-room screen, read from ten metres: it follows the chair or rotates the progress; no names, no menu.

The display account opens it and leaves it open; a secretary opens the same page as a preview. Every second one indexed
statement asks whether anything changed, shared by all screens of a community for a quarter of a second, so two hundred
screens cost about as much as one.
"""

import streamlit as st

from components.access import require
from components.lists import Column, rows
from components.screen_shared import PULSES, SLIDES
from components.screen_stage import stage
from components.screen_words import Slide, slides
from components.wording import _
from db.engine import reading, utc_now
from db.queries.screen import Pulse, pulse, scene, screens_in_reach
from db.rules.permissions import Actor, Permission
from db.settings import settings
from db.terms import Role

ASK_AGAIN = 10
"""Ticks after which a screen proves again that its sign-in holds; it shows nothing that is not public."""


def now_showing(actor: Actor, community_id: int) -> tuple[str, list[Slide]]:
    """Community and slides in words: public numbers, so one reading serves every screen of the community."""
    here = (settings().url, community_id)

    def asked() -> Pulse:
        with reading(actor) as session:
            return pulse(session, community_id)

    def said() -> tuple[str, list[Slide]]:
        with reading(actor) as session:
            found = scene(session, community_id, now=utc_now())
        return found.community, slides(found)

    return SLIDES.get((*here, PULSES.get(here, asked), actor.language), said)


@st.fragment(run_every=1)
def follow(actor: Actor, community_id: int) -> None:
    """One tick: nothing is drawn anew while nothing changed."""
    ticks = st.session_state["_screen.ticks"] = st.session_state.get("_screen.ticks", 0) + 1
    if ticks % ASK_AGAIN == 0:
        actor = require(Permission.SHOW_SCREEN)
    place, shown = now_showing(actor, community_id)
    stage(place, shown, exit_words="" if actor.role is Role.DISPLAY else _("退出预览"))


user = require(Permission.SHOW_SCREEN)
with reading(user) as session:
    screens = screens_in_reach(session)
asked = st.query_params.get("community", "")
chosen = screens[0][0] if len(screens) == 1 else next((one for one, _name in screens if str(one) == asked), None)
if chosen is not None:
    follow(user, chosen)
else:
    st.title(_("大屏"))
    st.caption(_("选一个社区,预览它会议室的屏幕。屏幕上没有姓名、电话和门牌。"))
    lines = [{"id": one, "name": name} for one, name in screens]
    clicked = rows(lines, [Column("name", _("社区"))], key="screen.choice", empty=_("还没有社区。"), page="screen")
    if clicked:
        st.query_params["community"] = clicked
        st.rerun()
