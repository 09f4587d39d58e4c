"""The pages of units for each role: what is found and done on them, and what stays covered."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.projects.stage import set_role
from db.terms import RequestState, Role, StageBody, StagePart
from tests.builders.members import a_branch, a_party_member
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.units import a_request, a_resource, a_unit, promised, state_of, thanked
from tests.builders.world import TODAY, World, do
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

ALL, UNIT, RESOURCE, REQUEST = (f"units/{name}.py" for name in ("units", "unit", "resource", "request"))
STAGE = "projects/stage.py"


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COUNCIL_MEMBER, Role.TEAM_LEADER, Role.DISTRICT_VIEWER])
@pytest.mark.parametrize("path", [ALL, UNIT, RESOURCE, REQUEST])
def test_who_has_nothing_to_do_with_units_sees_none(
    small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role
) -> None:
    a_request(small_world, a_resource(small_world, a_unit(small_world)))

    app = open_app(monkeypatch, small_world[role].id, path, id="1")

    assert not app.exception
    assert "总工会" not in words(app)


@pytest.mark.parametrize("path", [ALL, UNIT, RESOURCE, REQUEST])
def test_an_auditor_finds_no_form(small_world: World, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    a_request(small_world, a_resource(small_world, a_unit(small_world)))

    app = open_app(monkeypatch, small_world[Role.AUDITOR].id, path, id="1")

    assert not app.exception
    assert not [button for button in app.button if button.key and button.key.endswith(".submit")]
    assert "周测试" not in words(app)


def test_a_unit_is_registered_and_its_contact_stays_covered(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, ALL)

    app.text_input(key="unit.new.name").input("澄湖文化站")
    app.selectbox(key="unit.new.kind").select_index(1)
    app.text_input(key="unit.new.contact_name").input("周测试")
    app.text_input(key="unit.new.contact_phone").input("10012345678")
    app.button(key="unit.new.submit").click().run()

    assert not app.exception
    assert "澄湖文化站" in words(app)
    one = open_app(monkeypatch, small_world.secretary.id, UNIT, id="1")
    assert "5678" in words(one)
    assert "10012345678" not in words(one)
    one.text_input(key="unmask_unit.1.reason").input("约时间")
    one.button(key="unmask_unit.1.submit").click().run()
    assert "10012345678" in words(one)


def test_a_refused_form_keeps_what_was_typed(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_unit(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, ALL)

    app.text_input(key="unit.new.name").input("澄湖街道 总工会")
    app.selectbox(key="unit.new.kind").select_index(1)
    app.button(key="unit.new.submit").click().run()

    assert app.text_input(key="unit.new.name").value == "澄湖街道 总工会"
    assert app.error


def test_a_match_opens_the_request_filled_in_and_is_gone_once_asked(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = a_need(small_world, title="楼道照明灯坏了", description="楼道照明灯坏了")
    lamp = a_resource(small_world, a_unit(small_world), "照明灯检修", words="楼道照明灯坏了来修")
    lists = open_app(monkeypatch, small_world.worker.id, ALL, tab="lists")
    assert "用语相近" in words(lists)

    app = open_app(monkeypatch, small_world.worker.id, RESOURCE, match=f"{lamp}-n{need}")
    assert app.text_input(key=f"ask.{lamp}.{need}.0.purpose").value == "楼道照明灯坏了"
    app.button(key=f"ask.{lamp}.{need}.0.submit").click().run()

    assert not app.exception
    assert state_of(small_world, 1) is RequestState.ASKED
    assert "用语相近" not in words(open_app(monkeypatch, small_world.worker.id, ALL, tab="lists"))


def test_a_unit_shows_the_members_who_come_from_it_masked(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = a_unit(small_world)
    a_party_member(small_world, a_branch(small_world), "甄党员", unit_id=unit)

    seen = open_app(monkeypatch, small_world.worker.id, UNIT, id=str(unit))

    assert not seen.exception
    assert "甄**" in words(seen)
    assert "甄党员" not in words(seen)


def test_a_worker_writes_down_what_the_unit_said(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = a_request(small_world, a_resource(small_world, a_unit(small_world)))
    app = open_app(monkeypatch, small_world.worker.id, REQUEST, id=str(one))

    app.text_input(key=f"promise.{one}.said_by").input("周主席")
    app.button(key=f"promise.{one}.submit").click().run()

    assert not app.exception
    assert state_of(small_world, one) is RequestState.PROMISED
    assert "周**" in words(app)
    assert "周主席" not in words(app)


@pytest.mark.parametrize("span", ["week", "month"])
def test_the_calendar_shows_who_has_what(small_world: World, monkeypatch: pytest.MonkeyPatch, span: str) -> None:
    promised(small_world, a_resource(small_world, a_unit(small_world)), on_day=TODAY + timedelta(days=1))

    app = open_app(
        monkeypatch, small_world.worker.id, ALL, tab="calendar", span=span, day=(TODAY + timedelta(days=1)).isoformat()
    )

    assert not app.exception
    assert "职工会堂" in words(app)


@pytest.mark.parametrize("query", [{"match": "1-x9"}, {"id": "abc"}, {"match": "9" * 40}, {}])
def test_a_wrong_address_is_told(small_world: World, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]) -> None:
    app = open_app(monkeypatch, small_world.worker.id, RESOURCE, **query)

    assert not app.exception


def test_pages_ask_the_database_little(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = a_unit(small_world)
    hall = a_resource(small_world, unit)
    thanked(small_world, hall)
    a_project(small_world)

    for path, query in ((ALL, {"tab": "lists"}), (UNIT, {"id": "1"}), (RESOURCE, {"id": "1"}), (STAGE, {"id": "1"})):
        app = open_app(monkeypatch, small_world.secretary.id, path, **query)
        with Statements() as asked:
            app.run()
        assert not app.exception
        assert asked.n <= 15, path


def test_the_stage_of_a_project_is_set_and_seen(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project: Any = a_project(small_world)
    values = {"body": StageBody.OWNERS_COMMITTEE, "part": StagePart.LEAD, "since": TODAY - timedelta(days=1)}
    do(small_world.secretary, set_role, project_id=project, **values)

    app = open_app(monkeypatch, small_world.secretary.id, STAGE, id=str(project))

    assert not app.exception
    assert "业委会" in words(app)
    assert "社区在舞台旁边" in words(app)
    app.text_input(key=f"begin_election.{project}.estate").input("望柳花园")
    app.number_input(key=f"begin_election.{project}.owners").set_value(600)
    app.number_input(key=f"begin_election.{project}.area").set_value(54000.0)
    app.button(key=f"begin_election.{project}.submit").click().run()
    assert not app.exception
    assert "由业主共同决定" in words(app)
    assert "候选人名单公示" in words(app)
