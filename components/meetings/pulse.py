"""Chair and recorder see each other's work: when somebody changed the meeting, this console draws itself anew.

What is being typed stays where it is: fields keep their keys, and the browser keeps what was not sent yet.
"""

from collections.abc import Callable

import streamlit as st

from components.access import fragment
from db.rules.permissions import Actor, Permission

EVERY = 2
"""Seconds between two looks."""


def follow_others(seen: str, read: Callable[[Actor], str]) -> None:
    """Look every two seconds whether `read` still gives `seen`; if not, run the page again.

    `seen` is `db.queries.meetings.pulse.meeting_pulse`, read before what the page shows, in the same run.
    """
    looks = 0

    def pulse(actor: Actor) -> None:
        nonlocal looks
        looks += 1
        # The first look would only repeat what the page has just read.
        if looks > 1 and read(actor) != seen:
            st.rerun(scope="app")

    fragment(Permission.SEE_COUNCIL, run_every=EVERY)(pulse)()
