"""投诉趋势: a secretary shows at a meeting in ten seconds whether complaints fell after a project or a dispute."""

from datetime import date

import streamlit as st

from components.access import require
from components.address import from_address, id_in_address, out_of_address, pager, to_address
from components.charts import finding
from components.charts.table import table_block
from components.community_choice import choose_community
from components.complaints.list import complaint_table
from components.complaints.trend import (
    choose_about,
    choose_moment,
    trend_chart,
    trend_finding,
    trend_numbers,
    trend_table,
)
from components.wording import _
from components.wording.dates import month as month_words
from components.wording.dates import today
from db.engine import reading_figures, utc_now
from db.queries.complaints.complaints import ComplaintFilters, View, complaints
from db.queries.complaints.trend import About, complaint_trend, moments, usual_about
from db.queries.needs.needs import frame
from db.rules.permissions import Permission

AT_ONCE = 10
"""Rows below the chart: chart, numbers and they are two screens of a desk."""

user = require(Permission.SEE_COMPLAINTS)
day = today(utc_now())
with reading_figures(user) as session:
    here = frame(session, from_address("community", int))
    found = moments(session, here.community_id) if here else ()
if here is None:
    st.stop()

st.title(_("投诉趋势"))
choose_community(here)
moment = choose_moment(found)
with reading_figures(user) as session:
    usual = usual_about(session, moment) if moment else About()
place, category = choose_about(here, moment, usual)
with reading_figures(user) as session:
    trend = complaint_trend(session, here.community_id, About(place, category), moment, today=day)
if trend is None:
    st.info(_("还没有登记过投诉。登记之后，这里会出现每月的件数。"), icon=":material/show_chart:")
    st.stop()
picked = None
if as_table := finding(trend_finding(trend), "view"):
    table_block(trend_table(trend), key="trend.table", totals=(2,))
else:
    picked = trend_chart(trend, moment)
if picked:
    to_address("month", picked)
    out_of_address("before")
if moment is not None:
    trend_numbers(trend)

month = from_address("month", date.fromisoformat)
st.header(_("{month}的投诉", month=month_words(month)) if month else _("图中的投诉"), anchor=False)
if month:
    if st.button(_("看全部月份"), key="trend.all_months", icon=":material/close:"):
        to_address("month", None)
        st.rerun()
elif not as_table:
    st.caption(_("点一根柱子，只看那个月。"))
filters = ComplaintFilters(view=View.ALL, place_id=place, category_id=category, month=month)
with reading_figures(user) as session:
    page = complaints(session, here.community_id, filters, today=day, before=id_in_address("before"), most=AT_ONCE)
complaint_table(page.rows, day, key="trend.rows", empty=_("这里没有投诉。"), short=True)
pager(page.rows, page.more)
