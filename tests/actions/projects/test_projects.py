from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.projects.indicators import record_reading
from db.actions.projects.projects import (
    add_indicator,
    add_milestone,
    close_risk,
    finish_milestone,
    raise_risk,
    set_up_project,
    start_project,
    stop_project,
)
from db.engine import as_system, reading
from db.errors import BadInput, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import AgendaItem, Answer, Meeting, Milestone, Need, Project, ProjectSource, Risk, ThreadEntry
from db.terms import (
    AnswerKind,
    Happening,
    IndicatorKind,
    ItemState,
    NeedStage,
    Outcome,
    ProjectDirection,
    ProjectKind,
    ProjectState,
    RiskLevel,
    Role,
)
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need
from tests.builders.projects import a_goal, a_plan, a_project
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, another_actor


def a_passed_item(world: World, need_id: int) -> int:
    with as_system("test") as session:
        meeting = Meeting(
            community_id=world.here, body_id=world.body, term=3, number=1, title="第一次会议", at=NOW, place="会议室"
        )
        session.add(meeting)
        session.flush()
        item = AgendaItem(
            community_id=world.here,
            meeting_id=meeting.id,
            position=1,
            title="楼道照明",
            motion="改造楼道照明",
            need_id=need_id,
            state=ItemState.PASSED,
            outcome=Outcome.PASSED,
        )
        session.add(item)
        session.flush()
        return item.id


def test_a_project_takes_up_passed_needs_and_remembers_the_item(world: World) -> None:
    need_id = a_need(world, stage=NeedStage.TO_PROJECT)
    item_id = a_passed_item(world, need_id)

    project_id = carry_out(world.secretary, "k", set_up_project, **a_plan(world, need_ids=[need_id]), now=NOW)

    with reading(world.secretary) as session:
        project = session.get_one(Project, project_id)
        source = session.scalars(select(ProjectSource)).one()
        assert (project.number, project.state, project.budget_fen) == ("LL-P2026-0001", ProjectState.SET_UP, 320_000)
        assert (source.need_id, source.item_id) == (need_id, item_id)
        assert session.get_one(Need, need_id).stage is NeedStage.IN_PROJECT
        assert session.scalars(select(ThreadEntry.kind)).all() == [Happening.PROJECT_SET_UP] * 2


def test_a_need_that_has_not_passed_cannot_become_a_project(world: World) -> None:
    need_id = a_need(world, stage=NeedStage.NOTICE)

    with pytest.raises(WrongStage):
        carry_out(world.secretary, "k", set_up_project, **a_plan(world, need_ids=[need_id]))

    with reading(world.secretary) as session:
        assert session.scalar(select(func.count()).select_from(Project)) == 0


def test_a_plan_that_ends_before_it_begins_is_told_the_first_day_that_it_can_end(small_world: World) -> None:
    plan = a_plan(small_world, starts_on=TODAY, due_on=TODAY - timedelta(days=9))

    with pytest.raises(BadInput) as told:
        carry_out(small_world.secretary, "k", set_up_project, **plan, now=NOW)

    (late,) = (one for one in told.value.problems if one.field == "due_on")
    assert (late.problem, late.beside) == (Problem.TOO_EARLY, {"day": str(TODAY + timedelta(days=1))})


def test_a_plan_that_ends_in_another_age_is_told_the_last_day_that_it_can_end(small_world: World) -> None:
    plan = a_plan(small_world, starts_on=TODAY, due_on=date(2099, 12, 31))

    with pytest.raises(BadInput) as told:
        carry_out(small_world.secretary, "k", set_up_project, **plan, now=NOW)

    (late,) = (one for one in told.value.problems if one.field == "due_on")
    assert (late.problem, late.beside) == (Problem.TOO_LATE, {"day": str(TODAY + timedelta(days=3653))})


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.SUBDISTRICT_ADMIN])
def test_a_council_project_needs_a_source_and_is_not_asked_for_its_community(world: World, role: Role) -> None:
    with pytest.raises(BadInput) as told:
        carry_out(world[role], "k", set_up_project, **a_plan(world, title="", leader_id=None))

    assert {one.field for one in told.value.problems} == {"need_ids", "title", "leader_id"}


def test_a_secretary_leads_a_secretary_led_project_without_a_source(world: World) -> None:
    plan = a_plan(world, kind=ProjectKind.SECRETARY_LED, direction=ProjectDirection.CORE)

    with pytest.raises(Refused, match="secretary_leads"):
        carry_out(world.secretary, "k", set_up_project, **plan)
    project_id = carry_out(world.secretary, "l", set_up_project, **(plan | {"leader_id": world.secretary.id}))

    assert project_id


def test_the_subdistrict_sets_up_a_livelihood_project_for_a_community(world: World) -> None:
    plan = a_plan(world, kind=ProjectKind.LIVELIHOOD)
    admin = world[Role.SUBDISTRICT_ADMIN]

    with pytest.raises(BadInput) as told:
        carry_out(admin, "k", set_up_project, **plan)
    project_id = carry_out(admin, "l", set_up_project, **plan, community_id=world.here)

    assert told.value.field == "community_id"
    with reading(world.secretary) as session:
        assert session.get_one(Project, project_id).community_id == world.here


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.VOLUNTEER, Role.SUBDISTRICT_ADMIN])
def test_the_leader_is_somebody_of_the_community_who_may_run_a_project(world: World, role: Role) -> None:
    plan = a_plan(world, kind=ProjectKind.LIVELIHOOD, leader_id=world[role].id)

    with pytest.raises(Refused, match="leader_cannot_run"):
        carry_out(world.secretary, "k", set_up_project, **plan)


def test_the_leader_of_another_community_is_refused(world: World) -> None:
    plan = a_plan(world, kind=ProjectKind.LIVELIHOOD, leader_id=world.other_secretary.id)

    with pytest.raises(Refused, match="leader_cannot_run"):
        carry_out(world.secretary, "k", set_up_project, **plan)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "长" * 61),
        ("problem", "  "),
        ("beneficiary_count", 0),
        ("beneficiary_count", None),
        ("budget_yuan", -1),
        ("budget_yuan", 10**9),
        ("kind", None),
        ("leader_id", None),
        ("starts_on", None),
        ("due_on", TODAY),
    ],
)
def test_bad_input_is_told_at_its_field(world: World, field: str, value: Any) -> None:
    plan = a_plan(world, kind=ProjectKind.LIVELIHOOD) | {field: value}

    with pytest.raises(BadInput) as told:
        carry_out(world.secretary, "k", set_up_project, **plan)

    assert told.value.field == field


def test_rare_characters_and_formulas_are_kept_as_they_were_typed(world: World) -> None:
    plan = a_plan(world, kind=ProjectKind.LIVELIHOOD, title="𠮷喆 =1+1 **加粗** <b>", problem="![](x)")

    project_id = carry_out(world.secretary, "k", set_up_project, **plan)

    with reading(world.secretary) as session:
        assert session.get_one(Project, project_id).title == "𠮷喆 =1+1 **加粗** <b>"


def test_the_same_submit_sets_up_one_project(world: World) -> None:
    plan = a_plan(world, kind=ProjectKind.LIVELIHOOD)

    first = carry_out(world.secretary, "same", set_up_project, **plan)
    second = carry_out(world.secretary, "same", set_up_project, **plan)

    assert first == second


def test_somebody_elses_project_cannot_be_touched(world: World) -> None:
    project_id = a_project(world)
    stranger = another_actor(world, Role.TEAM_LEADER, "leader2")
    goal = {"name": "x", "unit": "个", "kind": IndicatorKind.REACH, "baseline": Decimal(0), "target": Decimal(1)}

    for person in (stranger, world.worker):
        with pytest.raises(NotPermitted):
            carry_out(person, "", add_indicator, project_id=project_id, **goal)
    with pytest.raises(NotFound):
        carry_out(world.other_secretary, "", add_indicator, project_id=project_id, **goal)
    assert carry_out(world[Role.TEAM_LEADER], "", add_indicator, project_id=project_id, **goal)


def test_a_goal_must_move(world: World) -> None:
    project_id = a_project(world)

    with pytest.raises(Refused, match="goal_does_not_move"):
        a_goal(world, project_id, baseline=Decimal(60))


def test_milestones_and_risks_are_closed_once(world: World) -> None:
    leader, project_id = world[Role.TEAM_LEADER], a_project(world)
    step = carry_out(leader, "a", add_milestone, project_id=project_id, title="完成踏勘", due_on=TODAY)
    risk = carry_out(
        leader, "b", raise_risk, project_id=project_id, what="灯具涨价", measure="提前订购", level=RiskLevel.HIGH
    )

    carry_out(leader, "c", finish_milestone, milestone_id=step, done_on=TODAY, now=NOW)
    carry_out(leader, "d", close_risk, risk_id=risk, now=NOW)

    with reading(leader) as session:
        assert session.get_one(Milestone, step).done_on == TODAY
        assert session.get_one(Risk, risk).closed_on == TODAY
    with pytest.raises(Refused, match="already_done"):
        carry_out(leader, "e", finish_milestone, milestone_id=step, done_on=TODAY, now=NOW)
    with pytest.raises(Refused, match="already_done"):
        carry_out(leader, "f", close_risk, risk_id=risk, now=NOW)


def test_a_milestone_is_not_done_in_the_future(world: World) -> None:
    leader, project_id = world[Role.TEAM_LEADER], a_project(world)
    step = carry_out(leader, "a", add_milestone, project_id=project_id, title="完成踏勘", due_on=TODAY)

    with pytest.raises(BadInput):
        carry_out(leader, "b", finish_milestone, milestone_id=step, done_on=TODAY + timedelta(days=1), now=NOW)


def test_a_project_starts_with_a_goal_and_a_team_or_a_stated_reason(world: World) -> None:
    project_id = a_project(world)

    with pytest.raises(Refused, match="goal_missing"):
        carry_out(world.secretary, "a", start_project, project_id=project_id, version=1, reason="先动起来")
    a_goal(world, project_id)
    with pytest.raises(BadInput):
        carry_out(world.secretary, "b", start_project, project_id=project_id, version=1)
    carry_out(world.secretary, "c", start_project, project_id=project_id, version=1, reason="由物业施工，不另招人")

    with reading(world.secretary) as session:
        assert session.get_one(Project, project_id).state is ProjectState.RUNNING


def test_a_stopped_project_owes_its_askers_an_answer(world: World) -> None:
    need_id = a_need(world, stage=NeedStage.TO_PROJECT)
    project_id = carry_out(world.secretary, "k", set_up_project, **a_plan(world, need_ids=[need_id]), now=NOW)
    merged = a_need(world, "楼道没有灯", stage=NeedStage.MERGED, merged_into_id=need_id)
    hidden = a_need(world, "楼道没有灯", stage=NeedStage.MERGED, merged_into_id=need_id, restricted=True)
    stop = {"project_id": project_id, "version": 1, "reason": "产权单位另有安排"}

    with pytest.raises(BadInput):
        carry_out(world.secretary, "a", stop_project, **stop)
    told = carry_out(world.secretary, "b", stop_project, **stop, answer="由产权单位今年内统一更换", now=NOW)

    assert told == 3
    with as_system("test") as session:
        assert session.get_one(Project, project_id).state is ProjectState.STOPPED
        assert session.get_one(Need, need_id).stage is NeedStage.ANSWERING
        answers = session.execute(select(Answer.need_id, Answer.kind).order_by(Answer.need_id)).all()
    assert answers == [(n, AnswerKind.DECLINED) for n in (need_id, merged, hidden)]


def test_only_secretary_and_subdistrict_stop_a_project(world: World) -> None:
    project_id = a_project(world)

    with pytest.raises(NotPermitted):
        carry_out(world[Role.TEAM_LEADER], "a", stop_project, project_id=project_id, version=1, reason="不想做了")


def test_a_finished_project_takes_no_more_goals(world: World) -> None:
    project_id = a_project(world, state=ProjectState.ACCEPTED)

    with pytest.raises(WrongStage):
        a_goal(world, project_id)


def test_readings_wait_for_nobody_else(world: World) -> None:
    a_volunteer(world)
    goal = a_goal(world, a_project(world))

    with pytest.raises(NotPermitted):
        carry_out(world[Role.VOLUNTEER], "a", record_reading, indicator_id=goal, on=TODAY, value=Decimal(5), now=NOW)
