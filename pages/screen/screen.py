"""Look after the meeting-room screens: secretary or administrator, half a minute for a display link or a preview.

A display account fills its screen here and leaves it open. Every second one indexed statement asks whether anything
changed, shared by all screens of a community for a quarter of a second, so two hundred screens cost about as much as
one. Screens without an account open a display link (`pages/public/display.py`).
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import text_in_address, to_address
from components.public_address import own_address
from components.screen.desk import choose_preview, link_form, link_list, parts_form, revoke_form, show_made
from components.screen.meeting_words import Slide
from components.screen.shared import FIGURES, PULSES, SLIDES
from components.screen.stage import stage
from components.screen.words import slides
from components.wording import _
from db.engine import reading, utc_now
from db.queries.screen.displays import display_links
from db.queries.screen.parts import choices, open_rotas
from db.queries.screen.screen import Pulse, pulse, scene, screens_in_reach
from db.rules.permissions import Actor, Permission
from db.settings import settings

ASK_AGAIN = 10
"""Ticks after which a screen proves again that its sign-in holds; it shows nothing that is not public."""


def now_showing(actor: Actor, community_id: int, address: str) -> tuple[str, list[Slide]]:
    """Community and slides in words: public numbers, so one reading serves every screen of the community."""
    here = (settings().url, community_id)

    def read_pulse() -> Pulse:
        with reading(actor) as session:
            return pulse(session, community_id)

    def make_slides() -> tuple[str, list[Slide]]:
        with reading(actor) as session:
            found = scene(
                session, community_id, now=utc_now(), keep=lambda one, make: FIGURES.get((settings().url, one), make)
            )
        return found.community, slides(found, address)

    return SLIDES.get((*here, PULSES.get(here, read_pulse), actor.language, address), make_slides)


@st.fragment(run_every=1)
def follow(actor: Actor, community_id: int, address: str) -> None:
    """One tick: nothing is drawn anew while nothing changed."""
    ticks = st.session_state["_screen.ticks"] = st.session_state.get("_screen.ticks", 0) + 1
    if ticks % ASK_AGAIN == 0:
        actor = require(Permission.SHOW_SCREEN)
    place, shown = now_showing(actor, community_id, address)
    stage(place, shown, utc_now(), exit_words=_("退出预览") if actor.may(Permission.SEE_TODAY) else "", way="/screen")


user = require(Permission.SHOW_SCREEN)
manages = user.may(Permission.MANAGE_DISPLAYS)
with reading(user) as session:
    screens = screens_in_reach(session)
    links = display_links(session) if manages else ()
    chosen_parts, rotas = (choices(session), open_rotas(session)) if manages else ({}, {})
held = text_in_address("community") or text_in_address("id")
chosen = next((one for one, _name in screens if str(one) == held), None)
if not manages and screens:
    chosen = screens[0][0]
here = own_address(st.context.url or "")
if chosen is not None:
    follow(user, chosen, here)
    st.stop()

st.title(_("大屏"))
show_made(here)
if choose_preview(screens):
    to_address("community", screens[0][0])
    st.rerun()
link_list(links, with_community=len(screens) > 1)
request = parts_form(dict(screens), chosen_parts, rotas)
request = link_form(dict(screens)) or request
run(user, revoke_form(links) or request)
