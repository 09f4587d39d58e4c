"""The funnel and the weekly flow: from counts to chart rows in words."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median

import streamlit as st

from components.charts import beyond, chart
from components.charts.export import Picture, Table
from components.kpi import Kpi, numbers, rate_kpi
from components.sheets import Field, Kind
from components.wording import _
from components.wording.dates import axis_day, number
from components.wording.terms import term
from db.queries.progress.progress import Funnel, StageRow, WeekFlow
from db.rules.projects.progress import rate
from db.terms import NeedStage


def waited(oldest: int | None, median: int | None) -> str:
    """最久 30 天 · 中位 9 天; empty when nobody waits."""
    if oldest is None:
        return ""
    longest = _("最久 {days} 天", days=oldest)
    return longest if median is None else _("{longest} · 中位 {days} 天", longest=longest, days=median)


def funnel_rows(stages: Sequence[StageRow], side_ways: Sequence[NeedStage]) -> list[dict[str, object]]:
    """One row of the chart for each stage, in the order of the chain."""
    rows = []
    for place, stage in enumerate(stages):
        note = waited(stage.oldest_days, stage.median_days)
        label = term(stage.stage)
        rows.append(
            {
                "place": place,
                "label": label,
                "value": stage.needs,
                "key": stage.stage.value,
                "group": _("旁支") if stage.stage in side_ways else _("公共议题主链"),
                "note": " · ".join(part for part in (str(stage.needs), note) if part),
                "say": _("{stage}：{n} 件。{waited}", stage=label, n=stage.needs, waited=note),
            }
        )
    return rows


def funnel_chart(stages: Sequence[StageRow], side_ways: Sequence[NeedStage], *, click: bool) -> str | None:
    """Draw the funnel; returns the stage that was clicked, if any."""
    alt = _("需求漏斗：各环节在办件数和等待天数")
    top = beyond([stage.needs for stage in stages], room=1)
    rows = funnel_rows(stages, side_ways)
    return chart("funnel", rows, key="funnel.stages", alt=alt, lines=len(rows), click=click, top=top)


def slowest(stages: Sequence[StageRow]) -> StageRow | None:
    """Where a need has waited longest; a reserve and a project under way have times of their own."""
    own_time = (NeedStage.RESERVE, NeedStage.IN_PROJECT)
    waiting = [one for one in stages if one.oldest_days is not None and one.stage not in own_time]
    return max(waiting, key=lambda one: one.oldest_days or 0, default=None)


def funnel_numbers(found: Funnel, longest: StageRow | None, as_of: str) -> None:
    """How many are under way, how many answered, the longest wait, what was merged or withdrawn."""
    numbers(
        [
            Kpi(
                _("在办需求"),
                str(found.under_way),
                (as_of,),
                _("已登记、还没有回音的需求，不含已归并和作废的。"),
            ),
            rate_kpi(
                _("已回音占比"),
                rate(found.closed, found.under_way + found.closed),
                of=_("已回音/全部"),
                period=as_of,
                definition=_("已给提出人回音的需求 ÷ 全部需求；不含已归并和作废的。"),
            ),
            Kpi(
                _("等得最久"),
                _("{days} 天", days=longest.oldest_days) if longest else _("无人等待"),
                (term(longest.stage), as_of) if longest else (as_of,),
                _("各环节中停留时间最长的一件，从进入当前环节算起，满 24 小时为一天；不含储备库和实施中。"),
                word=longest is None,
            ),
            Kpi(
                _("已归并 / 作废"),
                f"{found.merged} / {found.void}",
                (as_of,),
                _("归并的需求随牵头需求办理，提出人照样得到回音；作废的需求保留原记录和理由。"),
            ),
        ],
        key="funnel.numbers",
    )


def funnel_finding(stages: Sequence[StageRow]) -> str:
    """What the funnel shows, in a line."""
    found = slowest(stages)
    if found is None:
        return _("各环节都没有需求在等")
    return _(
        "{stage}等得最久：{n} 件，最长 {days} 天", stage=term(found.stage), n=found.needs, days=found.oldest_days or 0
    )


def flow_finding(weeks: Sequence[WeekFlow]) -> str:
    """Whether more came in than went out, in a line."""
    logged, closed = sum(one.logged for one in weeks), sum(one.closed for one in weeks)
    said = _("近 {weeks} 周新登记 {logged} 件，回音 {closed} 件", weeks=len(weeks), logged=logged, closed=closed)
    if logged == closed:
        return said
    return said + (_("：积压多了 {n} 件", n=logged - closed) if logged > closed else
                   _("：积压少了 {n} 件", n=closed - logged))  # fmt: skip


def flow_chart(weeks: Sequence[WeekFlow]) -> None:
    """New and answered needs week by week; the highest week with its figure, each side's median."""
    sides = [[one.logged for one in weeks], [one.closed for one in weeks]]
    counts = [count for side in sides for count in side]
    if not any(counts):
        st.caption(_("这段时间还没有进出。登记第一条需求后，这里会出现每周的新登记和已回音。"))
        return
    rows: list[dict[str, object]] = []
    for name, side in zip((_("新登记"), _("已回音")), sides, strict=True):
        highest = side.index(max(side))
        group = _("{name}（每周中位 {n} 件）", name=name, n=number(_middle(side)))
        rows += [
            {
                "kind": "week", "place": place, "label": axis_day(one.week), "value": value, "group": group,
                "note": str(value) if place == highest else "",
                "say": _("{week} 当周：{name} {n} 件", week=axis_day(one.week), name=name, n=value),
            }
            for place, (one, value) in enumerate(zip(weeks, side, strict=True))
        ]  # fmt: skip
        rows.append({"kind": "median", "value": float(_middle(side)), "group": group})
    top = beyond(counts, room=1.2)
    chart(
        "flow", rows, key="funnel.flow", alt=_("近 {n} 周每周新登记和已回音的件数", n=len(weeks)), height=300, top=top
    )


def _middle(values: Sequence[int]) -> Fraction:
    return Fraction(median(values)) if values else Fraction(0)


def funnel_tables(stages: Sequence[StageRow], weeks: Sequence[WeekFlow]) -> list[Table]:
    """The stages as bars and the weeks as lines, to take away."""
    head = [
        Field(_("环节"), 16),
        *(Field(name, 12, Kind.COUNT) for name in (_("在办件数"), _("最久（天）"), _("中位数（天）"))),
    ]
    lines = [[term(one.stage), one.needs, one.oldest_days, one.median_days] for one in stages]
    flow = [Field(_("当周"), 12), Field(_("新登记"), 10, Kind.COUNT), Field(_("已回音"), 10, Kind.COUNT)]
    counts = [[axis_day(one.week), one.logged, one.closed] for one in weeks]
    return [
        Table(_("各环节在办"), head, lines, Picture.BARS),
        Table(_("近 {n} 周进出", n=len(weeks)), flow, counts, Picture.LINES, (1, 2), printed=False),
    ]
