"""The whole door on a page about one thing, for the worker whose patch it stands in."""

import streamlit as st

from components.acting import note
from db.actions.doors.own import see_own_door
from db.errors import NotSignedIn, YiqilaiError
from db.queries.doors.own import OwnDoor
from db.rules.permissions import Actor


def door_words(user: Actor, door: OwnDoor | None) -> str:
    """The door to show, "" for whom it stays masked; the first look of a session goes into the log.

    Where the log takes nothing in (a full disk, a promotion, a patch that was handed over this moment) the door stays
    masked, and the page can be read all the same.
    """
    if door is None:
        return ""
    seen = f"_own_door.{door.household_id}"
    if seen not in st.session_state:
        try:
            note(user, see_own_door, household_id=door.household_id)
        except NotSignedIn:
            raise
        except YiqilaiError:
            return ""
        st.session_state[seen] = True
    return door.words
