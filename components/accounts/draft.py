"""When a sign-in ends in the middle of a form: what was typed waits for the same person on the same page."""

from datetime import date, time
from urllib.parse import urlencode

import streamlit as st

from components.acting import announce
from components.address import address_values
from components.asking import folds_of_a_run
from components.forms import RESTORED, TYPED
from components.wording import _
from db.actions.accounts.drafts import keep_draft, take_draft
from db.engine import utc_now
from db.queries.accounts.accounts import SignedIn


def change_of_person(owner: int | None) -> tuple[int, dict[str, object]] | None:
    """Call at the start of a run: a connection that belonged to another account, or whose user signed out, is emptied.

    Returns whose it was, and what had been typed.
    """
    before: int | None = st.session_state.get("_owner")
    starts: dict[str, object] = st.session_state.get(TYPED, {})
    if before is None or before == owner:
        folds_of_a_run()
        st.session_state[TYPED] = {}  # the fields of this run are those of its page
        return None
    typed = {key: _plain(value) for key, start in starts.items() if (value := st.session_state.get(key)) != start}
    st.session_state.clear()
    return before, {key: value for key, value in typed.items() if value is not None}


def _plain(value: object) -> object:
    """What JSON can hold of a widget's value, or None."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [one for one in value if isinstance(one, str | int)]
    return value if isinstance(value, str | int | float) else None


def put_by(left: tuple[int, dict[str, object]] | None, page: str) -> None:
    """Keep what the user had typed on this page."""
    if left is not None and left[1]:
        keep_draft(left[0], _address(page), left[1], now=utc_now())


def give_back(here: SignedIn, page: str) -> None:
    """In the first run of a connection: hand what waits to the fields of this page."""
    if "_looked" in st.session_state or here.actor.must_change_password:
        return
    st.session_state["_looked"] = True
    typed = take_draft(here.actor.id, _address(page), now=utc_now()) if here.has_draft else {}
    if typed:
        st.session_state[RESTORED] = typed
        announce(_("已恢复您刚才填写的内容"))


def _address(page: str) -> str:
    return f"{page}?{urlencode(sorted(address_values().items()))}"
