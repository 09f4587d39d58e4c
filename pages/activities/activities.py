"""Show staff which activities are ahead, which wait for their record, and the month; set one up within a minute.

Secretary, workers and team leaders at a desk; the month is printed and hung up, the year goes into a calendar program.
"""

import streamlit as st

from components.access import require
from components.acting import carried, note
from components.activities.calendar import days_shown, month_grid, month_paper
from components.activities.ical import TYPE, calendar_file
from components.activities.list import activity_list, choose_kind, choose_tab, choose_view, set_up_form, year_sums
from components.address import filter_switch, filters, from_address, go, id_in_address, pager, to_address
from components.detail import new, title_row
from components.forms import press
from components.projects.papers import word_button
from components.wording import _, heading
from components.wording.dates import month as month_words
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.activities.activities import YEAR_MOST, activities, between, offered, year_of
from db.rules.activities.months import month_from, month_of, next_month, previous_month
from db.rules.permissions import Actor, Permission

user = require(Permission.SEE_ACTIVITIES)
moment = utc_now()
day, several, runs = today(moment), user.community_id is None, user.may(Permission.RUN_ACTIVITY)
title = title_row(heading("活动"))
if choose_tab() == "calendar":
    month = from_address("month", month_from) or day.replace(day=1)
    with st.container(horizontal=True, vertical_alignment="center"):
        back = press("month.back", _("上个月"), icon=":material/chevron_left:")
        ahead = press("month.ahead", _("下个月"), icon=":material/chevron_right:")
        st.header(month_words(month), anchor=False, width="content")
    if back or ahead:
        to_address("month", f"{(previous_month(month) if back else next_month(month)):%Y-%m}")
        st.rerun()
    shown = days_shown(month)
    with reading(user) as session:
        held = between(session, shown[0], shown[-1])
    month_grid(month, held, today=day, several=several)

    def hand_out(actor: Actor) -> None:
        """The month left the house as a file; nobody is named in it."""
        if user.community_id is not None:
            note(
                actor,
                record_export,
                what="activity",
                rows={user.community_id: len(held)},
                filters={"month": f"{month}"},
            )

    with st.container(horizontal=True):
        if user.may(Permission.EXPORT):
            first, last = month_of(month)
            its = [one for one in held if first <= one.on <= last]
            word_button(user, _("打印月历（Word）"), f"{_('活动月历')}-{month:%Y-%m}",
                        month_paper(month, its, several=several), hand_out)  # fmt: skip
        if st.toggle(_("导出全年到手机日历"), key="activities.ical"):
            with reading(user) as session:
                year = between(session, month.replace(month=1, day=1), month.replace(month=12, day=31), most=YEAR_MOST)
            content, name = calendar_file(_("活动 {year}", year=month.year), year, now=moment), f"{month.year}.ics"
            st.download_button(_("下载 {year} 年日历文件", year=month.year), content, f"activities-{name}", TYPE,
                               icon=":material/calendar_add_on:", key="activities.ics")  # fmt: skip
    st.stop()

with reading(user) as session:
    year_sums(day.year, year_of(session, day.year))
view = choose_view()
with filters():
    kind = choose_kind()
    of_projects = filter_switch("projects", _("连项目里的活动一起看"))
with reading(user) as session:
    page = activities(session, view=view, today=day, kind=kind, of_projects=of_projects, before=id_in_address("before"))
    choices = offered(session, user, day) if runs else None
activity_list(page.rows, today=day, several=several)
pager(page.rows, page.more)
if choices is not None:
    with title, new(_("登记活动")) as menu:
        leads = user.may(Permission.RUN_EVERY_ACTIVITY)
        request = set_up_form(choices, today=day, leads=leads) if menu.open else None
    if request and (done := carried(user, request)):
        go("activity", id=done.result)
