"""The shell of a bare app: the navigation of the app, its pages made in every run as Streamlit's documentation does.

Nobody signs in and no database is asked; each address leads to four short texts, `/visit` to the form. With
BARE_KEEPS_PAGES the pages are made once a process and only copied, which is a harder measure. The shell lies beside no
folder named `pages`, or Streamlit would build the menu a second time.
"""

import os
from copy import copy
from pathlib import Path

import streamlit as st

from components.menu import entries, parts
from db.terms import Role

HERE = Path(__file__).parent
MENU = {shown[0] for shown in parts(Role.SECRETARY).values()}


def made() -> list[st.Page]:
    return [
        st.Page(
            HERE / ("form.py" if entry.url_path == "visit" else "texts.py"),
            title=entry.title,
            icon=f":material/{entry.icon}:",
            url_path=entry.url_path or None,
            default=not entry.url_path,
            visibility="visible" if entry in MENU else "hidden",
        )
        for entry in entries()
    ]


@st.cache_resource
def kept() -> list[st.Page]:
    return made()


st.set_page_config(page_title="Bare", layout="wide", initial_sidebar_state="collapsed")
chosen = st.navigation([copy(page) for page in kept()] if "BARE_KEEPS_PAGES" in os.environ else made(), position="top")
chosen.run()
