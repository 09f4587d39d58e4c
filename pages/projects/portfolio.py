"""Let secretary, subdistrict and everybody in a team see at a desk, in ten seconds, which project lags and why."""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import filter_by, filter_id, filter_view, filter_words, filters, id_in_address, pager, pick
from components.detail import new_page, title_row
from components.projects.led import plan_form, round_list, round_summary
from components.projects.list import livelihood_list, project_list
from components.wording import _, heading
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.projects.led import led_year, led_years
from db.queries.projects.livelihood import livelihood_projects
from db.queries.projects.projects import communities, find_projects
from db.rules.permissions import Permission
from db.terms import Light, ProjectDirection, ProjectKind, ProjectState

ALL, ROUND, LIVELIHOOD = "all", "round", "livelihood"
user = require(Permission.SEE_PROJECTS)
wide, day = user.community_id is None, today(utc_now())
request: Request | None = None
title = title_row(heading("项目"))
if user.may(Permission.SET_UP_PROJECT):
    with title:
        new_page(_("从通过的需求立项"), "projects/set_up.py", "add_task")
VIEWS = {ALL: _("全部项目"), ROUND: _("书记领办年度"), LIVELIHOOD: _("民生实事")}
view = filter_view("view", _("看哪些"), list(VIEWS), VIEWS.__getitem__, start=ALL, read=str)
if view == ROUND:
    with reading(user) as session:
        years = led_years(session, this_year=day.year)
    chosen = pick("year", _("年度"), list(years), lambda one: _("{year} 年", year=one), read=int, everything=_("今年"))
    with reading(user) as session:
        found_round = led_year(session, chosen or day.year, today=day)
    round_summary(found_round)
    round_list(found_round, communities=wide)
    if user.may(Permission.PLAN_ROUND):
        request = plan_form(found_round)
elif view == LIVELIHOOD:
    with reading(user) as session:
        for_people = livelihood_projects(session, today=day)
    livelihood_list(for_people, communities=wide)
else:
    with reading(user) as session:
        homes = {home.id: home.name for home in communities(session)} if wide else {}
    with filters():
        columns = st.columns(6 if wide else 5)
    with columns[0]:
        words = filter_words(_("查找"), _("名称或编号"))
    with columns[1]:
        state = filter_by("state", _("状态"), list(ProjectState))
    with columns[2]:
        shade = filter_by("light", _("灯号"), list(Light))
    with columns[3]:
        kind = filter_by("kind", _("类别"), list(ProjectKind))
    with columns[4]:
        direction = filter_by("direction", _("方向"), list(ProjectDirection))
    community_id = None
    if wide:
        with columns[5]:
            community_id = filter_id("community", _("社区"), homes)
    with reading(user) as session:
        found = find_projects(
            session,
            today=day,
            words=words,
            state=state,
            kind=kind,
            shade=shade,
            direction=direction,
            community_id=community_id,
            before=id_in_address("before"),
        )
    project_list(found.rows, communities=wide)
    st.caption(_("红：超期、落后 25 个百分点以上或两个里程碑超期。黄：落后 10 个百分点、一个里程碑超期或有高风险。"))
    pager(found.rows, found.next_before is not None, last=found.next_before)
run(user, request)
