"""What every page of the area costs with a full page of rows: statements, elements, bytes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from components.wording.dates import today
from db.actions.projects.acceptance import judge_project
from db.actions.projects.indicators import record_reading
from db.actions.projects.projects import add_milestone, raise_risk
from db.actions.volunteers.activities import plan_activity
from db.actions.volunteers.placements import recommend_volunteer
from db.engine import utc_now
from db.terms import NeedStage, ProjectState, RiskLevel, Role
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need
from tests.builders.projects import a_goal, a_project, a_read_project, handed_in
from tests.builders.volunteers import a_volunteer, a_volunteer_actor, an_opening
from tests.builders.world import World, another_actor
from tests.support.signed_in import open_app
from tests.support.statements import Statements

DAY = today(utc_now())


def a_full_house(world: World) -> int:
    """Sixty of everything; the id of a project with a long life."""
    for n in range(60):
        a_project(world, f"项目{n}", due_on=DAY + timedelta(days=20))
        a_need(world, f"需求{n}", stage=NeedStage.TO_PROJECT)
        a_volunteer(world, f"V{n:03d}")
    project_id = a_project(world, starts_on=DAY - timedelta(days=60), due_on=DAY + timedelta(days=30))
    goals = [a_goal(world, project_id, name=f"目标{n}") for n in range(6)]
    for n in range(30):
        on = DAY - timedelta(days=n)
        carry_out(
            world.secretary, "", record_reading, indicator_id=goals[n % 6], on=on, value=Decimal(30 - n), now=utc_now()
        )
        carry_out(world.secretary, "", add_milestone, project_id=project_id, title=f"节点{n}", due_on=DAY)
        carry_out(
            world.secretary, "", raise_risk, project_id=project_id, what=f"风险{n}", measure="盯", level=RiskLevel.LOW
        )
        carry_out(
            world.secretary,
            "",
            plan_activity,
            project_id=project_id,
            title=f"活动{n}",
            on=DAY - timedelta(days=n),
            place="广场",
            needed=2,
        )
    opening_id = an_opening(world, project_id, places=40)
    for n in range(2, 32):
        carry_out(world.worker, "", recommend_volunteer, opening_id=opening_id, volunteer_id=n)
    for _ in range(55):
        an_opening(world, project_id, skill="电工")
    return project_id


CASES = {
    "portfolio": ("projects/portfolio.py", Role.SUBDISTRICT_ADMIN, ""),
    "goals": ("projects/project.py", Role.TEAM_LEADER, "goals"),
    "team": ("projects/project.py", Role.TEAM_LEADER, "team"),
    "plan": ("projects/project.py", Role.TEAM_LEADER, "plan"),
    "steps": ("projects/project.py", Role.TEAM_LEADER, "steps"),
    "life": ("projects/project.py", Role.SECRETARY, "life"),
    "set up": ("projects/set_up.py", Role.SECRETARY, ""),
    "openings": ("volunteers/openings.py", Role.TEAM_LEADER, ""),
    "registry": ("volunteers/registry.py", Role.SECRETARY, ""),
}


def test_a_page_with_everything_on_it_keeps_its_budget(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id, cost = a_full_house(small_world), {}

    for case, (path, role, part) in CASES.items():
        query = {"id": str(project_id), "part": part} if part else {}
        app = open_app(monkeypatch, small_world[role].id, path, **query)
        with Statements() as counted:
            app.run()
        nodes = list(app.main)
        size = sum(len(node.proto.SerializeToString()) for node in nodes if getattr(node, "proto", None))
        assert not app.exception, case
        cost[case] = (counted.n, len(nodes), size)

    assert {case: n for case, (n, _, _) in cost.items() if n > 15} == {}
    assert {case: elements for case, (_, elements, _) in cost.items() if elements > 60} == {}
    assert {case: size for case, (_, _, size) in cost.items() if size > 100 * 1024} == {}


def test_the_acceptance_pages_keep_their_budget(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_read_project(small_world)
    round_id = handed_in(small_world, project_id)
    points = {"goals": 25, "benefit": 20, "procedure": 12, "members": 8, "lasting": 8, "files": 8, "bonus": 0}
    for n in range(9):
        judge = another_actor(small_world, Role.AREA_WORKER, f"judge{n}")
        carry_out(judge, "", judge_project, acceptance_id=round_id, reason="看过", **points)
    a_project(small_world, state=ProjectState.RUNNING)
    a_volunteer_actor(small_world, "one")

    for role in (Role.SECRETARY, Role.COUNCIL_MEMBER):
        app = open_app(monkeypatch, small_world[role].id, "projects/acceptance.py", id=str(project_id))
        with Statements() as counted:
            app.run()

        assert not app.exception
        assert counted.n <= 15
        assert len(list(app.main)) <= 60
