"""成效: who opens it, what it shows, that rows stand behind it only for those who may see them, what it costs."""

from datetime import timedelta

import pytest

from components.wording.dates import today
from db.engine import utc_now
from db.terms import ResultFigure, Role, Satisfaction
from tests.builders.members import a_branch, a_party_member
from tests.builders.orders import a_helper, an_order, rated
from tests.builders.world import World
from tests.support.signed_in import elements, open_app, words
from tests.support.statements import Statements

PAGE = "results/results.py"


def this_month() -> str:
    """In its first days it is not the period that is looked at unless it is chosen."""
    return f"{today(utc_now()):%Y-%m}"


@pytest.fixture
def served_world(small_world: World) -> World:
    a_party_member(small_world, a_branch(small_world))
    rated(small_world, an_order(small_world), a_helper(small_world), Satisfaction.SATISFIED, now=utc_now())
    return small_world


@pytest.mark.parametrize("view", ["", *(one.value for one in ResultFigure)])
def test_every_figure_opens_within_its_budget(served_world: World, monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    app = open_app(monkeypatch, served_world.secretary.id, PAGE, **({"figure": view} if view else {}))
    with Statements() as counted:
        app.run()

    assert not app.exception
    assert counted.n <= 15
    assert elements(app._tree) <= 90


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AREA_WORKER, Role.AUDITOR])
def test_whoever_may_open_the_rows_finds_them_behind_the_figure(
    served_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = open_app(monkeypatch, served_world[role].id, PAGE, figure="beneficiaries", period=this_month())

    assert not app.exception
    assert "数字后面的记录" in words(app)
    assert "LL-D20" in words(app)


def test_the_district_reads_figures_and_no_rows(served_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(
        monkeypatch, served_world[Role.DISTRICT_VIEWER].id, PAGE, figure="beneficiaries", period=this_month()
    )

    assert not app.exception
    assert "1 户" in words(app)
    assert "数字后面的记录" not in words(app)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TEAM_LEADER, Role.COUNCIL_MEMBER])
def test_nobody_else_opens_it(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert "95% 区间" not in words(app)
    assert "报出过的数" not in words(app)


def test_a_figure_is_reported_from_the_page(served_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, served_world.secretary.id, PAGE, figure="satisfaction", period=this_month())
    next(button for button in app.button if button.label == "记下已报出").click().run()

    assert not app.exception
    assert "未变" in words(app)
    assert "1/1" in words(app)


def test_the_period_stays_in_the_address(served_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    last = utc_now() - timedelta(days=40)
    app = open_app(monkeypatch, served_world.secretary.id, PAGE, period=f"{last:%Y-%m}", figure="sessions")

    assert "0 场" in words(app)
    assert app.query_params["period"] == f"{last:%Y-%m}"
