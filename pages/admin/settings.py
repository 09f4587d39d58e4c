"""Let the subdistrict keep the dictionary of needs, the places with their households, and the calendar."""

from typing import Any

import streamlit as st

from components.access import require
from components.admin.settings import categories_part, days_part, first_of_year, places_part
from components.community_choice import community_choice
from components.forms import Pressed, announce
from components.projects import light_words as told_progress  # noqa: F401 - the sentences of refusals
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from db.actions.admin import settings
from db.engine import carry_out, reading, utc_now
from db.queries.admin.settings import categories, holidays, places
from db.queries.progress.progress import communities_in_reach
from db.rules.permissions import Permission

user = require(Permission.MANAGE_SETTINGS)


def send(pressed: Pressed, name: str, values: dict[str, Any]) -> None:
    """Carry the named action out and say so; a problem shows at its field and loses nothing."""
    with refusals_shown(pressed) as told:
        carry_out(user, pressed.request_key, getattr(settings, name), **values)
        pressed.done()
    if told.ok:
        announce(_("已保存，并记入审计日志。"))
        st.rerun()


st.title(_("字典与日历"))
parts = {"categories": _("需求类别"), "places": _("地点与户数"), "days": _("工作日调整")}
asked = st.query_params.get("part", "categories")
part = st.segmented_control(
    _("要设置什么"),
    list(parts),
    default=asked if asked in parts else "categories",
    format_func=parts.__getitem__,
    key="settings.part",
    label_visibility="collapsed",
    required=True,
)
st.query_params["part"] = part

if part == "places":
    with reading(user) as session:
        communities = communities_in_reach(session)
    community_id = community_choice(communities, everyone=False) if communities else None
    if community_id is not None:
        with reading(user) as session:
            found = places(session, community_id)
        places_part(community_id, found, send)
elif part == "days":
    with reading(user) as session:
        days = holidays(session, since=first_of_year(today(utc_now())))
    days_part(days, send)
else:
    with reading(user) as session:
        dictionary = categories(session)
    categories_part(dictionary, send)
