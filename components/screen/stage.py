"""The meeting-room screen as one full-screen block: large type, no menu, no names.

Everything comes in as finished words (`components.screen.words`); `stage.js` places them, here in a preview and, the
same file, on the plain page of a display link. The same data draws nothing anew, so a poll does not flicker.
"""

import json
from datetime import datetime

import streamlit as st

from components.screen.meeting_words import Slide
from components.screen.stage_files import SCRIPT, SECONDS, STYLE, milliseconds

_component = st.components.v2.component(
    "yiqilai_stage", html="<div class='stage' aria-live='polite'></div>", css=STYLE, js=SCRIPT
)


def stage(place: str, slides: list[Slide], now: datetime, *, exit_words: str = "", way: str = "") -> None:
    """Fill the screen; with `exit_words` a preview shows the way back, to the address `way`."""
    # The moment goes along with what changed: were it new in every tick, every tick would send everything.
    said = json.dumps([place, slides], ensure_ascii=False)
    known = st.session_state.get("_screen.said")
    if known is None or known[0] != said:
        known = st.session_state["_screen.said"] = (said, milliseconds(now))
    data = {"place": place, "slides": slides, "exit": exit_words, "way": way, "seconds": SECONDS, "at": known[1]}
    _component(key="screen.stage", data=data)
