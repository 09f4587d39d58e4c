"""The start page: every role finds its work, every line leads somewhere, an empty day is friendly."""

from datetime import UTC, datetime, timedelta

import pytest

from components.menu import ENTRIES
from components.today.lines import WAYS, greeting
from db.queries.today.parts import ToDo
from db.terms import NeedStage, Role
from tests.builders.needs import a_need
from tests.builders.world import World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

SEATED = [role for role in Role if role is not Role.DISPLAY]


def test_every_kind_of_work_has_its_words_and_an_existing_page() -> None:
    assert set(WAYS) == set(ToDo)
    assert {way.page for way in WAYS.values()} | {way.opens_one for way in WAYS.values() if way.opens_one} <= {
        entry.path for entry in ENTRIES
    }


@pytest.mark.parametrize("role", SEATED)
def test_the_start_page_opens_for_every_role_within_its_budget(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    for stage in (NeedStage.LOGGED, NeedStage.SCREENED, NeedStage.HANDLING):
        a_need(small_world, stage=stage)

    app = open_app(monkeypatch, small_world[role].id)
    with Statements() as counted:
        app.run()

    assert not app.exception
    assert len([text for text in counted.texts if text != "BEGIN"]) <= 15
    assert len(app.main.children) <= 60


def test_an_empty_day_says_so_and_shows_where_to_begin(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id)

    assert "今天没有待办" in words(app)


def test_a_secretary_reads_what_waits(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_need(small_world, stage=NeedStage.SCREENED)
    a_need(small_world, stage=NeedStage.HANDLING)

    app = open_app(monkeypatch, small_world.secretary.id)

    labels = [link.proto.label for link in app.get("page_link")]
    assert "1 件涉安全需求，即接即办" in labels
    assert "1 件需求待分流" in labels
    assert "先办" in words(app)


def test_the_day_is_greeted_by_chinese_clocks() -> None:
    morning = datetime(2026, 3, 5, 0, 30, tzinfo=UTC)

    assert greeting("周", morning) == "周，早上好"
    assert greeting("周", morning + timedelta(hours=6)) == "周，下午好"
    assert greeting("周", morning + timedelta(hours=11)) == "周，晚上好"
