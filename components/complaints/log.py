"""A new complaint: what the caller says first (`components/complaints/heard_words.py`), then the fields of the desk."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.address import to_address
from components.complaints.heard_words import CallerWords
from components.complaints.times import times_hint
from components.forms import Filling
from components.inputs import picked
from components.menu import PAGES
from components.needs.typed_words import forget_heard
from components.needs.words import entry_name
from components.wording import _, safe
from components.wording.dates import near
from db.actions.complaints.complaints import log_complaint
from db.queries.complaints.page import ComplaintFacts
from db.queries.needs.needs import Option
from db.rules.complaints.due import Times
from db.rules.complaints.input import ComplaintInput
from db.rules.doors.door import DoorInput
from db.rules.needs.input import CallerInput
from db.terms import ComplaintHaste, Urgency


def complaint_entry(
    filling: Filling,
    words: CallerWords,
    *,
    places: Sequence[Option],
    categories: Sequence[Option],
    times: Mapping[ComplaintHaste, Times],
    today: date,
) -> Request | None:
    """The form of a new complaint below the caller's words."""
    with st.form(filling.name, clear_on_submit=False, enter_to_submit=False, border=False):
        fields = _fields(filling, places, categories, times, today)
        pressed = filling.submit(_("登记投诉"), icon=":material/check:", wide=True)
    if not pressed:
        return None
    fields |= words.fields
    values = {
        "given": picked(ComplaintInput, fields),
        "door": picked(DoorInput, fields),
        "caller": picked(CallerInput, fields),
    }

    def put_away(made: Mapping[str, object]) -> None:
        forget_heard(filling.name)
        to_address("logged", made["id"])

    return Request(filling, log_complaint, _logged, values, after=put_away)


def _logged(made: Mapping[str, object]) -> str:
    return _("已登记 {number}", number=made["number"])


def _fields(
    filling: Filling,
    places: Sequence[Option],
    categories: Sequence[Option],
    times: Mapping[ComplaintHaste, Times],
    today: date,
) -> dict[str, object]:
    """What and where; the rest one tap away."""
    place_names = {place.id: place.name for place in places}
    category_names = {category.id: entry_name(category) for category in categories}
    category = filling.choice(
        "category_id", _("类别"), list(category_names), few=True, show=lambda one: category_names.get(one, "")
    )
    fields: dict[str, object] = {
        "category_id": category,
        "urgency": filling.choice(
            "urgency", _("紧急程度"), list(Urgency), few=True, start=Urgency.NORMAL, help=times_hint(times)
        ),
    }
    with st.container(horizontal=True):
        place = filling.choice("place_id", _("地点"), list(place_names), show=lambda one: place_names.get(one, ""))
        fields["place_id"] = place
        fields["building"] = filling.line("building", _("楼栋（可不填）"))
    with st.expander(_("更多：门牌、热线编号、收到日期、标题"), icon=":material/more_horiz:"):
        fields["stairwell"] = filling.line("stairwell", _("单元"))
        fields["room"] = filling.line("room", _("室（诉求人住处，可不填）"), autocomplete="off")
        fields["source_number"] = filling.line("source_number", _("热线或来文编号"))
        fields["received_on"] = filling.day("received_on", _("收到日期（补录时改）"), start=today, most=today)
        fields["title"] = filling.line("title", _("标题（不填则取原话的开头）"))
    return fields


def stored(facts: ComplaintFacts) -> None:
    """What was just written down: its number, until when, and the way to it."""
    with st.container(border=True):
        st.markdown(f"**{_('已登记')} {safe(facts.number)}** {safe(facts.title)}")
        if facts.contact_due_at and facts.due_on:
            at, due = near(facts.contact_due_at), near(facts.due_on)
            st.text(_("{at} 前联系诉求人，最迟 {due} 办完。", at=at, due=due))
        if facts.first:
            st.text(_("关联为 {first} 的重复投诉", first=facts.first.number))
        st.page_link(
            PAGES / "complaints/complaint.py",
            label=_("去交办"),
            icon=":material/arrow_forward:",
            query_params={"id": str(facts.id)},
        )
