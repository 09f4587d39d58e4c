"""What stands above every section of a project: state, light with its reason, facts, and the next step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from components.acting import Request
from components.address import text_in_address, to_address
from components.asking import asking, says
from components.detail import doers, fact_list, head, next_step
from components.forms import form
from components.menu import PAGES
from components.wording import N_, _, heading
from components.wording.dates import dated, number
from components.wording.terms import badge, term
from db.actions.projects.projects import change_leader, start_project, stop_project
from db.queries.projects.page import ProjectHead, ProjectStep
from db.queries.projects.projects import LeaderChoice
from db.rules.percent import percent
from db.rules.permissions import Actor, Permission
from db.rules.projects.progress import LightReason, LightResult
from db.terms import ProjectState

PARTS = {
    "goals": N_("目标"),
    "team": N_("团队"),
    "plan": N_("活动"),
    "steps": N_("里程碑与风险"),
    "life": N_("经过"),
}
"""The sections of a project page by their code in the address."""

_REASONS = {
    LightReason.FINISHED: N_("已通过验收"),
    LightReason.PAST_DUE: N_("已超期 {overdue} 天"),
    LightReason.FAR_BEHIND: N_("完成 {done}%，按计划应到 {planned}%，明显落后"),
    LightReason.MILESTONES_OVERDUE: N_("{milestones} 个里程碑超期"),
    LightReason.MILESTONE_OVERDUE: N_("有里程碑超期"),
    LightReason.HIGH_RISK: N_("有高风险未化解"),
    LightReason.BEHIND: N_("完成 {done}%，按计划应到 {planned}%，略有落后"),
    LightReason.NOT_MEASURED: N_("还没有量化目标"),
    LightReason.ON_PLAN: N_("按计划推进，还有 {left} 天"),
}

_STEPS = {
    ProjectStep.ADD_GOAL: ("goals", N_("写下至少一个量化目标：名称、单位、起点和目标值。")),
    ProjectStep.POST_OPENING: ("team", N_("发布招募岗位，或写明理由直接开始实施。")),
    ProjectStep.ANSWER_WAITING: ("team", N_("有 {waiting} 位志愿者在等您答复。")),
    ProjectStep.START: ("team", N_("团队已到位 {members} 人；人齐了就开始实施。")),
    ProjectStep.REPORT_ACTIVITY: ("plan", N_("有 {overdue} 场活动已到日子，请汇报或取消。")),
    ProjectStep.PLAN_ACTIVITY: ("plan", N_("安排第一场活动。")),
    ProjectStep.READ_GOAL: ("goals", N_("有 {unread} 个目标还没有记过进度。")),
    ProjectStep.HAND_IN: ("goals", N_("目标都达到了：请提交验收。")),
    ProjectStep.GO_ON: ("goals", N_("按计划推进，及时记进度。")),
    ProjectStep.JUDGE: ("goals", N_("已提交验收，等评委评分和定等次。")),
    ProjectStep.REWORK: ("goals", N_("整改后重新提交验收。")),
    ProjectStep.FINISHED: ("life", N_("已验收。请把结果告诉每一户提出人。")),
    ProjectStep.STOPPED: ("life", N_("项目已终止，理由见“经过”。")),
}


_DOES = {
    ProjectStep.ADD_GOAL: N_("去写目标"),
    ProjectStep.POST_OPENING: N_("去发岗位"),
    ProjectStep.ANSWER_WAITING: N_("去答复"),
    ProjectStep.REPORT_ACTIVITY: N_("去汇报"),
    ProjectStep.PLAN_ACTIVITY: N_("去安排活动"),
    ProjectStep.READ_GOAL: N_("去记进度"),
    ProjectStep.GO_ON: N_("去记进度"),
}
"""Where the next step is a form of a section: the words of the way there. Other steps have their own button."""
_OTHERS = {ProjectStep.JUDGE: Permission.JUDGE_PROJECT, ProjectStep.FINISHED: Permission.GIVE_ANSWER}
"""Steps that are taken by others than who runs the project."""


@dataclass(frozen=True, slots=True)
class Can:
    """What the user may do with this project now."""

    run: bool
    aim: bool
    stop: bool
    export: bool


def light_reason(shown: LightResult | None) -> str:
    """The one leading reason of a light, with its numbers."""
    if shown is None:
        return ""
    values = shown.values
    return _(
        _REASONS[shown.reason],
        overdue=values.days_overdue,
        left=values.days_left,
        milestones=values.overdue_milestones,
        done=number(percent(values.progress or Fraction(0))),
        planned=number(percent(values.planned)),
    )


def choose(name: str, options: Mapping[str, str], *, start: str, key: str) -> str:
    """One of a few, kept in the address under `name`."""
    held = text_in_address(name)
    chosen: str = (
        st.segmented_control(
            " ",
            list(options),
            default=held if held in options else start,
            format_func=lambda code: heading(options[code]),
            key=key,
            required=True,
            label_visibility="collapsed",
        )
        or start
    )
    to_address(name, chosen)
    return chosen


def head_of(project: ProjectHead, user: Actor, *, mine: bool) -> str:
    """Draw a project's head and next step (`mine`: the user runs it); returns the section of that step."""
    marks = [badge(project.state)]
    if project.light is not None:
        marks.append(badge(project.light.light))
    head(project.title, number=project.number, marks=marks, about=light_reason(project.light))
    part, sentence = _STEPS[project.step]
    if project.state is ProjectState.ACCEPTED and not project.askers:
        sentence = N_("已验收。这个项目没有需要回音的住户。")
    step = _(
        sentence,
        waiting=project.waiting,
        members=project.members,
        overdue=project.overdue_activities,
        unread=project.unread,
    )
    who = "" if mine else _("由负责人办理")
    if takes := _OTHERS.get(project.step):
        who = "" if user.may(takes) or (not project.askers and takes is Permission.GIVE_ANSWER) else doers(takes)
    with next_step(step, who=who):
        if mine and project.live and project.step in _DOES:
            way = {"id": str(project.id), "part": part}
            st.page_link(PAGES / "projects/project.py", label=_(_DOES[project.step]), icon=":material/play_arrow:",
                         query_params=way)  # fmt: skip
    return part


def project_facts(project: ProjectHead) -> None:
    """Whose it is, of which kind, from when until when."""
    lines = [
        (_("类别"), term(project.kind)),
        (_("社区"), project.community),
        (_("负责人"), project.leader),
        (_("起止"), _("{start} 至 {due}", start=dated(project.starts_on), due=dated(project.due_on))),
    ]
    fact_list(lines, key="project.facts", caption=_("项目"))


def ways_on(head: ProjectHead, can: Can, user: Actor) -> None:
    """Links to where the next step is done when it is another page, to who is on stage, and to what it changed."""
    with st.container(horizontal=True):
        _ways_on(head, can, user)
        on_stage = {"id": str(head.id)}
        st.page_link(
            PAGES / "projects/stage.py", label=_("谁在台上"), icon=":material/theater_comedy:", query_params=on_stage
        )


def _ways_on(head: ProjectHead, can: Can, user: Actor) -> None:
    judged = head.state is ProjectState.HANDED_IN and user.may(Permission.SEE_ACCEPTANCE)
    if judged or (can.run and head.state in (ProjectState.RUNNING, ProjectState.REWORK)):
        label = _("提交验收")
        if judged:
            label = _("去验收") if user.may(Permission.JUDGE_PROJECT) else _("看验收")
        st.page_link(
            PAGES / "projects/acceptance.py", label=label, icon=":material/verified:", query_params={"id": str(head.id)}
        )
    elif head.state is ProjectState.ACCEPTED and head.askers and user.may(Permission.GIVE_ANSWER):
        st.page_link(PAGES / "needs/answers.py", label=_("去回音"), icon=":material/reply:")
    if user.may(Permission.SEE_COMPLAINTS) and head.state is not ProjectState.SET_UP:
        around = {"project": str(head.id)}
        st.page_link(
            PAGES / "complaints/trend.py", label=_("投诉趋势"), icon=":material/show_chart:", query_params=around
        )


def start_form(head: ProjectHead) -> Request | None:
    """Start the work: one button when the team stands; the exception, with its reason, when nobody is in it."""
    does, icon = _("项目转入实施，从今天起按计划对照进度；不能再退回组队。"), ":material/play_arrow:"
    reason = ""
    if head.members:
        label = _("团队到位，开始实施")
        with asking(label, does, icon=icon, primary=True), form("start_project", border=False) as filling:
            pressed = filling.submit(_("开始实施"), icon=icon)
    else:
        with (
            st.expander(_("例外：没有志愿者也开始"), icon=":material/person_off:"),
            form("start_project", border=False) as filling,
        ):
            example = _("例如：由物业施工，不另招人。")
            reason = filling.line("reason", _("没有志愿者也开始的理由"), help=example, most=200)
            says(does)
            pressed = filling.submit(_("不等志愿者，开始实施"), icon=icon)
    if not pressed:
        return None
    values = {"project_id": head.id, "version": head.version, "reason": reason}
    return Request(filling, start_project, _("项目开始实施"), values)


def leader_form(head: ProjectHead, leaders: Sequence[LeaderChoice]) -> Request | None:
    """Give the project to another leader."""
    names = {one.id: f"{one.name} · {term(one.role)}" for one in leaders}
    folded = st.expander(_("更换牵头人"), icon=":material/move_item:")
    with folded, form(f"change_leader.{head.id}", border=False) as filling:
        start = head.leader_id if head.leader_id in names else None
        leader_id = filling.choice("leader_id", _("牵头人"), list(names), start=start, show=names.__getitem__)
        pressed = filling.submit(_("更换"))
    values = {"project_id": head.id, "version": head.version, "leader_id": leader_id}
    return Request(filling, change_leader, _("牵头人已更换"), values) if pressed else None


def stop_form(head: ProjectHead) -> Request | None:
    """End a project early; when households asked for it, with the answer they get."""
    with st.expander(_("终止项目"), icon=":material/cancel:"):
        st.caption(_("终止后不能恢复；提出需求的住户会进入回音名单。"))
        with form("stop_project", border=False) as filling:
            reason = filling.words("reason", _("终止理由"), height=80)
            answer = filling.words("answer", _("给提出人的答复"), height=80) if head.askers else ""
            pressed = filling.submit(_("确认终止"), icon=":material/cancel:")
    if not pressed:
        return None
    values = {"project_id": head.id, "version": head.version, "reason": reason, "answer": answer}
    return Request(filling, stop_project, _("项目已终止"), values)
