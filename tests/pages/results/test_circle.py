"""The page of the circle: what each view shows, who keeps what, and what it costs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.results.venues import close_venue
from db.counters import day_of
from db.engine import reading, utc_now
from db.models import Export, Venue
from db.terms import Role
from tests.builders.results import a_building, a_venue, at_sea
from tests.builders.world import World, do, row
from tests.support.handed import Handed, word_text
from tests.support.signed_in import elements, open_app, words
from tests.support.statements import Statements

CIRCLE, VENUE = "results/circle.py", "results/venue.py"


@pytest.fixture
def placed(small_world: World) -> World:
    a_venue(small_world)
    a_venue(small_world, "柳荫红色驿站", latitude="", longitude="")
    a_building(small_world, "1幢", households=400, **at_sea(east=250))
    a_building(small_world, "3幢", households=120, **at_sea(east=1500))
    return small_world


@pytest.mark.parametrize("view", ["cover", "venues", "buildings"])
@pytest.mark.parametrize("role", [Role.SECRETARY, Role.SUBDISTRICT_ADMIN, Role.DISTRICT_VIEWER])
def test_every_view_opens_within_its_budget(
    placed: World, monkeypatch: pytest.MonkeyPatch, view: str, role: Role
) -> None:
    app = open_app(monkeypatch, placed[role].id, CIRCLE, view=view)
    with Statements() as counted:
        app.run()

    assert not app.exception
    assert counted.n <= 15
    assert elements(app._tree) <= 90


def test_the_share_its_parts_and_the_gaps_are_shown(placed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(open_app(monkeypatch, placed.secretary.id, CIRCLE))

    assert "67%" in text
    assert "400/600 户" in text
    assert "柳林小区3幢" in text
    assert "27 分钟（推算）" in text
    assert "没有坐标、不在图上的阵地：柳荫红色驿站。" in text


def test_a_day_is_chosen_in_the_address(placed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    today = day_of(utc_now())
    one = row(placed, Venue, 1)
    do(placed.secretary, close_venue, venue_id=one.id, version=one.version, on=today + timedelta(days=3),
       reason="改造", now=utc_now())  # fmt: skip

    app = open_app(monkeypatch, placed.secretary.id, CIRCLE, day=(today + timedelta(days=4)).isoformat())

    assert "0/600 户" in words(app)


def test_nobody_else_opens_it(placed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "15 分钟内" not in words(open_app(monkeypatch, placed[Role.VOLUNTEER].id, CIRCLE))


def test_a_place_is_registered_and_changed_on_the_page(placed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, placed.secretary.id, CIRCLE, view="venues")
    app.text_input(key="venue.new.name").input("柳林东苑党群服务站")
    app.selectbox(key="venue.new.kind").select_index(1)
    app.text_input(key="venue.new.hours").input("看情况")
    next(button for button in app.button if button.label == "登记阵地").click().run()
    assert app.error

    app.text_input(key="venue.new.hours").input("周五 18:00–2:00")
    next(button for button in app.button if button.label == "登记阵地").click().run()
    assert not app.exception
    assert "周五 18:00–次日 2:00" in words(app)

    page = open_app(monkeypatch, placed.secretary.id, VENUE, id="3")
    assert "柳林东苑党群服务站" in words(page)
    next(button for button in page.button if button.label == "确定").click().run()
    assert "原因" in "".join(error.value for error in page.error) or page.error


def test_table_and_picture_leave_by_a_ticket_and_are_written_down(
    placed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = Handed(monkeypatch)
    app = open_app(monkeypatch, placed.secretary.id, CIRCLE)

    app.button(key="circle.table").click().run()
    assert "柳林小区3幢" in word_text(handed.file(placed.secretary.id))
    app.button(key="circle.picture").click().run()
    assert handed.file(placed.secretary.id).startswith(b"<svg ")

    with reading(placed.secretary) as session:
        assert [(one.what, one.rows) for one in session.scalars(select(Export))] == [("circle", 1), ("circle", 1)]


def test_another_communitys_place_is_read_only(placed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_app(monkeypatch, placed.other_secretary.id, VENUE, id="1")

    assert not page.exception
    assert "0571-55550123" in words(page)
    assert "关闭阵地" not in words(page)
