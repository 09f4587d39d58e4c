"""Show what is asked for where: a secretary choosing what to take on next, in 20 seconds; a click opens the rows."""

import streamlit as st

from components.access import require
from components.acting import note
from components.address import go, to_address
from components.charts import finding
from components.charts.export import Chart, community_words, take_away
from components.charts.table import table_block
from components.community_choice import community_choice
from components.lists import Column, rows
from components.progress.demand import demand_chart, demand_finding, demand_tables, total_lines
from components.wording import _
from components.wording.dates import dated, moment
from db.actions.exports import record_export
from db.engine import reading_figures, utc_now
from db.queries.progress.demand import demand
from db.queries.progress.progress import communities_in_reach
from db.rules.permissions import Permission

user = require(Permission.SEE_PROGRESS)
now = utc_now()
opens = user.may(Permission.SEE_NEEDS)

st.title(_("需求分布"))
with reading_figures(user) as session:
    communities = communities_in_reach(session)
community_id = community_choice(communities)
with reading_figures(user) as session:
    found = demand(session, community_id=community_id)

st.caption(
    _(
        "每格是还在办的需求涉及的人数：各件的估计相加，同一个人提两件算两次；不含已回音、归并和作废的。截至 {when}。",
        when=dated(now),
    )
)
if any(cell.people for cell in found.cells):
    picked = None
    if as_table := finding(demand_finding(found), "view"):
        table_block(demand_tables(found)[0], key="demand.table")
    else:
        picked = demand_chart(found, click=opens or not found.of_places)
    st.caption(_("“<5”表示不足 5 人（含没有）。为避免推算出个别家庭，必要时会多隐去一格。"))
    if not as_table and (opens or not found.of_places):
        st.caption(_("点一格，打开这些需求。") if found.of_places else _("点一格，看这个社区的各个地点。"))
    if found.left_out:
        st.caption(_("另有 {n} 个涉及人数较少的地点没有画出。", n=found.left_out))
    if picked and found.of_places:
        place_id, category_id = picked
        go("needs", place=place_id, category=category_id, community=community_id if len(communities) > 1 else None)
    elif picked:
        to_address("community", picked[0])
        st.rerun()
elif not found.rows:
    st.info(_("还没有地点。请街道管理员在“字典与日历”里添加小区和户数。"), icon=":material/home_work:")
else:
    st.info(_("还没有可以显示的需求：登记的需求涉及人数都不足 5 人，或者还没有登记。"), icon=":material/grid_on:")

st.header(_("各类别合计"))
columns = [Column("category", _("类别")), Column("needs", _("需求件数"), "number", total=True)]
rows(
    total_lines(found),
    [*columns, Column("people", _("涉及人数"), "number", total=True)],
    key="demand.totals",
    empty=_("还没有类别。"),
    caption=_("各类别合计"),
)

if found.cells and user.may(Permission.EXPORT):
    counted = {one.id: len(found.rows) for one in communities if community_id in (None, one.id)}
    filters = {"community": community_id}
    where, as_of = community_words(communities, community_id), _("截至 {when}", when=moment(now))
    take_away(
        Chart(_("需求分布"), where, as_of, demand_tables(found)), key="demand.export", now=now,
        record=lambda: note(user, record_export, what="demand", rows=counted, filters=filters),
    )  # fmt: skip
