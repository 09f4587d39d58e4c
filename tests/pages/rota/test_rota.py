"""Rotas on their pages: two taps for a volunteer, gaps in red and one press for staff, nobody's name in clear."""

from datetime import timedelta

import pytest

from components.wording.dates import today
from db.actions.rota.rotas import open_rota
from db.actions.rota.turns import put_in
from db.engine import utc_now
from db.models import Rota, Turn
from db.terms import Role, RotaState, TurnState
from tests.builders.rota import a_helper_with_account, a_rota, a_turn, filled, lay, slots_of, states
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World, do, row
from tests.support.signed_in import open_app, words

ROTAS, ROTA, SLOTS = "rota/rotas.py", "rota/rota.py", "rota/slots.py"
CLOSED = "这一页不对您的角色开放"


def coming(world: World, **more: object) -> tuple[int, list[int]]:
    """An open rota around the real day, whose slots lie ahead: its id, the ids of its slots."""
    day = today(utc_now())
    rota_id = a_rota(world, starts_on=day, ends_on=day + timedelta(days=30))
    values = {"starts_on": day + timedelta(days=3), "until": day + timedelta(days=3), "places": 2} | more
    lay(world, rota_id, **values)
    do(world.secretary, open_rota, rota_id=rota_id, version=1)
    return rota_id, [slot.id for slot in slots_of(world, rota_id)]


@pytest.mark.parametrize(
    ("path", "role"), [(ROTAS, Role.VOLUNTEER), (ROTA, Role.COUNCIL_MEMBER), (SLOTS, Role.SECRETARY)]
)
def test_a_page_stays_closed_for_other_roles(
    small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role
) -> None:
    assert CLOSED in words(open_app(monkeypatch, small_world[role].id, path))


def test_a_volunteer_takes_a_slot_with_one_press_after_opening_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, (person, _id) = small_world, a_helper_with_account(small_world, "one")
    _rota, slots = coming(world)
    app = open_app(monkeypatch, person.id, SLOTS, slot=str(slots[0]))

    app.button(key=f"slots.claim.{slots[0]}").click().run()

    assert not app.exception
    assert states(world, slots[0]) == [TurnState.TAKEN]
    assert filled(world, slots[0]) == 1


def test_what_is_asked_stands_above_the_button(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world
    day = today(utc_now()) + timedelta(days=3)
    other_day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[(day.weekday() + 1) % 7]
    person, _id = a_helper_with_account(world, "one", free_slots=[f"{other_day}-eve"])
    _rota, slots = coming(world)
    app = open_app(monkeypatch, person.id, SLOTS, slot=str(slots[0]))

    assert "不在登记的空闲时间" in words(app)
    app.button(key=f"slots.claim.{slots[0]}").click().run()

    assert states(world, slots[0]) == [TurnState.TAKEN]


def test_somebody_without_an_entry_is_told_what_to_do(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world[Role.VOLUNTEER].id, SLOTS)

    assert "还没有关联志愿者登记" in words(app)


def test_the_suggested_person_is_put_in_with_one_press(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world, volunteer = small_world, a_volunteer(small_world, phone="13812345678")
    rota_id, slots = coming(world)
    app = open_app(monkeypatch, world.secretary.id, ROTA, id=str(rota_id), slot=str(slots[0]))

    app.button(key=f"put_in.{slots[0]}.submit").click().run()

    assert not app.exception
    assert row(world, Turn, 1).volunteer_id == volunteer
    assert "13812345678" not in words(app)
    assert "志愿者V001" not in words(app)


def test_the_grid_names_the_gaps_and_the_rota_opens(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world
    rota_id, slots = coming(world)
    do(world.secretary, put_in, slot_id=slots[0], volunteer_id=a_volunteer(world))

    app = open_app(monkeypatch, world.secretary.id, ROTA, id=str(rota_id))
    assert not app.exception
    assert "缺 3 人 / 2 个班次" in words(app)
    app.button(key=f"rota.close.{rota_id}").click().run()

    assert row(world, Rota, rota_id).state is RotaState.OPEN
    assert "还有 1 人次的班没有上" in words(app)


def test_telephones_are_shown_for_one_look_with_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world
    rota_id, slots = coming(world)
    do(world.secretary, put_in, slot_id=slots[0], volunteer_id=a_volunteer(world, phone="13812345678"))
    app = open_app(monkeypatch, world.secretary.id, ROTA, id=str(rota_id), view="tell")
    assert "13812345678" not in words(app)

    app.text_input(key=f"unmask.{rota_id}.reason").input("打电话通知")
    app.button(key=f"unmask.{rota_id}.submit").click().run()
    assert "13812345678" in words(app)

    app.run()
    assert "13812345678" not in words(app)


def test_an_auditor_reads_and_presses_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world, (person, _id) = small_world, a_helper_with_account(small_world, "one")
    rota_id, slots = coming(world)
    a_turn(world, person, slots[0])

    app = open_app(monkeypatch, world[Role.AUDITOR].id, ROTA, id=str(rota_id), slot=str(slots[0]))

    assert not app.exception
    assert [one.key for one in app.button if not str(one.key).startswith("foot.")] == []
    assert "回到排班表" in words(app)


def test_a_wrong_id_is_said(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("0", "999", "x"):
        app = open_app(monkeypatch, small_world.secretary.id, ROTA, id=wrong)
        assert not app.exception


def test_the_roster_is_one_link_away_for_who_may_plan_it(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world
    rota_id, _slots = coming(world)

    def shown(role: Role, path: str = ROTA) -> str:
        app = open_app(monkeypatch, world[role].id, path, id=str(rota_id))
        assert not app.exception
        return words(app)

    assert "排班建议" in shown(Role.SECRETARY)
    assert "排班建议" not in shown(Role.AUDITOR)
    assert "回到这次排班" in shown(Role.SECRETARY, "rota/roster.py")
