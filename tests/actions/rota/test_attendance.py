from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.rota.attendance import came_after_all, mark_slot
from db.actions.rota.turns import put_in
from db.engine import reading
from db.errors import BadInput, Refused
from db.models import HoursClaim, ServiceRecord, Volunteer
from db.terms import TurnState
from tests.builders.rota import an_open_slot, china, states
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do

TOMORROW = TODAY + timedelta(days=1)
OVER = china(TOMORROW, 12)


def three(world: World, **more: object) -> tuple[int, list[int], list[int]]:
    """A slot with three people: its id, the turns, the people."""
    slot_id = an_open_slot(world, places=3, **more)
    people = [a_volunteer(world, name) for name in ("one", "two", "three")]
    return slot_id, [do(world.secretary, put_in, slot_id=slot_id, volunteer_id=one) for one in people], people


def minutes(world: World, people: list[int]) -> list[int]:
    with reading(world.secretary) as session:
        found = {row.id: row.minutes for row in session.execute(select(Volunteer.id, Volunteer.minutes))}
    return [found[one] for one in people]


def test_all_came_but_one_and_the_hours_come_from_the_slot(world: World) -> None:
    slot_id, turns, people = three(world)

    done = do(world.secretary, mark_slot, slot_id=slot_id, missed=[turns[1]], reason="发烧", now=OVER)

    assert done == {"came": 2, "missed": 1, "minutes": 480}
    assert states(world, slot_id) == [TurnState.SERVED, TurnState.MISSED, TurnState.SERVED]
    assert minutes(world, people) == [240, 0, 240]


def test_hours_are_never_counted_twice(world: World) -> None:
    slot_id, _turns, people = three(world)
    do(world.secretary, mark_slot, slot_id=slot_id, now=OVER)

    with pytest.raises(Refused, match="slot_marked"):
        do(world.secretary, mark_slot, slot_id=slot_id, now=OVER)

    assert minutes(world, people) == [240, 240, 240]


def test_who_was_missed_and_came_gets_the_hours_once(world: World) -> None:
    slot_id, turns, people = three(world)
    do(world.secretary, mark_slot, slot_id=slot_id, missed=[turns[0]], reason="没看见", now=OVER)

    with pytest.raises(Refused, match="hours_second_person"):
        do(world.secretary, came_after_all, turn_id=turns[0], reason="在另一个门口", now=OVER)
    assert do(world.worker, came_after_all, turn_id=turns[0], reason="在另一个门口", now=OVER) == 240
    with pytest.raises(Refused, match="slot_turn_over"):
        do(world.secretary, came_after_all, turn_id=turns[0], reason="在另一个门口", now=OVER)

    assert minutes(world, people) == [240, 240, 240]


def test_missing_asks_why(world: World) -> None:
    slot_id, turns, _people = three(world)

    with pytest.raises(BadInput) as told:
        do(world.secretary, mark_slot, slot_id=slot_id, missed=[turns[0]], now=OVER)
    assert told.value.field == "reason"


def test_nobody_has_served_before_the_slot_is_over(world: World) -> None:
    slot_id, _turns, _people = three(world)

    with pytest.raises(Refused, match="slot_not_over"):
        do(world.secretary, mark_slot, slot_id=slot_id, now=OVER - timedelta(seconds=1))


def test_what_is_written_down_late_waits_for_a_second_person(world: World) -> None:
    slot_id, _turns, people = three(world)
    late = OVER + timedelta(days=15)
    with pytest.raises(BadInput):
        do(world.secretary, mark_slot, slot_id=slot_id, now=late)

    done = do(world.secretary, mark_slot, slot_id=slot_id, note="签到表刚找到", now=late)

    assert done["minutes"] == 0
    assert minutes(world, people) == [0, 0, 0]
    with reading(world.secretary) as session:
        assert len(session.scalars(select(HoursClaim)).all()) == 3
        assert session.scalars(select(ServiceRecord)).all() == []


def test_a_night_counts_half_hours_on_two_days(world: World) -> None:
    slot_id, _turns, people = three(world, shifts="22:10-02:00")

    do(world.secretary, mark_slot, slot_id=slot_id, now=china(TODAY + timedelta(days=2), 3))

    assert minutes(world, people) == [240, 240, 240]
