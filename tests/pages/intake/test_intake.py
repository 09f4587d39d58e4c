"""The queue of messages, posters and photos on their pages: who may, what was wrong, what comes of it."""

import base64
from typing import Any

import pytest

from components import photo_box as box
from db.actions.photos import add_photo
from db.models import Intake, Photo, Poster
from db.terms import IntakeState, PosterKind, Role
from tests.builders.intake import a_picture, a_poster, a_rider, a_service, sent
from tests.builders.needs import a_need
from tests.builders.world import World, do, row
from tests.support.signed_in import open_app, words

INTAKE, POSTERS, NEED = "intake/intake.py", "intake/posters.py", "needs/need.py"
CLOSED = "这一页不对您的角色开放"


class Picked:
    """What the phone sent through the block."""

    def __init__(self, picked: Any) -> None:
        self.picked = picked


def picks(monkeypatch: pytest.MonkeyPatch, value: Any) -> None:
    """The next run is the one in which this was picked."""
    values = [value]
    monkeypatch.setattr(box, "_component", lambda **_: Picked(values.pop() if values else None))


@pytest.mark.parametrize("path", [INTAKE, POSTERS])
@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.VOLUNTEER, Role.COUNCIL_MEMBER])
def test_others_find_it_closed(small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role) -> None:
    assert CLOSED in words(open_app(monkeypatch, small_world[role].id, path))


@pytest.mark.parametrize("path", [INTAKE, POSTERS])
@pytest.mark.parametrize("broken", ["999", "0", "x", "-1"])
def test_an_object_that_there_is_not_is_told(
    small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, broken: str
) -> None:
    app = open_app(monkeypatch, small_world.worker.id, path, id=broken)

    assert not app.exception
    assert "没有找到" in words(app)


def test_a_report_becomes_a_need_from_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = sent(small_world, a_rider(small_world), urgent=True)
    app = open_app(monkeypatch, small_world.worker.id, INTAKE, id=str(intake))
    name = f"take_intake.{intake}.need"

    app.button(key=f"{name}.submit").click().run()
    assert row(small_world, Intake, intake).state is IntakeState.WAITING
    assert "3幢北门口" in str(app.text_area(key=f"{name}.description").value)
    app.selectbox(key=f"{name}.place_id").select(small_world.place)
    app.button_group(key=f"{name}.category_id").select(small_world.categories[5])
    app.button(key=f"{name}.submit").click().run()

    assert not app.exception
    message = row(small_world, Intake, intake)
    assert message.state is IntakeState.TAKEN
    assert f"/need?id={message.need_id}" in words(app)


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = sent(small_world, a_rider(small_world))
    app = open_app(monkeypatch, small_world.worker.id, INTAKE, id=str(intake))
    app.button_group(key=f"intake_way.{intake}").select(IntakeState.REFUSED).run()
    name = f"refuse_intake.{intake}"

    app.text_input(key=f"{name}.reason").input("长" * 201)
    app.button(key=f"{name}.submit").click().run()
    assert app.text_input(key=f"{name}.reason").value == "长" * 201
    app.text_input(key=f"{name}.reason").input("与上周的重复")
    app.button(key=f"{name}.submit").click().run()

    assert row(small_world, Intake, intake).reason == "与上周的重复"


def test_the_sender_is_masked_until_a_reason_is_given(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = sent(small_world, a_poster(small_world), service_id=a_service(small_world))
    app = open_app(monkeypatch, small_world.worker.id, INTAKE, id=str(intake))
    before = words(app)
    app.text_input(key=f"unmask_intake.{intake}.reason").input("回电确认")
    app.button(key=f"unmask_intake.{intake}.submit").click().run()

    assert "13812345678" not in before
    assert "沈阿姨" not in before
    assert "13812345678" in words(app)
    assert "13812345678" not in words(app.run())


def test_a_poster_is_made_and_taken_back_from_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, POSTERS)
    name = f"make_poster.{PosterKind.ORDER.value}"
    app.text_input(key=f"{name}.name").input("3幢一楼")
    app.button(key=f"{name}.submit").click().run()
    assert app.text_input(key=f"{name}.name").value == "3幢一楼"
    app.selectbox(key=f"{name}.place_id").select(small_world.place)
    app.button(key=f"{name}.submit").click().run()

    assert not app.exception
    poster = row(small_world, Poster, 1)
    assert poster.name == "3幢一楼"
    app = open_app(monkeypatch, small_world.secretary.id, POSTERS, id="1")
    assert poster.code not in words(app)
    app.button(key="revoke_poster.1.submit").click().run()
    assert row(small_world, Poster, 1).revoked_at is not None


def test_a_photo_is_added_to_a_need_and_removed_with_a_reason(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = a_need(small_world)
    picks(monkeypatch, base64.b64encode(a_picture()).decode())
    app = open_app(monkeypatch, small_world.worker.id, NEED, id=str(need))

    photo = row(small_world, Photo, 1)
    assert photo.need_id == need
    app.text_input(key=f"photos.need_id.{need}.remove.reason").input("拍到了车牌")
    app.button(key=f"photos.need_id.{need}.remove.submit").click().run()

    assert not app.exception
    assert row(small_world, Photo, 1).removed_at is not None


@pytest.mark.parametrize(
    ("value", "said"),
    [(base64.b64encode(b"<svg/>").decode(), "不是能读的照片"), ("%%%", "没有收到"), ("", "没有收到"), (7, "没有收到")],
)
def test_what_is_no_photo_is_told(small_world: World, monkeypatch: pytest.MonkeyPatch, value: Any, said: str) -> None:
    picks(monkeypatch, value)
    app = open_app(monkeypatch, small_world.worker.id, NEED, id=str(a_need(small_world)))

    assert not app.exception
    assert said in words(app)
    assert row(small_world, Photo, 1) is None


def test_an_auditor_reads_the_need_without_its_photos(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    need = a_need(small_world)
    do(small_world.worker, add_photo, need_id=need, jpeg=a_picture())
    asked: list[str] = []

    def nothing_picked(**more: Any) -> Picked:
        asked.append(more["key"])
        return Picked(None)

    monkeypatch.setattr(box, "_component", nothing_picked)

    open_app(monkeypatch, small_world[Role.AUDITOR].id, NEED, id=str(need))
    assert asked == []
    open_app(monkeypatch, small_world.secretary.id, NEED, id=str(need))
    assert asked == [f"photos.need_id.{need}"]
