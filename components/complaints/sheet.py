"""One complaint on the screen: the next step on top, the facts, who is on stage, its repeats, its whole life."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from components.acting import Look
from components.asking import in_clear, look
from components.complaints.list import due_words, few_complaints
from components.detail import Step as Happened
from components.detail import doers, fact_list, happened, head, next_step
from components.lists import Column, rows
from components.menu import PAGES
from components.moved_periods import moved_note
from components.needs.words import category_of
from components.wording import N_, _, safe
from components.wording.dates import near
from components.wording.dates import today as today_of
from components.wording.terms import badge, term
from db.actions.complaints.complaints import unmask_complaint
from db.queries.complaints.page import ComplaintFacts, Step
from db.queries.needs.life import Originals
from db.rules.complaints.life import NOT_REACHED_TRIES, Part, Role
from db.rules.permissions import Actor, Permission
from db.terms import ComplaintState, ComplaintStepKind, NeedSource, ResponsibleBody, Satisfaction

NEXT = {
    ComplaintState.REGISTERED: N_("先联系诉求人，再交办：选定谁在台上、什么时候办完。"),
    ComplaintState.REOPENED: N_("问题反弹：重新交办，选定谁在台上、什么时候办完。"),
    ComplaintState.HANDED_OVER: N_("等办理单位答复；收到答复后在这里登记。"),
    ComplaintState.REPLIED: N_("回访诉求人：解决了没有，满意不满意。"),
    ComplaintState.CLOSED: N_("已办结。问题又出现的，登记为反弹。"),
    ComplaintState.VOID: N_("已作废。"),
}
ENDS = " 。."
"""What words may end with and still be the same."""
PARTS = {
    Part.LEADS: N_("台上 · 主办"),
    Part.ASSISTS: N_("台上 · 协办"),
    Part.BESIDE: N_("舞台旁 · 牵线督促"),
    Part.AWAY: N_("不在台上"),
}


def complaint_head(facts: ComplaintFacts, user: Actor, now: datetime) -> None:
    """Number, title, state and what comes next in one box, with the times that it runs by."""
    head(facts.title, number=facts.number, marks=[badge(facts.state)])
    takes, today = Permission.HANDLE_COMPLAINT, today_of(now)
    over = facts.state in (ComplaintState.CLOSED, ComplaintState.VOID)
    with next_step(_next(facts), who="" if over or user.may(takes) else doers(takes)):
        if facts.state is ComplaintState.HANDED_OVER and facts.dispute and user.may(Permission.RUN_MEDIATION):
            _link("complaints/mediation.py", _("去协调会"), "handshake", facts.dispute.id)
    if facts.state in (ComplaintState.REGISTERED, ComplaintState.REOPENED, ComplaintState.HANDED_OVER):
        times = [_("办理期限：{due}", due=due_words(facts, today))]
        if facts.contacted_at is None and facts.contact_due_at is not None:
            missed = facts.contact_due_at < now
            until = near(facts.contact_due_at)
            times.append(_("还没联系诉求人，已过 {at}", at=until) if missed else _("{at} 前联系诉求人", at=until))
        st.text(" · ".join(times))
        moved_note(facts.moved)


def _next(facts: ComplaintFacts) -> str:
    if facts.state is ComplaintState.REPLIED and facts.solved is False:
        return _("回访说没有解决：退回重办，或写明原因后办结。")
    if facts.state is ComplaintState.REPLIED and facts.solved:
        return _("回访已确认解决，可以办结。")
    if facts.state is ComplaintState.REPLIED and facts.tries >= NOT_REACHED_TRIES:
        return _("已联系 {n} 次未果，可以办结。", n=facts.tries)
    if facts.state is ComplaintState.REPLIED and facts.tries:
        return _("已联系 {n} 次未果，再回访；满 {least} 次可以办结。", n=facts.tries, least=NOT_REACHED_TRIES)
    if facts.state is ComplaintState.HANDED_OVER and facts.dispute:
        return _("在协调会 {number} 上协商；整改全部复查通过后自动转入回访。", number=facts.dispute.number)
    return _(NEXT[facts.state])


def facts_of(facts: ComplaintFacts, door: str = "") -> None:
    """The words, which the worker needs to call back; where, by whom (masked; `door` whole), and what was answered."""
    if facts.description.strip(ENDS) != facts.title.strip(ENDS):
        st.text(facts.description)
    place = f"{facts.place}{facts.building}"
    lines: list[tuple[str, str]] = [
        (_("诉求人"), facts.asker or _("未留姓名")),
        (_("自己片区的门牌"), door),
        (_("地点"), place),
        (_("类别"), category_of(facts)),
        (_("来源"), " ".join(part for part in (term(facts.source), facts.source_number) if part)),
        (_("收到"), f"{near(facts.received_on)} · {facts.worker}"),
    ]
    if facts.reply:
        lines.append((_("答复"), facts.reply))
    if facts.solved is not None:
        solved = _("已解决") if facts.solved else _("未解决")
        rating = term(facts.satisfaction) if facts.satisfaction else ""
        lines.append((_("回访结果"), " · ".join(part for part in (solved, rating) if part)))
    fact_list(lines, key="complaint.facts", caption=_("投诉"))
    marks = [_("反弹 {n} 次", n=facts.relapses)] if facts.relapses else []
    if facts.restricted:
        marks.append(_("限专人查看"))
    if marks:
        st.caption(" · ".join(marks))


def links(facts: ComplaintFacts) -> None:
    """The ways to the dispute, the project, the need and the trend."""
    with st.container(horizontal=True):
        if facts.dispute:
            label = _("协调会 {number}", number=safe(facts.dispute.number))
            _link("complaints/mediation.py", label, "handshake", facts.dispute.id)
        if facts.project_id:
            _link("projects/project.py", _("项目 {title}", title=safe(facts.project)), "flag", facts.project_id)
        if facts.need_id:
            _link("needs/need.py", _("需求 {number}", number=safe(facts.need)), "description", facts.need_id)
        query = {"place": str(facts.place_id), "category": str(facts.category_id)}
        if facts.project_id:
            query["project"] = str(facts.project_id)
        elif facts.dispute:
            query["mediation"] = str(facts.dispute.id)
        st.page_link(
            PAGES / "complaints/trend.py", label=_("这里的投诉趋势"), icon=":material/show_chart:", query_params=query
        )  # fmt: skip


def _link(page: str, label: str, icon: str, row_id: int) -> None:
    st.page_link(PAGES / page, label=label, icon=f":material/{icon}:", query_params={"id": str(row_id)})


def look_form(complaint_id: int) -> Look:
    """查看原值: who complained."""
    return look(f"unmask.{complaint_id}", unmask_complaint, {"complaint_id": complaint_id})


def show_clear(clear: Originals) -> None:
    """Name, telephone, door and words in clear, once."""
    in_clear(clear.name, clear.phone, clear.door, clear.description)


def stage(facts: ComplaintFacts) -> None:
    """谁在台上: every body, its part, and how often it had the matter."""
    rows(
        [{"body": term(role.body), "part": _part(facts, role)} for role in facts.stage],
        [Column("body", _("单位"), "nowrap"), Column("part", _("位置"))],
        key="complaint.stage",
        empty="",
        caption=_("谁在台上"),
        facts=True,
    )


def _part(facts: ComplaintFacts, role: Role) -> str:
    words = [_(PARTS[role.part])]
    if role.part is Part.LEADS:
        words += [facts.responsible_name, _("最迟 {due} 办完", due=near(facts.due_on)) if facts.due_on else ""]
    if role.times:
        words.append(_("经办 {n} 次", n=role.times))
    return " · ".join(part for part in words if part)


def same_kind(facts: ComplaintFacts) -> None:
    """The first of its kind and the repeats; a click opens one."""
    found = [facts.first] if facts.first else []
    role = [_("先前的一件")] * len(found) + [_("重复")] * len(facts.repeats)
    few_complaints([*found, *facts.repeats], key="complaint.repeats", caption=_("重复投诉"), role=role)


# --- the whole life ---------------------------------------------------------------------------------------


SENTENCES: Mapping[ComplaintStepKind, str] = {
    ComplaintStepKind.REGISTERED: N_("登记投诉（来源：{source}）"),
    ComplaintStepKind.UNLINKED: N_("取消与 {first} 的关联"),
    ComplaintStepKind.HANDED_OVER: N_("交办给{body} {name}，{due}前办完"),
    ComplaintStepKind.CONTACTED: N_("联系了诉求人"),
    ComplaintStepKind.EXTENDED: N_("延期：{before} 改为 {due}"),
    ComplaintStepKind.REPLIED: N_("办理单位答复"),
    ComplaintStepKind.CLOSED: N_("办结"),
    ComplaintStepKind.REOPENED: N_("反弹，第 {times} 次重新办理"),
    ComplaintStepKind.MEDIATION: N_("转协调会 {mediation}"),
    ComplaintStepKind.ESCALATED: N_("协调会 {mediation} 上报，转职能部门"),
    ComplaintStepKind.PROJECT: N_("关联项目 {project}"),
    ComplaintStepKind.NEED: N_("转为公共议题 {need}"),
    ComplaintStepKind.UNMASKED: N_("查看原值"),
    ComplaintStepKind.VOIDED: N_("作废"),
}


NAMED = ("source", "first", "body", "name", "due", "before", "times", "mediation", "project", "need")
"""What the sentences name; a step that does not say it leaves it empty."""


def step_words(kind: ComplaintStepKind, values: Mapping[str, object]) -> str:
    """The sentence of one step."""
    filled: dict[str, object] = dict.fromkeys(NAMED, "") | dict(values)
    if values.get("source") in set(NeedSource):
        filled["source"] = term(NeedSource(str(values["source"])))
    if values.get("body") in set(ResponsibleBody):
        filled["body"] = term(ResponsibleBody(str(values["body"])))
    return _(_sentence(kind, values), **_revisit(values), **filled)


def _revisit(values: Mapping[str, object]) -> dict[str, str]:
    satisfaction = values.get("satisfaction")
    return {
        "result": _("已解决") if values.get("solved") else _("未解决"),
        "rating": term(Satisfaction(str(satisfaction))) if satisfaction in set(Satisfaction) else "",
    }


def _sentence(kind: ComplaintStepKind, values: Mapping[str, object]) -> str:
    special = {
        (ComplaintStepKind.LINKED, "repeat"): N_("{repeat} 关联为它的重复投诉"),
        (ComplaintStepKind.LINKED, "first"): N_("关联为 {first} 的重复投诉"),
        (ComplaintStepKind.REPLIED, "mediation"): N_("协调会 {mediation} 的整改全部复查通过，转入回访"),
        (ComplaintStepKind.REPLIED, "first"): N_("随 {first} 一并答复"),
        (ComplaintStepKind.MEDIATION, "failed"): N_("协调会 {mediation} 复查未通过，重新办理"),
    }
    for (of, name), sentence in special.items():
        if of is kind and values.get(name):
            return sentence
    if kind is ComplaintStepKind.REVISITED:
        return N_("回访：{result}，{rating}") if values.get("reached") else N_("回访：未联系上")
    if kind is ComplaintStepKind.CONTACTED and values.get("in_time") is False:
        return N_("联系了诉求人（已过时限）")
    return SENTENCES.get(kind, "")


def life(steps: Sequence[Step]) -> None:
    """Every step."""
    happened(
        [Happened(step.at, step_words(step.kind, step.values), step.actor or _("系统"), step.note) for step in steps],
        key="complaint.life",
    )
