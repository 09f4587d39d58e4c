"""The same fields as on the visit page, drawn by the same functions; submitting announces, and stores nothing.

The resident's words stand in a fragment above the form, as there; what listens to them needs the database and is not
here.
"""

from dataclasses import dataclass

import streamlit as st

from components.acting import announce, show_announcements
from components.forms import Filling
from components.needs.form import need_fields


@dataclass(frozen=True)
class Entry:
    id: int
    name: str
    name_en: str = ""


show_announcements()
st.title("登记需求")
filling = Filling("bare")


@st.fragment
def resident_words() -> None:
    filling.words("description", "居民原话")


resident_words()
with st.form("bare", clear_on_submit=False, enter_to_submit=False, border=False):
    need_fields(
        filling,
        places=[Entry(1, "柳林小区"), Entry(2, "荷塘新村")],
        categories=[Entry(number, f"类别{number}") for number in range(1, 7)],
        visited=True,
        place_id=1,
        building="1幢",
    )
    pressed = filling.submit("登记需求")
if pressed:
    filling.done()
    announce("已登记")
    st.rerun()
