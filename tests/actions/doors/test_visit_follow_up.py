"""What a visit says of its household: met, tries, due; and a wrong tap taken back."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.doors.visits import log_visit, take_back_visit
from db.actions.needs.needs import log_need
from db.engine import as_system, reading_as_system
from db.errors import BadInput, NotFound, Refused
from db.models import AuditEntry, Household, Visit, VisitRhythm
from db.terms import HouseholdKind, Reach, Role, Urgency, VisitOutcome
from tests.builders.doors import a_household
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World, another_actor

MET, NOT_IN, PHONE = VisitOutcome.MET, VisitOutcome.NOT_IN, VisitOutcome.PHONE


def knock(world: World, household: int, outcome: VisitOutcome, now: datetime = NOW, **more: Any) -> int:
    who = more.pop("who", world.worker)
    values = {"place_id": None, "household_id": household, "outcome": outcome, "now": now}
    stored = carry_out(who, "", log_visit, **(values | more))
    assert stored["household_id"] == household
    return stored["visit_id"]


def numbers(household: int) -> tuple[date | None, int, date | None]:
    with reading_as_system("test") as session:
        row = session.get_one(Household, household)
        return row.met_on, row.tries, row.due_on


def test_who_was_met_is_due_again_by_the_norm_of_the_kind(world: World) -> None:
    door = a_household(world, kind=HouseholdKind.HIGH_RISK)

    knock(world, door, MET)

    assert numbers(door) == (TODAY, 0, TODAY + timedelta(days=7))


def test_the_subdistricts_days_go_before_the_norm(world: World) -> None:
    door = a_household(world, kind=HouseholdKind.KEY)
    with as_system("test") as session:
        session.add(VisitRhythm(subdistrict_id=world.subdistrict, kind=HouseholdKind.KEY, days=10))

    knock(world, door, PHONE)

    assert numbers(door) == (TODAY, 0, TODAY + timedelta(days=10))


def test_shut_doors_are_counted_until_somebody_opens(world: World) -> None:
    door = a_household(world, due_on=TODAY)

    knock(world, door, NOT_IN)
    knock(world, door, NOT_IN, NOW + timedelta(hours=1))
    assert numbers(door) == (None, 2, TODAY)

    knock(world, door, MET, NOW + timedelta(hours=9))
    assert numbers(door) == (TODAY, 0, TODAY + timedelta(days=182))


def test_an_older_visit_entered_later_does_not_undo_a_newer_one(world: World) -> None:
    door = a_household(world)
    knock(world, door, MET)

    knock(world, door, MET, on=TODAY - timedelta(days=20))
    knock(world, door, NOT_IN, at=NOW - timedelta(hours=3))

    assert numbers(door) == (TODAY, 0, TODAY + timedelta(days=182))


def test_a_shut_door_after_the_late_entered_meeting_still_counts(world: World) -> None:
    door = a_household(world)
    knock(world, door, NOT_IN)

    knock(world, door, MET, at=NOW - timedelta(days=2))

    assert numbers(door)[:2] == (TODAY - timedelta(days=2), 1)


def test_a_meeting_known_from_elsewhere_stays_the_newer_one(world: World) -> None:
    door = a_household(world, met_on=TODAY - timedelta(days=1), due_on=TODAY + timedelta(days=30))

    knock(world, door, MET, on=TODAY - timedelta(days=9))

    assert numbers(door) == (TODAY - timedelta(days=1), 0, TODAY + timedelta(days=30))


def test_a_phones_moment_is_kept_for_seven_days(world: World) -> None:
    door = a_household(world)
    then = NOW - timedelta(days=6)

    visit = knock(world, door, MET, at=then)

    with reading_as_system("test") as session:
        assert session.execute(select(Visit.at).where(Visit.id == visit)).scalar_one() == then


@pytest.mark.parametrize("at", [NOW - timedelta(days=8), NOW + timedelta(hours=1), NOW.replace(tzinfo=None)])
def test_a_phones_moment_out_of_reach_is_refused(small_world: World, at: datetime) -> None:
    door = a_household(small_world)

    with pytest.raises(BadInput) as caught:
        knock(small_world, door, MET, at=at)

    assert caught.value.field == "at"


def test_a_hidden_door_is_refused_by_its_id_too_and_one_of_elsewhere_is_not_found(world: World) -> None:
    hidden = a_household(world, restricted=True, alias="甲户")
    elsewhere = a_household(world, "109", community_id=world.there)

    with pytest.raises(Refused) as refused:
        knock(world, hidden, MET)
    with pytest.raises(NotFound):
        knock(world, elsewhere, MET)

    assert refused.value.rule == "door_restricted"


def test_a_wrong_tap_is_taken_back_and_the_log_keeps_it(world: World) -> None:
    door = a_household(world, due_on=TODAY)
    knock(world, door, NOT_IN, NOW - timedelta(hours=5))
    visit = knock(world, door, MET)

    carry_out(world.worker, "", take_back_visit, visit_id=visit, now=NOW + timedelta(minutes=9))

    assert numbers(door)[:2] == (None, 1)
    with reading_as_system("test") as session:
        assert session.execute(select(func.count()).select_from(Visit)).scalar_one() == 1
        entry = select(AuditEntry.actor_id).where(
            AuditEntry.table_name == "visit", AuditEntry.row_id == visit, AuditEntry.operation == "delete"
        )
        assert session.execute(entry).scalar_one() == world.worker.id


def test_taking_back_a_second_meeting_brings_the_first_back(world: World) -> None:
    door = a_household(world, kind=HouseholdKind.KEY)
    knock(world, door, MET, on=TODAY - timedelta(days=10))
    before = numbers(door)
    visit = knock(world, door, PHONE)

    carry_out(world.worker, "", take_back_visit, visit_id=visit, now=NOW)

    assert numbers(door) == before == (TODAY - timedelta(days=10), 0, TODAY + timedelta(days=20))


def test_a_visit_is_taken_back_by_its_worker_alone_within_ten_minutes(world: World) -> None:
    door = a_household(world)
    visit = knock(world, door, MET)
    colleague = another_actor(world, Role.AREA_WORKER, "worker2")

    with pytest.raises(Refused) as other:
        carry_out(colleague, "", take_back_visit, visit_id=visit, now=NOW)
    with pytest.raises(Refused) as late:
        carry_out(world.worker, "", take_back_visit, visit_id=visit, now=NOW + timedelta(minutes=11))

    assert (other.value.rule, late.value.rule) == ("visit_not_yours", "visit_too_old")


def test_a_visit_that_a_need_came_out_of_stays(world: World) -> None:
    door = a_household(world)
    visit = knock(world, door, MET)
    carry_out(
        world.worker, "", log_need, visit_id=visit, description="楼道灯坏了半个月，晚上看不见",
        category_id=world.categories[5], place_id=world.place, reach=Reach.STAIRWELL, people=12,
        urgency=Urgency.NORMAL, now=NOW,
    )  # fmt: skip

    with pytest.raises(Refused) as caught:
        carry_out(world.worker, "", take_back_visit, visit_id=visit, now=NOW)

    assert caught.value.rule == "visit_has_need"
