"""书记项目答辩 on the screen: the list in its order, the judges, a judge's sheet, and the results without a rank."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.asking import ask
from components.forms import form
from components.lists import Column, rows
from components.wording import N_, _, noted, safe, side_by_side
from components.wording.dates import near, number
from components.wording.terms import term
from db.actions.projects.defence import (
    add_entry,
    add_judge,
    close_defence,
    give_sheet,
    judge_leaves,
    place_entry,
    plan_defence,
    remove_entry,
    set_award,
    set_criteria,
)
from db.queries.projects.defence import Choice, DefenceFacts, EntryRow, JudgeRow
from db.rules.projects.defence import MINUTES
from db.rules.projects.input import DefenceSheetInput
from db.terms import Role

CRITERIA = {
    "background": N_("选题背景"),
    "course": N_("开展情况"),
    "results": N_("工作成效"),
    "delivery": N_("汇报表现"),
}
DOINGS = {
    "sheet": N_("录入评分"),
    "list": N_("出场项目"),
    "judges": N_("评委"),
    "criteria": N_("评分标准"),
    "day": N_("时间地点"),
}


def criteria_words(found: DefenceFacts) -> str:
    """Every criterion with its most points."""
    return side_by_side(f"{_(label)} {getattr(found.criteria, name)}" for name, label in CRITERIA.items())


def defence_head(found: DefenceFacts) -> None:
    """When, where, how long, by which criteria."""
    st.markdown(
        safe(_("{on} · {place} · 每个项目汇报 {n} 分钟", on=near(found.on), place=found.place, n=found.minutes))
    )
    st.caption(_("评分标准（满分 100）：{criteria}。", criteria=criteria_words(found)))
    if found.closed_at:
        st.success(
            safe(_("{who} {when} 结束答辩", who=found.closed_name, when=near(found.closed_at))),
            icon=":material/verified:",
        )


def entry_list(found: DefenceFacts, *, results: bool) -> None:
    """The projects in order of appearance; `results` adds what the judges gave, which gives no rank."""
    columns = [
        Column("position", _("出场"), "number"),
        Column("title", _("项目")),
        Column("community", _("单位"), "nowrap"),
        Column("leader", _("领办书记"), "nowrap"),
        Column("sheets", _("评分")),
    ]
    if results:
        columns += [Column("total", _("平均分"), "number"), Column("dropped", _("去掉"), "nowrap")]
    if any(entry.award for entry in found.entries):
        columns.append(Column("award", _("表彰"), "nowrap"))
    rows(
        [_entry(found, entry) for entry in found.entries],
        columns,
        key="defence.entries",
        empty=_("还没有出场项目。在“出场项目”里从本年度书记领办项目中选。"),
        caption=_("答辩项目"),
        short=True,
    )
    if results:
        st.caption(_("按出场顺序，不排名。至少 3 位评委；5 位以上去掉一个最高分和一个最低分后平均。表彰由街道决定。"))
        if any(entry.outcome.mixed for entry in found.entries):
            st.caption(_("评分标准中途调整过：已交的评分按交表时的标准，不受影响。"))


def _entry(found: DefenceFacts, entry: EntryRow) -> dict[str, object]:
    outcome, waiting = entry.outcome, 0 if found.closed_at else found.waiting(entry)
    given = _("已评 {n}", n=len(entry.sheets))
    dropped = ""
    if outcome.dropped_high is not None:
        dropped = _("最高 {high}、最低 {low}", high=outcome.dropped_high, low=outcome.dropped_low)
    return {
        "position": entry.position,
        "title": f"{entry.number} {entry.title}",
        "community": entry.community,
        "leader": entry.leader,
        "sheets": given + (_("，还差 {n}", n=waiting) if waiting else ""),
        "total": number(outcome.total) if outcome.total is not None else _("不足 3 位"),
        "dropped": dropped,
        "award": entry.award,
    }


def judge_list(found: DefenceFacts) -> None:
    """Who judges, and who left."""
    rows(
        [
            {
                "name": judge.name,
                "office": judge.office,
                "kind": _("有账号") if judge.account_id else _("外请"),
                "left": _("{day} 离席", day=near(judge.left_on)) if judge.left_on else "",
            }
            for judge in found.judges
        ],
        [
            Column("name", _("评委"), "nowrap"),
            Column("office", _("单位")),
            Column("kind", _("身份"), "nowrap"),
            Column("left", _("说明"), "nowrap"),
        ],
        key="defence.judges",
        empty=_("还没有评委。至少 3 位。"),
        caption=_("评委"),
        short=True,
    )


# --- forms ------------------------------------------------------------------------------------------------------------


def plan_form(year: int, found: DefenceFacts | None, *, today: date) -> Request | None:
    """Day, place and minutes of the defence of a year."""
    with form(f"plan_defence.{year}") as filling:
        with st.container(horizontal=True):
            on = filling.day("on", _("哪一天"), start=found.on if found else today)
            place = filling.line("place", _("地点"), most=80, start=found.place if found else "")
            minutes = filling.whole(
                "minutes", _("每个项目几分钟"), least=1, most=60, start=found.minutes if found else MINUTES
            )
        pressed = filling.submit(_("保存时间地点") if found else _("安排答辩"))
    values = {"year": year, "on": on, "place": place, "minutes": minutes}
    return Request(filling, plan_defence, _("答辩已安排"), values) if pressed else None


def criteria_form(found: DefenceFacts) -> Request | None:
    """The most points of each criterion."""
    st.caption(_("四项合计 100。已交的评分不受影响。"))
    given: dict[str, object] = {}
    with form(f"set_criteria.{found.id}") as filling:
        with st.container(horizontal=True):
            for name, label in CRITERIA.items():
                given[name] = filling.whole(name, _(label), least=1, most=97, start=getattr(found.criteria, name))
        pressed = filling.submit(_("保存评分标准"))
    values = {"defence_id": found.id, "version": found.version, **given}
    return Request(filling, set_criteria, _("评分标准已保存"), values) if pressed else None


def list_forms(found: DefenceFacts, projects: Sequence[Choice]) -> Request | None:
    """Put a project on the list, move one, take one off, and name an award."""
    request: Request | None = None
    names = {one.id: one.name for one in projects}
    with form(f"add_entry.{found.id}") as filling:
        project = filling.choice("project_id", _("哪个项目"), list(names), show=names.__getitem__)
        pressed = filling.submit(_("列入答辩"))
    if pressed:
        request = Request(filling, add_entry, _("已列入答辩"), {"defence_id": found.id, "project_id": project})
    if not found.entries:
        return request
    listed = {entry.id: f"{entry.position} {entry.title}" for entry in found.entries}
    with form(f"place_entry.{found.id}") as filling:
        with st.container(horizontal=True):
            entry = filling.choice("entry_id", _("出场项目"), list(listed), show=listed.__getitem__)
            position = filling.whole("position", _("排到第几"), least=1, most=len(listed), start=1)
        pressed = filling.submit(_("调整出场顺序"))
    if pressed and entry is not None:
        request = Request(filling, place_entry, _("顺序已调整"), {"entry_id": entry, "position": position})
    free = {one.id: listed[one.id] for one in found.entries if not one.sheets}
    if free:
        with form(f"remove_entry.{found.id}") as filling:
            gone = filling.choice("entry_id", _("还没有人评分的项目"), list(free), show=free.__getitem__)
            pressed = filling.submit(_("撤出答辩"))
        if pressed and gone is not None:
            request = Request(filling, remove_entry, _("已撤出"), {"entry_id": gone})
    return request


def judge_forms(found: DefenceFacts, people: Sequence[tuple[Choice, Role]], *, today: date) -> Request | None:
    """A judge with an account or from outside; a judge who leaves."""
    request: Request | None = None
    names = {one.id: f"{one.name} · {term(role)}" for one, role in people}
    with form(f"add_judge.{found.id}") as filling:
        with st.container(horizontal=True):
            account = filling.choice("account_id", _("有账号的评委"), list(names), show=names.__getitem__)
            outside = filling.line("outside_name", _("外请评委姓名"), most=60)
            office = filling.line("office", _("单位（可不填）"), most=80)
        pressed = filling.submit(_("加入评委"))
    if pressed:
        values = {"defence_id": found.id, "account_id": account, "outside_name": outside, "office": office}
        request = Request(filling, add_judge, _("评委已加入"), values)
    present = {judge.id: judge for judge in found.judges if judge.left_on is None}
    if present:
        with form(f"judge_leaves.{found.id}") as filling:
            st.caption(_("已交的评分照算，不再等后面的；回来的按原来的姓名和单位再加入一次。"))
            with st.container(horizontal=True):
                judge = filling.choice("judge_id", _("评委"), list(present), show=lambda key: present[key].name)
                left_on = filling.day("left_on", _("哪天离席"), start=today)
            pressed = filling.submit(_("登记离席"))
        if pressed and judge is not None:
            gone: dict[str, object] = {"judge_id": judge, "version": present[judge].version, "left_on": left_on}
            request = Request(filling, judge_leaves, _("已登记离席"), gone)
    return request


def sheet_form(found: DefenceFacts, judges: Sequence[JudgeRow]) -> Request | None:
    """The sheet of one judge on one project: the own one, or at the desk one from paper."""
    waiting = {entry.id: entry for entry in found.entries if any(not entry.given(judge.id) for judge in judges)}
    if not judges or not waiting:
        st.info(_("没有等着录入的评分。"), icon=":material/check_circle:")
        return None
    named = {judge.id: judge.name for judge in judges}
    # A judge who came late lacks sheets on what was heard before: what most judges wait for is being heard now.
    first = max(waiting.values(), key=lambda entry: sum(not entry.given(judge.id) for judge in judges))
    lacking = next(judge.id for judge in judges if not first.given(judge.id))
    given: dict[str, int | None] = {}
    with form(f"give_sheet.{found.id}") as filling:
        with st.container(horizontal=True):
            entry = filling.choice(
                "entry_id", _("哪个项目"), list(waiting), start=first.id,
                show=lambda key: f"{waiting[key].position} {waiting[key].title}",
            )  # fmt: skip
            judge = filling.choice("judge_id", _("哪位评委"), list(named), start=lacking, show=named.__getitem__)
        with st.container(horizontal=True):
            for name, label in CRITERIA.items():
                most = getattr(found.criteria, name)
                title = _("{part}（0—{most}）", part=_(label), most=most)
                given[name] = filling.whole(name, title, least=0, most=most)
        remark = filling.line("remark", _("评语（可不填）"), most=200)
        pressed = filling.submit(_("提交评分"))
    if not pressed or entry is None:
        return None
    values = {"entry_id": entry, "judge_id": judge, "given": DefenceSheetInput(remark=remark, **given)}
    return Request(filling, give_sheet, _("评分已提交"), values)


def end_forms(found: DefenceFacts) -> Request | None:
    """The end of the defence, and after it the awards that the subdistrict decided."""
    if found.closed_at is None:
        open_still = sum(1 for entry in found.entries if found.waiting(entry))
        does = _("结果公布给各社区，以后不能再改评分、评委和出场项目；表彰另外登记。")
        if open_still:
            does = _("还有 {n} 个项目的评分没有交齐，结束后不能再补。", n=open_still) + does
        go = _("结束并公布")
        ended = ask("close_defence", _("结束答辩，公布结果"), does, go, icon=":material/verified:")
        values: dict[str, object] = {"defence_id": found.id, "version": found.version}
        return Request(ended, close_defence, _("答辩已结束"), values) if ended else None
    listed = {entry.id: entry for entry in found.entries}
    folded = st.expander(_("登记表彰"), icon=":material/workspace_premium:")
    with folded, form(f"set_award.{found.id}", border=False) as filling:
        with st.container(horizontal=True):
            entry = filling.choice("entry_id", _("哪个项目"), list(listed), show=lambda key: listed[key].title)
            award = filling.line("award", _("街道决定的表彰（空着为取消）"), most=60)
        pressed = filling.submit(_("保存表彰"))
    if not pressed or entry is None:
        return None
    values = {"entry_id": entry, "version": listed[entry].version, "award": award}
    return Request(filling, set_award, _("表彰已保存"), values)


def own_sheets(found: DefenceFacts, judge: JudgeRow) -> None:
    """What a judge gave, project by project."""
    told = [
        {"title": entry.title, "total": row.sheet.points.total, "remark": row.remark}
        for entry in found.entries
        for row in entry.sheets
        if row.judge_id == judge.id
    ]
    columns = [Column("title", _("项目")), Column("total", _("您的评分"), "number"), Column("remark", _("评语"))]
    whose = noted(_("您的评分"), judge.name)
    rows(told, columns, key="defence.own", empty=_("您还没有评分。"), caption=whose, short=True)
