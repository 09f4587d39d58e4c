"""The counters agree with the needs after anything that can happen to needs, and with the hours of service."""

import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import counters
from db.actions.orders.ratings import close_order
from db.actions.orders.service import confirm_by_call
from db.audit import UNAUDITED
from db.counters import renew_demand
from db.engine import as_system, reading, reading_as_system, writing
from db.models import (
    Activity,
    BuildingDoors,
    Household,
    Need,
    NeedFlow,
    NeedStanding,
    Order,
    PlaceDemand,
    ServiceDay,
    ServiceRecord,
    Volunteer,
)
from db.terms import HouseholdKind, NeedStage, Satisfaction
from db.upkeep.doors import tidy_doors
from tests.builders.doors import a_door
from tests.builders.needs import a_need
from tests.builders.orders import a_helper, an_order
from tests.builders.orders import served as served_order
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do

STAGES = [stage for stage in NeedStage if stage is not NeedStage.MERGED]
MOVES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["stage", "category", "people", "new", "expire", "delete"]),
        st.sampled_from(STAGES),
        st.integers(0, 5),
        st.integers(1, 500),
    ),
    min_size=1,
    max_size=12,
)


def wrong() -> list[str]:
    with reading_as_system("test") as session:
        return counters.wrong(session)


def read_again(session: Session, row: Any) -> None:
    """Whoever asks the row next reads it from the database; one that was deleted before is gone."""
    session.flush()
    if row in session:
        session.expire(row)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(moves=MOVES)
def test_counters_follow_every_move(world: World, moves: list[tuple[Any, ...]]) -> None:
    needs = [a_need(world) for _ in range(4)]

    with writing(world.secretary) as session:
        for which, move, stage, category, people in moves:
            if move == "new":
                needs.append(0)
            row = session.get(Need, needs[which])
            if row is None:
                continue
            if move == "stage":
                row.stage, row.stage_since = stage, NOW
            elif move == "category":
                row.category_id = world.categories[category]
            elif move == "people":
                row.people = people
            elif move == "expire":
                read_again(session, row)
            elif move == "delete":
                session.delete(row)
            if people % 3 == 0:
                session.flush()

    assert wrong() == []


DOORS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["building", "kind", "restricted", "merged_into_id", "expire", "delete", "new"]),
        st.sampled_from(list(HouseholdKind)),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(moves=DOORS)
def test_doors_of_a_building_follow_every_move(world: World, moves: list[tuple[Any, ...]]) -> None:
    lead, *doors = [a_door(world, "1幢", "1单元", secrets.token_hex(4)) for _ in range(5)]

    with as_system("test") as session:
        for which, move, kind, number in moves:
            row = session.get(Household, doors[which])
            if row is None:
                continue
            values = {
                "building": f"{number}幢",
                "kind": kind,
                "restricted": number % 2 == 0,
                "merged_into_id": lead if number % 2 == 0 else None,
            }
            if move in values:
                setattr(row, move, values[move])
            elif move == "expire":
                read_again(session, row)
            elif move == "delete":
                session.delete(row)
            elif move == "new":
                doors[which] = a_door_in(session, world, f"{number}幢", kind)
            if number % 3 == 0:
                session.flush()

    assert wrong() == []


def a_door_in(session: Session, world: World, building: str, kind: HouseholdKind) -> int:
    room = secrets.token_hex(4)
    door = Household(
        community_id=world.here, place_id=world.place, building=building, stairwell="", room=room, door_index=room,
        kind=kind,
    )  # fmt: skip
    session.add(door)
    session.flush()
    return door.id


def test_doors_that_an_update_brought_into_one_form_are_counted_in_it(world: World) -> None:
    a_door(world, "3号楼", "", "101")
    a_door(world, "3幢", "", "101")
    a_door(world, "3号楼", "", "202")

    done = tidy_doors(now=NOW)

    assert done.anything
    assert wrong() == []


def test_a_door_counter_that_is_wrong_is_found_and_put_right(world: World) -> None:
    a_door(world, "1幢", "1单元", "101")
    with as_system("test") as session:
        session.execute(update(BuildingDoors).values(households=7), execution_options=UNAUDITED)
    assert wrong() == ["building_doors"]

    with as_system("test") as session:
        counters.recount(session)

    assert wrong() == []


def test_what_was_taken_back_was_never_counted(world: World) -> None:
    need = a_need(world)

    with pytest.raises(ZeroDivisionError), writing(world.secretary) as session:  # noqa: PT012
        session.get_one(Need, need).stage = NeedStage.CLOSED
        session.flush()
        raise ZeroDivisionError

    assert wrong() == []
    with reading_as_system("test") as session:
        assert session.scalars(select(NeedStanding.stage).where(NeedStanding.needs > 0)).all() == [NeedStage.LOGGED]


@pytest.mark.parametrize("over", [NeedStage.VOID, NeedStage.CLOSED])
def test_a_need_that_nobody_waits_for_is_no_demand(world: World, over: NeedStage) -> None:
    a_need(world, people=30)
    void = a_need(world, people=500)

    with writing(world.secretary) as session:
        session.get_one(Need, void).stage = over

    with reading_as_system("test") as session:
        assert [(row.needs, row.people) for row in session.scalars(select(PlaceDemand))] == [(1, 30)]


def test_the_flow_counts_arrivals_on_the_chinese_day(world: World) -> None:
    """18:00 UTC is two in the morning of the next day in China."""
    a_need(world, logged_at=NOW.replace(hour=18))

    with reading_as_system("test") as session:
        flow = session.scalars(select(NeedFlow)).one()
    assert (flow.day.isoformat(), flow.stage, flow.entered) == ("2026-03-06", NeedStage.LOGGED, 1)


def test_a_wrong_counter_is_found_and_put_right(world: World) -> None:
    a_need(world)
    with as_system("test") as session:
        session.execute(update(NeedStanding).values(needs=7), execution_options=UNAUDITED)
    assert wrong() == ["need_standing"]

    with as_system("test") as session:
        counters.recount(session)

    assert wrong() == []


def test_counters_left_over_from_needs_that_are_gone_are_found(world: World) -> None:
    with as_system("test") as session:
        session.add(
            NeedStanding(community_id=world.here, category_id=world.categories[0], stage=NeedStage.LOGGED, needs=1)
        )

    assert wrong() == ["need_standing"]


# --- hours, the flow, orders ----------------------------------------------------------------------------


def an_activity(world: World) -> int:
    project = a_project(world)
    with as_system("test") as session:
        activity = Activity(community_id=world.here, project_id=project, title="换灯", on=TODAY, place="1幢", needed=2)
        session.add(activity)
        session.flush()
        return activity.id


def served(world: World, activity: int, volunteer: int, minutes: int) -> int:
    with as_system("test") as session:
        record = ServiceRecord(
            community_id=world.here,
            activity_id=activity,
            volunteer_id=volunteer,
            on=TODAY,
            minutes=minutes,
            recorded_at=NOW,
            recorded_by=world.secretary.id,
        )
        session.add(record)
        session.flush()
        return record.id


def test_a_day_of_service_is_summed_with_its_records_also_after_a_correction(world: World) -> None:
    activity = an_activity(world)
    served(world, activity, a_volunteer(world, "V001"), 60)
    second = served(world, activity, a_volunteer(world, "V002"), 90)

    with as_system("test") as session:
        session.get_one(ServiceRecord, second).minutes = 120

    with reading(world.secretary) as session:
        days = session.execute(select(ServiceDay.day, ServiceDay.minutes, ServiceDay.records)).all()
        books = counters.wrong(session)
    assert days == [(TODAY, 180, 2)]
    assert books == []


def test_a_removed_service_record_leaves_the_day(world: World) -> None:
    record = served(world, an_activity(world), a_volunteer(world), 60)

    with as_system("test") as session:
        session.delete(session.get_one(ServiceRecord, record))

    with reading(world.secretary) as session:
        assert session.execute(select(ServiceDay.minutes, ServiceDay.records)).all() == [(0, 0)]
        assert counters.wrong(session) == []


def test_the_books_balance_after_needs_moved_and_after_a_recount(world: World) -> None:
    need = a_need(world)
    a_need(world, stage=NeedStage.CLOSED)
    with as_system("test") as session:
        row = session.get_one(Need, need)
        row.stage, row.stage_since = NeedStage.REGISTERED, NOW + timedelta(days=3)

    with as_system("test") as session:
        before = counters.wrong(session)
        counters.recount(session)
        after = counters.wrong(session)

    assert (before, after) == ([], [])


def test_a_counter_that_was_tampered_with_is_named(world: World) -> None:
    served(world, an_activity(world), a_volunteer(world), 60)

    with as_system("test") as session:
        row = session.scalars(select(ServiceDay)).one()
        row.minutes = 600

    with as_system("test") as session:
        assert counters.wrong(session) == ["service_day"]


def test_the_flow_tells_new_needs_from_those_that_only_moved(world: World) -> None:
    need = a_need(world)
    a_need(world, stage=NeedStage.HANDLING)
    with as_system("test") as session:
        row = session.get_one(Need, need)
        row.stage, row.stage_since = NeedStage.HANDLING, NOW

    with reading(world.secretary) as session:
        flow = session.execute(select(NeedFlow.stage, NeedFlow.entered, NeedFlow.logged).order_by(NeedFlow.stage)).all()

    assert flow == [(NeedStage.HANDLING, 2, 1), (NeedStage.LOGGED, 1, 1)]


def test_the_minutes_of_an_order_count_on_its_day_from_the_residents_word_on(world: World) -> None:
    served(world, an_activity(world), a_volunteer(world, "V001"), 60)
    order, helper = an_order(world), a_helper(world)
    served_order(world, order, helper, minutes=90)

    with reading(world.secretary) as session:
        unconfirmed = session.execute(select(ServiceDay.day, ServiceDay.minutes, ServiceDay.records)).all()
    do(world.worker, confirm_by_call, order_id=order, rating=Satisfaction.SATISFIED)
    do(world.worker, close_order, order_id=order)

    with reading(world.secretary) as session:
        days = session.execute(select(ServiceDay.day, ServiceDay.minutes, ServiceDay.records)).all()
        books = counters.wrong(session)
        own = session.get_one(Volunteer, helper[1]).minutes
    assert unconfirmed == [(TODAY, 60, 1)]
    assert days == [(TODAY, 150, 2)]
    assert own == 90
    assert books == []


def test_an_order_of_the_chinese_night_counts_on_the_chinese_day_also_in_a_recount(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    served_order(world, order, helper)
    do(world.worker, confirm_by_call, order_id=order)
    with as_system("test") as session:
        row = session.get_one(Order, order)
        row.ended_at = datetime(2026, 3, 4, 17, 30, tzinfo=UTC)

    with as_system("test") as session:
        kept = session.execute(select(ServiceDay.day, ServiceDay.minutes).where(ServiceDay.minutes > 0)).all()
        before = counters.wrong(session)
        counters.recount(session)
        again = session.execute(select(ServiceDay.day, ServiceDay.minutes)).all()

    assert kept == again == [(date(2026, 3, 5), 60)]
    assert before == []


def test_demand_that_an_older_rule_counted_is_counted_anew_once(world: World) -> None:
    a_need(world, people=30)
    with as_system("test") as session:
        session.add(PlaceDemand(community_id=world.here, place_id=world.place, category_id=world.categories[0],
                                needs=3, people=8506))  # fmt: skip

    with as_system("test") as session:
        renewed = renew_demand(session), renew_demand(session)

    assert renewed == (True, False)
    assert wrong() == []
