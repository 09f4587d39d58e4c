"""里程碑与风险: what is due when, what may go wrong, and the forms for both."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.projects.frame import choose
from components.wording import N_, _
from components.wording.dates import near
from components.wording.terms import look, term
from db.actions.projects.projects import add_milestone, close_risk, finish_milestone, raise_risk
from db.queries.projects.page import ProjectHead, RiskRow, StepRow
from db.terms import Light, RiskLevel

DOINGS = {
    "add": N_("新增里程碑"),
    "finish": N_("完成里程碑"),
    "raise": N_("登记风险"),
    "close": N_("风险解除"),
}


def step_lists(milestones: Sequence[StepRow], risks: Sequence[RiskRow], *, today: date) -> None:
    """Both lists; an overdue step says so."""
    st.header(_("里程碑"))
    rows(
        [
            {"id": step.id, "title": step.title, "due": near(step.due_on), "state": _state(step, today)}
            for step in milestones
        ],
        [Column("title", _("里程碑")), Column("due", _("应完成"), "nowrap"), Column("state", _("进展"))],
        key="project.milestones",
        empty=_("还没有里程碑。把一年的事拆成三五步，灯号会提醒您哪一步超期。"),
        caption=_("里程碑"),
    )
    st.header(_("风险"))
    rows(
        [
            {
                "id": risk.id,
                "what": risk.what,
                "level": term(risk.level),
                "measure": risk.measure,
                "state": _("{day} 已解除", day=near(risk.closed_on)) if risk.closed_on else _("未解除"),
            }
            for risk in risks
        ],
        [
            Column("what", _("风险")),
            Column("level", _("等级"), "nowrap"),
            Column("measure", _("应对")),
            Column("state", _("状态"), "nowrap"),
        ],
        key="project.risks",
        empty=_("没有登记风险。"),
        caption=_("风险"),
    )


def _state(step: StepRow, today: date) -> str | dict[str, str]:
    if step.done_on:
        return _("{day} 完成", day=near(step.done_on))
    left = (step.due_on - today).days
    if left < 0:
        return {"word": _("已超期 {n} 天", n=-left), "colour": look(Light.RED)[1]}
    return _("还有 {n} 天", n=left)


def step_forms(
    head: ProjectHead, milestones: Sequence[StepRow], risks: Sequence[RiskRow], *, today: date
) -> Request | None:
    """One form at a time."""
    open_steps = {step.id: step.title for step in milestones if step.done_on is None}
    open_risks = {risk.id: risk.what for risk in risks if risk.closed_on is None}
    able = {
        code: label
        for code, label in DOINGS.items()
        if (code != "finish" or open_steps) and (code != "close" or open_risks)
    }
    doing = choose("do", able, start="add", key=f"project.steps.do.{head.id}")
    if doing == "finish":
        with form("finish_milestone") as filling:
            step_id = filling.choice("milestone_id", _("哪个里程碑"), list(open_steps), show=open_steps.__getitem__)
            done_on = filling.day("done_on", _("哪天完成"), start=today, most=today)
            pressed = filling.submit(_("完成"))
        values: dict[str, object] = {"milestone_id": step_id, "done_on": done_on}
        return Request(filling, finish_milestone, _("里程碑已完成"), values) if pressed and step_id else None
    if doing == "raise":
        with form("raise_risk") as filling:
            what = filling.line("what", _("可能出什么问题"), most=200)
            level = filling.choice("level", _("等级"), list(RiskLevel), few=True, start=RiskLevel.MEDIUM)
            measure = filling.line("measure", _("怎么应对"), most=200)
            pressed = filling.submit(_("登记风险"))
        values = {"project_id": head.id, "what": what, "level": level, "measure": measure}
        return Request(filling, raise_risk, _("风险已登记"), values) if pressed else None
    if doing == "close":
        with form("close_risk") as filling:
            risk_id = filling.choice("risk_id", _("哪个风险"), list(open_risks), show=open_risks.__getitem__)
            pressed = filling.submit(_("解除"))
        return Request(filling, close_risk, _("风险已解除"), {"risk_id": risk_id}) if pressed and risk_id else None
    with form("add_milestone") as filling:
        title = filling.line("title", _("里程碑"), help=_("例如：完成踏勘、灯具到货"))
        due_on = filling.day("due_on", _("应完成日期"), start=head.due_on)
        pressed = filling.submit(_("加上"))
    values = {"project_id": head.id, "title": title, "due_on": due_on}
    return Request(filling, add_milestone, _("里程碑已加上"), values) if pressed else None
