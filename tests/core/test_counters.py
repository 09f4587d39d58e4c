"""The counters agree with the needs after anything that can happen to needs."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from db import counters
from db.audit import UNAUDITED
from db.engine import as_system, reading_as_system, writing
from db.models import Need, NeedFlow, NeedStanding, PlaceDemand
from db.terms import NeedStage
from tests.builders.needs import a_need
from tests.builders.world import NOW, World

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
                session.flush()
                session.expire(row)
            elif move == "delete":
                session.delete(row)
            if people % 3 == 0:
                session.flush()

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


def test_a_void_need_is_no_demand(world: World) -> None:
    a_need(world, people=30)
    void = a_need(world, people=500)

    with writing(world.secretary) as session:
        session.get_one(Need, void).stage = NeedStage.VOID

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
