"""What a paired phone takes along is what 今日走访 shows: the round of the day and what it keeps for the evening."""

from datetime import timedelta

from db.engine import reading
from db.queries.doors.rounds import todays_round
from db.queries.offline.doors import taken_along
from db.terms import VisitOutcome
from tests.builders.doors import a_door, knock
from tests.builders.world import NOW, TODAY, World


def test_the_phone_and_the_page_show_the_same_doors(small_world: World) -> None:
    waits = a_door(small_world, "1幢", "1单元", "101")
    shut = a_door(small_world, "1幢", "1单元", "102")
    tried = a_door(small_world, "1幢", "2单元", "101")
    a_door(small_world, "1幢", "2单元", "102", due_on=None)
    a_door(small_world, "2幢", "1单元", "101", due_on=TODAY + timedelta(days=1))
    for door, at in ((shut, NOW - timedelta(days=1)), (shut, NOW), (tried, NOW)):
        knock(small_world, door, VisitOutcome.NOT_IN, now=at)

    with reading(small_world.worker) as session:
        phone = taken_along(session, small_world.worker.id, today=TODAY)
        day = todays_round(session, small_world.here, worker_id=small_world.worker.id, today=TODAY)
        night = todays_round(session, small_world.here, worker_id=small_world.worker.id, today=TODAY, evening=True)

    assert {door.id for door in phone.doors} == {waits, shut}
    assert len(phone.doors) == day.doors + night.doors
