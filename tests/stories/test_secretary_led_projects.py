"""A1-01, A1-02: 书记领办, set up without a source, failed once, put right, and decided by the subdistrict."""

from datetime import timedelta
from decimal import Decimal

import pytest

from db.actions.projects.acceptance import decide_acceptance, hand_in, judge_project
from db.actions.projects.duties import give_duty, hand_over_duty
from db.actions.projects.indicators import record_reading
from db.actions.projects.led import plan_round
from db.actions.projects.projects import add_indicator, add_milestone, set_up_project, start_project
from db.engine import as_system, reading
from db.errors import Refused
from db.models import Account
from db.queries.projects.acceptance import acceptances
from db.queries.projects.duties import duties_of
from db.queries.projects.led import led_year
from db.queries.projects.page import project_head
from db.queries.projects.projects import find_projects
from db.queries.today.parts import ToDo
from db.queries.today.today import today_for
from db.rules.projects.duties import DutyState
from db.rules.projects.progress import LightReason
from db.terms import Grade, IndicatorKind, ProjectDirection, ProjectKind, ProjectState, Role, StagePart
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World, another_actor

DIRECTIONS = list(ProjectDirection)


def test_twelve_secretary_led_projects_stand_on_one_page_with_light_and_reason(world: World) -> None:
    admin, secretary = world[Role.SUBDISTRICT_ADMIN], world.secretary
    for n in range(12):
        project_id = carry_out(
            admin,
            f"p{n}",
            set_up_project,
            community_id=world.here,
            title=f"攻坚 {n + 1}",
            kind=ProjectKind.SECRETARY_LED,
            direction=DIRECTIONS[n % 3],
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

    # Twelve of twelve of the year, four in each of the three directions.
    carry_out(admin, "plan", plan_round, year=TODAY.year, planned=12)
    with reading(admin) as session:
        of_year = led_year(session, TODAY.year, today=TODAY)
        core = find_projects(session, today=TODAY, direction=ProjectDirection.CORE)
    assert (of_year.planned, of_year.whole.standing) == (12, 12)
    assert {direction: part.set_up for direction, part in of_year.parts.items()} == dict.fromkeys(DIRECTIONS, 4)
    assert len(core.rows) == 4

    # Who does what: the secretary leads, a worker assists and leaves, another takes the duty over.
    leaver, heir = world.worker, another_actor(world, Role.AREA_WORKER, "heir")
    duty = {"project_id": 1, "part": StagePart.ASSIST, "what": "入户摸底", "since": TODAY - timedelta(days=30)}
    carry_out(secretary, "d", give_duty, person_id=leaver.id, now=NOW, **duty)
    with as_system("test") as session:
        session.get_one(Account, leaver.id).disabled_at = NOW
    with reading(secretary) as session:
        (left,) = duties_of(session, 1, today=TODAY)
        lines = {line.kind: line.only for line in today_for(session, secretary, now=NOW).lines}
    assert left.state is DutyState.LEFT
    assert lines[ToDo.DUTIES_LEFT] == 1
    carry_out(
        secretary, "h", hand_over_duty, duty_id=left.id, version=left.version, person_id=heir.id, since=TODAY, now=NOW
    )
    with reading(secretary) as session:
        told = [(row.name, row.state) for row in duties_of(session, 1, today=TODAY)]
    assert told == [(heir.name, DutyState.STANDING), (leaver.name, DutyState.HANDED_ON)]


def test_a_failed_project_comes_again_and_the_subdistrict_decides(world: World) -> None:
    admin, secretary = world[Role.SUBDISTRICT_ADMIN], world.secretary
    project_id = carry_out(
        secretary,
        "p",
        set_up_project,
        title="沿街停车位挖潜",
        kind=ProjectKind.SECRETARY_LED,
        direction=ProjectDirection.CHANNELS,
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
