"""立项: from which needs, and the form; goals, milestones and risks follow on the project's own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import near
from components.wording.terms import term
from db.actions.projects.projects import set_up_project
from db.queries.projects.origin import Origin
from db.queries.projects.projects import LeaderChoice, PassedNeed
from db.rules.limits import BENEFICIARIES_MOST
from db.rules.projects.input import ProjectInput
from db.terms import ProjectDirection, ProjectKind, Role

PROBLEM_MOST = MEASURES_MOST = 1000
"""Characters that the two fields take (`db.actions.projects.projects`)."""


def passed_needs(needs: Sequence[PassedNeed]) -> None:
    """What waits for a project, the longest waiting first."""
    rows(
        [
            {
                "id": need.id,
                "title": need.title,
                "number": need.number,
                "voices": need.voices,
                "people": need.people,
                "since": near(need.since),
            }
            for need in needs
        ],
        [
            Column("title", _("需求")),
            Column("number", _("编号"), "nowrap"),
            Column("voices", _("户数"), "number"),
            Column("people", _("影响人数"), "number"),
            Column("since", _("公示期满"), "nowrap"),
        ],
        key="set_up.needs",
        page="set-up",
        name="need",
        empty=_("没有等待立项的需求。议题通过并公示期满后会出现在这里；书记领办和民生实事可以直接立项。"),
        caption=_("待立项需求"),
    )


@dataclass(frozen=True, slots=True)
class Start:
    """What the form of a new project begins with; every field may be changed."""

    need_ids: tuple[int, ...] = ()
    title: str = ""
    leader_id: int | None = None
    problem: str = ""
    measures: str = ""
    beneficiaries: str = ""
    count: int | None = None


def start_from(origin: Origin | None, leaders: Sequence[LeaderChoice]) -> Start:
    """What a need that waits for its project says already: its words, what was passed, for whom, who might lead."""
    if origin is None:
        return Start()
    here = [one for one in leaders if one.community_id == origin.community_id]
    secretaries = [one.id for one in here if one.role is Role.SECRETARY]
    worker = next((one.id for one in here if one.id == origin.worker_id), None)
    discussed = [_("议事会上提到：")] + [f"· {words}" for words in origin.discussed] if origin.discussed else []
    return Start(
        need_ids=(origin.need_id,),
        title=origin.title,
        leader_id=worker or next(iter(secretaries), None),
        problem=_within(origin.said, PROBLEM_MOST),
        measures=_within([line for line in (origin.motion, *discussed) if line], MEASURES_MOST),
        beneficiaries=_("{place}提出需求的 {voices} 户", place=origin.place, voices=origin.voices),
        count=max(1, origin.people),
    )


def _within(lines: Sequence[str], most: int) -> str:
    """As many whole lines as the field takes."""
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line])) > most:
            break
        kept.append(line)
    return "\n".join(kept)


def set_up_form(
    needs: Sequence[PassedNeed],
    leaders: Sequence[LeaderChoice],
    communities: Mapping[int, str],
    start: Start,
    *,
    today: date,
) -> Request | None:
    """Everything that must be known on the first day, as far as the source says it filled already."""
    by_id = {need.id: need for need in needs}
    people = {leader.id: leader for leader in leaders}
    kinds = list(ProjectKind)
    # A form for every source: what was typed for another one does not fill this one.
    with form(".".join(["set_up", *map(str, start.need_ids)])) as filling:
        need_ids = filling.several(
            "need_ids",
            _("来自哪些需求"),
            list(by_id),
            start=[one for one in start.need_ids if one in by_id],
            show=lambda key: f"{by_id[key].number} {by_id[key].title}",
            help=_("同一件事可以选几条；书记领办和民生实事可以不选。"),
        )
        kind = filling.choice("kind", _("类别"), kinds, few=True, start=kinds[0] if needs else kinds[1])
        left, right = st.columns([3, 1])
        with left:
            direction = filling.choice(
                "direction", _("书记领办的方向（其他类别不用选）"), list(ProjectDirection), few=True
            )
        with right:
            year = filling.whole("year", _("年度"), least=2000, most=2100, start=today.year)
        title = filling.line("title", _("项目名称"), start=start.title, help=_("例如：柳林小区楼道照明改造"))
        community_id = None
        if communities:
            community_id = filling.choice(
                "community_id", _("哪个社区（来自需求时不用选）"), list(communities), show=communities.__getitem__
            )
        leader_id = filling.choice(
            "leader_id",
            _("负责人"),
            list(people),
            start=start.leader_id,
            show=lambda key: _leader(people[key], communities),
            help=_("书记领办由社区书记负责；其他项目可由社工或志愿队长负责。"),
        )
        problem = filling.words("problem", _("要解决什么问题"), height=120, start=start.problem)
        measures = filling.words("measures", _("怎么做"), height=120, start=start.measures)
        left, right = st.columns([3, 1])
        with left:
            beneficiaries = filling.line("beneficiaries", _("谁受益"), most=200, start=start.beneficiaries)
        with right:
            count = filling.whole("beneficiary_count", _("约多少人"), least=1, most=BENEFICIARIES_MOST,
                                  start=start.count)  # fmt: skip
        left, right = st.columns([3, 1])
        with left:
            funding = filling.line("funding", _("经费来源（可不填）"), most=200)
        with right:
            budget = filling.whole("budget_yuan", _("预算（元）"), least=0, most=100_000_000, start=0)
        left, right = st.columns(2)
        with left:
            starts_on = filling.day("starts_on", _("开始日期"), start=today)
        with right:
            due_on = filling.day("due_on", _("完成时限"), start=today + timedelta(days=90))
        pressed = filling.submit(_("立项"), icon=":material/add_task:")
    values = {
        "given": ProjectInput(
            need_ids=need_ids,
            kind=kind,
            title=title,
            community_id=community_id,
            leader_id=leader_id,
            problem=problem,
            measures=measures,
            beneficiaries=beneficiaries,
            beneficiary_count=count,
            budget_yuan=budget,
            funding=funding,
            starts_on=starts_on,
            due_on=due_on,
            direction=direction,
            year=year,
        )
    }
    said = _("已立项。接着写下量化目标，再发布招募岗位。")
    return Request(filling, set_up_project, said, values) if pressed else None


def _leader(leader: LeaderChoice, communities: Mapping[int, str]) -> str:
    home = communities.get(leader.community_id)
    return f"{leader.name} · {term(leader.role)}" + (f" · {home}" if home else "")
