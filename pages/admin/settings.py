"""Let the subdistrict keep the dictionary of needs, the places, the calendar, and how names are read here."""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import text_in_address, to_address
from components.admin.readings import readings_part
from components.admin.settings import categories_part, days_part, first_of_year, places_part
from components.community_choice import community_choice
from components.wording import _, plainly
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.admin.readings import name_readings
from db.queries.admin.settings import categories, holidays, places
from db.queries.progress.progress import communities_in_reach
from db.rules.permissions import Permission

user = require(Permission.MANAGE_SETTINGS)
st.title(_("字典与日历"))
parts = {"categories": _("需求类别"), "places": _("地点与户数"), "days": _("工作日调整"), "readings": _("读音")}
asked = text_in_address("part") or "categories"
part = st.segmented_control(
    _("要设置什么"),
    list(parts),
    default=asked if asked in parts else "categories",
    format_func=plainly(parts.__getitem__),
    key="settings.part",
    label_visibility="collapsed",
    required=True,
)
to_address("part", part)

request = None
if part == "places":
    with reading(user) as session:
        communities = communities_in_reach(session)
    community_id = community_choice(communities, everyone=False) if communities else None
    if community_id is not None:
        with reading(user) as session:
            found = places(session, community_id)
        request = places_part(community_id, found)
elif part == "days":
    with reading(user) as session:
        days = holidays(session, since=first_of_year(today(utc_now())))
    request = days_part(days)
elif part == "readings":
    with reading(user) as session:
        own = name_readings(session)
    request = readings_part(own)
else:
    with reading(user) as session:
        dictionary = categories(session)
    request = categories_part(dictionary)
run(user, request)
