"""服务日志 on the screen: drafted at one press, checked, removal said first, within its budget."""

import pytest
from sqlalchemy import select

from db.actions.people.consents import withdraw_consent
from db.counters import day_of
from db.engine import reading_as_system, utc_now
from db.models import DiaryEntry, ProgressCode
from db.terms import ActivityKind, ActivityState, DiaryState, Role
from tests.builders.activities import an_own_activity
from tests.builders.results import a_diary_entry, a_held_event, a_quote
from tests.builders.world import World, do
from tests.support.signed_in import elements, open_app, words
from tests.support.statements import Statements

PAGE = "results/diary.py"
S = DiaryState


def test_a_worker_drafts_an_entry_at_one_press(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_own_activity(
        small_world, ActivityKind.SALON, day_of(utc_now()), state=ActivityState.DONE, report="四十名居民学会插花。"
    )
    app = open_app(monkeypatch, small_world.worker.id, PAGE, view="draft", record=str(event))
    assert "四十名居民学会插花" in (app.text_area(key=f"draft_entry.activity.{event}.body").value or "")

    app.button(key=f"draft_entry.activity.{event}.submit").click().run()

    assert not app.exception
    with reading_as_system("test") as session:
        (made,) = session.scalars(select(DiaryEntry)).all()
    assert (made.state, made.activity_id) == (S.DRAFT, event)


@pytest.mark.parametrize("state", [S.DRAFT, S.SUBMITTED, S.APPROVED, S.TAKEN])
def test_an_entry_opens_within_its_budget(
    small_world: World, monkeypatch: pytest.MonkeyPatch, state: DiaryState
) -> None:
    event = a_held_event(small_world, guest="甄报名")
    quote, _consent = a_quote(small_world, event)
    number = a_diary_entry(small_world, event, state=state, quotes=(quote,))
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(number))
    with Statements() as counted:
        app.run()

    assert not app.exception
    assert "一起学插花" in words(app)
    assert counted.n <= 15
    assert elements(app._tree) <= 60


def test_places_that_point_at_a_person_are_shown_masked(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    event = a_held_event(small_world, guest="甄报名")
    number = a_diary_entry(small_world, event, state=S.SUBMITTED, body="甄报名来了，电话 13900000001。")

    said = words(open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(number)))

    assert "正文第 1 行第 1 个字起：姓名 甄" in said
    assert "13900000001" not in said


def test_the_list_says_first_what_must_be_taken_down(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    event = a_held_event(small_world)
    quote, consent = a_quote(small_world, event)
    number = a_diary_entry(small_world, event, state=S.TAKEN, quotes=(quote,))
    do(small_world.worker, withdraw_consent, consent_id=consent, reason="改主意")

    assert "有 1 篇已经刊登的日志须撤下" in words(open_app(monkeypatch, small_world.worker.id, PAGE))
    one = words(open_app(monkeypatch, small_world.worker.id, PAGE, id=str(number)))
    assert "还刊登在：公众号“服务日志”" in one
    assert "手不抖了" not in one


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TEAM_LEADER, Role.COUNCIL_MEMBER])
def test_nobody_else_opens_it(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert "从记录起草" not in words(app)


def test_a_worker_makes_the_code_of_the_public_page_and_takes_it_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.worker.id, PAGE, view="public")
    app.button(key="progress.issue").click().run()
    assert not app.exception
    with reading_as_system("test") as session:
        (made,) = session.scalars(select(ProgressCode)).all()

    app = open_app(monkeypatch, small_world.worker.id, PAGE, view="public")
    assert "打印海报（Word）" in words(app)
    app.button(key=f"revoke_progress_code.{made.id}.submit").click().run()

    assert not app.exception
    with reading_as_system("test") as session:
        assert session.scalars(select(ProgressCode.revoked_at)).one() is not None
