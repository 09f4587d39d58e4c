"""Show each live project with its light and why, and one project against its plan: weekly, in half a minute."""

import streamlit as st

from components.access import require
from components.acting import note
from components.address import text_in_address, to_address
from components.charts import finding
from components.charts.export import Chart, community_words, take_away
from components.charts.table import table_block
from components.community_choice import community_choice
from components.lists import Column, rows
from components.progress.projects import (
    course_chart,
    course_finding,
    hours_chart,
    hours_finding,
    indicator_lines,
    project_lines,
    project_numbers,
    project_tables,
    projects_chart,
    projects_finding,
)
from components.wording import _, listed, safe
from components.wording.dates import dated, moment, today
from db.actions.exports import record_export
from db.engine import reading_figures, utc_now
from db.queries.progress.progress import communities_in_reach, monthly_hours, year_so_far
from db.queries.projects.progress import MOST, light_counts, project_course, project_lights
from db.rules.permissions import Permission

user = require(Permission.SEE_PROGRESS)
now = utc_now()
day = today(now)
opens = user.may(Permission.SEE_PROJECTS)

st.title(_("项目进度"))
with reading_figures(user) as session:
    communities = communities_in_reach(session)
community_id = community_choice(communities)
with reading_figures(user) as session:
    found = project_lights(session, today=day, community_id=community_id)
    months = monthly_hours(session, today=day, community_id=community_id)

project_numbers(light_counts(found), *year_so_far(months))

tables = project_tables(found, months, day.year)
if found:
    if finding(projects_finding(found), "projects"):
        picked = None
    else:
        picked = projects_chart(found[:MOST], click=True)
        st.caption(_("彩条是指标平均完成比例，竖短线是按时间应完成的比例；点一条看它的指标。"))
    if picked:
        to_address("project", picked)
    columns = [
        Column("title", _("项目")),
        Column("light", _("状态"), "nowrap"),
        Column("reason", _("原因")),
        Column("done", _("完成"), "number"),
        Column("planned", _("计划"), "number"),
        Column("due_on", _("完成时限"), "nowrap"),
    ]
    if len(communities) > 1:
        columns.insert(1, Column("community", _("社区")))
    lines = project_lines(found[:MOST])
    leads = "project" if opens else ""
    rows(lines, columns, key="projects.list", empty="", caption=_("在办项目"), page=leads, short=True)
    if len(found) > MOST:
        st.caption(_("共 {n} 个，这里显示最需要关注的 {shown} 个；请选一个社区看全部。", n=len(found), shown=MOST))
else:
    st.info(_("还没有在办项目。议事会通过并公示期满的事项，立项后会出现在这里。"), icon=":material/flag:")

ids = [project.id for project in found]
titles = {project.id: project.title for project in found}
held = text_in_address("project")
if ids:
    start = ids.index(int(held)) if held.isdecimal() and int(held) in titles else 0
    how = _("纵轴是从基线到目标走完的比例，实线是填报的进度，虚线是计划，菱形是目标调整；按填报当天的目标计算。")
    chosen = st.selectbox(_("选择项目"), ids, index=start, format_func=listed(ids, titles.__getitem__), help=how)
    to_address("project", chosen)
    with reading_figures(user) as session:
        course = project_course(session, chosen, today=day)
    light = next(project for project in found if project.id == chosen)
    st.header(safe(course_finding(course, done=light.done, planned=light.planned)), anchor=False)
    if course.indicators:
        course_chart(course, today=day)
    names = {"name": _("指标"), "baseline": _("基线"), "target": _("目标值"), "actual": _("现状"), "share": _("完成")}
    indicators = [Column(field, label) for field, label in names.items()] + [Column("changes", _("目标调整"))]
    nothing = _("这个项目还没有量化指标，请负责人添加。")
    rows(indicator_lines(course), indicators, key="projects.indicators", empty=nothing, short=True)

with st.expander(_("今年志愿服务时长，逐月"), icon=":material/schedule:"):
    if finding(hours_finding(*year_so_far(months)), "months"):
        table_block(tables[1], key="projects.hours.table")
    else:
        hours_chart(months, day.year)
st.caption(_("活动填报后计入；截至 {when}。", when=dated(now)))

if found and user.may(Permission.EXPORT):
    where, as_of = community_words(communities, community_id), _("截至 {when}", when=moment(now))
    counted = {one.id: sum(p.community_id == one.id for p in found) for one in communities}
    counted = {one: n for one, n in counted.items() if n}
    filters = {"community": community_id}
    take_away(
        Chart(_("项目进度"), where, as_of, tables), key="projects.export", now=now,
        record=lambda: note(user, record_export, what="project_lights", rows=counted, filters=filters),
    )  # fmt: skip
