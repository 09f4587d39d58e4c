"""A1-01, A1-02: 书记领办, set up without a source, failed once, put right, and decided by the subdistrict."""

from datetime import timedelta
from decimal import Decimal

import pytest

from db.actions.projects.acceptance import decide_acceptance, hand_in, judge_project
from db.actions.projects.indicators import record_reading
from db.actions.projects.projects import add_indicator, add_milestone, set_up_project, start_project
from db.engine import reading
from db.errors import Refused
from db.queries.projects.acceptance import acceptances
from db.queries.projects.page import project_head
from db.queries.projects.projects import find_projects
from db.rules.projects.progress import LightReason
from db.terms import Grade, IndicatorKind, ProjectKind, ProjectState, Role
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World, another_actor

DIRECTIONS = ("领导核心作用", "带头人队伍", "服务群众渠道")


def test_twelve_secretary_led_projects_stand_on_one_page_with_light_and_reason(world: World) -> None:
    admin, secretary = world[Role.SUBDISTRICT_ADMIN], world.secretary
    for n in range(12):
        project_id = carry_out(
            admin,
            f"p{n}",
            set_up_project,
            community_id=world.here,
            title=f"{DIRECTIONS[n % 3]}攻坚 {n + 1}",
            kind=ProjectKind.SECRETARY_LED,
            leader_id=secretary.id,
            problem="组织生活质量不高",
            measures="每月一课、结对走访",
            beneficiaries="社区党员",
            beneficiary_count=340,
            starts_on=TODAY - timedelta(days=60),
            due_on=TODAY + timedelta(days=60),
            now=NOW,
        )
        carry_out(
            secretary,
            f"g{n}",
            add_indicator,
            project_id=project_id,
            name="走访",
            unit="户",
            kind=IndicatorKind.REACH,
            baseline=Decimal(0),
            target=Decimal(100),
        )
    carry_out(secretary, "m", add_milestone, project_id=1, title="中期评议", due_on=TODAY - timedelta(days=1))

    with reading(admin) as session:
        found = find_projects(session, today=TODAY, kind=ProjectKind.SECRETARY_LED)

    assert len(found.rows) == 12
    assert {row.light.reason for row in found.rows if row.light} == {LightReason.FAR_BEHIND}


def test_a_failed_project_comes_again_and_the_subdistrict_decides(world: World) -> None:
    admin, secretary = world[Role.SUBDISTRICT_ADMIN], world.secretary
    project_id = carry_out(
        secretary,
        "p",
        set_up_project,
        title="沿街停车位挖潜",
        kind=ProjectKind.SECRETARY_LED,
        leader_id=secretary.id,
        problem="停车难",
        measures="重新划线",
        beneficiaries="沿街住户",
        beneficiary_count=400,
        starts_on=TODAY - timedelta(days=60),
        due_on=TODAY + timedelta(days=60),
        now=NOW,
    )
    goal = carry_out(
        secretary,
        "g",
        add_indicator,
        project_id=project_id,
        name="新增泊位",
        unit="个",
        kind=IndicatorKind.QUANTITY,
        baseline=Decimal(0),
        target=Decimal(60),
    )
    carry_out(secretary, "s", start_project, project_id=project_id, version=1, reason="由物业施工", now=NOW)
    judges = [world.worker, world[Role.COUNCIL_MEMBER], another_actor(world, Role.AREA_WORKER, "judge")]

    def one_round(actual: int, goals: int, version: int) -> str:
        carry_out(secretary, "", record_reading, indicator_id=goal, on=TODAY, value=Decimal(actual), now=NOW)
        round_id = carry_out(
            secretary,
            "",
            hand_in,
            project_id=project_id,
            version=version,
            evidence=f"新划泊位 {actual} 个，照片与业委会确认书均已归档备查。",
            now=NOW,
        )
        for judge in judges:
            carry_out(
                judge,
                "",
                judge_project,
                acceptance_id=round_id,
                goals=goals,
                benefit=18,
                procedure=12,
                members=8,
                lasting=7,
                files=8,
                bonus=0,
                reason="现场清点",
            )
        decide = {"acceptance_id": round_id, "version": 1, "reason": "按清点结果"}
        with pytest.raises(Refused, match="own_project"):
            carry_out(secretary, "", decide_acceptance, **decide)
        grade: str = carry_out(admin, "", decide_acceptance, **decide, now=NOW)
        return grade

    assert one_round(20, 5, 2) == Grade.FAIL
    with reading(admin) as session:
        sent_back = acceptances(session, account_id=admin.id)[0]
        assert project_head(session, project_id, today=TODAY).state is ProjectState.REWORK
    assert sent_back.recheck_on == TODAY + timedelta(days=30)

    assert one_round(72, 30, 4) == Grade.GOOD
    with reading(admin) as session:
        rounds = [row.round for row in acceptances(session, account_id=admin.id)]
        assert project_head(session, project_id, today=TODAY).state is ProjectState.ACCEPTED
    assert rounds == [2, 1]
