"""Bad input on the screen: the message stands at its field, everything else that was typed stays."""

import logging
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.engine import reading_as_system
from db.models import Need, Place, Volunteer
from db.terms import Reach, Role, VolunteerKind
from tests.builders.world import World
from tests.support.signed_in import open_app, words

SAID = "𠮷喆家👵🏻楼道灯 =1+1 ![x](http://a)"
TOO_LONG = "太长了：最多 {most} 个字，现在 {length} 个字。"


def errors(app: AppTest) -> list[str]:
    return [str(error.value) for error in app.error]


def stands_below(app: AppTest, key: str) -> bool:
    """The one error comes right after the widget with this key."""
    kinds = [(str(getattr(node, "type", "")), str(getattr(node, "key", ""))) for node in app.main]
    before = kinds[next(i for i, (kind, _) in enumerate(kinds) if kind == "error") - 1]
    return before[1].endswith(key)


def test_a_need_keeps_every_field_when_one_is_wrong(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "doors/visit.py")
    app.segmented_control(key="visit.way").set_value("来访、来电等")
    app.run()
    form = "log_need.other"
    app.text_area(key=f"{form}.description").set_value(SAID)
    app.segmented_control(key=f"{form}.category_id").set_value(small_world.categories[1])
    app.segmented_control(key=f"{form}.reach").set_value(Reach.BUILDING)
    app.number_input(key=f"{form}.people").set_value(7)
    app.selectbox(key=f"{form}.place_id").set_value(small_world.place)
    app.text_input(key=f"{form}.asker_name").set_value("欧" * 31)

    app.button(key=f"{form}.submit").click().run()

    assert errors(app) == [TOO_LONG.format(most=30, length=31)]
    assert stands_below(app, f"{form}.asker_name")
    assert app.text_area(key=f"{form}.description").value == SAID
    assert app.segmented_control(key=f"{form}.category_id").value == small_world.categories[1]
    assert app.number_input(key=f"{form}.people").value == 7

    app.text_input(key=f"{form}.asker_name").set_value("欧阳青岚")
    app.button(key=f"{form}.submit").click().run()

    assert errors(app) == []
    with reading_as_system("test") as session:
        assert session.scalars(select(Need.description)).all() == [SAID]


def test_a_long_form_names_all_that_it_lacks_above_its_button(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.worker.id, "complaints/log.py")
    app.text_input(key="log_complaint.source_number").set_value("HZ-77")
    before = words(app)

    app.button(key="log_complaint.submit").click().run()

    after = words(app)
    assert "还缺" not in before
    gaps, button = after.index("还缺 3 项："), after.rindex("登记投诉")
    assert after[gaps:button].split("\n") == ["还缺 3 项：", "、", "诉求人原话", "类别", "地点", ""]
    assert len(errors(app)) == 3
    assert set(errors(app)) == {"请填写这一项。"}
    assert app.text_input(key="log_complaint.source_number").value == "HZ-77"


def test_a_place_keeps_every_field_when_one_is_wrong(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, "admin/settings.py", part="places")
    form = "place_new"
    app.text_input(key=f"{form}.name").set_value("长" * 61)
    app.number_input(key=f"{form}.households").set_value(300)

    app.button(key=f"{form}.submit").click().run()

    assert errors(app) == [TOO_LONG.format(most=60, length=61), "请填写这一项。"]
    assert stands_below(app, f"{form}.name")
    assert app.text_input(key=f"{form}.name").value == "长" * 61
    assert app.number_input(key=f"{form}.households").value == 300
    with reading_as_system("test") as session:
        assert len(session.scalars(select(Place.id)).all()) == 2


def test_a_volunteer_keeps_every_field_when_one_is_wrong(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, "volunteers/registry.py")
    form = "register_volunteer"
    app.text_input(key=f"{form}.name").set_value("李梅")
    app.text_input(key=f"{form}.phone").set_value("1" * 21)
    app.segmented_control(key=f"{form}.kind").set_value(VolunteerKind.RESIDENT)

    app.button(key=f"{form}.submit").click().run()

    assert errors(app) == [TOO_LONG.format(most=20, length=21)]
    assert stands_below(app, f"{form}.phone")
    assert app.text_input(key=f"{form}.name").value == "李梅"
    with reading_as_system("test") as session:
        assert session.scalars(select(Volunteer.id)).all() == []


# --- what the log says ------------------------------------------------------------------------------------------------

NAME, PHONE, STORY = "欧阳青岚标记", "13987654321", "独居且患病的标记描述"


def test_the_log_never_says_who_asked_or_for_what(
    small_world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    app = open_app(monkeypatch, small_world.worker.id, "doors/visit.py")
    app.segmented_control(key="visit.way").set_value("来访、来电等")
    app.run()

    def fill(people: int) -> None:
        form = "log_need.other"
        app.text_area(key=f"{form}.description").set_value(STORY)
        app.text_input(key=f"{form}.asker_name").set_value(NAME)
        app.text_input(key=f"{form}.asker_phone").set_value(PHONE)
        app.segmented_control(key=f"{form}.category_id").set_value(small_world.categories[1])
        app.segmented_control(key=f"{form}.reach").set_value(Reach.BUILDING)
        app.number_input(key=f"{form}.people").set_value(people)
        app.selectbox(key=f"{form}.place_id").set_value(small_world.place)
        app.button(key=f"{form}.submit").click().run()

    fill(7)
    assert "已记下" in "".join(str(toast.value) for toast in app.toast)
    monkeypatch.setattr(
        "db.actions.needs.needs.next_number", lambda *_: None
    )  # the table refuses a need without a number
    fill(8)
    said = "".join(capfd.readouterr()) + caplog.text

    assert app.exception, "the failure was reported"
    assert not [mark for mark in (NAME, PHONE, STORY) if mark in said]


@pytest.mark.parametrize("kind", [ValueError, KeyError, RuntimeError])
def test_an_error_of_the_script_is_logged_without_its_words(
    kind: type[Exception], small_world: World, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    from pages.public.mishap import on_script_error

    caplog.set_level(logging.DEBUG)

    def fail(**told: Any) -> None:
        raise kind(f"{told}")

    try:
        fail(name=NAME, phone=PHONE, description=STORY)
    except kind as error:
        on_script_error(error)
    said = "".join(capfd.readouterr()) + caplog.text

    assert "script.failed" in said
    assert not [mark for mark in (NAME, PHONE, STORY) if mark in said]
