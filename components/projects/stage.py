"""谁在台上 of a project: the matrix of steps and bodies, its changes, and the forms that set a part."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.detail import head
from components.forms import form
from components.lists import Column, rows
from components.wording import N_, _, noted, side_by_side
from components.wording.dates import near
from components.wording.terms import badge, term
from db.actions.projects.stage import end_role, set_role
from db.queries.projects.page import ProjectHead, StepRow
from db.queries.projects.stage import RoleRow
from db.rules.projects.input import RoleInput
from db.rules.projects.stage import Standing, beside, of_step
from db.terms import StageBody, StagePart

PARTS = {StagePart.LEAD: N_("台上 · 主办"), StagePart.ASSIST: N_("台上 · 协办")}
WHOLE = 0
"""The choice that stands for the project as a whole."""


def stage_head(project: ProjectHead) -> None:
    """Which project it is."""
    head(_("谁在台上"), number=project.number, marks=[badge(project.state)], about=project.title)


def matrix(steps: Sequence[StepRow], found: Sequence[RoleRow], *, today: date) -> None:
    """Every step with who leads and who assists today; a step without a lead of its own has that of the project."""
    standing = [role.standing for role in found]
    named = {(role.milestone_id, role.body): role.name for role in found if role.standing.on(today)}
    listed: list[tuple[int | None, str]] = [(None, _("整个项目")), *((step.id, step.title) for step in steps)]
    rows(
        [
            {
                "step": title,
                "leads": _bodies(of_step(standing, number, today), StagePart.LEAD, named),
                "assists": _bodies(of_step(standing, number, today), StagePart.ASSIST, named),
            }
            for number, title in listed
        ],
        [
            Column("step", _("步骤")),
            Column("leads", _(PARTS[StagePart.LEAD])),
            Column("assists", _(PARTS[StagePart.ASSIST])),
        ],
        key="stage.matrix",
        empty="",
        caption=_("谁在台上"),
        short=True,
    )
    if beside(of_step(standing, None, today)):
        st.caption(_("社区在舞台旁边：牵线、督促，不替别人唱戏。"))


def _bodies(roles: Sequence[Standing], part: StagePart, named: Mapping[tuple[int | None, StageBody], str]) -> str:
    said = []
    for role in roles:
        if role.part is part:
            name = named.get((role.step, role.body), "")
            said.append(noted(term(role.body), name) if name else term(role.body))
    return side_by_side(said) or "—"


def role_form(head: ProjectHead, steps: Sequence[StepRow], units: Mapping[int, str], *, today: date) -> Request | None:
    """Give a body a part from a day on."""
    titles = {WHOLE: _("整个项目")} | {step.id: step.title for step in steps}
    with form(f"set_role.{head.id}") as filling:
        with st.container(horizontal=True):
            step = filling.choice("milestone_id", _("哪一步"), list(titles), start=WHOLE, show=titles.__getitem__)
            body = filling.choice("body", _("谁"), list(StageBody))
            part = filling.choice("part", _("位置"), list(StagePart), few=True, start=StagePart.LEAD)
        with st.container(horizontal=True):
            name = filling.line("name", _("具体名称（物业公司、职能部门要写）"), most=200)
            unit = filling.choice("unit_id", _("共建单位（是共建单位的选一家）"), list(units), show=units.__getitem__)
            since = filling.day("since", _("从哪天起"), start=today)
        pressed = filling.submit(_("上台"), icon=":material/theater_comedy:")
    if not pressed:
        return None
    given = RoleInput(body, part, since, step or None, name, unit)
    return Request(filling, set_role, _("已登记"), {"project_id": head.id, "given": given})


def end_role_form(found: Sequence[RoleRow], *, today: date) -> Request | None:
    """A body leaves the stage."""
    present = {role.id: role for role in found if role.until is None}
    if not present:
        return None
    names = {number: " · ".join(part for part in (role.step or _("整个项目"), term(role.body), role.name) if part)
             for number, role in present.items()}  # fmt: skip
    with st.expander(_("下台"), icon=":material/logout:"), form("end_role", border=False) as filling:
        role_id = filling.choice("role_id", _("哪一个"), list(names), show=names.__getitem__)
        until = filling.day("until", _("最后一天"), start=today)
        pressed = filling.submit(_("下台"))
    if not pressed or role_id is None:
        return None
    values = {"role_id": role_id, "version": present[role_id].version, "until": until}
    return Request(filling, end_role, _("已登记"), values)


def changes(found: Sequence[RoleRow]) -> None:
    """Every part from its first to its last day."""
    rows(
        [
            {
                "step": role.step or _("整个项目"),
                "body": term(role.body),
                "name": role.name,
                "part": _(PARTS[role.part]),
                "since": near(role.since),
                "until": near(role.until) if role.until else _("至今"),
                "who": role.set_name,
            }
            for role in found
        ],
        [
            Column("step", _("步骤")),
            Column("body", _("谁"), "nowrap"),
            Column("name", _("具体名称")),
            Column("part", _("位置"), "nowrap"),
            Column("since", _("从"), "nowrap"),
            Column("until", _("到"), "nowrap"),
            Column("who", _("登记人"), "nowrap"),
        ],
        key="stage.changes",
        empty=_("还没有登记。先写清整个项目谁主办、谁协办，再按步骤写。"),
        caption=_("变更记录"),
        short=True,
    )
