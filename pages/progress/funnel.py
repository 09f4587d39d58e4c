"""Show where needs stand and how long they wait: a secretary on Monday, in ten seconds; a click opens the rows."""

from datetime import date

import streamlit as st

from components.access import require
from components.acting import note
from components.address import go
from components.charts import finding
from components.charts.export import Chart, community_words, take_away
from components.charts.table import table_block
from components.community_choice import community_choice
from components.progress.funnel import (
    flow_chart,
    flow_finding,
    funnel_chart,
    funnel_finding,
    funnel_numbers,
    funnel_tables,
    slowest,
)
from components.progress.month_desk import month_desk
from components.wording import _
from components.wording.dates import dated, moment, today
from db.actions.exports import record_export
from db.engine import reading_figures, utc_now
from db.queries.progress.month import MonthFigures, month_figures
from db.queries.progress.progress import SIDE_WAYS, communities_in_reach, funnel, weekly_flow
from db.rules.permissions import Actor, Permission

user = require(Permission.SEE_PROGRESS)
now = utc_now()
opens = user.may(Permission.SEE_NEEDS)

st.title(_("需求漏斗"))
with reading_figures(user) as session:
    communities = communities_in_reach(session)
community_id = community_choice(communities)
with reading_figures(user) as session:
    found = funnel(session, now=now, community_id=community_id)
    weeks = weekly_flow(session, today=today(now), community_id=community_id)

as_of = _("截至 {when}", when=dated(now))
longest = slowest(found.stages)
funnel_numbers(found, longest, as_of)

tables = funnel_tables(found.stages, weeks)
if found.under_way:
    as_table = finding(funnel_finding(found.stages), "stages")
    picked = None
    if as_table:
        table_block(tables[0], key="funnel.stages.table", totals=(1,))
    else:
        picked = funnel_chart(found.stages, SIDE_WAYS, click=opens)
    st.caption(
        _("数字是在办件数，等待天数从进入当前环节算起。旁支是直办、储备和个人服务。")
        + (_("点一根柱子，打开这个环节的台账。") if opens and not as_table else "")
    )
    if picked:
        go("needs", stage=picked, community=community_id if len(communities) > 1 else None)
else:
    st.info(_("现在没有在办的需求。走访登记后，需求会从“待登记”开始出现在这里。"), icon=":material/filter_alt:")

whole = weeks[:-1]
if finding(flow_finding(whole), "weeks"):
    table_block(tables[1], key="funnel.flow.table", totals=(1, 2))
else:
    flow_chart(whole)
st.caption(
    _(
        "新登记：当周录入的需求（含后来归并、作废的）；已回音：当周全部提出人都得到回音的需求。一周从周一到周日，本周还没完，图和合计里都不算。"
    )
)

if user.may(Permission.EXPORT):
    counted = {one.id: len(found.stages) for one in communities if community_id in (None, one.id)}
    filters = {"community": community_id}
    where = community_words(communities, community_id)
    take_away(
        Chart(_("需求漏斗"), where, _("截至 {when}", when=moment(now)), tables), key="funnel.export", now=now,
        record=lambda: note(user, record_export, what="funnel", rows=counted, filters=filters),
    )  # fmt: skip
    names = {one.id: one.name for one in communities}
    alone = communities[0].name if len(communities) == 1 else _("{n} 个社区合计", n=len(communities))

    def month(actor: Actor, first: date) -> tuple[MonthFigures, ...]:
        """The figures of a month, read when its report is fetched."""
        with reading_figures(actor) as live:
            return month_figures(live, first, community_id=community_id)

    def month_left(actor: Actor, first: date) -> None:
        """The report left the house as a file."""
        note(actor, record_export, what="month", rows=counted, filters=filters | {"month": f"{first:%Y-%m}"})

    with st.container(key="screen-only-month"):
        st.header(_("月报"))
        month_desk(user, names.get(community_id or 0, alone), today(now), month, month_left)
