"""Projects against plan, one project's course, and volunteer hours: from values to chart rows in words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import streamlit as st

from components.charts import ROW_HEIGHT, apart, beyond, chart
from components.charts.export import Picture, Table
from components.kpi import Kpi, numbers
from components.projects.light_words import light_reason, light_word
from components.sheets import Field, Kind
from components.wording import _, in_a_row, labelled
from components.wording.dates import change_of, dated, hours, month, near, number, percent_of, short_month
from components.wording.measures import measured
from components.wording.terms import look, term
from db.queries.progress.progress import MonthHours
from db.queries.projects.progress import IndicatorCourse, ProjectCourse, ProjectLight
from db.rules.percent import percent
from db.terms import Light

Row = dict[str, object]
LABEL = 10
"""Characters of a title that fit beside the bars; the whole title is in the list and in the tooltip."""


def short(text: str, most: int = LABEL) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def projects_chart(projects: Sequence[ProjectLight], *, click: bool) -> str | None:
    """A bar for each project; returns the id that was clicked, if any."""
    rows = []
    labels = apart([short(project.title) for project in projects])
    for place, (label, project) in enumerate(zip(labels, projects, strict=True)):
        done, light = project.done, project.result.light
        rows.append(
            {
                "place": place,
                "label": label,
                "zero": 0,
                "whole": 1,
                "value": float(min(Fraction(1), max(Fraction(0), done))) if done is not None else 0,
                "plan": float(project.planned),
                "colour": look(light)[1],
                "note": _(
                    "{light} {done} / 计划 {planned}",
                    light=light_word(light),
                    done=percent_of(done),
                    planned=percent_of(project.planned),
                ),
                "brief": f"{light_word(light)} {percent_of(done)}",
                "key": str(project.id),
                "say": _(
                    "{title}：{light}，{reason}",
                    title=project.title,
                    light=light_word(light),
                    reason=light_reason(project.result),
                ),
            }
        )
    alt = _("在办项目完成比例和计划比例，竖短线是今天应到的位置")
    return chart("projects", rows, key="projects.lights", alt=alt, click=click, height=len(rows) * ROW_HEIGHT + 40)


def projects_finding(projects: Sequence[ProjectLight]) -> str:
    """How many projects are behind and which the most, in a line."""
    late = [one for one in projects if one.result.light is Light.RED]
    if not late:
        return _("在办的 {n} 个项目没有滞后的", n=len(projects))
    worst = max(late, key=lambda one: one.planned - (one.done or 0))
    return _(
        "{n} 个项目滞后，落后最多的是{title}：完成 {done}，计划 {planned}", n=len(late), title=worst.title,
        done=percent_of(worst.done), planned=percent_of(worst.planned),
    )  # fmt: skip


def course_finding(course: ProjectCourse, *, done: Fraction | None, planned: Fraction) -> str:
    """Where one project stands against its plan, in a line."""
    if done is None:
        return _("{title}：还没有可以度量的指标", title=course.title)
    behind = percent(planned - done)
    said = _(
        "{title}：完成 {done}，计划 {planned}", title=course.title, done=percent_of(done), planned=percent_of(planned)
    )
    return said + (_("，落后 {n} 个百分点", n=behind) if behind > 0 else _("，按计划推进"))


def hours_finding(this_year: int, last_year: int) -> str:
    """The hours of this year beside the same part of last year, in a line."""
    if not last_year:
        return _("今年志愿服务 {hours}", hours=hours(this_year))
    return _(
        "今年志愿服务 {hours}，比去年同期 {change}", hours=hours(this_year), change=change_of(last_year, this_year)
    )


def project_numbers(counts: dict[Light, int], this_year: int, last_year: int) -> None:
    """Lights and hours with their definitions."""
    of = (_("在办项目共 {n} 个", n=sum(counts.values())),)
    rules = {
        Light.RED: _("超过完成时限，或比计划落后 25 个百分点以上，或两个以上节点超期。"),
        Light.AMBER: _("有节点超期，或有高风险未化解，或比计划落后 10 个百分点以上，或没有可度量的指标。"),
        Light.GREEN: _("没有红灯和黄灯情形的在办项目，含已提交验收的。"),
    }
    cards = [Kpi(light_word(light), str(count), of, rules[light]) for light, count in counts.items()]
    change = change_of(last_year, this_year)
    compared = _("去年同期 {hours}，同比 {change}", hours=hours(last_year), change=change)
    meant = _("今年 1 月 1 日至今天已记录的服务时长之和；去年同期算到去年同月同日。")
    cards.append(Kpi(_("今年志愿服务时长"), hours(this_year), (compared,), meant))
    numbers(cards, key="projects.numbers")


def project_tables(projects: Sequence[ProjectLight], months: Sequence[MonthHours], year: int) -> list[Table]:
    """Projects against their plan and the hours by month, to take away."""
    head = [
        Field(_("项目"), 26), Field(_("社区"), 14), Field(_("状态"), 9), Field(_("原因"), 30),
        Field(_("完成"), 9, Kind.SHARE), Field(_("计划"), 9, Kind.SHARE), Field(_("完成时限"), 12, Kind.DAY),
    ]  # fmt: skip
    lines = [
        [
            one.title, one.community, light_word(one.result.light), light_reason(one.result), one.done, one.planned,
            one.due_on,
        ]
        for one in projects
    ]  # fmt: skip
    spent = [Field(_("月份"), 10), *(Field(str(one), 10, Kind.COUNT) for one in (year - 1, year))]
    worked = [
        [short_month(date(year, one.month, 1)), *(None if minutes is None else round(minutes / 60, 1)
                                            for minutes in (one.last_year, one.this_year))]
        for one in months
    ]  # fmt: skip
    return [
        Table(_("在办项目"), head, lines, Picture.BARS, (4, 5)),
        Table(_("每月志愿服务时长"), spent, worked, Picture.COLUMNS, (1, 2), printed=False),
    ]


def project_lines(projects: Sequence[ProjectLight]) -> list[Row]:
    """Rows of the list below the chart."""
    return [
        {
            "id": project.id,
            "title": project.title,
            "light": project.result.light,
            "reason": light_reason(project.result),
            "done": percent_of(project.done),
            "planned": percent_of(project.planned),
            "kind": term(project.kind),
            "due_on": near(project.due_on),
            "community": project.community,
        }
        for project in projects
    ]


def course_chart(course: ProjectCourse, *, today: date) -> None:
    """Indicators of one project over time against its plan."""
    rows: list[Row] = []
    for on, share in ((course.starts_on, 0), (course.due_on, 1)):
        say = _("计划：{day} 应完成 {share}", day=dated(on), share=percent_of(Fraction(share)))
        plan: Row = {"on": on.isoformat(), "value": share, "group": _("计划"), "kind": "plan", "say": say}
        rows.append(plan | ({"note": _("计划")} if share else {}))
    names = apart([one.name for one in course.indicators])
    for group, one in zip(names, course.indicators, strict=True):
        start: Row = {"on": course.starts_on.isoformat(), "value": 0.0, "group": group, "kind": "reading"}
        rows.append(start | {"say": _("{name}：基线 {value} {unit}", **_amount(one, one.baseline))})
        for point in one.points:
            say = _("{day} {name}：{value} {unit}", day=dated(point.on), **_amount(one, point.value))
            newest = {"note": percent_of(point.share)} if point is one.points[-1] else {}
            rows.append(start | {"on": point.on.isoformat(), "value": float(point.share), "say": say} | newest)
        for change in one.changes:
            say = _(
                "{day} 目标由 {before} 调整为 {after} {unit}：{reason}",
                day=dated(change.on),
                before=number(change.before),
                after=number(change.after),
                unit=one.unit,
                reason=change.reason,
            )
            rows.append({"on": change.on.isoformat(), "value": 0.03, "group": group, "kind": "change", "say": say})
    finish = max([course.due_on, today, *(point.on for one in course.indicators for point in one.points)])
    alt = _("{title}：各项指标完成比例随时间的变化，虚线是计划", title=course.title)
    chart(
        "course",
        rows,
        key=f"projects.course.{course.id}",
        alt=alt,
        height=320,
        begin=course.starts_on.isoformat(),
        finish=finish.isoformat(),
    )


def _amount(indicator: IndicatorCourse, value: Decimal) -> dict[str, str]:
    return {"name": indicator.name, "value": number(value), "unit": indicator.unit}


def indicator_lines(course: ProjectCourse) -> list[Row]:
    """Indicators with baseline, target, actual and every change of target."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "baseline": measured(number(one.baseline), one.unit),
            "target": measured(number(one.target), one.unit),
            "actual": measured(number(one.actual), one.unit),
            "share": percent_of(one.share),
            "changes": in_a_row(
                _("{before}→{after}（{reason}）", before=number(c.before), after=number(c.after), reason=c.reason)
                for c in one.changes
            ),
        }
        for one in course.indicators
    ]


def hours_chart(months: Sequence[MonthHours], year: int) -> None:
    """Hours by month, last year beside this year."""
    rows: list[Row] = []
    counted: list[float] = []
    for one in months:
        for name, minutes in ((str(year - 1), one.last_year), (str(year), one.this_year)):
            if minutes is not None:
                say = labelled(month(date(int(name), one.month, 1)), hours(minutes))
                label = short_month(date(year, one.month, 1))
                rows.append(
                    {
                        "place": one.month, "label": label, "value": minutes / 60, "group": name, "say": say,
                        "note": str(round(minutes / 60)) if minutes else "",
                    }
                )  # fmt: skip
                counted.append(minutes / 60)
    if not any(counted):
        st.caption(_("还没有志愿服务记录。活动填报完成后，这里会出现每月时长。"))
        return
    top = beyond(counted)
    chart("hours", rows, key="projects.hours", alt=_("每月志愿服务时长，今年与去年对比"), height=300, top=top)
