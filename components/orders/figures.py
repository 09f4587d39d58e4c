"""订单数字 on the desk: sessions by month, place and team, satisfaction, 回访率; each with its definition."""

import streamlit as st

from components.charts import apart, beyond, chart
from components.kpi import Kpi, numbers, rate_kpi
from components.lists import Column, rows
from components.wording import _, labelled
from components.wording.dates import dated, hours, short_month
from components.wording.dates import month as month_words
from db.queries.orders.figures import OrderFigures


def figures(found: OrderFigures) -> None:
    """Draw the year: months as a chart, places and teams as lists."""
    period = _("{start}起 12 个月", start=dated(found.months[0]))
    numbers(
        [
            Kpi(
                _("服务场次"),
                str(found.sessions),
                (_("其中党员志愿者 {n} 场", n=found.by_party_members), period),
                _("志愿者已做完的订单，一单算一场；取消的、退回重派的不算。"),
            ),
            rate_kpi(
                _("满意度"),
                found.satisfied,
                of=_("满意"),
                period=period,
                definition=_("评“很满意”“满意”的 ÷ 说了评价的订单；未评价的、复核没有办结的不计。"),
            ),
            rate_kpi(
                _("回访率"),
                found.revisited,
                of=_("已回访"),
                period=_("其中说了评价 {n} 单", n=found.spoken),
                definition=_("记下评价（含记明“未评价”）的 ÷ 已做完的订单。"),
            ),
            Kpi(_("服务时长"), hours(found.minutes), (period,), _("志愿者填写、以半小时计的时长之和，路上不算。")),
        ],
        key="orders.figures",
    )
    sums = [sum(place.months[n] for place in found.places) for n in range(len(found.months))]
    labels = apart([short_month(month) for month in found.months])
    bars = [
        {
            "label": label,
            "place": at,
            "value": count,
            "group": _("服务场次"),
            "say": labelled(month_words(month), _("{n} 场", n=count)),
        }
        for at, (label, month, count) in enumerate(zip(labels, found.months, sums, strict=True))
    ]
    chart("sessions", bars, key="orders.sessions", alt=_("每月服务场次"), height=220, top=beyond(sums))
    left, right = st.columns(2)
    with left:
        rows(
            [
                {"place": one.place, "this": one.months[-1], "before": one.months[-2], "sum": one.sum}
                for one in found.places
            ],
            [
                Column("place", _("小区或地点")),
                Column("this", _("本月"), "number", total=True),
                Column("before", _("上月"), "number", total=True),
                Column("sum", _("12 个月"), "number", total=True),
            ],
            key="orders.places",
            empty=_("还没有做完的订单。"),
            caption=_("各地点场次"),
        )
    with right:
        rows(
            [{"team": one.team, "helpers": one.helpers, "sessions": one.sessions} for one in found.teams],
            [
                Column("team", _("队伍（按名称排）")),
                Column("helpers", _("人数"), "number"),
                Column("sessions", _("场次"), "number"),
            ],
            key="orders.teams",
            empty=_("做完订单的志愿者还没有加入队伍。"),
            caption=_("各队伍场次"),
        )
        st.caption(_("一位志愿者在几支队伍里，就在几支队伍里各算一次，所以各队之和可能大于总数。"))
