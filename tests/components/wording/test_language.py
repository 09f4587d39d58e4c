"""The language that a run holds: of its own thread alone, switched at once, and not kept for whoever comes after."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import streamlit as st

from components.wording import forget_language, language, set_language, speaking
from db.terms import Language


def alone(job: Callable[[], list[Language]]) -> list[Language]:
    """In a thread of its own, as Streamlit runs a session."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(job).result()


def test_two_runs_at_once_speak_each_its_own_language() -> None:
    both = Barrier(2, timeout=30)

    def run(own: Language) -> Language:
        set_language(own)
        both.wait()
        return language()

    with ThreadPoolExecutor(2) as pool:
        heard = list(pool.map(run, (Language.ENGLISH, Language.CHINESE)))

    assert heard == [Language.ENGLISH, Language.CHINESE]


def test_a_switch_counts_at_once_and_a_plain_page_speaks_its_own() -> None:
    def run() -> list[Language]:
        set_language(Language.ENGLISH)
        heard = [language()]
        with speaking(Language.CHINESE):
            heard.append(language())
        set_language(Language.CHINESE)
        return [*heard, language()]

    assert alone(run) == [Language.ENGLISH, Language.CHINESE, Language.CHINESE]


def test_after_the_sign_in_ended_the_session_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def run() -> list[Language]:
        set_language(Language.ENGLISH)
        monkeypatch.setattr(st, "session_state", {})  # the shell empties what belonged to somebody else
        held = language()
        forget_language()
        return [held, language()]

    assert alone(run) == [Language.ENGLISH, Language.CHINESE]
