"""离线走访手机: a worker pairs and stops a phone, the secretary stops anybody's, a conflict is settled by one press."""

import re
from datetime import timedelta
from typing import Any

import pytest

from components.offline.board import TICKET
from db.actions.doors.household_facts import amend_household
from db.actions.offline.phones import pair_phone, stop_phone
from db.engine import reading, utc_now
from db.errors import NotFound, Refused
from db.models import DoorConflict, DoorPhone
from db.queries.offline.phones import conflicts, phone_by, phones, ticket_waits
from db.terms import HouseholdKind, Role
from tests.builders.doors import a_household
from tests.builders.offline import a_phone, changed_meanwhile, the_household
from tests.builders.world import NOW, World, another_actor, do, row
from tests.support.signed_in import open_app, sign_in_as, words
from tests.support.statements import Statements

PAGE = "offline/phones.py"


def a_conflict(world: World, mine: str = "晚七点后在家", **more: Any) -> int:
    door = a_household(world, **more)
    changed_meanwhile(door, door_note="周末在，13800001111")
    wanted = {"door_note": mine}
    do(world.worker, amend_household, household_id=door, base={"door_note": ""}, wanted=wanted)
    return door


@pytest.mark.parametrize(
    "role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.VOLUNTEER, Role.COUNCIL_MEMBER, Role.TEAM_LEADER]
)
def test_other_roles_find_the_page_closed(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, PAGE)

    assert "这一页不对您的角色开放" in words(app)
    assert "配对手机" not in [button.label for button in app.button]


def test_pairing_shows_a_code_whose_ticket_pairs_once(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, PAGE)

    app.button(key="pair_phone").click().run()
    ticket = app.session_state[TICKET]

    assert not app.exception
    assert "用手机扫这个二维码" in words(app)
    assert pair_phone(ticket, name="我的手机", now=utc_now()) is not None
    app.button(key="door_scanned").click().run()
    assert "用手机扫这个二维码" not in words(app)
    with reading(small_world.worker) as session:
        assert [one.name for one in phones(session, small_world.worker, now=utc_now())] == ["我的手机"]
        assert not ticket_waits(session, small_world.worker.id, now=utc_now())


def test_the_code_is_drawn_in_the_page_and_lies_at_no_address(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.worker.id, PAGE)
    app.button(key="pair_phone").click().run()

    kinds = {node.type for node in app.main}

    assert "imgs" not in kinds
    assert app.session_state[TICKET] not in words(app)


def test_a_worker_stops_the_own_phone(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    token = a_phone(small_world.worker, "测试机", now=utc_now())
    app = open_app(monkeypatch, small_world.worker.id, PAGE)

    app.selectbox(key="stop_phone.phone_id").select_index(0)
    app.button(key="stop_phone.submit").click().run()

    assert not app.exception
    assert phone_by(token, now=utc_now()) is None


def test_stopping_without_choosing_says_what_is_missing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    token = a_phone(small_world.worker, now=utc_now())
    app = open_app(monkeypatch, small_world.worker.id, PAGE)

    app.button(key="stop_phone.submit").click().run()

    assert "请选择一部手机" in words(app)
    assert phone_by(token, now=utc_now()) is not None


def test_a_worker_sees_the_own_phones_a_secretary_those_of_the_community(small_world: World) -> None:
    other = another_actor(small_world, Role.AREA_WORKER, "other")
    for person in (small_world.worker, other, small_world.secretary):
        a_phone(person, person.name)
    there = another_actor(small_world, Role.AREA_WORKER, "there", community_id=small_world.there)
    a_phone(there, "别处")

    seen = {}
    for person in (small_world.worker, small_world.secretary):
        with reading(person) as session:
            seen[person.role] = {one.name for one in phones(session, person, now=NOW)}

    assert seen[Role.AREA_WORKER] == {small_world.worker.name}
    assert seen[Role.SECRETARY] == {small_world.worker.name, other.name, small_world.secretary.name}


def test_a_worker_cannot_stop_a_colleagues_phone(small_world: World) -> None:
    other = another_actor(small_world, Role.AREA_WORKER, "other")
    token = a_phone(other)
    phone = phone_by(token, now=NOW)
    assert phone is not None
    there = another_actor(small_world, Role.SECRETARY, "there_too", community_id=small_world.there)

    with pytest.raises(Refused) as told:
        do(small_world.worker, stop_phone, phone_id=phone.id)
    with pytest.raises(NotFound):
        do(there, stop_phone, phone_id=phone.id)

    assert told.value.rule == "phone_not_own"
    do(small_world.secretary, stop_phone, phone_id=phone.id)
    with pytest.raises(Refused):
        do(small_world.secretary, stop_phone, phone_id=phone.id)


@pytest.mark.parametrize(("press", "stands"), [("take_mine", "晚七点后在家"), ("take_theirs", "周末在，13800001111")])
def test_a_conflict_is_settled_by_one_press(
    small_world: World, monkeypatch: pytest.MonkeyPatch, press: str, stands: str
) -> None:
    door = a_conflict(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    assert "冲突待核对" in words(app)

    app.button(key=f"{press}.1").click().run()

    assert not app.exception
    assert the_household(door).door_note == stands
    assert row(small_world, DoorConflict, 1).settled_by == small_world.secretary.id
    assert "冲突待核对" not in words(app)


def test_a_conflict_shows_both_sides_and_hides_room_and_number(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_conflict(small_world, "打 13911112222 再来", room="1704")
    app = open_app(monkeypatch, small_world.worker.id, PAGE)

    drawn = words(app) + " ".join(button.label for button in app.button)

    assert not re.search("1704|13800001111|13911112222", drawn)
    assert "138****1111" in drawn.replace("\\", "")


def test_conflicts_are_shown_to_whom_they_wait_for(small_world: World) -> None:
    a_conflict(small_world)
    other = another_actor(small_world, Role.AREA_WORKER, "other")
    hidden = a_household(small_world, "202", restricted=True, alias="甲户")
    named = another_actor(small_world, Role.AREA_WORKER, "named", sees_restricted=True)
    changed_meanwhile(hidden, kind=HouseholdKind.KEY)
    do(named, amend_household, household_id=hidden, base={"kind": "ordinary"}, wanted={"kind": "high_risk"})

    counted = {}
    for person in (small_world.worker, other, small_world.secretary, named):
        with reading(person) as session:
            counted[person.name] = len(conflicts(session, person))

    assert list(counted.values()) == [1, 0, 1, 1]


def test_the_page_costs_few_statements(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        a_phone(small_world.worker, now=utc_now())
    a_conflict(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE)
    sign_in_as(monkeypatch, small_world.secretary.id)

    with Statements() as counted:
        app.run()

    assert counted.n <= 15


def test_a_phone_whose_month_is_over_is_not_listed(small_world: World) -> None:
    a_phone(small_world.worker)

    with reading(small_world.worker) as session:
        assert phones(session, small_world.worker, now=NOW + timedelta(days=30)) == ()
    assert row(small_world, DoorPhone, 1).expires_at == NOW + timedelta(days=30)
