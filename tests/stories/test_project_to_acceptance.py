"""A1-02, A1-11 to A1-15: from passed needs to a project, its team, its acceptance, and the answers that are owed."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from db.actions.projects.acceptance import decide_acceptance, hand_in, judge_project
from db.actions.projects.indicators import change_target
from db.actions.projects.projects import add_indicator, set_up_project, start_project
from db.actions.volunteers.activities import Served, plan_activity, report_activity
from db.actions.volunteers.openings import post_opening
from db.actions.volunteers.placements import accept_placement, claim_place, recommend_volunteer, sign_up
from db.audit import broken_at
from db.engine import as_system, reading
from db.models import Answer, Need, Volunteer
from db.queries.projects.acceptance import round_of
from db.queries.projects.indicators import goals_of
from db.queries.projects.page import ProjectStep, life_of, project_head
from db.rules.projects.classes import subtotals
from db.rules.projects.progress import LightReason
from db.terms import AnswerKind, GoalClass, Grade, Happening, IndicatorKind, NeedStage, ProjectKind, ProjectState, Role
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need
from tests.builders.volunteers import a_volunteer, a_volunteer_actor
from tests.builders.world import NOW, TODAY, World, another_actor


def test_what_the_council_passed_is_done_and_everybody_who_asked_is_owed_the_answer(world: World) -> None:
    secretary, leader = world.secretary, world[Role.TEAM_LEADER]
    lit, parked = (a_need(world, text, stage=NeedStage.TO_PROJECT) for text in ("楼道灯坏了", "电动车堵门"))
    twin = a_need(world, "二单元灯也不亮", stage=NeedStage.MERGED, merged_into_id=lit)

    project_id = carry_out(
        secretary,
        "set-up",
        set_up_project,
        title="楼道安全改造",
        kind=ProjectKind.COUNCIL,
        need_ids=[lit, parked],
        leader_id=leader.id,
        problem="灯坏、车堵",
        measures="换灯、划线",
        beneficiaries="1 幢居民",
        beneficiary_count=60,
        starts_on=TODAY,
        due_on=TODAY + timedelta(days=60),
        now=NOW,
    )
    goal = carry_out(
        leader,
        "goal",
        add_indicator,
        project_id=project_id,
        name="更换感应灯",
        unit="盏",
        kind=IndicatorKind.QUANTITY,
        sort=GoalClass.FACILITIES,
        baseline=Decimal(0),
        target=Decimal(12),
    )
    with reading(leader) as session:
        (facilities,) = subtotals(one.classed for one in goals_of(session, project_id))
    assert (facilities.sort, facilities.target, facilities.actual) == (GoalClass.FACILITIES, Decimal(12), Decimal(0))

    # Three ways into the team: claimed, signed up, recommended.
    opening_id = carry_out(leader, "post", post_opening, project_id=project_id, title="电工助手", places=3)
    carry_out(a_volunteer_actor(world, "one"), "claim", claim_place, opening_id=opening_id)
    asked = carry_out(a_volunteer_actor(world, "two"), "ask", sign_up, opening_id=opening_id)
    named = carry_out(
        world[Role.COUNCIL_MEMBER],
        "name",
        recommend_volunteer,
        opening_id=opening_id,
        volunteer_id=a_volunteer(world, "three"),
        recommended_by="楼道长",
    )
    for placement_id in (asked, named):
        carry_out(leader, f"accept-{placement_id}", accept_placement, placement_id=placement_id, version=1)
    carry_out(leader, "start", start_project, project_id=project_id, version=1, now=NOW)

    # The target turns out too low; the one before stays visible.
    carry_out(
        leader, "aim", change_target, indicator_id=goal, version=1, target=Decimal(18), reason="漏了一个单元", now=NOW
    )
    activity_id = carry_out(
        leader, "plan", plan_activity, project_id=project_id, title="换灯", on=TODAY, place="1 幢", needed=3, now=NOW
    )
    with reading(leader) as session:
        team = session.scalars(select(Volunteer.id).order_by(Volunteer.id)).all()
    minutes = carry_out(
        leader,
        "report",
        report_activity,
        activity_id=activity_id,
        version=1,
        people_served=60,
        report="18 盏全部换好",
        served=[Served(one, 120) for one in team],
        readings={goal: Decimal(18)},
        now=NOW,
    )
    with reading(leader) as session:
        head = project_head(session, project_id, today=TODAY)
        shown = goals_of(session, project_id)[0]
    assert (minutes, head.step, head.members) == (360, ProjectStep.HAND_IN, 3)
    assert (shown.first_target, shown.target, shown.progress) == (12, 18, 1)

    round_id = carry_out(
        leader,
        "hand-in",
        hand_in,
        project_id=project_id,
        version=2,
        evidence="采购单、前后照片、居民签字表三份，放在社区档案柜。",
        now=NOW,
    )
    judges = [world.worker, world[Role.COUNCIL_MEMBER], *(another_actor(world, Role.AREA_WORKER, n) for n in "abc")]
    for judge, goals in zip(judges, (30, 28, 27, 26, 10), strict=True):
        carry_out(
            judge,
            f"judge-{judge.id}",
            judge_project,
            acceptance_id=round_id,
            goals=goals,
            benefit=23,
            procedure=14,
            members=8,
            lasting=8,
            files=9,
            bonus=0,
            reason="现场看过",
        )
    grade = carry_out(
        secretary,
        "decide",
        decide_acceptance,
        acceptance_id=round_id,
        version=1,
        reason="目标达到",
        answer="灯已换好、线已划好",
        now=NOW,
    )

    assert grade == Grade.GOOD
    with reading(secretary) as session:
        result = round_of(session, project_id, account_id=0)
        done = project_head(session, project_id, today=TODAY)
        kinds = [line.kind for line in life_of(session, project_id).rows]
        answers = {row.need_id: row.kind for row in session.execute(select(Answer.need_id, Answer.kind))}
        stages = {row.id: row.stage for row in session.execute(select(Need.id, Need.stage))}
    assert result
    assert result.result
    assert (result.result.dropped_high, result.result.dropped_low, result.total_hundredths) == (92, 72, 8900)
    assert done.light
    assert (done.state, done.light.reason) == (ProjectState.ACCEPTED, LightReason.FINISHED)
    assert kinds[0] == Happening.ACCEPTED
    assert kinds[-1] == Happening.PROJECT_SET_UP
    assert answers == dict.fromkeys((lit, parked, twin), AnswerKind.DONE)
    assert stages == {lit: NeedStage.ANSWERING, parked: NeedStage.ANSWERING, twin: NeedStage.MERGED}
    with as_system("test") as session:
        assert broken_at(session) is None
