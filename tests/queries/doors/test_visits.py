from datetime import timedelta
from typing import Any

from db.actions.doors.visits import log_visit
from db.actions.needs.needs import log_need
from db.engine import reading
from db.queries.doors.households import Stairwell, rooms, stairwells
from db.queries.doors.visits import visit_at_hand, work_day
from db.terms import HouseholdKind, Reach, Urgency, VisitOutcome
from tests.builders.doors import a_household
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World


def knock(world: World, outcome: VisitOutcome = VisitOutcome.MET, **more: Any) -> int:
    values = {"place_id": world.place, "building": "1", "stairwell": "1", "room": "101", "now": NOW}
    visit = carry_out(world.worker, "", log_visit, outcome=outcome, **(values | more))["visit_id"]
    assert visit is not None
    return visit


def test_a_worker_chooses_from_the_doors_on_file(world: World) -> None:
    for room in ("1001", "201", "202"):
        a_household(world, room, kind=HouseholdKind.KEY if room == "201" else HouseholdKind.ORDINARY)
    a_household(world, "303", restricted=True, alias="甲户")

    with reading(world.worker) as session:
        known = stairwells(session, world.place)
        behind = rooms(session, world.place, "1幢", "1单元")

    assert known == (Stairwell("1幢", "1单元"),)
    assert [(room.room, room.kind.value) for room in behind] == [
        ("201", "key"),
        ("202", "ordinary"),
        ("1001", "ordinary"),
    ]


def test_a_workers_day_counts_outcomes_and_masks_doors(world: World) -> None:
    knock(world)
    knock(world, VisitOutcome.NOT_IN, room="102")
    knock(world, VisitOutcome.NOT_IN, room="103", on=TODAY - timedelta(days=1))

    with reading(world.worker) as session:
        day = work_day(session, world.worker.id, TODAY)

    assert day.counts == {VisitOutcome.MET: 1, VisitOutcome.NOT_IN: 1}
    assert [visit.door for visit in day.last] == ["柳林小区1幢 ***"] * 2


def test_a_visit_shows_how_many_needs_came_of_it(world: World) -> None:
    visit = knock(world)
    for told in ("楼道灯坏了很久", "电梯经常停运"):
        carry_out(
            world.worker, "", log_need, description=told, category_id=world.categories[0], place_id=world.place,
            reach=Reach.HOUSEHOLD, people=1, urgency=Urgency.NORMAL, visit_id=visit, now=NOW,
        )  # fmt: skip

    with reading(world.worker) as session:
        (row,) = work_day(session, world.worker.id, TODAY).last

    assert row.needs == 2


def test_a_visit_at_hand_prefills_place_and_building(world: World) -> None:
    visit = knock(world)

    with reading(world.worker) as session:
        at_hand = visit_at_hand(session, visit)
    with reading(world.other_secretary) as session:
        elsewhere = visit_at_hand(session, visit)

    assert at_hand is not None
    assert (at_hand.place_id, at_hand.building, at_hand.door) == (world.place, "1幢", "柳林小区1幢 ***")
    assert elsewhere is None


def test_a_stall_is_named_in_the_workers_words(world: World) -> None:
    visit = knock(world, building="", stairwell="", room="", where_text="东门菜摊")

    with reading(world.worker) as session:
        at_hand = visit_at_hand(session, visit)

    assert at_hand is not None
    assert at_hand.door == "柳林小区 东门菜摊"
