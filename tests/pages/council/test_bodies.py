"""The page of bodies: members and rules, the subdistrict's presets, a body that adopts one, floor area of owners."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.actions.admin.presets import set_preset
from db.actions.council.council import create_body, end_member
from db.counters import day_of
from db.engine import as_system, utc_now
from db.models import Body, BodyMember, HousePreset, HouseRules
from db.rules.voting.decision import HouseRule, Preset
from db.terms import BodyKind, Role
from tests.builders.admin import COUNCIL
from tests.builders.world import World, do, row
from tests.support.signed_in import elements, keys, open_app, press, words
from tests.support.statements import Statements

BODIES = "council/bodies.py"


def at(monkeypatch: pytest.MonkeyPatch, world: World, role: Role, way: str) -> AppTest:
    app = open_app(monkeypatch, world[role].id, BODIES)
    (ways,) = (one for one in app.segmented_control if str(one.key).startswith("council_way"))
    ways.set_value(way).run()
    return app


def test_the_subdistrict_puts_a_version_of_a_preset_in_force(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = at(monkeypatch, small_world, Role.SUBDISTRICT_ADMIN, "presets")
    form = "set_preset.council.council.0"

    app.number_input(key=f"{form}.speech_seconds").set_value(180)
    app.checkbox(key=f"{form}.phones_allowed").uncheck()
    app = press(app, f"{form}.submit")

    assert not app.exception
    with as_system("test") as session:
        rule = HouseRule.from_json(session.query(HousePreset).one().rule)
    assert (rule.speech_seconds, rule.phones_allowed) == (180, False)
    # The next version begins with the words of this one.
    assert any(key.startswith("set_preset.council.council.") and not key.startswith(form) for key in keys(app))


def test_a_secretary_finds_no_form_for_presets_but_may_adopt_one(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(small_world[Role.SUBDISTRICT_ADMIN], set_preset, **COUNCIL)
    app = at(monkeypatch, small_world, Role.SECRETARY, "adopt")
    form = f"set_rules.council.{COUNCIL['valid_from']}"

    assert not any(key.startswith("set_preset") for key in keys(app))
    assert "依据：街道办〔2026〕3号（自 2026年1月1日起施行）" in words(app)
    app.text_input(key=f"{form}.basis").input("第三届第二次会议通过")
    press(app, f"{form}.submit")

    with as_system("test") as session:
        newest = session.query(HouseRules).order_by(HouseRules.id.desc()).first()
        assert newest is not None
        assert HouseRule.from_json(newest.rule).speech_seconds == 180


@pytest.mark.parametrize("key", [Preset.COUNCIL.value, Preset.OWNERS_GENERAL.value, "new"])
def test_the_form_of_presets_keeps_the_budgets_of_a_page(
    small_world: World, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    app = at(monkeypatch, small_world, Role.SUBDISTRICT_ADMIN, "presets")

    app.selectbox(key="preset_key").set_value(key)
    with Statements() as counted:
        app.run()

    assert not app.exception
    assert elements(app.main) <= 60
    assert counted.n <= 15, counted.texts


def test_a_subdistrict_without_any_body_still_sets_presets(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_system("test") as session:
        for model in (HouseRules, BodyMember, Body):
            for row in session.query(model):
                session.delete(row)
            session.flush()

    app = at(monkeypatch, small_world, Role.SUBDISTRICT_ADMIN, "presets")

    assert not app.exception
    assert "set_preset.council.council.0.name" in keys(app)


def test_floor_area_is_asked_of_owners_only(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"name": "业主意见征询", "kind": BodyKind.OWNERS_ADVISORY, "term": 1}
    body = do(small_world.secretary, create_body, **values)

    council = open_app(monkeypatch, small_world.secretary.id, BODIES)
    owners = open_app(monkeypatch, small_world.secretary.id, BODIES, id=str(body))
    owners.text_input(key="add_member.name").input("业主甲")
    owners.text_input(key="add_member.capacity").input("1幢101室")
    owners.number_input(key="add_member.floor_area").set_value(89.07)
    press(owners, "add_member.submit")

    assert "add_member.floor_area" not in keys(council)
    with as_system("test") as session:
        assert session.query(BodyMember).filter(BodyMember.body_id == body).one().floor_area == 8_907


def test_a_name_with_markup_is_shown_as_it_was_typed(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    do(small_world[Role.SUBDISTRICT_ADMIN], set_preset, **COUNCIL | {"basis": "![x](http://a) *甲*"})

    app = at(monkeypatch, small_world, Role.SECRETARY, "adopt")

    assert "![x](http://a)" not in words(app)
    assert "\\!\\[x\\]" in words(app)


def test_a_member_is_registered_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, BODIES)

    app.text_input(key="add_member.name").input("新成员")
    app.text_input(key="add_member.capacity").input("物业代表")
    before = app.selectbox(key="add_member.account_id").value
    app = press(app, "add_member.submit")

    # The emptied form offers again what it began with: nobody has to choose an account for the next member.
    assert app.selectbox(key="add_member.account_id").value == before is not None
    with as_system("test") as session:
        added = session.query(BodyMember).filter(BodyMember.name == "新成员").one()
        assert added.seat == 17


def test_the_form_of_a_member_stays_on_the_page_while_a_rule_is_chosen(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, BODIES)
    assert "rules_preset" not in keys(app)

    app.segmented_control(key="council_way").set_value("adopt").run()

    # Drawn, out of sight: what is typed reaches the server only with its button.
    assert {"rules_preset", "add_member.name"} <= keys(app)


def test_who_a_member_stands_for_is_marked_as_needed(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, BODIES)

    assert app.text_input(key="add_member.capacity").label == "身份（必填）"


def test_what_was_typed_stays_when_a_field_is_wrong(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, BODIES)

    app.text_input(key="add_member.capacity").input("物业代表")
    app = press(app, "add_member.submit")

    assert "请填写这一项。" in words(app)
    assert app.text_input(key="add_member.capacity").value == "物业代表"


def test_a_rule_that_was_not_read_in_its_present_text_says_so(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, BODIES)
    app.segmented_control(key="council_way").set_value("adopt").run()

    app.selectbox(key="rules_preset").set_value("council_two_thirds").run()

    assert "现行文本尚未核对" in words(app)
    assert "依据：本机构议事规则" in words(app)


def test_a_body_without_rules_says_what_to_do_first(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_system("test") as session:
        session.delete(session.query(HouseRules).one())

    app = open_app(monkeypatch, small_world.secretary.id, BODIES)

    assert "还没有生效的议事规则" in words(app)


def test_a_community_without_a_body_starts_by_registering_one(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.other_secretary.id, BODIES)

    app.text_input(key="create_body.name").input("荷塘社区居民议事会")
    press(app, "create_body.submit")

    with as_system("test") as session:
        assert session.query(Body).filter(Body.community_id == small_world.there).count() == 1


def test_a_wrong_last_day_is_put_right_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member = small_world.members[3]
    do(small_world.secretary, end_member, member_id=member, version=1, until=date(2025, 3, 1))
    app = at(monkeypatch, small_world, Role.SECRETARY, "change")
    listed = app.selectbox(key="change_member").options
    assert any("04 议事员04" in one and "卸任" in one for one in listed)
    app.selectbox(key="change_member").select(next(one for one in listed if "议事员04" in one)).run()

    app.date_input(key=f"correct_term.{member}.until").set_value(date(2025, 12, 31))
    app = press(app, f"correct_term.{member}.submit")

    assert not app.exception
    assert row(small_world, BodyMember, member).until == date(2025, 12, 31)


def test_the_form_of_a_free_seat_begins_after_its_last_holder(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = day_of(utc_now()) + timedelta(days=20)
    do(small_world.secretary, end_member, member_id=small_world.members[3], version=1, until=later)
    app = open_app(monkeypatch, small_world.secretary.id, BODIES)

    assert app.number_input(key="add_member.seat").value == 4
    assert app.date_input(key="add_member.since").value == later + timedelta(days=1)
    app.text_input(key="add_member.name").input("接任者")
    app.text_input(key="add_member.capacity").input("物业代表")
    app.date_input(key="add_member.since").set_value(later)
    app = press(app, "add_member.submit")

    assert "已经有了" in words(app)
    assert app.text_input(key="add_member.name").value == "接任者"
