from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.projects.acceptance import decide_acceptance, hand_in
from db.actions.projects.indicators import record_reading
from db.actions.projects.projects import set_up_project
from db.engine import as_system, reading
from db.errors import BadInput, NotPermitted, Refused, WrongStage
from db.models import Acceptance, Answer, Need, Project, ThreadEntry
from db.terms import AcceptanceState, AnswerKind, Grade, Happening, NeedStage, ProjectKind, ProjectState, Role
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need
from tests.builders.projects import EVIDENCE, a_goal, a_plan, a_project, a_read_project, handed_in, judge, judged
from tests.builders.world import NOW, TODAY, World, another_actor


def test_the_leader_hands_in_with_evidence_and_read_goals(world: World) -> None:
    project_id = a_project(world, state=ProjectState.RUNNING)
    leader = world[Role.TEAM_LEADER]
    ask = {"project_id": project_id, "version": 1}

    with pytest.raises(BadInput) as short:
        carry_out(leader, "a", hand_in, **ask, evidence="见附件")
    with pytest.raises(Refused, match="goal_missing"):
        carry_out(leader, "b", hand_in, **ask, evidence=EVIDENCE)
    goal = a_goal(world, project_id)
    with pytest.raises(Refused, match="goals_unread"):
        carry_out(leader, "c", hand_in, **ask, evidence=EVIDENCE)
    carry_out(leader, "d", record_reading, indicator_id=goal, on=TODAY, value=Decimal(60), now=NOW)
    round_id = carry_out(leader, "e", hand_in, **ask, evidence=EVIDENCE, now=NOW)

    assert short.value.field == "evidence"
    with reading(leader) as session:
        assert session.get_one(Acceptance, round_id).round == 1
        assert session.get_one(Project, project_id).state is ProjectState.HANDED_IN


def test_a_project_that_has_not_started_is_not_handed_in(world: World) -> None:
    with pytest.raises(WrongStage):
        handed_in(world, a_project(world))


def test_the_leader_does_not_judge_the_own_project(world: World) -> None:
    round_id = handed_in(world, a_read_project(world, leader_id=world.worker.id))

    with pytest.raises(Refused, match="own_project"):
        judge(world.worker, round_id)
    with pytest.raises(NotPermitted):
        judge(world[Role.TEAM_LEADER], round_id)


def test_a_judge_scores_once(world: World) -> None:
    round_id = handed_in(world, a_read_project(world))

    assert judge(world.worker, round_id) == 1
    with pytest.raises(Refused, match="already_judged"):
        judge(world.worker, round_id)


@pytest.mark.parametrize(("field", "value"), [("goals", 31), ("bonus", 6), ("files", None), ("reason", "")])
def test_points_outside_the_rubric_are_told_at_their_field(world: World, field: str, value: Any) -> None:
    round_id = handed_in(world, a_read_project(world))

    with pytest.raises(BadInput) as told:
        judge(world.worker, round_id, **{field: value})

    assert told.value.field == field


def test_two_judges_are_not_enough(world: World) -> None:
    round_id = handed_in(world, a_read_project(world))
    judged(world, round_id, 90, 92)

    with pytest.raises(Refused) as told:
        carry_out(world.secretary, "a", decide_acceptance, acceptance_id=round_id, version=1, reason="通过")

    assert (told.value.rule, told.value.values["have"]) == ("too_few_judges", 2)


def test_five_judges_leave_out_the_highest_and_the_lowest(world: World) -> None:
    project_id = a_read_project(world)
    round_id = handed_in(world, project_id)
    judged(world, round_id, 60, 88, 89, 90, 100)

    grade = carry_out(world.secretary, "a", decide_acceptance, acceptance_id=round_id, version=1, reason="达到目标")

    assert grade == Grade.GOOD
    with reading(world.secretary) as session:
        attempt = session.get_one(Acceptance, round_id)
        assert (attempt.state, attempt.total_hundredths) == (AcceptanceState.DECIDED, 8900)
        assert session.get_one(Project, project_id).state is ProjectState.ACCEPTED


def test_an_accepted_project_owes_everybody_who_asked_an_answer(world: World) -> None:
    need_id = a_need(world, stage=NeedStage.TO_PROJECT)
    project_id = carry_out(world.secretary, "", set_up_project, **a_plan(world, need_ids=[need_id]), now=NOW)
    merged = a_need(world, "灯不亮", stage=NeedStage.MERGED, merged_into_id=need_id, restricted=True)
    goal = a_goal(world, project_id)
    carry_out(world.secretary, "", record_reading, indicator_id=goal, on=TODAY, value=Decimal(60), now=NOW)
    with as_system("test") as session:
        session.get_one(Project, project_id).state = ProjectState.RUNNING
    round_id = handed_in(world, project_id, version=2)
    judged(world, round_id, 90, 92, 95)
    decide = {"acceptance_id": round_id, "version": 1, "reason": "全部更换"}

    with pytest.raises(BadInput) as told:
        carry_out(world.secretary, "a", decide_acceptance, **decide)
    carry_out(world.secretary, "b", decide_acceptance, **decide, answer="灯已全部换好，坏了打社区电话", now=NOW)

    assert told.value.field == "answer"
    with as_system("test") as session:
        assert session.get_one(Need, need_id).stage is NeedStage.ANSWERING
        answers = session.execute(select(Answer.need_id, Answer.kind).order_by(Answer.need_id)).all()
    assert answers == [(need_id, AnswerKind.DONE), (merged, AnswerKind.DONE)]


def test_a_failed_project_goes_back_for_thirty_days_and_comes_again(world: World) -> None:
    project_id = a_read_project(world)
    round_id = handed_in(world, project_id)
    judged(world, round_id, 50, 55, 59)

    grade = carry_out(
        world.secretary, "a", decide_acceptance, acceptance_id=round_id, version=1, reason="三单元还没换", now=NOW
    )
    second = handed_in(world, project_id, version=3)

    assert grade == Grade.FAIL
    with reading(world.secretary) as session:
        assert session.get_one(Acceptance, round_id).recheck_on == TODAY + timedelta(days=30)
        assert session.get_one(Acceptance, second).round == 2
        kinds = session.scalars(select(ThreadEntry.kind)).all()
    assert Happening.SENT_BACK in kinds


def test_a_secretary_does_not_decide_on_the_own_project(world: World) -> None:
    project_id = a_read_project(world, kind=ProjectKind.SECRETARY_LED, leader_id=world.secretary.id)
    round_id = handed_in(world, project_id)
    judged_by = [world.worker, world[Role.COUNCIL_MEMBER], another_actor(world, Role.AREA_WORKER, "judge")]
    for person in judged_by:
        judge(person, round_id, 91)
    decide = {"acceptance_id": round_id, "version": 1, "reason": "达到目标"}

    with pytest.raises(Refused, match="own_project"):
        carry_out(world.secretary, "a", decide_acceptance, **decide)
    grade = carry_out(world[Role.SUBDISTRICT_ADMIN], "b", decide_acceptance, **decide)

    assert grade == Grade.EXCELLENT


def test_nobody_scores_after_the_decision(world: World) -> None:
    round_id = handed_in(world, a_read_project(world))
    judged(world, round_id, 90, 92, 95)
    carry_out(world.secretary, "a", decide_acceptance, acceptance_id=round_id, version=1, reason="达到目标")

    with pytest.raises(WrongStage):
        judge(another_actor(world, Role.AREA_WORKER, "late"), round_id)
