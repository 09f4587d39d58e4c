from datetime import timedelta
from decimal import Decimal

import pytest

from db.actions.projects.indicators import change_target, record_reading
from db.actions.projects.projects import add_milestone, raise_risk
from db.actions.volunteers.placements import claim_place, leave_team, recommend_volunteer, replace_member
from db.engine import carry_out, reading
from db.errors import NotFound
from db.queries.projects.indicators import goals_of
from db.queries.projects.page import ProjectStep, life_of, milestones_of, project_head, risks_of
from db.queries.projects.projects import ProjectRow, find_projects, leaders, needs_to_set_up
from db.queries.volunteers.openings import members_of, openings_of
from db.rules.projects.progress import LightReason
from db.terms import Light, NeedStage, ProjectKind, ProjectState, RiskLevel, Role
from tests.builders.needs import a_need
from tests.builders.projects import a_goal, a_project
from tests.builders.volunteers import a_volunteer, a_volunteer_actor, an_opening
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements


def test_the_portfolio_says_each_light_with_its_reason_in_three_statements(world: World) -> None:
    late = a_project(world, "过期", starts_on=TODAY - timedelta(days=90), due_on=TODAY - timedelta(days=1))
    fine = a_project(world, "按时")
    a_goal(world, fine)
    done = a_project(world, "完成", state=ProjectState.ACCEPTED)
    over = a_project(world, "终止", state=ProjectState.STOPPED)

    with reading(world.secretary) as session, Statements() as counted:
        found = {row.id: row.light for row in find_projects(session, today=TODAY).rows}

    assert counted.n <= 4  # BEGIN is one of them on SQLite
    lights = {number: (light.light, light.reason) for number, light in found.items() if light is not None}
    assert lights[late] == (Light.RED, LightReason.PAST_DUE)
    assert lights[fine][1] is LightReason.ON_PLAN
    assert lights[done][1] is LightReason.FINISHED
    assert found[over] is None


def test_red_comes_before_what_is_due_sooner_and_what_is_over_comes_last(world: World) -> None:
    a_project(world, "完成", state=ProjectState.ACCEPTED)
    soon = a_project(world, "近", starts_on=TODAY - timedelta(days=1), due_on=TODAY + timedelta(days=9))
    red = a_project(world, "红", due_on=TODAY + timedelta(days=99))
    for project_id in (soon, red):
        a_goal(world, project_id)
    for what in ("踏勘", "询价"):
        carry_out(world.secretary, "", add_milestone, project_id=red, title=what, due_on=TODAY - timedelta(days=2))
    late = a_project(world, "过期", starts_on=TODAY - timedelta(days=90), due_on=TODAY - timedelta(days=1))

    with reading(world.secretary) as session:
        found = find_projects(session, today=TODAY).rows
        after_red = find_projects(session, today=TODAY, before=red).rows

    assert [row.title for row in found] == ["过期", "红", "近", "完成"]
    assert found[0].id == late
    assert [row.title for row in after_red] == ["近", "完成"]


def test_a_long_portfolio_is_read_page_by_page_in_the_order_of_a_short_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_project(world, "完成", state=ProjectState.ACCEPTED)
    a_project(world, "终止", state=ProjectState.STOPPED)
    soon, red = (a_project(world, title, due_on=TODAY + timedelta(days=n)) for title, n in (("近", 9), ("红", 99)))
    for project_id in (soon, red):
        a_goal(world, project_id)
    for what in ("踏勘", "询价"):
        carry_out(world.secretary, "", add_milestone, project_id=red, title=what, due_on=TODAY - timedelta(days=2))
    a_project(world, "过期", starts_on=TODAY - timedelta(days=90), due_on=TODAY - timedelta(days=1))
    with reading(world.secretary) as session:
        short = find_projects(session, today=TODAY).rows
        reds = find_projects(session, today=TODAY, shade=Light.RED).rows

    monkeypatch.setattr("db.queries.projects.projects.ROWS", 1)
    long: list[ProjectRow] = []
    before = None
    for _ in short:
        with reading(world.secretary) as session, Statements() as counted:
            page = find_projects(session, today=TODAY, before=before)
        assert counted.n <= 6  # BEGIN is one of them on SQLite
        long += page.rows
        before = page.next_before
    with reading(world.secretary) as session:
        first_red = find_projects(session, today=TODAY, shade=Light.RED)
        second_red = find_projects(session, today=TODAY, shade=Light.RED, before=first_red.next_before)

    assert [row.title for row in short] == ["过期", "红", "近", "终止", "完成"]
    assert tuple(long) == short
    assert first_red.rows + second_red.rows == reds == short[:2]


def test_an_overdue_milestone_and_a_high_risk_turn_the_light(world: World) -> None:
    first, second = a_project(world), a_project(world)
    for project_id in (first, second):
        a_goal(world, project_id)
    carry_out(world.secretary, "", add_milestone, project_id=first, title="踏勘", due_on=TODAY - timedelta(days=2))
    carry_out(world.secretary, "", raise_risk, project_id=second, what="涨价", measure="早订", level=RiskLevel.HIGH)

    with reading(world.secretary) as session:
        reasons = [row.light.reason for row in find_projects(session, today=TODAY).rows if row.light]

    assert reasons == [LightReason.HIGH_RISK, LightReason.MILESTONE_OVERDUE]


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"words": "照明"}, ["照明"]),
        ({"words": "p2026-0002"}, ["照明"]),
        ({"words": "100%"}, []),
        ({"state": ProjectState.ACCEPTED}, ["照明"]),
        ({"kind": ProjectKind.SECRETARY_LED}, ["停车"]),
        ({"shade": Light.RED}, ["停车"]),
        ({"shade": Light.GREEN}, ["照明"]),
    ],
)
def test_projects_are_found_by_words_state_kind_and_light(world: World, filters: dict, titles: list[str]) -> None:
    past = TODAY - timedelta(days=1)
    a_project(world, "停车", kind=ProjectKind.SECRETARY_LED, starts_on=past - timedelta(days=9), due_on=past)
    a_project(world, "照明", state=ProjectState.ACCEPTED)

    with reading(world.secretary) as session:
        found = find_projects(session, today=TODAY, **filters)

    assert [row.title for row in found.rows] == titles


def test_the_portfolio_is_paged_by_key(world: World) -> None:
    for n in range(53):
        a_project(world, f"项目{n}")

    with reading(world.secretary) as session:
        first = find_projects(session, today=TODAY)
        second = find_projects(session, today=TODAY, before=first.next_before)

    assert (len(first.rows), len(second.rows), second.next_before) == (50, 3, None)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def test_another_community_sees_no_project_of_here(world: World) -> None:
    project_id = a_project(world)

    with reading(world.other_secretary) as session:
        assert find_projects(session, today=TODAY).rows == ()
        with pytest.raises(NotFound):
            project_head(session, project_id, today=TODAY)


def test_the_next_step_leads_from_goal_to_hand_in(world: World) -> None:
    leader, project_id = world[Role.TEAM_LEADER], a_project(world)

    def step() -> ProjectStep:
        with reading(leader) as session:
            return project_head(session, project_id, today=TODAY).step

    assert step() is ProjectStep.ADD_GOAL
    goal = a_goal(world, project_id)
    assert step() is ProjectStep.POST_OPENING
    opening_id, volunteer_id = an_opening(world, project_id), a_volunteer(world)
    assert step() is ProjectStep.START
    carry_out(leader, "", recommend_volunteer, opening_id=opening_id, volunteer_id=volunteer_id)
    assert step() is ProjectStep.ANSWER_WAITING
    carry_out(leader, "", record_reading, indicator_id=goal, on=TODAY, value=Decimal(60), now=NOW)
    with reading(leader) as session:
        head = project_head(session, project_id, today=TODAY)
    assert (head.goals, head.unread, head.reached, head.waiting, head.members) == (1, 0, True, 1, 0)


def test_a_goal_shows_every_target_it_ever_had(world: World) -> None:
    goal = a_goal(world, a_project(world))
    for version, target in ((1, 72), (2, 70)):
        carry_out(
            world.secretary,
            "",
            change_target,
            indicator_id=goal,
            version=version,
            target=Decimal(target),
            reason="核对单元数",
            now=NOW,
        )
    carry_out(world.secretary, "", record_reading, indicator_id=goal, on=TODAY, value=Decimal("17.5"), now=NOW)

    with reading(world.secretary) as session, Statements() as counted:
        shown = goals_of(session, 1)[0]

    assert counted.n <= 4
    assert (shown.first_target, shown.target, shown.actual) == (Decimal(60), Decimal(70), Decimal("17.5"))
    assert [(c.before, c.after) for c in shown.changes] == [(60, 72), (72, 70)]
    assert shown.progress == Decimal("0.25")


def test_open_and_grave_risks_come_first(world: World) -> None:
    project_id = a_project(world)
    for level in (RiskLevel.LOW, RiskLevel.HIGH, RiskLevel.MEDIUM):
        carry_out(world.secretary, "", raise_risk, project_id=project_id, what=level, measure="盯紧", level=level)

    with reading(world.secretary) as session:
        assert [risk.level for risk in risks_of(session, project_id)] == [
            RiskLevel.HIGH,
            RiskLevel.MEDIUM,
            RiskLevel.LOW,
        ]
        assert milestones_of(session, project_id) == []
        assert len(life_of(session, project_id).rows) == 3


def test_passed_needs_and_possible_leaders_are_offered(world: World) -> None:
    waiting = a_need(world, stage=NeedStage.TO_PROJECT)
    a_need(world, stage=NeedStage.NOTICE)

    with reading(world.secretary) as session:
        assert [need.id for need in needs_to_set_up(session)] == [waiting]
        roles = {choice.role for choice in leaders(session, world.here)}

    assert roles == {Role.SECRETARY, Role.AREA_WORKER, Role.TEAM_LEADER}
    with reading(world.other_secretary) as session:
        assert [choice.name for choice in leaders(session, world.there)] == ["测试secretary_there"]


def test_the_history_of_a_team_is_kept(world: World) -> None:
    opening_id = an_opening(world, a_project(world), places=2)
    people = [a_volunteer_actor(world, name) for name in ("one", "two")]
    first, second = (carry_out(person, person.name, claim_place, opening_id=opening_id) for person in people)
    carry_out(people[1], "", leave_team, placement_id=second, reason="搬家")
    heir = a_volunteer(world, "new")
    carry_out(world.secretary, "", replace_member, placement_id=first, version=1, volunteer_id=heir, reason="出差")

    with reading(world[Role.TEAM_LEADER]) as session:
        now, past = members_of(session, 1), members_of(session, 1, past=True)
        opening = openings_of(session, 1)[0]

    assert [(member.number, member.name) for member in now] == [("new", "志**")]
    assert {(member.number, member.left_reason, member.replaced_by) for member in past} == {
        ("one", "出差", "new"),
        ("two", "搬家", ""),
    }
    assert (opening.filled, opening.short, opening.waiting) == (1, 1, 0)
