"""What a resident just said, held for whoever types it: a phone that puts the page away to take a call loses nothing.

A page that is loaded anew begins a new session; the words come back to the same person in the same form. They are held
in this process only, one text a person, for two hours: on no disk, in no browser, in nobody else's session.
"""

import time

import streamlit as st

LIFE = 2 * 3600.0
MOST = 2_000
_held: dict[int, tuple[str, str, float]] = {}


def _owner() -> int | None:
    owner: int | None = st.session_state.get("_owner")
    return owner


def hold(form: str, words: str) -> None:
    """The words as they stand now; empty ones hold nothing."""
    owner = _owner()
    if owner is None:
        return
    if not words:
        drop(form)
        return
    now = time.monotonic()
    if len(_held) >= MOST:
        for other in [other for other, (_form, _words, at) in list(_held.items()) if now - at > LIFE]:
            _held.pop(other, None)
    if len(_held) < MOST or owner in _held:
        _held[owner] = form, words, now


def held(form: str) -> str:
    """What this person was typing in this form, "" for nothing."""
    owner = _owner()
    kept, words, at = _held.get(owner, ("", "", 0.0)) if owner is not None else ("", "", 0.0)
    return words if kept == form and time.monotonic() - at < LIFE else ""


def drop(form: str) -> None:
    """They are stored, or were taken away."""
    owner = _owner()
    if owner is not None and _held.get(owner, ("",))[0] == form:
        _held.pop(owner, None)
