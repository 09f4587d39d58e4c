"""The shell of a bare app: the navigation of the app, every page of it made as Streamlit's documentation makes pages.

Nobody signs in and no database is asked; each address leads to four short texts, `/visit` to the form. The shell lies
beside no folder named `pages`, or Streamlit would build the menu a second time.
"""

from pathlib import Path

import streamlit as st

from components.menu import entries, parts
from db.terms import Role

HERE = Path(__file__).parent
MENU = {shown[0] for shown in parts(Role.SECRETARY).values()}

st.set_page_config(page_title="Bare", layout="wide", initial_sidebar_state="collapsed")
chosen = st.navigation(
    [
        st.Page(
            HERE / ("form.py" if entry.url_path == "visit" else "texts.py"),
            title=entry.title,
            icon=f":material/{entry.icon}:",
            url_path=entry.url_path or None,
            default=not entry.url_path,
            visibility="visible" if entry in MENU else "hidden",
        )
        for entry in entries()
    ],
    position="top",
)
chosen.run()
