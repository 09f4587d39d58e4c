"""The forms of projects, tried with everything that a person, a paste or a forged request can send."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.projects.acceptance import decide_acceptance, hand_in, judge_project
from db.actions.projects.defence import (
    add_entry,
    add_judge,
    give_sheet,
    judge_leaves,
    place_entry,
    plan_defence,
    set_award,
    set_criteria,
)
from db.actions.projects.duties import end_duty, give_duty, hand_over_duty
from db.actions.projects.election import begin_election, lengthen_period, record_owners_vote, record_step
from db.actions.projects.indicators import change_target, record_reading
from db.actions.projects.led import choose_direction, plan_round
from db.actions.projects.projects import (
    add_indicator,
    add_milestone,
    class_goal,
    finish_milestone,
    raise_risk,
    set_up_project,
    start_project,
    stop_project,
)
from db.actions.projects.stage import end_role, set_role
from db.engine import as_system
from db.models import ElectionStep
from db.terms import (
    ElectionStepKind,
    GoalClass,
    IndicatorKind,
    NeedStage,
    ProjectDirection,
    ProjectKind,
    ProjectState,
    RiskLevel,
    Role,
    StageBody,
    StagePart,
)
from tests.builders.needs import a_need
from tests.builders.projects import EVIDENCE, a_goal, a_led_plan, a_plan, a_project, a_read_project, handed_in, judged
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import NO_ID, Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def project(world: World) -> Form:
    right = a_plan(world, need_ids=[a_need(world, stage=NeedStage.TO_PROJECT)])
    return Form(
        set_up_project, world.secretary, right,
        {"title": 60, "problem": 1000, "measures": 1000, "beneficiaries": 200, "funding": 200},
        optional=frozenset({"funding"}),
        numbers={"beneficiary_count": (1, 1_000_000), "budget_yuan": (0, 100_000_000)}, days=("starts_on", "due_on"),
        choices=("kind",), ids=("leader_id",), foreign={"leader_id": world.other_secretary.id},
        also=({"due_on": TODAY - timedelta(days=1)}, {"due_on": TODAY},
              *({"need_ids": [one]} for one in (*NO_ID, a_need(world, community_id=world.there)))),
    )  # fmt: skip


@FORMS.add
def secretary_led(world: World) -> Form:
    right = a_led_plan(world, year=2026)
    return Form(
        set_up_project, world.secretary, right, {"title": 60}, choices=("direction",),
        ids=("leader_id",), also=({"year": 1999}, {"year": 2101}, {"year": True}),
    )  # fmt: skip


@FORMS.add
def goal_classed(world: World) -> Form:
    right = {"indicator_id": a_goal(world, a_project(world)), "sort": GoalClass.FACILITIES}
    return Form(class_goal, world.secretary, right, choices=("sort",), ids=("indicator_id",))


def _defence(world: World) -> int:
    values = {"year": 2026, "on": TODAY, "place": "三楼会议室", "minutes": 5}
    number: int = do(world[Role.SUBDISTRICT_ADMIN], plan_defence, **values)
    return number


def _entry(world: World) -> dict[str, int]:
    defence, project = _defence(world), a_project(world, kind=ProjectKind.SECRETARY_LED, leader_id=world.secretary.id)
    entry = do(world[Role.SUBDISTRICT_ADMIN], add_entry, defence_id=defence, project_id=project)
    return {"defence": defence, "entry": entry}


@FORMS.add
def defence_planned(world: World) -> Form:
    right = {"year": 2026, "on": TODAY, "place": "三楼会议室", "minutes": 5}
    return Form(plan_defence, world[Role.SUBDISTRICT_ADMIN], right, {"place": 80},
                numbers={"year": (2000, 2100), "minutes": (1, 60)}, days=("on",))  # fmt: skip


@FORMS.add
def defence_criteria(world: World) -> Form:
    right = {"defence_id": _defence(world), "version": 1, "background": 20, "course": 30, "results": 40, "delivery": 10}
    return Form(set_criteria, world[Role.SUBDISTRICT_ADMIN], right, ids=("defence_id",),
                also=({"delivery": 11}, {"delivery": 0}, {"course": None}, {"course": True}))  # fmt: skip


@FORMS.add
def defence_entry(world: World) -> Form:
    project = a_project(world, kind=ProjectKind.SECRETARY_LED)
    right = {"defence_id": _defence(world), "project_id": project}
    return Form(add_entry, world[Role.SUBDISTRICT_ADMIN], right, ids=("defence_id", "project_id"),
                also=({"project_id": a_project(world)},))  # fmt: skip


@FORMS.add
def defence_order(world: World) -> Form:
    right = {"entry_id": _entry(world)["entry"], "position": 1}
    return Form(place_entry, world[Role.SUBDISTRICT_ADMIN], right, numbers={"position": (1, 1)}, ids=("entry_id",))


@FORMS.add
def defence_judge(world: World) -> Form:
    right = {"defence_id": _defence(world), "outside_name": "方教授", "office": "大学"}
    return Form(add_judge, world[Role.SUBDISTRICT_ADMIN], right, {"outside_name": 60, "office": 80},
                optional=frozenset({"office"}), ids=("defence_id",))  # fmt: skip


@FORMS.add
def defence_judge_gone(world: World) -> Form:
    admin = world[Role.SUBDISTRICT_ADMIN]
    judge = do(admin, add_judge, defence_id=_defence(world), outside_name="方教授")
    right = {"judge_id": judge, "version": 1, "left_on": TODAY}
    return Form(judge_leaves, admin, right, days=("left_on",), ids=("judge_id",))


@FORMS.add
def defence_sheet(world: World) -> Form:
    admin, made = world[Role.SUBDISTRICT_ADMIN], _entry(world)
    judge = do(admin, add_judge, defence_id=made["defence"], outside_name="方教授")
    points = dict.fromkeys(("background", "course", "results", "delivery"), 20)
    right = {"entry_id": made["entry"], "judge_id": judge, "remark": "扎实", **points}
    return Form(give_sheet, admin, right, {"remark": 200}, optional=frozenset({"remark"}),
                numbers=dict.fromkeys(points, (0, 25)), ids=("entry_id", "judge_id"))  # fmt: skip


@FORMS.add
def defence_award(world: World) -> Form:
    right = {"entry_id": _entry(world)["entry"], "version": 1, "award": "一等奖"}
    return Form(set_award, world[Role.SUBDISTRICT_ADMIN], right, {"award": 60}, optional=frozenset({"award"}),
                ids=("entry_id",))  # fmt: skip


@FORMS.add
def round_planned(world: World) -> Form:
    right = {"year": 2026, "planned": 12}
    return Form(plan_round, world[Role.SUBDISTRICT_ADMIN], right, {},
                numbers={"year": (2000, 2100), "planned": (1, 500)})  # fmt: skip


@FORMS.add
def direction_chosen(world: World) -> Form:
    led = a_project(world, kind=ProjectKind.SECRETARY_LED)
    right = {"project_id": led, "direction": ProjectDirection.CORE, "year": 2026}
    return Form(choose_direction, world.secretary, right, {}, numbers={"year": (2000, 2100)}, choices=("direction",),
                ids=("project_id",))  # fmt: skip


def _duty(world: World) -> dict[str, Any]:
    return {"project_id": a_project(world), "person_id": world.worker.id, "part": StagePart.ASSIST,
            "what": "入户摸底", "since": TODAY}  # fmt: skip


@FORMS.add
def duty_given(world: World) -> Form:
    return Form(give_duty, world.secretary, _duty(world), {"what": 100}, days=("since",), choices=("part",),
                ids=("project_id", "person_id"), foreign={"person_id": world.other_secretary.id})  # fmt: skip


@FORMS.add
def duty_handed_over(world: World) -> Form:
    given = do(world.secretary, give_duty, **_duty(world))
    right = {"duty_id": given, "version": 1, "person_id": world.secretary.id, "since": TODAY + timedelta(days=3)}
    return Form(hand_over_duty, world.secretary, right, {}, days=("since",), ids=("duty_id", "person_id"),
                foreign={"person_id": world.other_secretary.id}, also=({"since": TODAY},))  # fmt: skip


@FORMS.add
def duty_ended(world: World) -> Form:
    right = {"duty_id": do(world.secretary, give_duty, **_duty(world)), "version": 1, "until": TODAY}
    return Form(end_duty, world.secretary, right, {}, days=("until",), ids=("duty_id",),
                also=({"until": TODAY - timedelta(days=1)},))  # fmt: skip


@FORMS.add
def project_started(world: World) -> Form:
    started = a_project(world, state=ProjectState.SET_UP)
    a_goal(world, started)
    right = {"project_id": started, "version": 1, "reason": "先干起来"}
    return Form(start_project, world.secretary, right, {"reason": 200}, ids=("project_id",))


@FORMS.add
def project_stopped(world: World) -> Form:
    right = {"project_id": a_project(world, state=ProjectState.RUNNING), "version": 1, "reason": "资金撤回",
             "answer": "暂不实施"}  # fmt: skip
    return Form(stop_project, world.secretary, right, {"reason": 500}, ids=("project_id",))


@FORMS.add
def indicator(world: World) -> Form:
    right = {"project_id": a_project(world, state=ProjectState.RUNNING), "name": "装灯", "unit": "盏",
             "kind": IndicatorKind.QUANTITY, "baseline": Decimal(0), "target": Decimal("60.5")}  # fmt: skip
    return Form(add_indicator, world.secretary, right, {"name": 60, "unit": 12}, amounts=("baseline", "target"),
                choices=("kind",), ids=("project_id",), also=({"target": Decimal(0)},))  # fmt: skip


@FORMS.add
def indicator_read(world: World) -> Form:
    goal = a_goal(world, a_project(world, state=ProjectState.RUNNING))
    right = {"indicator_id": goal, "on": TODAY, "value": Decimal("12.25"), "note": "现场清点"}
    return Form(record_reading, world.secretary, right, {"note": 200}, optional=frozenset({"note"}), amounts=("value",),
                days=("on",), ids=("indicator_id",), also=({"on": TODAY + timedelta(days=1)},))  # fmt: skip


@FORMS.add
def target(world: World) -> Form:
    goal = a_goal(world, a_project(world, state=ProjectState.RUNNING))
    right = {"indicator_id": goal, "version": 1, "target": Decimal(80), "reason": "多了两幢"}
    return Form(change_target, world.secretary, right, {"reason": 500}, amounts=("target",), ids=("indicator_id",))


@FORMS.add
def milestone(world: World) -> Form:
    right = {"project_id": a_project(world, state=ProjectState.RUNNING), "title": "采购", "due_on": TODAY}
    return Form(add_milestone, world.secretary, right, {"title": 60}, days=("due_on",), ids=("project_id",))


@FORMS.add
def milestone_done(world: World) -> Form:
    step = do(world.secretary, add_milestone, project_id=a_project(world), title="采购", due_on=TODAY)
    return Form(finish_milestone, world.secretary, {"milestone_id": step, "done_on": TODAY}, days=("done_on",),
                ids=("milestone_id",), also=({"done_on": TODAY + timedelta(days=1)},))  # fmt: skip


@FORMS.add
def risk(world: World) -> Form:
    right = {"project_id": a_project(world, state=ProjectState.RUNNING), "what": "缺货", "measure": "换型号",
             "level": RiskLevel.HIGH}  # fmt: skip
    return Form(raise_risk, world.secretary, right, {"what": 200, "measure": 200}, choices=("level",),
                ids=("project_id",))  # fmt: skip


@FORMS.add
def hand_over(world: World) -> Form:
    right = {"project_id": a_read_project(world), "version": 1, "evidence": EVIDENCE}
    return Form(hand_in, world.secretary, right, {"evidence": 2000}, ids=("project_id",), least={"evidence": 20})


@FORMS.add
def judged_project(world: World) -> Form:
    most = {"goals": 30, "benefit": 25, "procedure": 15, "members": 10, "lasting": 10, "files": 10, "bonus": 5}
    right = {"acceptance_id": handed_in(world, a_read_project(world)), "reason": "现场查看过"} | dict.fromkeys(most, 5)
    points = {name: (0, top) for name, top in most.items()}
    return Form(judge_project, world.secretary, right, {"reason": 500}, numbers=points, ids=("acceptance_id",))


@FORMS.add
def decided(world: World) -> Form:
    round_id = handed_in(world, a_read_project(world))
    judged(world, round_id, 82, 82, 82)
    right = {"acceptance_id": round_id, "version": 1, "reason": "达到目标", "answer": "灯已换好"}
    return Form(decide_acceptance, world.secretary, right, {"reason": 500}, ids=("acceptance_id",))


@FORMS.add
def on_stage(world: World) -> Form:
    right = {"project_id": a_project(world), "body": StageBody.DEPARTMENT, "part": StagePart.LEAD, "since": TODAY,
             "name": "区住建局"}  # fmt: skip
    return Form(set_role, world.secretary, right, {"name": 200}, days=("since",), choices=("body", "part"),
                ids=("project_id",), also=({"milestone_id": 10**9}, {"body": StageBody.UNIT}))  # fmt: skip


@FORMS.add
def off_stage(world: World) -> Form:
    values = {"body": StageBody.COMMUNITY, "part": StagePart.LEAD, "since": TODAY}
    one = do(world.secretary, set_role, project_id=a_project(world), **values)
    right = {"role_id": one, "version": 1, "until": TODAY}
    return Form(end_role, world.secretary, right, days=("until",), ids=("role_id",))


def _election(world: World) -> int:
    project = a_project(world)
    values = {"estate": "望柳花园", "owners": 600, "area": Decimal(54000), "starts_on": TODAY}
    number: int = do(world.secretary, begin_election, project_id=project, **values)
    return number


@FORMS.add
def election(world: World) -> Form:
    right = {"project_id": a_project(world), "estate": "望柳花园", "owners": 600, "area": Decimal("54000.5"),
             "starts_on": TODAY}  # fmt: skip
    return Form(begin_election, world.secretary, right, {"estate": 60}, numbers={"owners": (1, 100_000)},
                amounts=("area",), days=("starts_on",), ids=("project_id",), also=({"area": Decimal(0)},))  # fmt: skip


@FORMS.add
def election_step(world: World) -> Form:
    _election(world)
    right = {"step_id": 1, "version": 1, "began_on": TODAY, "ended_on": None, "note": "公告栏"}
    return Form(record_step, world.secretary, right, {"note": 200}, optional=frozenset({"note"}), days=("began_on",),
                ids=("step_id",), also=({"ended_on": TODAY - timedelta(days=1)},))  # fmt: skip


@FORMS.add
def election_period(world: World) -> Form:
    _election(world)
    right = {"step_id": 2, "version": 1, "days": 10}
    return Form(lengthen_period, world.secretary, right, numbers={"days": (7, 90)}, ids=("step_id",))


@FORMS.add
def owners_vote(world: World) -> Form:
    number = _election(world)
    with as_system("test") as session:
        for step in session.scalars(select(ElectionStep).where(ElectionStep.election_id == number)):
            if step.kind is not ElectionStepKind.VOTE:
                step.began_on = step.ended_on = TODAY
    right = {"election_id": number, "version": 1, "voted_on": TODAY, "took_part": 500, "area_part": Decimal(45000),
             "agreed": 0, "area_agreed": Decimal(0)}  # fmt: skip
    return Form(record_owners_vote, world.secretary, right, numbers={"took_part": (0, 600), "agreed": (0, 500)},
                amounts=("area_part", "area_agreed"), days=("voted_on",), ids=("election_id",),
                also=({"area_part": Decimal(54001)},))  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
