"""What a resident just said, held for whoever types it: a phone that puts the page away to take a call loses nothing.

A page that is loaded anew begins a new session, perhaps in another process; the words come back to the same person in
the same form. They are held encrypted in the database, one text a form, for two hours: in no browser, in no backup, in
nobody else's session.
"""

from datetime import timedelta

import streamlit as st

from components.access import signed_in
from db.actions.accounts.drafts import drop_words, hold_words, words_held
from db.engine import utc_now

LIFE = timedelta(hours=2)
_HERE = "_held"
"""The forms whose words this session wrote down, with the words: what did not change is not written again."""


def _here() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault(_HERE, {})
    return kept


def hold(form: str, words: str) -> None:
    """The words as they stand now; empty ones hold nothing."""
    if not words:
        drop(form)
    elif _here().get(form) != words and (found := signed_in()) is not None:
        hold_words(found.actor.id, form, words, now=utc_now(), life=LIFE)
        _here()[form] = words


def held(form: str) -> str:
    """What this person was typing in this form, "" for nothing."""
    found = signed_in()
    if found is None or not found.has_draft:
        return ""
    words = words_held(found.actor.id, form, now=utc_now(), life=LIFE)
    if words:
        _here()[form] = words
    return words


def drop(form: str) -> None:
    """They are stored, or were taken away."""
    if _here().pop(form, None) is not None and (found := signed_in()) is not None:
        drop_words(found.actor.id, form)
