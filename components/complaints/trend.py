"""The trend of complaints around a project or a dispute: one chart, both averages with what they are made of."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.address import from_address, text_in_address, to_address
from components.charts import beyond, chart
from components.charts.export import Table
from components.kpi import Kpi, numbers
from components.needs.words import entry_name
from components.sheets import Field, Kind
from components.wording import _, labelled
from components.wording.dates import dated
from components.wording.dates import month as month_words
from db.queries.complaints.trend import About, Moment
from db.queries.needs.needs import Frame, Option
from db.rules.complaints.trend import A_YEAR, ENOUGH_MONTHS, Side, Trend, next_month

ALL = 0


def code_of(moment: Moment) -> str:
    """What the address calls a project or a dispute."""
    return f"{moment.kind}-{moment.id}"


def choose_moment(found: Sequence[Moment]) -> Moment | None:
    """The project or dispute to look around; kept in the address as `project` or `mediation`."""
    codes = {code_of(one): one for one in found}
    held = next((f"{kind}-{text}" for kind in ("project", "mediation") if (text := text_in_address(kind))), "")
    start = list(codes).index(held) if held in codes else 0
    kinds = {"project": _("项目"), "mediation": _("协调会")}
    chosen = st.selectbox(
        _("围绕哪个项目或协调会"),
        list(codes),
        index=start if codes else None,
        format_func=lambda code: f"{kinds[codes[code].kind]} {codes[code].number} {codes[code].title}",
        key="trend.moment",
        placeholder=_("请选择"),
    )
    if chosen is None:
        return None
    for kind in kinds:
        to_address(kind, codes[chosen].id if codes[chosen].kind == kind else None)
    return codes[chosen]


def choose_about(frame: Frame, moment: Moment | None, usual: About) -> tuple[int | None, int | None]:
    """Place and category; those that most complaints linked to it have, unless chosen otherwise."""
    code = code_of(moment) if moment else "none"
    same = text_in_address("of", code) == code
    with st.container(horizontal=True):
        place = _one("place", _("地点"), frame.places, usual.place_id, code, same)
        category = _one("category", _("类别"), frame.categories, usual.category_id, code, same)
    to_address("of", code)
    return place, category


def _one(name: str, label: str, options: Sequence[Option], usual: int | None, code: str, same: bool) -> int | None:
    names = {ALL: _("全部")} | {one.id: entry_name(one) for one in options}
    asked = from_address(name, int) if same else None
    start = asked if asked in names else usual if usual in names else ALL
    chosen: int = st.selectbox(
        label, list(names), index=list(names).index(start), format_func=names.__getitem__, key=f"trend.{name}.{code}"
    )
    to_address(name, chosen)
    return chosen or None


def trend_numbers(trend: Trend) -> None:
    """Both monthly averages with months and complaints, the change, and what must be said with it."""
    until = _("{day}以前的整月", day=dated(trend.begins)) if trend.begins else ""
    after = _("{day}以后的整月", day=dated(trend.ends)) if trend.ends else _("还没有验收或解决")
    means = _("每月投诉件数的平均，只算整月：开始、进行和结束的月份都不算，本月和登记的第一个月也不算。")
    cards = [
        Kpi(_("之前，每月平均"), _tenths(trend.before.tenths), (_side(trend.before), until), means),
        Kpi(_("之后，每月平均"), _tenths(trend.after.tenths), (_side(trend.after), after), means),
        Kpi(
            _("变化"),
            _change(trend.change_percent),
            (_("之后的平均与之前的平均相比"),),
            _("（之后的月平均 − 之前的月平均）÷ 之前的月平均。同期发生不等于由它引起。"),
            _caution(trend),
        ),
    ]
    numbers(cards, key="trend.numbers")


def _side(side: Side) -> str:
    return _("{total} 件 ÷ {months} 个月", total=side.total, months=side.months)


def _tenths(value: int | None) -> str:
    return "—" if value is None else f"{value // 10}.{value % 10}"


def _change(percent: int | None) -> str:
    return "—" if percent is None else f"{percent:+d}%"


def _caution(trend: Trend) -> str:
    if trend.short:
        return _("有一边不足 {n} 个整月，还说明不了什么", n=ENOUGH_MONTHS)
    if trend.seasons_differ:
        return _("有一边不足 {n} 个月，季节也可能有影响", n=A_YEAR)
    return ""


def trend_finding(trend: Trend) -> str:
    """What the trend shows, in a line; only where both sides have whole months."""
    if trend.before.tenths is None or trend.after.tenths is None:
        whole = sum(count for _month, count in trend.months)
        return _("{months} 个月共 {n} 件投诉，前后还不能比", months=len(trend.months), n=whole)
    return _(
        "之后每月 {after} 件，之前 {before} 件，变化 {change}", after=_tenths(trend.after.tenths),
        before=_tenths(trend.before.tenths), change=_change(trend.change_percent),
    )  # fmt: skip


def trend_table(trend: Trend) -> Table:
    """The months with their counts, the latest first."""
    words = {"before": _("之前"), "during": _("进行中"), "after": _("之后")}
    lines = [[month_words(month), words[_side_of(month, trend)], count] for month, count in reversed(trend.months)]
    return Table(
        _("每月投诉件数"), [Field(_("月份"), 10), Field(_("阶段"), 10), Field(_("件数"), 8, Kind.COUNT)], lines
    )


def trend_chart(trend: Trend, moment: Moment | None) -> str | None:
    """The chart; the month that was clicked as YYYY-MM-DD."""
    words = {"before": _("之前"), "during": _("进行中"), "after": _("之后")}
    rows: list[dict[str, object]] = []
    sides: Mapping[str, list[date]] = {name: [] for name in words}
    for month, count in trend.months:
        side = _side_of(month, trend)
        if trend.months[0][0] < month < trend.months[-1][0]:
            sides[side].append(month)  # only whole months make a mean
        end = next_month(month)
        rows.append(
            {
                "kind": "month", "on": f"{month}T08:00:00", "to": f"{date.fromordinal(end.toordinal() - 2)}T00:00:00",
                "middle": f"{month.replace(day=15)}T12:00:00", "note": str(count) if count else "",
                "zero": 0, "value": count, "group": words[side], "key": month.isoformat(),
                "say": labelled(month_words(month), _("{n} 件", n=count)),
            }
        )  # fmt: skip
    for side, part in (("before", trend.before), ("after", trend.after)):
        if part.tenths is not None:
            say = _("{side}每月平均 {mean} 件", side=words[side], mean=_tenths(part.tenths))
            rows.append(
                {
                    "kind": "mean", "on": sides[side][0].isoformat(), "to": next_month(sides[side][-1]).isoformat(),
                    "value": part.tenths / 10, "say": say, "note": _("平均 {mean}", mean=_tenths(part.tenths)),
                }
            )  # fmt: skip
    ended = _("验收") if moment and moment.kind == "project" else _("解决")
    for when, note in ((trend.begins, _("开始")), (trend.ends, ended)):
        if when is not None and trend.months[0][0] <= when:
            rows.append({"kind": "rule", "on": when.isoformat(), "note": note, "say": f"{note} {dated(when)}"})
    return chart(
        "trend",
        rows,
        key="complaints.trend",
        alt=_("每月投诉件数，竖线是开始和验收的日子，虚线是之前和之后的月平均"),
        height=360,
        click=True,
        begin=trend.months[0][0].isoformat(),
        # One month more than there is: the word beside the last mean stands there.
        finish=next_month(next_month(trend.months[-1][0])).isoformat(),
        top=beyond([count for _month, count in trend.months], room=1.25),
    )


def _side_of(month: date, trend: Trend) -> str:
    if trend.begins is None or next_month(month) <= trend.begins.replace(day=1):
        return "before"
    return "after" if trend.ends is not None and month > trend.ends else "during"
