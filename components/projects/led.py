"""书记领办 of a year: how many of how many, by direction, the projects under it, and the forms that settle it."""

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.projects.frame import light_reason
from components.wording import _, noted, safe
from components.wording.dates import near
from components.wording.terms import term
from db.actions.projects.led import choose_direction, plan_round
from db.queries.projects.led import LedRow, LedYear
from db.queries.projects.page import ProjectHead
from db.rules.projects.led import Tally, missing
from db.terms import ProjectDirection, ProjectKind


def round_summary(found: LedYear) -> None:
    """The sentence of the year, and a line for each direction."""
    whole = found.whole
    said = _("{year} 年：已立项 {n} 个", year=found.year, n=whole.standing)
    if found.planned is not None:
        said = _(
            "{year} 年：计划 {planned} 个，已立项 {n} 个", year=found.year, planned=found.planned, n=whole.standing
        )
        if lack := missing(found.planned, whole.standing):
            said += _("，还差 {n} 个", n=lack)
    st.markdown(safe(said))
    lines = [_tally(term(direction) if direction else _("未选方向"), part) for direction, part in found.parts.items()]
    rows(
        lines,
        [
            Column("direction", _("方向"), "nowrap"),
            Column("standing", _("已立项"), "number", total=True),
            Column("set_up", _("未开始"), "number", total=True),
            Column("running", _("实施中"), "number", total=True),
            Column("handed_in", _("待验收"), "number", total=True),
            Column("accepted", _("已验收"), "number", total=True),
            Column("stopped", _("另有终止"), "number", total=True),
        ],
        key="led.tally",
        empty="",
        caption=_("书记领办年度"),
    )


def _tally(label: str, part: Tally) -> dict[str, object]:
    names = ("set_up", "running", "handed_in", "accepted", "stopped")
    return {"direction": label, "standing": part.standing, **{name: getattr(part, name) for name in names}}


def round_list(found: LedYear, *, communities: bool) -> None:
    """The projects of the year, one direction after the other."""
    columns = [
        Column("direction", _("方向"), "nowrap"),
        Column("title", _("项目")),
        Column("leader", _("领办书记"), "nowrap"),
        Column("state", _("状态"), "nowrap"),
        Column("light", _("灯号"), "nowrap"),
        Column("reason", _("原因")),
        Column("due", _("完成时限"), "nowrap"),
    ]
    if communities:
        columns.insert(2, Column("community", _("社区"), "nowrap"))
    rows(
        [_line(row) for row in found.rows],
        columns,
        key="led.list",
        page="project",
        empty=_("这一年还没有书记领办项目。到“立项”选“书记领办”和方向。"),
        caption=_("书记领办"),
    )


def _line(row: LedRow) -> dict[str, object]:
    return {
        "id": row.id,
        "direction": term(row.direction) if row.direction else _("未选方向"),
        "title": row.title,
        "community": row.community,
        "leader": row.leader,
        "state": row.state,
        "light": row.light.light if row.light else "",
        "reason": light_reason(row.light),
        "due": near(row.due_on),
    }


def plan_form(found: LedYear) -> Request | None:
    """How many there are to be in the year."""
    folded = st.expander(_("定年度计划数"), icon=":material/edit_calendar:")
    with folded, form(f"plan_round.{found.year}", border=False) as filling:
        label = _("{year} 年计划立项几个", year=found.year)
        planned = filling.whole("planned", label, least=1, most=500, start=found.planned)
        pressed = filling.submit(_("保存计划数"))
    values = {"year": found.year, "planned": planned}
    return Request(filling, plan_round, _("年度计划数已保存"), values) if pressed else None


def direction_part(head: ProjectHead, *, may: bool) -> Request | None:
    """Year and direction of a secretary-led project, and the form that chooses or corrects them; of others nothing."""
    if head.kind is not ProjectKind.SECRETARY_LED:
        return None
    facts = head.led
    if facts is not None:
        words = _("{year} 年 · {direction}", year=facts.year, direction=term(facts.direction))
        st.caption(safe(noted(_("书记领办"), words)))
    else:
        st.caption(_("这个书记领办项目还没有选方向。"))
    if not may:
        return None
    ways, start = list(ProjectDirection), facts.direction if facts else None
    folded = st.expander(_("选择方向和年度"), icon=":material/explore:", expanded=facts is None)
    with folded, form(f"choose_direction.{head.id}", border=False) as filling:
        direction = filling.choice("direction", _("方向"), ways, few=True, start=start)
        year = filling.whole(
            "year", _("年度"), least=2000, most=2100, start=facts.year if facts else head.set_up_at.year
        )
        pressed = filling.submit(_("保存方向"))
    values = {"project_id": head.id, "direction": direction, "year": year}
    return Request(filling, choose_direction, _("方向已保存"), values) if pressed else None
