"""目标: a table, one chart that keeps every target, and the forms that move a goal."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from components.acting import Request
from components.charts import in_own_days
from components.forms import form
from components.lists import Column, rows
from components.projects.frame import Can, choose
from components.wording import N_, _, listed, noted, safe
from components.wording.dates import near, number, percent_of, yuan
from components.wording.measures import measured, unit_words
from components.wording.terms import term
from db.actions.projects.indicators import change_target, record_reading
from db.actions.projects.projects import add_indicator, class_goal
from db.queries.projects.indicators import Goal
from db.queries.projects.page import ProjectHead, SourceRow
from db.rules.projects.classes import subtotals
from db.terms import GoalClass, IndicatorKind

DOINGS = {"read": N_("记一次进度"), "aim": N_("调整目标"), "add": N_("新增目标"), "class": N_("量化分类")}


def goals_part(
    head: ProjectHead,
    goals: Sequence[Goal],
    sources: Sequence[SourceRow],
    can: Can,
    paper: Callable[[], None],
    *,
    today: date,
) -> Request | None:
    """The whole section; `paper` draws the button of the project sheet."""
    goal_table(goals)
    class_table(goals)
    how_reckoned(goals)
    request = goal_forms(head, goals, may_aim=can.aim, today=today) if can.run else None
    if goals:
        names = {goal.id: goal for goal in goals}
        shown = goals[0].id
        if len(goals) > 1:
            shown = st.selectbox(
                _("看哪个目标"),
                list(names),
                format_func=listed(list(names), lambda key: names[key].name),
                key=f"project.goal.{head.id}",
            )
        goal_chart(names[shown], starts_on=head.starts_on, due_on=head.due_on, today=today)
    change_list(goals)
    with st.expander(_("立项内容"), icon=":material/description:"):
        plan_of(head, sources)
        if can.export:
            paper()
    return request


def plan_of(head: ProjectHead, sources: Sequence[SourceRow]) -> None:
    """What was written down when the project was set up."""
    facts = [
        (_("问题"), head.problem),
        (_("措施"), head.measures),
        (_("受益人群"), _("{who}（约 {n} 人）", who=head.beneficiaries, n=head.beneficiary_count)),
        (_("预算"), yuan(head.budget_fen) + (f" · {head.funding}" if head.funding else "")),
    ]
    if sources:
        named = [
            _("{number} {title}（{n} 户）", number=need.number, title=need.title, n=need.voices) for need in sources
        ]
        facts.append((_("来自需求"), "\n".join(named)))
    st.markdown("\n\n".join(f"**{label}** {safe(value)}" for label, value in facts))


def goal_table(goals: Sequence[Goal]) -> None:
    """Where every goal stands, with the target it began with beside the one it has now."""
    rows(
        [
            {
                "id": goal.id,
                "name": goal.name,
                "kind": term(goal.kind),
                "baseline": measured(number(goal.baseline), goal.unit),
                "target": _aimed(goal),
                "actual": measured(number(goal.actual), goal.unit),
                "done": percent_of(goal.progress),
                "last": near(goal.readings[-1].on) if goal.readings else _("还没有记过"),
            }
            for goal in goals
        ],
        [
            Column("name", _("目标")),
            Column("kind", _("类型"), "nowrap"),
            Column("baseline", _("起点"), "number"),
            Column("target", _("目标值"), "number"),
            Column("actual", _("现在"), "number"),
            Column("done", _("完成"), "number"),
            Column("last", _("最近一次"), "nowrap"),
        ],
        key="project.goals",
        empty=_("还没有量化目标。写下第一个：例如“更换感应灯，60 盏”。"),
        caption=_("量化目标"),
    )


def _aimed(goal: Goal) -> str:
    now = measured(number(goal.target), goal.unit)
    return f"{number(goal.first_target)} → {now}" if goal.changes else now


def class_table(goals: Sequence[Goal]) -> None:
    """Subtotals by class, once a goal has one: what is added up starts at the baseline."""
    if not any(goal.sort for goal in goals):
        return
    rows(
        [
            {
                "sort": term(line.sort) if line.sort else _("未分类"),
                "goals": line.goals,
                "reached": line.reached,
                "target": _sum(line.target, line.unit),
                "actual": _sum(line.actual, line.unit),
            }
            for line in subtotals(goal.classed for goal in goals)
        ],
        [
            Column("sort", _("量化分类"), "nowrap"),
            Column("goals", _("目标数"), "number"),
            Column("reached", _("已达到"), "number"),
            Column("target", _("目标合计"), "number"),
            Column("actual", _("完成合计"), "number"),
        ],
        key="project.classes",
        empty="",
        caption=_("量化分类"),
    )


def how_reckoned(goals: Sequence[Goal]) -> None:
    """Below the tables, what their figures are; only what these goals show."""
    if not goals:
        return
    said = [_("完成 =（现在 − 起点） ÷（目标值 − 起点）。")]
    if any(goal.changes for goal in goals):
        said.append(_("调整过的目标同时显示原值和现值。"))
    if any(goal.sort for goal in goals):
        said.append(_("合计从起点算起，同一分类、同一单位才相加；满意度等不相加。"))
    st.caption(safe("\n".join(said)))


def _sum(value: Decimal | None, unit: str) -> str:
    return "—" if value is None else measured(number(value), unit)


def change_list(goals: Sequence[Goal]) -> None:
    """Every changed target: before, after, why."""
    changed = [
        {
            "id": f"{goal.id}-{at}",
            "on": near(change.at.date()),
            "name": goal.name,
            "moved": f"{number(change.before)} → {measured(number(change.after), goal.unit)}",
            "reason": change.reason,
            "by": change.by,
        }
        for goal in goals
        for at, change in enumerate(goal.changes)
    ]
    if changed:
        rows(
            changed,
            [
                Column("on", _("日期"), "nowrap"),
                Column("name", _("目标")),
                Column("moved", _("原值 → 现值"), "number"),
                Column("reason", _("理由")),
                Column("by", _("谁改的"), "nowrap"),
            ],
            key="project.changes",
            empty="",
            caption=_("目标调整"),
        )


def goal_chart(goal: Goal, *, starts_on: date, due_on: date, today: date) -> None:
    """Readings against the plan over time; a changed target leaves its old line where it was."""
    st.vega_lite_chart(
        _points(goal, starts_on, due_on, today),
        _SPEC | {"encoding": _SPEC["encoding"] | {"x": _days(), "y": _amounts(goal)}},
        width="stretch",
        height=260,
        key=f"project.chart.{goal.id}",
        alt=_("{name}的进度与目标", name=goal.name),
    )


def _days() -> dict[str, object]:
    axis = {"format": in_own_days("%y/%-m"), "labelAngle": 0, "tickCount": 6}
    return {"field": "on", "type": "temporal", "title": None, "axis": axis}


def _amounts(goal: Goal) -> dict[str, object]:
    unit = unit_words(goal.unit)
    return {"field": "value", "type": "quantitative", "title": noted(goal.name, unit) if unit else goal.name}


def _points(goal: Goal, starts_on: date, due_on: date, today: date) -> list[dict[str, object]]:
    """Three series as plain values: what was read, the plan, and the target in steps."""
    read, plan, aim = _("实际"), _("计划"), _("目标值")
    points = [
        {"on": starts_on.isoformat(), "value": float(goal.baseline), "series": plan},
        {"on": due_on.isoformat(), "value": float(goal.target), "series": plan},
        {"on": starts_on.isoformat(), "value": float(goal.first_target), "series": aim},
    ]
    for change in goal.changes:
        points += [
            {"on": change.at.date().isoformat(), "value": float(value), "series": aim}
            for value in (change.before, change.after)
        ]
    points.append({"on": max(due_on, today).isoformat(), "value": float(goal.target), "series": aim})
    points.append({"on": starts_on.isoformat(), "value": float(goal.baseline), "series": read})
    points += [
        {"on": reading.on.isoformat(), "value": float(reading.value), "series": read} for reading in goal.readings
    ]
    return [{**point, "order": order} for order, point in enumerate(points)]


_SPEC: dict[str, Any] = {
    "mark": {"type": "line", "point": {"size": 45}},
    "encoding": {
        "order": {"field": "order", "type": "quantitative"},
        "color": {"field": "series", "type": "nominal", "title": None, "legend": {"orient": "top"}},
        "strokeDash": {"field": "series", "type": "nominal", "title": None, "legend": None},
    },
}


# --- forms ------------------------------------------------------------------------------------------------------------


def goal_forms(head: ProjectHead, goals: Sequence[Goal], *, may_aim: bool, today: date) -> Request | None:
    """Read a goal, change its target, or add one: one form at a time."""
    able = {code: label for code, label in DOINGS.items() if (goals or code == "add") and (may_aim or code != "aim")}
    doing = choose("do", able, start=next(iter(able)), key=f"project.goals.do.{head.id}")
    named = {goal.id: goal for goal in goals}

    def show(goal_id: int) -> str:
        return named[goal_id].name

    if doing == "add":
        return _add_form(head)
    if doing == "class":
        with form("class_goal") as filling:
            goal_id = filling.choice("indicator_id", _("哪个目标"), list(named), show=show, start=goals[0].id)
            sort = filling.choice("sort", _("量化分类"), list(GoalClass), few=True)
            pressed = filling.submit(_("保存分类"))
        sorted_as = {"indicator_id": goal_id, "sort": sort}
        return Request(filling, class_goal, _("分类已保存"), sorted_as) if pressed else None
    if doing == "aim":
        with form("change_target") as filling:
            goal_id = filling.choice("indicator_id", _("哪个目标"), list(named), show=show, start=goals[0].id)
            target = filling.amount("target", _("新的目标值"))
            reason = filling.words("reason", _("为什么调整"), height=80)
            pressed = filling.submit(_("调整目标"))
        values: dict[str, object] = {
            "version": named[goal_id].version if goal_id else 0,
            "target": target,
            "reason": reason,
        }
        said = _("目标已调整，原值保留在图上")
        return Request(filling, change_target, said, {"indicator_id": goal_id, **values}) if pressed else None
    with form("record_reading") as filling:
        goal_id = filling.choice("indicator_id", _("哪个目标"), list(named), show=show, start=goals[0].id)
        value = filling.amount("value", _("现在是多少"), help=_("写累计数，不是这次新增的数。"))
        on = filling.day("on", _("哪一天的数"), start=today, most=today)
        note = filling.line("note", _("说明（可不填）"), most=200)
        pressed = filling.submit(_("记进度"))
    values = {"indicator_id": goal_id, "value": value, "on": on, "note": note}
    return Request(filling, record_reading, _("进度已记"), values) if pressed else None


def _add_form(head: ProjectHead) -> Request | None:
    with form("add_indicator") as filling:
        name = filling.line("name", _("目标名称"), help=_("例如：更换感应灯"))
        kind = filling.choice("kind", _("类型"), list(IndicatorKind), start=IndicatorKind.QUANTITY, few=True)
        sort = filling.choice("sort", _("量化分类（可不选）"), list(GoalClass), few=True)
        left, middle, right = st.columns(3)
        with left:
            unit = filling.line("unit", _("单位"), help=_("例如：盏、户、次、%"), most=12)
        with middle:
            baseline = filling.amount("baseline", _("起点"), start=None)
        with right:
            target = filling.amount("target", _("目标值"))
        pressed = filling.submit(_("写下目标"))
    values = {
        "project_id": head.id,
        "name": name,
        "kind": kind,
        "sort": sort,
        "unit": unit,
        "baseline": baseline,
        "target": target,
    }
    return Request(filling, add_indicator, _("目标已写下"), values) if pressed else None
