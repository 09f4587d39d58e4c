"""排班建议 at the desk: proposed by one press, read with its reasons, changed by hand, adopted by another."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.counters import day_of
from db.engine import reading_as_system, utc_now
from db.models import RosterProposal, Turn
from db.terms import Role, RotaState
from tests.builders.rota import a_plain_rota, a_post, a_slot
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

PAGE = "rota/roster.py"


def a_week(world: World, **more: Any) -> tuple[int, list[int]]:
    """A rota of the coming days with three slots, one of which asks for what nobody can."""
    day = day_of(utc_now())
    rota = a_plain_rota(world, starts_on=day, ends_on=day + timedelta(days=7), **more)
    easy, hard = a_post(world, rota), a_post(world, rota, "手语引导", skill="手语")
    slots = [a_slot(world, rota, easy, day + timedelta(days=ahead)) for ahead in (1, 2)]
    return rota, [*slots, a_slot(world, rota, hard, day + timedelta(days=3))]


def turns() -> list[tuple[int, int]]:
    with reading_as_system("test") as session:
        return sorted((row.volunteer_id, row.slot_id) for row in session.scalars(select(Turn)))


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR, Role.TEAM_LEADER])
def test_it_is_for_the_desk(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    assert "这一页不对您的角色开放" in words(open_app(monkeypatch, small_world[role].id, PAGE, id="1"))


def test_a_roster_is_proposed_read_and_adopted(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rota, slots = a_week(small_world)
    one, other = a_volunteer(small_world, "V001"), a_volunteer(small_world, "V002")
    app = open_app(monkeypatch, small_world.worker.id, PAGE, id=str(rota))

    app.button(key=f"roster.ask.{rota}.submit").click().run()
    assert not app.exception
    said = words(app)
    assert "排上 2 个名额，空 1 个" in said
    assert "已证明不能排得更满" in said
    assert turns() == []
    app.button(key="roster.keep.1").click().run()
    assert not app.exception
    assert turns() == sorted(zip((one, other), slots[:2], strict=True)) or turns() == sorted(
        zip((other, one), slots[:2], strict=True)
    )
    assert "2 班已采用" in words(app)


def test_a_slot_nobody_can_fill_says_why(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rota, _slots = a_week(small_world)
    a_volunteer(small_world, "V001")
    app = open_app(monkeypatch, small_world.worker.id, PAGE, id=str(rota), view="open")

    app.button(key=f"roster.ask.{rota}.submit").click().run()
    assert not app.exception
    assert "没有人有这项特长" in words(app)


def test_a_draft_survives_and_is_changed_by_hand_within_the_budget(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rota, slots = a_week(small_world)
    one, other = a_volunteer(small_world, "V001"), a_volunteer(small_world, "V002")
    open_app(monkeypatch, small_world.worker.id, PAGE, id=str(rota)).button(
        key=f"roster.ask.{rota}.submit"
    ).click().run()
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(rota), slot=str(slots[0]))
    app.button(key=f"roster.out.{slots[0]}.submit").click().run()
    assert not app.exception
    app.selectbox(key=f"roster.in.{slots[0]}.volunteer_id").select(other)
    with Statements() as counted:
        app.button(key=f"roster.in.{slots[0]}.submit").click().run()

    assert not app.exception
    with reading_as_system("test") as session:
        assert (other, slots[0]) in {tuple(pair) for pair in session.scalars(select(RosterProposal.filling)).one()}
    with Statements() as counted:
        app.run()
    assert len([text for text in counted.texts if text != "BEGIN"]) <= 15
    assert len(app.main.children) <= 60
    assert one


def test_days_that_end_before_they_begin_are_refused_at_the_field(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rota, _slots = a_week(small_world)
    app = open_app(monkeypatch, small_world.worker.id, PAGE, id=str(rota))
    app.date_input(key=f"roster.ask.{rota}.last_on").set_value(day_of(utc_now()) - timedelta(days=3))

    app.button(key=f"roster.ask.{rota}.submit").click().run()
    assert not app.exception
    with reading_as_system("test") as session:
        assert session.scalars(select(RosterProposal)).first() is None


@pytest.mark.parametrize("asked", ["0", "99999", ""])
def test_a_wrong_id_is_told(small_world: World, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    app = open_app(monkeypatch, small_world.worker.id, PAGE, **({"id": asked} if asked else {}))
    assert not app.exception
    assert "排班建议" in words(app)


def test_a_closed_rota_takes_no_roster(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rota, _slots = a_week(small_world, state=RotaState.CLOSED)
    assert "已经结束" in words(open_app(monkeypatch, small_world.worker.id, PAGE, id=str(rota)))
