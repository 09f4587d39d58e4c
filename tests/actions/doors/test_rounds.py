"""Rhythms and patches: who may set them, and what moves in the same moment."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.actions.doors.rounds import set_patch, set_rhythms
from db.engine import carry_out, reading_as_system
from db.errors import BadInput, NotFound, NotPermitted, Problem, Refused
from db.models import AuditEntry, Household, Patch, VisitRhythm
from db.terms import HouseholdKind, Role
from tests.builders.doors import a_door, late
from tests.builders.world import TODAY, World, another_actor

KEY, HIGH = HouseholdKind.KEY, HouseholdKind.HIGH_RISK


def due(household: int) -> date | None:
    with reading_as_system("test") as session:
        return session.get_one(Household, household).due_on


def set_days(world: World, ordinary: int | None = 182, key: int | None = 30, high_risk: int | None = 7) -> int:
    admin = world[Role.SUBDISTRICT_ADMIN]
    return carry_out(admin, "", set_rhythms, ordinary=ordinary, key=key, high_risk=high_risk)["households"]


def parts(world: World, account_id: int) -> set[tuple[int, str]]:
    with reading_as_system("test") as session:
        rows = session.execute(select(Patch.place_id, Patch.building).where(Patch.account_id == account_id))
        return {(row.place_id, row.building) for row in rows}


def test_another_rhythm_moves_the_next_visit_of_all_who_were_met(world: World) -> None:
    key = a_door(world, "1幢", "1单元", "101", kind=KEY, met_on=late(5), due_on=TODAY + timedelta(days=25))
    hidden = a_door(world, "1幢", "1单元", "102", kind=KEY, met_on=late(5), due_on=TODAY, restricted=True, alias="甲户")
    never = a_door(world, "1幢", "1单元", "103", kind=KEY, due_on=TODAY)
    high = a_door(world, "1幢", "1单元", "104", kind=HIGH, met_on=late(1), due_on=TODAY + timedelta(days=6))

    moved = set_days(world, key=14)

    assert moved == 2
    assert due(key) == due(hidden) == TODAY + timedelta(days=9)
    assert due(never) == TODAY
    assert due(high) == TODAY + timedelta(days=6)


def test_the_rhythm_across_a_month_and_a_leap_day_is_counted_in_days(world: World) -> None:
    door = a_door(world, "1幢", "1单元", "101", met_on=date(2028, 2, 20), due_on=TODAY)

    set_days(world, ordinary=10)

    assert due(door) == date(2028, 3, 1)


def test_setting_the_same_days_again_moves_nobody(world: World) -> None:
    a_door(world, "1幢", "1单元", "101", kind=KEY, met_on=late(5), due_on=TODAY)
    set_days(world, key=14)

    assert set_days(world, key=14) == 0


def test_the_log_tells_how_many_households_moved(world: World) -> None:
    a_door(world, "1幢", "1单元", "101", kind=KEY, met_on=late(5), due_on=TODAY)

    set_days(world, key=14)

    with reading_as_system("test") as session:
        entries = select(AuditEntry.changes).where(AuditEntry.table_name == "visit_rhythm")
        changes = session.scalars(entries).all()
    assert {"households": [None, 1]} in changes
    assert any(change.get("days") == [None, 14] for change in changes)


def test_only_the_subdistrict_sets_rhythms(small_world: World) -> None:
    for role in set(Role) - {Role.SUBDISTRICT_ADMIN}:
        with pytest.raises(NotPermitted):
            carry_out(small_world[role], "", set_rhythms, ordinary=1, key=1, high_risk=1)


@pytest.mark.parametrize(
    ("given", "problem"), [(0, Problem.OUT_OF_RANGE), (731, Problem.OUT_OF_RANGE), (None, Problem.EMPTY)]
)
def test_days_out_of_reason_are_told_at_their_field(small_world: World, given: int | None, problem: Problem) -> None:
    with pytest.raises(BadInput) as caught:
        set_days(small_world, key=given)

    assert (caught.value.field, caught.value.problem) == ("key", problem)
    with reading_as_system("test") as session:
        assert session.scalars(select(VisitRhythm.id)).all() == []


def test_the_secretary_gives_out_buildings_and_takes_them_back(world: World) -> None:
    worker = world.worker.id

    carry_out(world.secretary, "", set_patch, account_id=worker, parts=[(world.place, "1幢"), (world.place, "2幢")])
    carry_out(world.secretary, "", set_patch, account_id=worker, parts=[(world.place, "2幢"), (world.place, "")])

    assert parts(world, worker) == {(world.place, "2幢"), (world.place, "")}


def test_a_worker_changes_the_own_patch_alone(world: World) -> None:
    colleague = another_actor(world, Role.AREA_WORKER, "worker2")

    carry_out(world.worker, "", set_patch, account_id=world.worker.id, parts=[(world.place, "1幢")])
    with pytest.raises(Refused) as caught:
        carry_out(world.worker, "", set_patch, account_id=colleague.id, parts=[(world.place, "1幢")])

    assert caught.value.rule == "patch_not_yours"
    assert parts(world, world.worker.id) == {(world.place, "1幢")}


def test_a_patch_stays_inside_the_community_and_belongs_to_a_worker(world: World) -> None:
    there = another_actor(world, Role.AREA_WORKER, "there1", community_id=world.there)

    with pytest.raises(BadInput) as place:
        carry_out(world.secretary, "", set_patch, account_id=world.worker.id, parts=[(world.place_there, "")])
    with pytest.raises((BadInput, NotFound)):
        carry_out(world.secretary, "", set_patch, account_id=there.id, parts=[(world.place, "")])
    with pytest.raises(BadInput) as role:
        carry_out(world.secretary, "", set_patch, account_id=world.secretary.id, parts=[(world.place, "")])

    assert (place.value.field, role.value.field) == ("parts", "account_id")
    assert parts(world, there.id) == parts(world, world.secretary.id) == set()


@pytest.mark.parametrize("wrong", [[(1,)], [("x", "1幢")], [(True, "1幢")], [(1, "长" * 30)]])
def test_nonsense_buildings_are_told_at_their_field(small_world: World, wrong: list[tuple[object, ...]]) -> None:
    with pytest.raises(BadInput):
        carry_out(small_world.secretary, "", set_patch, account_id=small_world.worker.id, parts=wrong)
