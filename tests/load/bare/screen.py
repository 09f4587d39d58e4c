"""The same fields as on the visit page; submitting announces, and stores nothing."""

from dataclasses import dataclass

import streamlit as st

from components.forms import announce, form, show_announcements
from components.needs.form import need_fields


@dataclass(frozen=True)
class Entry:
    id: int
    name: str
    name_en: str = ""


show_announcements()
st.title("登记需求")
with form("bare") as filling:
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
