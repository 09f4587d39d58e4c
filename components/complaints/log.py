"""A new complaint: what the caller says first (`components/complaints/heard_words.py`), then the fields of the desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from components.complaints.heard_words import Repeats, caller_words
from components.complaints.times import times_hint
from components.forms import Filling
from components.inputs import picked
from components.menu import PAGES
from components.needs.typed_words import forget_heard
from components.needs.words import entry_name
from components.wording import _, safe
from components.wording.dates import day, moment
from db.rules.complaints.input import ComplaintInput
from db.rules.doors.door import DoorInput
from db.rules.needs.input import CallerInput
from db.terms import Urgency


def complaint_entry(
    repeats: Repeats, *, places: Sequence[Any], categories: Sequence[Any], times: Mapping[Any, Any], today: date
) -> tuple[Filling, dict[str, Any], bool]:
    """The form of a new complaint below the caller's words; its values, and whether it was submitted."""
    filling = Filling("log_complaint")
    told = caller_words(filling, repeats)
    with st.form(filling.name, clear_on_submit=False, enter_to_submit=False, border=False):
        given = _fields(filling, places, categories, times, today)
        pressed = filling.submit(_("登记投诉"), icon=":material/check:", wide=True)
    given |= told
    values = {
        "given": picked(ComplaintInput, given),
        "door": picked(DoorInput, given),
        "caller": picked(CallerInput, given),
    }
    return filling, values, pressed


def entered(filling: Filling) -> None:
    """The complaint is stored: the form empties itself."""
    forget_heard(filling.name)
    filling.done()


def _fields(
    filling: Filling, places: Sequence[Any], categories: Sequence[Any], times: Mapping[Any, Any], today: date
) -> dict[str, Any]:
    """What and where; the rest one tap away."""
    place_names = {place.id: place.name for place in places}
    # Buttons read Markdown, a list does not.
    category_names = {category.id: safe(entry_name(category)) for category in categories}
    given: dict[str, Any] = {
        "category_id": filling.choice(
            "category_id", _("类别"), list(category_names), few=True, show=lambda one: category_names.get(one, "")
        ),
        "urgency": filling.choice(
            "urgency", _("紧急程度"), list(Urgency), few=True, start=Urgency.NORMAL, help=times_hint(times)
        ),
    }
    with st.container(horizontal=True):
        given["place_id"] = filling.choice(
            "place_id", _("地点"), list(place_names), show=lambda one: place_names.get(one, "")
        )
        given["building"] = filling.line("building", _("楼栋（可不填）"))
    with st.expander(_("更多：门牌、热线编号、收到日期、标题"), icon=":material/more_horiz:"):
        given["stairwell"] = filling.line("stairwell", _("单元"))
        given["room"] = filling.line("room", _("室（诉求人住处，可不填）"), autocomplete="off")
        given["source_number"] = filling.line("source_number", _("热线或来文编号"))
        given["received_on"] = filling.day("received_on", _("收到日期（补录时改）"), start=today, most=today)
        given["title"] = filling.line("title", _("标题（不填则取原话的开头）"))
    return given


def stored(facts: Any) -> None:
    """What was just written down: its number, until when, and the way to it."""
    with st.container(border=True):
        st.markdown(f"**{_('已登记')} {safe(facts.number)}** {safe(facts.title)}")
        until = day(facts.due_on) if facts.due_on else ""
        st.text(_("{at} 前联系诉求人，{due} 前办完。", at=moment(facts.contact_due_at), due=until))
        if facts.first:
            st.text(_("关联为 {first} 的重复投诉", first=facts.first.number))
        st.page_link(
            PAGES / "complaints/complaint.py",
            label=_("去交办"),
            icon=":material/arrow_forward:",
            query_params={"id": str(facts.id)},
        )
