"""The charts: who opens them, what stands beside each number, what a click leads to, what they cost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.charts import apart
from components.charts.author import CHARTS, finished
from db.terms import NeedStage, ProjectState, Role
from tests.builders.needs import a_need
from tests.builders.projects import a_project, an_indicator
from tests.builders.world import World
from tests.support.servers import ROOT
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

FUNNEL, PROJECTS, DEMAND, COMMUNITIES = (
    "progress/funnel.py",
    "projects/progress.py",
    "progress/demand.py",
    "progress/communities.py",
)
NOW = datetime.now(UTC)


def filled(world: World) -> None:
    for days, stage in ((3, NeedStage.LOGGED), (12, NeedStage.REGISTERED), (40, NeedStage.REGISTERED)):
        since = NOW - timedelta(days=days)
        a_need(world, stage=stage, stage_since=since, logged_at=since)
    a_need(world, stage=NeedStage.CLOSED, stage_since=NOW, logged_at=NOW)
    project = a_project(world, starts_on=NOW.date() - timedelta(days=50), due_on=NOW.date() + timedelta(days=50))
    an_indicator(world, project, 10)


@pytest.mark.parametrize("name", CHARTS)
def test_a_kept_specification_is_what_its_author_makes(name: str) -> None:
    kept = (ROOT / "components" / "charts" / f"{name}.json").read_text(encoding="utf-8")

    assert kept == finished(name)
    assert "://" not in kept


def opened(
    world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role = Role.SECRETARY, **query: str
) -> AppTest:
    app = open_app(monkeypatch, world[role].id, path, **query)
    assert not app.exception
    return app


@pytest.mark.parametrize("path", [FUNNEL, PROJECTS, DEMAND])
@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.COUNCIL_MEMBER, Role.AUDITOR, Role.DISTRICT_VIEWER])
def test_a_chart_page_opens_filled_and_empty_within_its_budget(
    small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role
) -> None:
    opened(small_world, monkeypatch, path, role)
    filled(small_world)

    app = opened(small_world, monkeypatch, path, role)
    with Statements() as counted:
        app.run()

    assert not app.exception
    assert len([text for text in counted.texts if text != "BEGIN"]) <= 15
    assert len(app.main.children) <= 60


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.DISTRICT_VIEWER])
def test_communities_stand_side_by_side_without_a_ranking(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    filled(small_world)

    app = opened(small_world, monkeypatch, COMMUNITIES, role)
    with Statements() as counted:
        app.run()

    assert "不排名次" in words(app)
    assert len([text for text in counted.texts if text != "BEGIN"]) <= 15


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AREA_WORKER, Role.VOLUNTEER, Role.DISPLAY])
def test_a_community_does_not_compare_itself_with_others(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = opened(small_world, monkeypatch, COMMUNITIES, role)

    assert "不排名次" not in words(app)


def test_only_whoever_may_export_is_offered_the_file(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(small_world)

    offered = {
        role: bool(opened(small_world, monkeypatch, FUNNEL, role).get("download_button"))
        for role in (Role.SECRETARY, Role.AUDITOR, Role.COUNCIL_MEMBER, Role.DISTRICT_VIEWER)
    }

    assert offered == {
        Role.SECRETARY: True,
        Role.AUDITOR: True,
        Role.COUNCIL_MEMBER: False,
        Role.DISTRICT_VIEWER: False,
    }


def test_a_community_of_the_address_is_chosen_and_one_out_of_reach_is_not(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = opened(small_world, monkeypatch, FUNNEL, Role.SUBDISTRICT_ADMIN, community=str(small_world.there))
    elsewhere = opened(small_world, monkeypatch, FUNNEL, Role.SUBDISTRICT_ADMIN, community="999")

    assert chosen.selectbox(key="filter.community").value == small_world.there
    assert elsewhere.selectbox(key="filter.community").value is None


def test_the_project_of_the_address_opens_and_a_foreign_one_falls_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(small_world)
    second = a_project(small_world, "停车位挖潜", due_on=NOW.date() + timedelta(days=9))

    app = opened(small_world, monkeypatch, PROJECTS, project=str(second))
    strange = opened(small_world, monkeypatch, PROJECTS, project="x<1")

    assert app.selectbox[0].value == second
    assert not strange.exception


def test_a_stopped_project_is_not_among_those_under_way(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(small_world, state=ProjectState.STOPPED)

    assert "还没有在办项目" in words(opened(small_world, monkeypatch, PROJECTS))


def drawn(rows: list[dict[str, Any]], *, click: bool) -> Any:
    """One chart on an otherwise empty page."""

    def page(rows, click):  # its source is run alone, without this file's imports
        from components.charts import chart

        chart("funnel", rows, key="one", alt="alt", lines=len(rows), click=click, top=20)

    return AppTest.from_function(page, kwargs={"rows": rows, "click": click}).run()


def test_a_chart_without_rows_behind_it_promises_no_click() -> None:
    row = {"place": 0, "label": "待筛选", "value": 3, "key": "registered", "group": "主链", "note": "3", "say": "3"}

    quiet, open_one = drawn([row], click=False), drawn([row], click=True)

    assert not quiet.exception
    assert "picked" not in str(quiet.main.children[0].proto)
    assert "picked" in str(open_one.main.children[0].proto)


def test_two_projects_of_one_name_keep_their_own_rows() -> None:
    names = apart(["便民服务", "电梯", "便民服务"])

    assert len(set(names)) == 3
    assert [name.strip("\u200b") for name in names] == ["便民服务", "电梯", "便民服务"]
