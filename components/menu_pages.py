"""The pages of the menu as Streamlit wants them, made once: to look after sixty files in every run takes its time."""

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.menu import PAGES, PageEntry


@cache
def _made(entry: PageEntry, title: str, shown: bool) -> StreamlitPage:
    return st.Page(
        PAGES / entry.path,
        title=title,
        icon=f":material/{entry.icon}:",
        url_path=entry.url_path or None,
        default=not entry.url_path,
        visibility="visible" if shown else "hidden",
    )


def page_for(entry: PageEntry, title: str, *, shown: bool) -> StreamlitPage:
    """A page of this very run: `st.navigation` marks the one it chose, so no two runs may hold the same object."""
    return copy(_made(entry, title, shown))
