"""The settings of the subdistrict: what is stored, what is told at its field, and that nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.wording.dates import long_day
from db.engine import reading
from db.models import Category, HolidayOverride, NameReading, Place
from db.terms import PlaceKind, ReadingKind, Role
from tests.builders.world import World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

PAGE = "admin/settings.py"


def opened(world: World, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    app = open_app(monkeypatch, world[Role.SUBDISTRICT_ADMIN].id, PAGE, **query)
    assert not app.exception
    return app


def names(world: World) -> list[str]:
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        return list(session.scalars(select(Category.name).order_by(Category.position)))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUBDISTRICT_ADMIN])
def test_only_the_administrator_opens_the_settings(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert not app.exception
    assert not app.text_input


def test_a_category_is_added_and_the_form_is_empty_again(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(small_world, monkeypatch)
    app.text_input(key="category_new.name").set_value("便民服务")
    app.text_input(key="category_new.name_en").set_value("Convenience")
    app.button(key="category_new.submit").click().run()

    assert names(small_world)[-1] == "便民服务"
    assert app.text_input(key="category_new.name").value == ""


def test_a_name_that_is_taken_is_told_and_what_was_typed_stays(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(small_world, monkeypatch)
    app.text_input(key="category_new.name").set_value("环境整治")
    app.text_input(key="category_new.name_en").set_value("Again")
    app.button(key="category_new.submit").click().run()

    assert "已经有了，请换一个。" in words(app)
    assert app.text_input(key="category_new.name_en").value == "Again"
    assert len(names(small_world)) == 6


def test_a_category_is_moved_up_and_switched_off_by_a_press(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = small_world.categories[1]
    app = opened(small_world, monkeypatch)
    app.selectbox(key="settings.category").set_value(second).run()
    app.button(key=f"category.{second}.up").click().run()
    app.button(key=f"category.{second}.switch").click().run()

    assert names(small_world)[0] == "环境整治"
    with reading(small_world[Role.SUBDISTRICT_ADMIN]) as session:
        assert session.scalar(select(Category.active).where(Category.id == second)) is False


def test_a_place_gets_its_households(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(small_world, monkeypatch, part="places")
    app.text_input(key="place_new.name").set_value("东园")
    app.segmented_control(key="place_new.kind").set_value(PlaceKind.ESTATE)
    app.number_input(key="place_new.households").set_value(320)
    app.button(key="place_new.submit").click().run()

    with reading(small_world[Role.SUBDISTRICT_ADMIN]) as session:
        assert session.scalar(select(Place.households).where(Place.name == "东园")) == 320


def test_a_day_is_set_and_taken_back(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(small_world, monkeypatch, part="days")
    app.date_input(key="day.on").set_value(datetime.now(UTC).date() + timedelta(days=30))
    app.segmented_control(key="day.workday").set_value(True)
    app.button(key="day.submit").click().run()
    with reading(small_world[Role.SUBDISTRICT_ADMIN]) as session:
        override = session.scalars(select(HolidayOverride.id)).one()

    assert app.selectbox(key="settings.day").options == [long_day(datetime.now(UTC).date() + timedelta(days=30))]
    app.selectbox(key="settings.day").set_value(override).run()
    app.button(key=f"day.{override}.undo").click().run()

    with reading(small_world[Role.SUBDISTRICT_ADMIN]) as session:
        assert session.scalars(select(HolidayOverride.id)).all() == []


@pytest.mark.parametrize("part", ["categories", "places", "days", "<b>"])
def test_each_part_stays_within_its_budget(small_world: World, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    app = opened(small_world, monkeypatch, part=part)

    with Statements() as counted:
        app.run()

    assert len([text for text in counted.texts if text != "BEGIN"]) <= 15
    assert len(app.main.children) <= 60


def test_a_reading_is_added_told_when_it_is_none_and_taken_away_again(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(small_world, monkeypatch, part="readings")
    assert "朝阳" in words(app)
    app.segmented_control(key="reading_new.kind").set_value(ReadingKind.PLACE)
    app.text_input(key="reading_new.written").set_value("十里堡")
    app.text_input(key="reading_new.sounds").set_value("shilibao")
    app.button(key="reading_new.submit").click().run()
    assert "这里填得不对，请检查。" in words(app)
    assert app.text_input(key="reading_new.written").value == "十里堡"

    app.text_input(key="reading_new.sounds").set_value("shi li bao")
    app.button(key="reading_new.submit").click().run()
    with reading(small_world[Role.SUBDISTRICT_ADMIN]) as session:
        (kept,) = session.scalars(select(NameReading)).all()
    assert (kept.written, kept.sounds) == ("十里堡", "shi li bao")
    assert app.text_input(key="reading_new.written").value == ""

    app.selectbox(key="settings.reading").set_value(kept.id).run()
    app.button(key=f"reading.{kept.id}.drop").click().run()
    with reading(small_world[Role.SUBDISTRICT_ADMIN]) as session:
        assert session.scalars(select(NameReading.id)).all() == []
