"""The pages of the menu as Streamlit wants them, made once for each menu: ninety files are not looked for in a run."""

from copy import copy
from functools import cached_property, lru_cache
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.menu import PAGES, PageEntry, entries
from components.wording import heading_in
from db.terms import Language


class KeptPage(StreamlitPage):
    """A page that reckons its mark once: Streamlit asks each of ninety pages for it three times a run.

    The name is Streamlit's own; under another one this would only stop saving time, which its test says.
    """

    @cached_property
    def _script_hash(self) -> str:
        mark: str = super()._script_hash
        return mark


@lru_cache(maxsize=256)
def menu(named: tuple[tuple[PageEntry, str], ...], language: Language) -> tuple[StreamlitPage, ...]:
    """The pages to which a menu leads, under its names (message ids), then all others, hidden.

    Every page is registered in every run, or its address would be lost before sign-in.
    """
    shown = dict(named)
    return (
        *(_made(entry, heading_in(title, language), "visible") for entry, title in named),
        *(_made(entry, heading_in(entry.title, language), "hidden") for entry in entries() if entry not in shown),
    )


def _made(entry: PageEntry, title: str, visibility: Literal["visible", "hidden"]) -> StreamlitPage:
    return KeptPage(
        PAGES / entry.path,
        title=title,
        icon=f":material/{entry.icon}:",
        url_path=entry.url_path or None,
        default=not entry.url_path,
        visibility=visibility,
    )


def choose(pages: tuple[StreamlitPage, ...], *, on_top: bool) -> StreamlitPage:
    """The page of the address, to be run once.

    `st.navigation` marks the page it chose and running takes the mark away. The kept page is never run, so that its
    mark stays for other runs at the same time; what is run is a copy.
    """
    return copy(st.navigation(pages, position="top" if on_top else "hidden"))
