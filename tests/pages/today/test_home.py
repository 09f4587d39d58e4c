"""The start page: every role finds its work, every line leads somewhere, an empty day is friendly."""

import pytest

from components.menu import ENTRIES
from components.today.lines import WAYS
from db.queries.today.named import NAMES
from db.queries.today.parts import ToDo
from db.terms import MeetingState, NeedStage, Role
from tests.builders.meetings import a_meeting
from tests.builders.needs import a_need
from tests.builders.world import World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

SEATED = [role for role in Role if role is not Role.DISPLAY]


def test_every_kind_of_work_has_its_words_and_an_existing_page() -> None:
    pages = {entry.url_path for entry in ENTRIES}

    assert set(WAYS) == set(ToDo)
    assert {way.page.split("?")[0] for way in WAYS.values()} <= pages
    assert {way.thing.split(":")[0] for way in WAYS.values()} <= pages
    assert {kind for kind, way in WAYS.items() if not way.page} <= set(NAMES), "the list of today must name its things"
    assert {kind for kind, way in WAYS.items() if way.thing} <= set(NAMES)


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
    a_meeting(small_world, state=MeetingState.CLOSED)
    app = open_app(monkeypatch, small_world.worker.id)

    assert "今天没有待办" in words(app)
    assert "登记走访" in words(app)


def test_a_secretary_reads_what_waits(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_need(small_world, stage=NeedStage.SCREENED)
    a_need(small_world, stage=NeedStage.HANDLING)

    app = open_app(monkeypatch, small_world.secretary.id)

    assert "今天先办 1 件" in words(app)
    assert "涉安全" in words(app)
    assert "1 件需求待分流" in words(app)


def test_the_list_of_one_kind_is_the_same_address_for_all_and_ends_when_its_work_is_done(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_need(small_world, stage=NeedStage.HANDLING, title="井盖松动")

    shown = open_app(monkeypatch, small_world.secretary.id, todo="handling")
    gone = open_app(monkeypatch, small_world.secretary.id, todo="markets")
    nonsense = open_app(monkeypatch, small_world.secretary.id, todo="x")

    assert "井盖松动" in words(shown)
    assert "这里已经办完了" in words(gone)
    assert "这里已经办完了" in words(nonsense)


def test_a_step_of_the_way_narrows_the_ledger_and_what_was_answered_this_week_too(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_need(small_world, stage=NeedStage.SCREENED, title="轮椅下不了楼")
    a_need(small_world, stage=NeedStage.FOR_COUNCIL, title="路灯不亮")

    screened = open_app(monkeypatch, small_world.secretary.id, "needs/ledger.py", step="screen")
    closed = open_app(monkeypatch, small_world.secretary.id, "needs/ledger.py", closed="2026-01-05")

    assert "轮椅下不了楼" in words(screened)
    assert "路灯不亮" not in words(screened)
    assert "起已回音的" in words(closed)
    assert "轮椅下不了楼" not in words(closed)
