"""Say what each role has to do now, each line a link to where it is done: everybody, on arriving, in five seconds."""

import streamlit as st

from components.access import require
from components.lists import Column, rows
from components.today.lines import greeting, today_lines
from components.wording import _, safe
from components.wording.dates import short_day, today
from db.engine import reading, utc_now
from db.queries.needs.twins import likely_pairs
from db.queries.today.parts import ToDo
from db.queries.today.today import today_for
from db.queries.volunteers.integrity import findings_of
from db.rules.permissions import Actor, Permission
from db.rules.workdays import week_of

user = require(Permission.SEE_TODAY)
now = utc_now()


@st.cache_data(ttl=300, max_entries=2000, show_spinner=False)
def pairs_waiting(community_id: int, day: str, sees_restricted: bool, _actor: Actor) -> int:
    """How many pairs of this week's needs look alike: comparing words costs more than the rest of the page."""
    with reading(_actor) as session:
        found = likely_pairs(session, community_id, today=today(now), week=week_of(today(now)))
    return len(found)


@st.cache_data(ttl=300, max_entries=2000, show_spinner=False)
def findings_waiting(community_id: int, month: str, sees_restricted: bool, _actor: Actor) -> int:
    """How many doubts of this month's hours nobody has answered: all of the month's hours are looked through."""
    with reading(_actor) as session:
        return findings_of(session, today(now).replace(day=1)).total


with reading(user) as session:
    found = today_for(session, user, now=now)
kept: dict[ToDo, int] = {}
if user.community_id is not None and user.may(Permission.MERGE_NEEDS):
    kept[ToDo.TWINS] = pairs_waiting(user.community_id, today(now).isoformat(), user.sees_restricted, user)
if user.community_id is not None and user.may(Permission.MANAGE_VOLUNTEERS):
    kept[ToDo.FINDINGS] = findings_waiting(user.community_id, f"{today(now):%Y-%m}", user.sees_restricted, user)

st.title(safe(greeting(user.name, now)))
st.caption(short_day(today(now)))
today_lines(found.with_counts(kept).lines, more_follows=bool(found.communities))

if found.communities:
    st.subheader(_("各社区待办"))
    columns = [
        Column("name", _("社区")),
        Column("overdue_answers", _("回音超期"), "number"),
        Column("open_objections", _("未处理异议"), "number"),
        Column("to_route", _("待分流"), "number"),
        Column("for_council", _("待上会"), "number"),
        Column("red_projects", _("滞后项目"), "number"),
        Column("secretary_led", _("书记领办"), "number"),
    ]
    lines = [{column.field: getattr(one, column.field) for column in columns} | {"id": one.id}
             for one in found.communities]  # fmt: skip
    rows(lines, columns, key="today.communities", empty="", page="project-progress", name="community")
    st.caption(_("按社区编排顺序，不排名次。点社区名看它的项目。"))
if user.may(Permission.COMPARE_FROM_TODAY):
    st.page_link("progress/communities.py", label=_("社区对比"), icon=":material/compare:")
if not found.lines and user.may(Permission.LOG_VISIT):
    st.page_link("doors/visit.py", label=_("去走访，登记一次"), icon=":material/door_front:")
