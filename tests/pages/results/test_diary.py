"""服务日志 on the screen: drafted at one press, checked, removal said first, within its budget."""

from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.actions.people.consents import withdraw_consent
from db.counters import day_of
from db.engine import reading_as_system, utc_now
from db.models import DiaryEntry, Export, ProgressCode
from db.terms import ActivityKind, ActivityState, ConsentScope, ConsentWay, DiaryState, Role
from tests.builders.activities import an_own_activity
from tests.builders.intake import a_picture
from tests.builders.people import a_consent, a_person
from tests.builders.results import a_diary_entry, a_held_event, a_quote
from tests.builders.world import World, do
from tests.support.handed import Handed
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


def with_a_photo(
    app: AppTest, number: int, seen: str, *, consents: tuple[int, ...] = (), childless: bool = True
) -> AppTest:
    """A photo that the phone sent, and what is said of it."""
    app.session_state[f"_diary.waiting.{number}"] = a_picture()
    app.run()
    form = f"diary_photo.{number}.0"
    app.segmented_control(key=f"{form}.seen").set_value(seen)
    app.multiselect(key=f"{form}.consents").set_value(list(consents))
    app.checkbox(key=f"{form}.childless").set_value(childless)
    app.button(key=f"{form}.submit").click().run()
    assert not app.exception
    return app


def test_a_photo_goes_along_when_everybody_on_it_consented_and_no_child_is_there(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed, number = Handed(monkeypatch), a_diary_entry(small_world, state=S.APPROVED)
    consent = a_consent(small_world.worker, a_person(small_world, "王秀兰"), scope=ConsentScope.PHOTO)
    a_consent(small_world.worker, a_person(small_world, "王小宝", room="102"), scope=ConsentScope.PHOTO,
              way=ConsentWay.GUARDIAN)  # fmt: skip
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(number))

    app = with_a_photo(app, number, "consented")
    assert "请选出每个认得出的人的同意" in words(app)
    assert len(app.multiselect(key=f"diary_photo.{number}.0.consents").options) == 1
    app = with_a_photo(app, number, "nobody", childless=False)
    assert "有孩子的照片不用" in words(app)
    app = with_a_photo(app, number, "consented", consents=(consent,))
    app.button(key="diary.paper").click().run()

    document = Document(BytesIO(handed.file(small_world.secretary.id)))
    assert len(document.inline_shapes) == 1
    with reading_as_system("test") as session:
        assert session.scalars(select(Export.filters)).all() == [{"entry": number, "photos": 1, "consents": [consent]}]


def test_a_photo_whose_consent_is_taken_back_leaves_no_more_and_what_left_must_be_taken_down(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed, number = Handed(monkeypatch), a_diary_entry(small_world, state=S.TAKEN)
    consent = a_consent(small_world.worker, a_person(small_world, "王秀兰"), scope=ConsentScope.PHOTO)
    app = with_a_photo(
        open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(number)), number, "consented", consents=(consent,)
    )
    app.button(key="diary.picture").click().run()
    assert handed.file(small_world.secretary.id).startswith(b"\x89PNG")

    app.button(key="diary.bundle").click().run()
    do(small_world.worker, withdraw_consent, consent_id=consent, reason="改主意")

    assert handed.fetch(small_world.secretary.id).status != 200
    assert "有 1 篇已经刊登的日志须撤下" in words(open_app(monkeypatch, small_world.worker.id, PAGE))
    one = words(open_app(monkeypatch, small_world.worker.id, PAGE, id=str(number)))
    assert "还刊登在：公众号“服务日志”" in one
