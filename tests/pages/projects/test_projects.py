from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from components.wording.dates import today
from db.actions.projects.indicators import change_target
from db.actions.volunteers.placements import claim_place, sign_up
from db.engine import carry_out, reading, utc_now
from db.models import Activity, Indicator, Milestone, Opening, Placement, Project, Reading, Risk
from db.terms import ActivityState, NeedStage, PlacementState, ProjectDirection, ProjectKind, ProjectState, Role
from tests.builders.needs import a_need
from tests.builders.projects import a_goal, a_project
from tests.builders.volunteers import a_volunteer_actor, an_opening
from tests.builders.world import World, another_actor
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

PORTFOLIO, PROJECT, SET_UP = "projects/portfolio.py", "projects/project.py", "projects/set_up.py"
DAY = today(utc_now())


def a_live_project(world: World, **more: Any) -> int:
    """A project that began ten days ago."""
    return a_project(world, starts_on=DAY - timedelta(days=10), due_on=DAY + timedelta(days=80), **more)


@pytest.mark.parametrize("part", ["goals", "team", "plan", "steps", "life"])
def test_every_section_keeps_its_budget(small_world: World, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    world, project_id = small_world, a_live_project(small_world)
    for n in range(5):
        a_goal(world, project_id, name=f"目标{n}")
        opening_id = an_opening(world, project_id)
        carry_out(a_volunteer_actor(world, f"p{n}"), "", claim_place, opening_id=opening_id)
    app = open_app(monkeypatch, world[Role.TEAM_LEADER].id, PROJECT, id=str(project_id), part=part)

    with Statements() as counted:
        app.run()

    assert not app.exception
    assert counted.n <= 15
    assert len(list(app.main)) <= 60


def test_the_portfolio_filters_by_the_address(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_live_project(small_world, title="照明")
    a_live_project(small_world, title="停车", state=ProjectState.ACCEPTED)

    with Statements() as counted:
        app = open_app(monkeypatch, small_world.secretary.id, PORTFOLIO, state="accepted")

    assert not app.exception
    assert counted.n <= 30  # three runs of the shell
    assert app.selectbox(key="filter.state").value == "accepted"


def test_a_page_without_a_project_of_the_wanted_light_leads_on_to_those_behind_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.queries.projects.projects.WINDOW", 1)
    a_project(small_world, title="停车", starts_on=DAY - timedelta(days=90), due_on=DAY - timedelta(days=1))
    a_live_project(small_world, title="照明")
    app = open_app(monkeypatch, small_world.secretary.id, PORTFOLIO, light="amber")
    assert "照明" not in words(app)

    app.button(key="before.more").click().run()

    assert not app.exception
    assert "照明" in words(app)


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.SECRETARY, Role.VOLUNTEER])
@pytest.mark.parametrize(
    ("view", "told"), [("round", f"{DAY.year} 年：已立项 1 个"), ("livelihood", "民生实事 1 个，其中党员牵头 0 个")]
)
def test_the_views_of_the_portfolio_open_for_every_role(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role, view: str, told: str
) -> None:
    a_live_project(small_world, title="攻坚", kind=ProjectKind.SECRETARY_LED, set_up_at=utc_now())
    a_live_project(small_world, title="雨棚", kind=ProjectKind.LIVELIHOOD)

    with Statements() as counted:
        app = open_app(monkeypatch, small_world[role].id, PORTFOLIO, view=view)

    assert not app.exception
    assert counted.n <= 40  # three runs of the shell
    assert told in words(app)


def test_the_subdistrict_plans_a_round_and_a_direction_is_chosen_later(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = a_live_project(small_world, title="攻坚", kind=ProjectKind.SECRETARY_LED, set_up_at=utc_now())

    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, PORTFOLIO, view="round")
    app.number_input(key=f"plan_round.{DAY.year}.planned").set_value(2)
    app.button(key=f"plan_round.{DAY.year}.submit").click().run()
    assert f"{DAY.year} 年：计划 2 个，已立项 1 个，还差 1 个" in words(app)

    app = open_app(monkeypatch, small_world.secretary.id, PROJECT, id=str(project_id))
    assert "还没有选方向" in words(app)
    app.segmented_control(key=f"choose_direction.{project_id}.direction").set_value(ProjectDirection.CHANNELS)
    app.button(key=f"choose_direction.{project_id}.submit").click().run()
    assert "服务群众渠道" in words(app)


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.VOLUNTEER, Role.COUNCIL_MEMBER])
def test_whoever_may_look_sees_the_portfolio_and_a_project(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    project_id = a_live_project(small_world)
    a_goal(small_world, project_id)

    portfolio = open_app(monkeypatch, small_world[role].id, PORTFOLIO)
    project = open_app(monkeypatch, small_world[role].id, PROJECT, id=str(project_id))

    assert not portfolio.exception
    assert not project.exception
    assert "楼道照明改造" in words(project)
    changes = {button.key for button in project.button if button.key and button.key.endswith(".submit")}
    # The subdistrict names another leader when the first has left, or ends it; nobody else of these changes anything.
    may = {f"change_leader.{project_id}.submit", "stop_project.submit"}
    assert changes == (may if role is Role.SUBDISTRICT_ADMIN else set())


@pytest.mark.parametrize("asked", ["", "999", "x", "-1", "99999999999999999999"])
def test_a_wrong_address_leads_back(small_world: World, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, PROJECT, id=asked)

    assert not app.exception
    assert "没有找到" in words(app) or "请先从项目清单" in words(app)


def test_a_stranger_to_the_project_gets_no_form(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_live_project(small_world)
    stranger = another_actor(small_world, Role.TEAM_LEADER, "leader2")

    app = open_app(monkeypatch, stranger.id, PROJECT, id=str(project_id))

    assert not app.exception
    assert not [button for button in app.button if button.key and button.key.endswith(".submit")]


def test_a_secretary_sets_up_a_project_from_a_passed_need(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    need_id = a_need(small_world, stage=NeedStage.TO_PROJECT)
    app = open_app(monkeypatch, small_world.secretary.id, SET_UP)

    app.multiselect(key="set_up.need_ids").set_value([need_id])
    app.text_input(key="set_up.title").set_value("楼道照明改造")
    app.selectbox(key="set_up.leader_id").set_value(small_world[Role.TEAM_LEADER].id)
    app.text_area(key="set_up.problem").set_value("灯坏")
    app.text_area(key="set_up.measures").set_value("换灯")
    app.text_input(key="set_up.beneficiaries").set_value("1幢居民")
    app.button(key="set_up.submit").click().run()

    assert "请填写这一项。" in words(app)
    assert app.text_input(key="set_up.title").value == "楼道照明改造"
    app.number_input(key="set_up.beneficiary_count").set_value(60)
    app.button(key="set_up.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        project = session.scalars(select(Project)).one()
        assert (project.kind, project.beneficiary_count) == (ProjectKind.COUNCIL, 60)


def test_goals_are_added_read_and_aimed_anew(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_live_project(small_world)
    app = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, PROJECT, id=str(project_id))
    app.text_input(key="add_indicator.name").set_value("更换感应灯")
    app.text_input(key="add_indicator.unit").set_value("盏")
    app.number_input(key="add_indicator.baseline").set_value(0)
    app.number_input(key="add_indicator.target").set_value(60)
    app.button(key="add_indicator.submit").click().run()
    assert not app.exception

    app = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, PROJECT, id=str(project_id), part="goals", do="read")
    app.number_input(key="record_reading.value").set_value(12.5)
    app.button(key="record_reading.submit").click().run()
    assert not app.exception
    app = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, PROJECT, id=str(project_id), part="goals", do="aim")
    app.number_input(key="change_target.target").set_value(72)
    app.button(key="change_target.submit").click().run()
    assert "请填写这一项。" in words(app)
    app.text_area(key="change_target.reason").set_value("又加了两个单元")
    app.button(key="change_target.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        goal = session.scalars(select(Indicator)).one()
        assert (goal.actual, goal.target) == (Decimal("12.5"), Decimal(72))
        assert session.scalars(select(Reading.value)).all() == [Decimal("12.5")]


def test_a_changed_target_is_drawn_with_the_old_one(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_live_project(small_world)
    goal = a_goal(small_world, project_id)
    carry_out(small_world.secretary, "", change_target, indicator_id=goal, version=1, target=Decimal(72), reason="增加")

    from components.projects.goals import _points
    from db.queries.projects.indicators import goals_of

    with reading(small_world.secretary) as session:
        shown = goals_of(session, project_id)[0]
    points = _points(shown, DAY, DAY + timedelta(days=90), DAY)

    assert {point["value"] for point in points if point["series"] == "目标值"} == {60.0, 72.0}
    app = open_app(monkeypatch, small_world.secretary.id, PROJECT, id=str(project_id))
    assert not app.exception


def test_the_leader_posts_an_opening_and_answers_who_waits(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_live_project(small_world)
    a_goal(small_world, project_id)
    leader = small_world[Role.TEAM_LEADER].id
    app = open_app(monkeypatch, leader, PROJECT, id=str(project_id), part="team")
    app.text_input(key="post_opening.title").set_value("电工助手")
    app.button(key="post_opening.submit").click().run()
    assert not app.exception
    with reading(small_world.secretary) as session:
        opening_id = session.scalars(select(Opening.id)).one()
    carry_out(a_volunteer_actor(small_world, "one"), "", sign_up, opening_id=opening_id)

    app = open_app(monkeypatch, leader, PROJECT, id=str(project_id), part="team")
    app.button(key="answer_placement.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.scalars(select(Placement.state)).all() == [PlacementState.ACCEPTED]


def test_the_leader_changes_how_many_an_opening_needs_but_never_below_who_is_in(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = a_live_project(small_world)
    opening = an_opening(small_world, project_id, places=3, filled=2)
    asked = {"id": str(project_id), "part": "team", "do": "places"}
    app = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, PROJECT, **asked)

    def change(places: int) -> str:
        app.selectbox(key="change_places.opening_id").select_index(0)
        app.number_input(key="change_places.places").set_value(places)
        app.button(key="change_places.submit").click().run()
        assert not app.exception
        return words(app)

    refused = change(1)
    change(5)

    assert "已经有 2 人在岗" in refused
    with reading(small_world.secretary) as session:
        assert session.get_one(Opening, opening).places == 5


def test_a_volunteer_is_replaced_by_one_found_by_skill(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_live_project(small_world)
    a_goal(small_world, project_id)
    opening_id = an_opening(small_world, project_id, places=1)
    carry_out(a_volunteer_actor(small_world, "one"), "", claim_place, opening_id=opening_id)
    a_volunteer_actor(small_world, "two")
    app = open_app(
        monkeypatch, small_world[Role.TEAM_LEADER].id, PROJECT, id=str(project_id), part="team", do="replace"
    )

    app.text_input(key=f"team.find.{project_id}").set_value("TWO").run()
    app.selectbox(key="replace_member.placement_id").select_index(0)
    app.selectbox(key="replace_member.volunteer_id").select_index(0)
    app.text_input(key="replace_member.reason").set_value("出差")
    app.button(key="replace_member.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        states = session.scalars(select(Placement.state).order_by(Placement.id)).all()
    assert states == [PlacementState.REPLACED, PlacementState.ACCEPTED]


def test_an_activity_is_planned_and_reported_with_hours_and_readings(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = a_live_project(small_world, state=ProjectState.RUNNING)
    goal = a_goal(small_world, project_id)
    opening_id = an_opening(small_world, project_id)
    person = a_volunteer_actor(small_world, "one")
    carry_out(person, "", claim_place, opening_id=opening_id)
    leader = small_world[Role.TEAM_LEADER].id
    app = open_app(monkeypatch, leader, PROJECT, id=str(project_id), part="plan")
    app.text_input(key="plan_activity.title").set_value("换灯")
    app.text_input(key="plan_activity.place").set_value("1幢")
    app.button(key="plan_activity.submit").click().run()
    assert not app.exception

    app = open_app(monkeypatch, leader, PROJECT, id=str(project_id), part="plan", do="report")
    app.text_area(key="report_activity.report").set_value("换好 12 盏")
    app.number_input(key="report_activity.people_served").set_value(30)
    app.button_group(key="report_activity.served").set_value([1])
    app.text_input(key="report_activity.note").set_value("刚过零点也能报")
    app.number_input(key=f"report_activity.reading_{goal}").set_value(12)
    app.button(key="report_activity.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        activity = session.scalars(select(Activity)).one()
        assert (activity.state, activity.served) == (ActivityState.DONE, 30)
        assert session.get_one(Indicator, goal).actual == 12


def test_milestones_and_risks_are_kept_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_live_project(small_world)
    leader = small_world[Role.TEAM_LEADER].id
    app = open_app(monkeypatch, leader, PROJECT, id=str(project_id), part="steps")
    app.text_input(key="add_milestone.title").set_value("踏勘")
    app.button(key="add_milestone.submit").click().run()
    assert not app.exception
    app = open_app(monkeypatch, leader, PROJECT, id=str(project_id), part="steps", do="raise")
    app.text_input(key="raise_risk.what").set_value("涨价")
    app.text_input(key="raise_risk.measure").set_value("早订")
    app.button(key="raise_risk.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.scalars(select(Milestone.title)).all() == ["踏勘"]
        assert session.scalars(select(Risk.what)).all() == ["涨价"]


def test_a_project_starts_and_stops_with_words(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_live_project(small_world)
    a_goal(small_world, project_id)
    app = open_app(monkeypatch, small_world.secretary.id, PROJECT, id=str(project_id))
    app.button(key="start_project.submit").click().run()
    assert "请填写这一项。" in words(app)
    app.text_input(key="start_project.reason").set_value("由物业施工")
    app.button(key="start_project.submit").click().run()
    assert not app.exception

    app = open_app(monkeypatch, small_world.secretary.id, PROJECT, id=str(project_id), part="life")
    app.text_area(key="stop_project.reason").set_value("产权单位另有安排")
    app.button(key="stop_project.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.get_one(Project, project_id).state is ProjectState.STOPPED


def test_an_activity_in_a_far_year_is_asked_about_at_its_day(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = a_live_project(small_world, state=ProjectState.RUNNING)
    app = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, PROJECT, id=str(project_id), part="plan")
    app.text_input(key="plan_activity.title").set_value("换灯")
    app.text_input(key="plan_activity.place").set_value("1幢")
    with reading(small_world.secretary) as session:
        far = session.get_one(Project, project_id).due_on + timedelta(days=1)
    app.date_input(key="plan_activity.on").set_value(far)
    app.button(key="plan_activity.submit").click().run()
    assert "请勾选“日期没有写错”再提交" in words(app)

    app.checkbox(key="plan_activity.sure").set_value(True)
    app.button(key="plan_activity.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.scalars(select(Activity.on)).all() == [far]
