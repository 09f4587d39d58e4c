"""投诉台账: a secretary at a desk sees in five seconds what is late, due today, to revisit and what came back."""

from dataclasses import replace

import streamlit as st

from components.access import require
from components.address import filter_words, filters, from_address, id_in_address, pager, pick
from components.community_choice import choose_community
from components.complaints.list import choose_view, complaint_table, rate_cards
from components.detail import new_page, title_row
from components.needs.words import entry_name
from components.wording import _
from components.wording.dates import today
from components.wording.terms import term
from db.engine import reading, utc_now
from db.queries.complaints.complaints import RATES_OVER, ComplaintFilters, complaints, desk_counts, rates_of
from db.queries.needs.needs import frame
from db.rules.permissions import Permission
from db.terms import ComplaintState, ResponsibleBody

user = require(Permission.SEE_COMPLAINTS)
day = today(utc_now())
since = day - RATES_OVER
with reading(user) as session:
    here = frame(session, from_address("community", int))
if here is None:
    st.stop()

title = title_row(_("投诉台账"))
if user.may(Permission.LOG_COMPLAINT):
    with title:
        new_page(_("登记投诉"), "complaints/log.py", "add_alert")
choose_community(here)
views = st.container()
words = filter_words(_("查找"), _("原话、标题、编号、热线编号"))
places = {place.id: place.name for place in here.places}
categories = {category.id: entry_name(category) for category in here.categories}
with filters(), st.container(horizontal=True):
    state = pick("state", _("状态"), list(ComplaintState), term, read=ComplaintState)
    body = pick("body", _("谁在台上"), list(ResponsibleBody), term, read=ResponsibleBody)
    place = pick("place", _("地点"), list(places), lambda one: places.get(one, ""), read=int)
    category = pick("category", _("类别"), list(categories), lambda one: categories.get(one, ""), read=int)
asked = ComplaintFilters(words=words, state=state, body=body, place_id=place, category_id=category)
with reading(user) as session:
    counts = desk_counts(session, here.community_id, asked, today=day)
with views:
    asked = replace(asked, view=choose_view(counts))
with reading(user) as session:
    page = complaints(session, here.community_id, asked, today=day, before=id_in_address("before"))
    rates = rates_of(session, here.community_id, since=since, now=utc_now())

complaint_table(page.rows, day, key="complaints.rows", empty=_("这里没有投诉。换一种看法，或去掉几个筛选条件。"))
pager(page.rows, page.more)
st.header(_("近一年的三率"), anchor=False)
rate_cards(rates, since, day)
