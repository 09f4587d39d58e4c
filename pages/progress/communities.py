"""Put the communities side by side, never in a ranking: the subdistrict, the auditor and the district, once a month."""

import streamlit as st

from components.access import require
from components.acting import note
from components.charts.export import Chart, community_words, take_away
from components.kpi import Kpi, numbers, percent, rate_kpi
from components.lists import Column, rows
from components.progress.communities import comparison_table
from components.wording import _
from components.wording.dates import dated, number, today
from db.actions.exports import record_export
from db.engine import reading_figures, utc_now
from db.queries.progress.communities import compare
from db.rules.permissions import Permission
from db.rules.projects.progress import Rate

user = require(Permission.COMPARE_COMMUNITIES)
now = utc_now()

st.title(_("社区对比"))
st.caption(_("按社区编排顺序列出，不排名次；各社区户数、老旧小区和走访力量不同，数字高低不等于工作好坏。"))
with reading_figures(user) as session:
    found = compare(session, today=today(now))
whole = found.whole
year = _("{since} 至 {until}", since=dated(found.since), until=dated(found.until))
as_of = _("截至 {day}", day=dated(found.until))


def parts(rate: Rate) -> str:
    """98.1% (210/214), with a sign for a small base."""
    if not rate.denominator:
        return "—"
    return f"{percent(rate)} ({number(rate.numerator)}/{number(rate.denominator)})" + (" *" if rate.small else "")


numbers(
    [
        Kpi(
            _("每千户新登记需求"),
            "—" if whole.per_thousand is None else number(whole.per_thousand),
            (_("{needs} 件 / {households} 户", needs=number(whole.logged), households=number(whole.households)), year),
            _("近 12 个月新登记的需求 ÷ 社区户数 × 1000；含后来归并和作废的。"),
        ),
        rate_kpi(
            _("已回音占比"), whole.answered, of=_("已回音/全部"), period=as_of,
            definition=_("已给提出人回音的需求 ÷ 全部需求；不含已归并和作废的。"),
        ),
        rate_kpi(
            _("满意率"), whole.content, of=_("很满意和满意/有效评价"), period=year,
            definition=_(
                "（很满意+满意）÷ 有效评价数。回访率 {rate}：有效评价 ÷ 已回音户数。", rate=parts(whole.replied)
            ),
        ),
        rate_kpi(
            _("按计划推进的项目"), whole.on_track, of=_("绿灯/在办"), period=as_of,
            definition=_("绿灯项目 ÷ 在办项目；红黄绿灯的规则见“项目进度”。"),
        ),
    ],
    key="communities.numbers",
)  # fmt: skip

st.header(_("分社区"))
lines: list[dict[str, object]] = [
    {
        "id": one.id,
        "name": one.name,
        "per_thousand": "—"
        if one.per_thousand is None
        else f"{number(one.per_thousand)} ({number(one.logged)}/{number(one.households)})",
        "answered": parts(one.answered),
        "content": parts(one.content),
        "on_track": parts(one.on_track),
        "red": one.red,
    }
    for one in found.rows
]
labels = {
    "per_thousand": _("每千户新登记"), "answered": _("已回音占比"), "content": _("满意率"),
    "on_track": _("按计划项目"), "red": _("红灯"),
}  # fmt: skip
columns = [
    Column("name", _("社区")),
    *(Column(field, label, "number", total=field == "red") for field, label in labels.items()),
]
rows(
    lines,
    columns,
    key="communities.rows",
    empty=_("还没有社区。"),
    caption=_("分社区"),
    page="project-progress",
    name="community",
)
st.caption(_("带 * 的比率样本不足 30，仅供参考。点社区名看它的项目。"))

if found.rows and user.may(Permission.EXPORT):
    where = community_words(found.rows, None)
    take_away(
        Chart(_("社区对比"), where, year, [comparison_table(found.rows)]), key="communities.export", now=now,
        record=lambda: note(user, record_export, what="communities", rows={one.id: 1 for one in found.rows},
                                 filters={"until": found.until.isoformat()}),
    )  # fmt: skip
