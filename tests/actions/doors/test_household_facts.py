"""户情 of a door, merged field by field: what only one side changed is taken, what both changed waits for a person."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.doors.household_facts import amend_household, settle_conflict
from db.engine import reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused
from db.models import AuditEntry, DoorConflict
from db.terms import HouseholdKind, Role
from tests.builders.doors import a_household
from tests.builders.offline import changed_meanwhile, the_household
from tests.builders.world import NOW, TODAY, World, do

BASE = {"kind": "ordinary", "door_note": ""}


def amend(world: World, household: int, **more: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"base": BASE, "wanted": {"door_note": "晚七点后在家"}} | more
    actor = values.pop("actor", world.worker)
    answer: dict[str, Any] = do(actor, amend_household, household_id=household, **values)
    return answer


def conflicts() -> list[DoorConflict]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(DoorConflict).order_by(DoorConflict.id)))


def test_a_field_that_nobody_else_changed_is_taken(world: World) -> None:
    door = a_household(world)

    answer = amend(world, door, wanted={"kind": "key", "door_note": " 晚七点后在家 "})

    assert answer == {"changed": ["kind", "door_note"], "conflicts": []}
    assert the_household(door).kind is HouseholdKind.KEY
    assert the_household(door).door_note == "晚七点后在家"


def test_what_stands_already_is_no_change_and_no_conflict(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, door_note="晚七点后在家")

    answer = amend(world, door)

    assert answer == {"changed": [], "conflicts": []}


def test_what_the_writer_left_as_it_was_does_not_undo_a_colleague(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, kind=HouseholdKind.HIGH_RISK)

    answer = amend(world, door, wanted={"kind": "ordinary", "door_note": "敲门要重"})

    assert answer == {"changed": ["door_note"], "conflicts": []}
    assert the_household(door).kind is HouseholdKind.HIGH_RISK


def test_what_both_changed_stays_and_waits_for_a_person(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, door_note="周末在家")

    answer = amend(world, door, wanted={"kind": "key", "door_note": "晚七点后在家"}, phone=True)

    assert answer["changed"] == ["kind"]
    assert answer["conflicts"] == ["door_note"]
    assert answer["facts"] == {"kind": "key", "door_note": "周末在家"}
    (one,) = conflicts()
    assert (one.field, one.before, one.mine, one.theirs) == ("door_note", "", "晚七点后在家", "周末在家")
    assert the_household(door).door_note == "周末在家"


def test_a_number_in_the_hint_is_covered_for_the_phone_and_stays_in_the_record(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, door_note="先打13900001234")
    seen = {"kind": "ordinary", "door_note": "先打139****1234"}

    answer = amend(world, door, base=seen, wanted=seen | {"kind": "key"}, phone=True)

    assert answer == {"changed": ["kind"], "conflicts": [], "facts": seen | {"kind": "key"}}
    assert the_household(door).door_note == "先打13900001234"


def test_the_same_wish_sent_again_is_one_conflict(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, door_note="周末在家")

    for _ in range(3):
        amend(world, door)

    assert len(conflicts()) == 1


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"kind": "rich"}, "kind"),
        ({"kind": None}, "kind"),
        ({"door_note": "长" * 201}, "door_note"),
        ({"door_note": 7}, "door_note"),
        ({"room": "101"}, "room"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(small_world: World, wanted: dict[str, Any], field: str) -> None:
    door = a_household(small_world)

    with pytest.raises(BadInput) as told:
        amend(small_world, door, wanted=wanted)

    assert told.value.field == field


def test_a_fact_without_what_was_seen_is_not_taken(small_world: World) -> None:
    door = a_household(small_world)

    with pytest.raises(BadInput):
        amend(small_world, door, base={"kind": "ordinary"})


def test_doors_out_of_reach_cannot_be_changed(world: World) -> None:
    there = a_household(world, community_id=world.there)
    hidden = a_household(world, "202", restricted=True, alias="甲户")

    for door in (there, hidden):
        with pytest.raises(NotFound):
            amend(world, door)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COUNCIL_MEMBER, Role.AUDITOR, Role.SUBDISTRICT_ADMIN])
def test_only_who_plans_visits_changes_a_door(small_world: World, role: Role) -> None:
    door = a_household(small_world)

    with pytest.raises(NotPermitted):
        amend(small_world, door, actor=small_world[role])


def test_choosing_mine_writes_it_and_says_who_chose(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, door_note="周末在家")
    amend(world, door)
    (one,) = conflicts()

    chosen = do(world.secretary, settle_conflict, conflict_id=one.id, take="mine", seen="周末在家")

    assert chosen == the_household(door).door_note == "晚七点后在家"
    (one,) = conflicts()
    assert (one.settled_at, one.settled_by, one.chosen) == (NOW, world.secretary.id, "晚七点后在家")
    with reading_as_system("test") as session:
        logged = session.scalars(select(AuditEntry.table_name).where(AuditEntry.actor_id == world.secretary.id)).all()
    assert {"door_conflict", "household"} <= set(logged)


def test_choosing_theirs_leaves_the_record(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, kind=HouseholdKind.KEY)
    amend(world, door, wanted={"kind": "high_risk"})
    (one,) = conflicts()

    do(world.worker, settle_conflict, conflict_id=one.id, take="theirs", seen="key")

    assert the_household(door).kind is HouseholdKind.KEY


def test_a_record_that_moved_on_is_looked_at_again_before_choosing(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, door_note="周末在家")
    amend(world, door)
    (one,) = conflicts()
    changed_meanwhile(door, door_note="搬走了")

    with pytest.raises(Conflict):
        do(world.secretary, settle_conflict, conflict_id=one.id, take="mine", seen="周末在家")

    assert the_household(door).door_note == "搬走了"
    assert conflicts()[0].settled_at is None


def test_two_people_choosing_at_once_choose_once(world: World) -> None:
    door = a_household(world)
    changed_meanwhile(door, door_note="周末在家")
    amend(world, door)
    (one,) = conflicts()
    start, told = Barrier(2), []

    def choose(actor: Any, take: str) -> None:
        start.wait()
        try:
            told.append(do(actor, settle_conflict, conflict_id=one.id, take=take, seen="周末在家"))
        except (Refused, Conflict) as no:
            told.append(no.code)

    people = [Thread(target=choose, args=pair) for pair in ((world.worker, "mine"), (world.secretary, "theirs"))]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert len([one for one in told if one not in ("refused", "conflict")]) == 1
    assert the_household(door).door_note == conflicts()[0].chosen


def test_two_writers_at_once_leave_one_value_and_one_conflict(world: World) -> None:
    door = a_household(world)
    start, told = Barrier(2), []

    def write(actor: Any, note: str) -> None:
        start.wait()
        told.append(amend(world, door, actor=actor, wanted={"door_note": note}))

    people = [Thread(target=write, args=pair) for pair in ((world.worker, "甲"), (world.secretary, "乙"))]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(len(answer["conflicts"]) for answer in told) == [0, 1]
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(DoorConflict)) == 1
    assert {the_household(door).door_note, conflicts()[0].mine} == {"甲", "乙"}


def test_another_kind_is_due_by_its_own_rhythm_from_the_last_time_it_was_met(world: World) -> None:
    door = a_household(world, met_on=TODAY - timedelta(days=10), due_on=TODAY + timedelta(days=172))

    amend(world, door, wanted={"kind": "high_risk"})

    assert the_household(door).due_on == TODAY - timedelta(days=3)
    amend(world, door, base={"kind": "high_risk"}, wanted={"kind": "ordinary"})
    assert the_household(door).due_on == TODAY + timedelta(days=172)
