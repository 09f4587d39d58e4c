"""Whom a round shows, in which order, and to whom."""

from datetime import timedelta

import pytest

from db.engine import as_system, reading
from db.models import Visit
from db.queries.doors import rounds
from db.queries.doors.rounds import (
    Round,
    buildings,
    doors_of,
    due_counts,
    last_tap,
    patches,
    rhythms,
    stairwell_at_hand,
    todays_round,
)
from db.terms import HouseholdKind, Role, VisitOutcome
from tests.builders.doors import a_door, a_patch, knock, late
from tests.builders.world import NOW, TODAY, World, another_actor
from tests.support.statements import Statements

KEY, HIGH = HouseholdKind.KEY, HouseholdKind.HIGH_RISK
TOMORROW = TODAY + timedelta(days=1)


def the_round(world: World, **more: bool) -> Round:
    with reading(world.worker) as session:
        return todays_round(session, world.here, worker_id=world.worker.id, today=TODAY, **more)


def where(found: Round) -> list[tuple[str, str, int]]:
    return [(stop.building, stop.stairwell, stop.due) for stop in found.stops]


def test_the_round_has_the_doors_that_are_due_in_walking_order(world: World) -> None:
    a_door(world, "12幢", "1单元", "101")
    a_door(world, "2幢", "1单元", "101")
    a_door(world, "2幢", "1单元", "102", due_on=late(3))
    a_door(world, "2幢", "1单元", "201", due_on=TOMORROW)
    a_door(world, "3幢", "1单元", "101", due_on=None)

    found = the_round(world)

    assert where(found) == [("2幢", "1单元", 2), ("12幢", "1单元", 1)]
    assert found.doors == 3


def test_overdue_high_risk_households_go_first(world: World) -> None:
    a_door(world, "1幢", "1单元", "101")
    a_door(world, "8幢", "1单元", "101", kind=KEY, due_on=late(2))
    a_door(world, "9幢", "1单元", "101", kind=HIGH, due_on=late(1))
    a_door(world, "2幢", "1单元", "101", kind=HIGH, due_on=TODAY)

    assert [stop.building for stop in the_round(world).stops] == ["9幢", "8幢", "1幢", "2幢"]


def test_a_door_tried_today_leaves_the_round_until_tomorrow(world: World) -> None:
    door = a_door(world, "1幢", "1单元", "101")
    knock(world, door, VisitOutcome.NOT_IN)

    assert the_round(world).stops == ()
    with reading(world.worker) as session:
        after = todays_round(session, world.here, worker_id=world.worker.id, today=TOMORROW)
    assert after.doors == 1


def test_the_evening_shows_what_stayed_shut_twice_also_today(world: World) -> None:
    twice = a_door(world, "1幢", "1单元", "101", tries=1)
    untried = a_door(world, "1幢", "1单元", "102", tries=1)
    with as_system("test") as session:
        session.add(
            Visit(
                community_id=world.here, at=NOW - timedelta(days=2), worker_id=world.worker.id, household_id=twice,
                place_id=world.place, building="1幢", outcome=VisitOutcome.NOT_IN,
            )
        )  # fmt: skip
    knock(world, twice, VisitOutcome.NOT_IN)

    by_day, evening = the_round(world), the_round(world, evening=True)

    assert (by_day.doors, evening.doors) == (1, 1)
    with reading(world.worker) as session:
        here = stairwell_at_hand(session, evening.stops, today=TODAY, evening=True)
    assert here is not None
    assert [door.id for door in here.waiting] == [twice]
    knock(world, untried)
    done = the_round(world)
    assert (done.stops, done.evening) == ((), 1)


def test_a_patch_is_ones_own_buildings_and_without_one_it_is_everything(world: World) -> None:
    a_door(world, "1幢", "1单元", "101")
    a_door(world, "2幢", "1单元", "101")
    colleague = another_actor(world, Role.AREA_WORKER, "worker2")
    a_patch(world, world.worker.id, "2幢")

    assert where(the_round(world)) == [("2幢", "1单元", 1)]
    assert the_round(world, mine=False).doors == 2
    with reading(colleague) as session:
        assert todays_round(session, world.here, worker_id=colleague.id, today=TODAY).doors == 2


def test_a_whole_place_is_a_patch_as_well(world: World) -> None:
    a_door(world, "1幢", "1单元", "101")
    a_patch(world, world.worker.id, "")

    found = the_round(world)

    assert (found.has_patch, found.doors) == (True, 1)


def test_the_stairwell_shows_every_door_with_what_a_visitor_must_know(world: World) -> None:
    first = a_door(world, "1幢", "1单元", "101", door_note="晚七点后在家，电话13812345678")
    second = a_door(world, "1幢", "1单元", "602", kind=KEY, due_on=late(4), met_on=late(34), tries=2)
    knock(world, first, VisitOutcome.NOT_IN)

    with reading(world.worker) as session:
        doors = doors_of(session, world.place, "1幢", "1单元", TODAY)

    assert [(door.id, door.room, door.tries, door.today) for door in doors] == [
        (second, "602", 2, None),
        (first, "101", 1, VisitOutcome.NOT_IN),
    ]
    assert doors[0].met_on == late(34)
    assert "晚七点" in doors[1].note
    assert "13812345678" not in doors[1].note


def test_a_restricted_door_is_there_for_named_staff_alone_and_by_its_alias(world: World) -> None:
    a_door(world, "1幢", "1单元", "101", restricted=True, alias="晨星01号")
    a_door(world, "1幢", "1单元", "102")
    named = another_actor(world, Role.AREA_WORKER, "named", sees_restricted=True)

    with reading(world.worker) as session:
        seen = doors_of(session, world.place, "1幢", "1单元", TODAY)
    with reading(named) as session:
        by_named = doors_of(session, world.place, "1幢", "1单元", TODAY)

    assert [door.room for door in seen] == ["102"]
    assert {door.room for door in by_named} == {"晨星01号", "102"}
    assert the_round(world).doors == 1


def test_when_a_stairwell_is_done_the_next_one_is_in_hand(world: World) -> None:
    done = a_door(world, "2幢", "1单元", "101")
    a_door(world, "1幢", "1单元", "101")
    further = a_door(world, "3幢", "2单元", "101")
    knock(world, done)
    found = the_round(world)

    with reading(world.worker) as session:
        on = stairwell_at_hand(session, found.stops, today=TODAY, held=(world.place, "2幢", "1单元"))
        asked = stairwell_at_hand(session, found.stops, today=TODAY, household_id=done)

    assert on is not None
    assert [door.id for door in on.waiting] == [further]
    assert asked is not None
    assert asked.door(done) is not None
    assert asked.waiting == ()


@pytest.mark.parametrize("held", [(10**9, "1幢", "1单元"), (1, "没有", "没有")])
def test_a_stairwell_that_is_not_there_is_no_dead_end(small_world: World, held: tuple[int, str, str]) -> None:
    door = a_door(small_world, "1幢", "1单元", "101")
    found = the_round(small_world)

    with reading(small_world.worker) as session:
        here = stairwell_at_hand(session, found.stops, today=TODAY, held=held, household_id=10**9)

    assert here is not None
    assert [one.id for one in here.waiting] == [door]


def test_another_communitys_doors_are_out_of_reach(world: World) -> None:
    door = a_door(world, "1幢", "1单元", "101", community_id=world.there, place_id=world.place_there)

    with reading(world.worker) as session:
        assert todays_round(session, world.there, worker_id=world.worker.id, today=TODAY, mine=False).stops == ()
        assert doors_of(session, world.place_there, "1幢", "1单元", TODAY) == ()
        assert stairwell_at_hand(session, (), today=TODAY, household_id=door) is None


def test_the_last_tap_is_offered_for_ten_minutes_to_its_own_worker(world: World) -> None:
    door = a_door(world, "1幢", "1单元", "101")
    visit = knock(world, door, VisitOutcome.NOT_IN)

    with reading(world.worker) as session:
        last = last_tap(session, world.worker.id, NOW + timedelta(minutes=9))
        late_now = last_tap(session, world.worker.id, NOW + timedelta(minutes=11))
        other = last_tap(session, world.secretary.id, NOW)

    assert last is not None
    assert (last.id, last.door, last.outcome) == (visit, "101", VisitOutcome.NOT_IN)
    assert late_now is None
    assert other is None


def test_the_secretary_sees_workers_buildings_and_kinds(world: World) -> None:
    a_door(world, "1幢", "1单元", "101", kind=KEY, due_on=late(1))
    a_door(world, "2幢", "1单元", "101", due_on=TODAY)
    a_patch(world, world.worker.id, "2幢")

    with reading(world.secretary) as session:
        assert [(row.account_id, row.parts) for row in patches(session, world.here)] == [
            (world.worker.id, ((world.place, "2幢"),))
        ]
        assert set(buildings(session, world.here)) == {(world.place, "1幢"), (world.place, "2幢")}
        assert due_counts(session, TODAY) == {HouseholdKind.ORDINARY: (1, 0), KEY: (1, 1), HIGH: (0, 0)}
        assert rhythms(session)[KEY] == 30


def test_a_round_costs_the_same_few_statements_however_many_doors(small_world: World) -> None:
    for number in range(1, 31):
        a_door(small_world, f"{number}幢", "1单元", "101")

    with reading(small_world.worker) as session, Statements() as counted:
        found = todays_round(session, small_world.here, worker_id=small_world.worker.id, today=TODAY)
        stairwell_at_hand(session, found.stops, today=TODAY)

    assert len(found.stops) == 30
    assert counted.n <= 6  # with BEGIN


@pytest.mark.parametrize("first_doors", [0, 1, 7, 20, 39, 40, 41])
@pytest.mark.parametrize("most", [1, 5, 300])
def test_the_first_stairwells_are_the_same_wherever_the_look_is_cut(
    world: World, monkeypatch: pytest.MonkeyPatch, first_doors: int, most: int
) -> None:
    doors = [(f"{number}幢", f"{stairs}单元", room) for number in range(1, 11) for stairs in (1, 2) for room in (1, 2)]
    for at, (building, stairwell, room) in enumerate(doors):
        a_door(world, building, stairwell, f"{room}01", due_on=TOMORROW if at % 3 == 0 or building == "5幢" else TODAY)
    monkeypatch.setattr(rounds, "STOPS_MOST", most)
    monkeypatch.setattr(rounds, "FIRST_DOORS", 1000)
    whole = the_round(world)

    monkeypatch.setattr(rounds, "FIRST_DOORS", first_doors)

    assert the_round(world) == whole
    assert len(whole.stops) == min(most, 18)


def test_few_due_doors_are_found_behind_the_first_ones(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        a_door(world, f"{number}幢", "1单元", "101", due_on=TODAY if number == 5 else TOMORROW)
    monkeypatch.setattr(rounds, "FIRST_DOORS", 2)

    assert where(the_round(world)) == [("5幢", "1单元", 1)]
