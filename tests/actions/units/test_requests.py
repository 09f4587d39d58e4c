"""Asked, promised, used, thanked; never promised twice, not even by twenty at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.actions.units.requests import (
    cancel_request,
    decline_request,
    promise_request,
    record_use,
    thank_unit,
    withdraw_promise,
)
from db.actions.units.resources import close_resource, reopen_resource, save_resource
from db.engine import reading
from db.errors import BadInput, Refused
from db.models import ResourceRequest
from db.queries.units.resources import booked, request, requests
from db.queries.units.units import events_of, given_in
from db.terms import DayPart, RequestState, ResourceKind, Weekday
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.units import (
    HALL_DAY,
    a_request,
    a_resource,
    a_unit,
    promised,
    state_of,
    step,
    thanked,
    the_resource,
    used,
    version_of,
)
from tests.builders.world import TODAY, World, do


def test_from_the_asking_to_the_thanks_with_who_said_it(world: World) -> None:
    unit = a_unit(world)
    project = a_project(world)
    one = a_request(world, a_resource(world, unit), project_id=project, on_day=TODAY)

    step(world, promise_request, one, said_by="周主席", note="用完关灯")
    step(world, record_use, one, used_amount=60, used_words="60 人开会")
    step(world, thank_unit, one, words="送了感谢信")

    with reading(world.worker) as session:
        found, lines = request(session, one), events_of(session, request_id=one)
        (given,) = given_in(session, unit, TODAY.year)
    assert (found.state, found.about, found.used_amount) == (RequestState.THANKED, "楼道照明改造", 60)
    assert [line.kind.value for line in lines] == ["thanked", "used", "promised", "asked"]
    assert lines[2].said_by == "周**"
    assert (given.amount, given.thanked, given.home) == (60, True, "柳林社区")


def test_a_hall_is_promised_to_one_of_twenty_who_come_at_once(world: World) -> None:
    hall = a_resource(world, a_unit(world))
    asked = [a_request(world, hall, purpose=f"第{number}场") for number in range(20)]

    def promise(one: int) -> str:
        try:
            do(world.worker, promise_request, request_id=one, version=1, said_by="周主席")
        except Refused as told:
            return told.rule
        return "promised"

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(promise, asked))

    assert outcomes == ["promised", *["resource_taken"] * 19]
    with reading(world.worker) as session:
        held = session.scalar(
            select(func.count()).select_from(ResourceRequest).where(ResourceRequest.state == RequestState.PROMISED)
        )
    assert held == 1


def test_of_three_sets_three_are_given_and_one_given_up_is_free_again(world: World) -> None:
    sets = a_resource(world, a_unit(world), "投影仪", kind=ResourceKind.EQUIPMENT, amount=3, measure="台")
    two = promised(world, sets, amount=2, part=None)
    promised(world, sets, amount=1, part=DayPart.EVENING, purpose="放电影")

    with pytest.raises(Refused) as told:
        a_request(world, sets, amount=1, part=DayPart.EVENING, purpose="讲座")
    assert told.value.values["left"] == 0

    step(world, cancel_request, two, reason="改到室外")
    assert state_of(world, a_request(world, sets, amount=2, part=None, purpose="讲座")) is RequestState.ASKED


def test_goods_are_used_up_and_what_was_not_used_comes_back(world: World) -> None:
    boxes = a_resource(world, a_unit(world), "牛奶", kind=ResourceKind.GOODS, amount=100, measure="箱")
    one = promised(world, boxes, amount=80, part=None, on_day=TODAY)
    with pytest.raises(Refused, match="resource_taken"):
        a_request(world, boxes, amount=30, part=None, purpose="慰问", on_day=HALL_DAY + timedelta(days=40))

    step(world, record_use, one, used_amount=60, used_words="送了 60 户")

    assert a_request(world, boxes, amount=40, part=None, purpose="慰问")


def test_the_other_ends(world: World) -> None:
    hall = a_resource(world, a_unit(world))
    refused, taken_back = a_request(world, hall), a_request(world, hall, part=DayPart.AFTERNOON)
    step(world, decline_request, refused, said_by="周主席", reason="装修")
    step(world, promise_request, taken_back, said_by="周主席")
    step(world, withdraw_promise, taken_back, said_by="周主席", reason="临时开会")

    assert (state_of(world, refused), state_of(world, taken_back)) == (RequestState.DECLINED, RequestState.WITHDRAWN)
    with pytest.raises(Refused, match="request_over"):
        step(world, promise_request, refused, said_by="周主席")
    with pytest.raises(Refused, match="request_over"):
        step(world, thank_unit, taken_back, words="谢谢")


def test_what_is_still_to_come_was_not_used_yet(world: World) -> None:
    one = promised(world, a_resource(world, a_unit(world)))

    with pytest.raises(Refused, match="request_not_yet"):
        step(world, record_use, one, used_amount=1, used_words="好")


def test_every_community_asks_of_the_pool_and_acts_for_itself_only(world: World) -> None:
    hall = a_resource(world, a_unit(world))
    theirs = a_request(world, hall, by=world.other_secretary)

    step(world, promise_request, theirs, said_by="周主席")  # our unit: we write down what it said
    with pytest.raises(Refused, match="request_elsewhere"):
        step(world, cancel_request, theirs, reason="不要了")
    with pytest.raises(Refused, match="resource_taken"):
        a_request(world, hall)
    with reading(world.worker) as session:
        (taken,) = booked(session, HALL_DAY, HALL_DAY)
        assert [one.home for one in requests(session).rows] == ["荷塘社区"]
    assert (taken.home, taken.waits) == ("荷塘社区", False)


def test_a_request_is_for_one_thing_that_one_can_reach(small_world: World) -> None:
    hall = a_resource(small_world, a_unit(small_world))
    need, project = a_need(small_world), a_project(small_world)

    with pytest.raises(Refused, match="request_for_one"):
        a_request(small_world, hall, need_id=need, project_id=project)
    one = a_request(small_world, hall, need_id=need)

    with reading(small_world.worker) as session:
        assert [found.id for found in requests(session, need_id=need).rows] == [one]
    with reading(small_world.other_secretary) as session:
        assert (request(session, one).need_id, request(session, one).about) == (None, "")


def test_the_same_is_not_asked_twice(small_world: World) -> None:
    hall = a_resource(small_world, a_unit(small_world))
    a_request(small_world, hall)

    with pytest.raises(Refused, match="request_twice"):
        a_request(small_world, hall)


def test_a_resource_is_given_at_its_own_times(small_world: World) -> None:
    saturday = a_resource(small_world, a_unit(small_world), weekdays=(Weekday.SATURDAY,), parts=(DayPart.MORNING,))

    with pytest.raises(Refused, match="resource_weekday"):
        a_request(small_world, saturday)
    assert a_request(small_world, saturday, on_day=TODAY + timedelta(days=2))


def test_a_change_leaves_what_is_promised_possible(small_world: World) -> None:
    unit = a_unit(small_world)
    sets = a_resource(small_world, unit, "投影仪", kind=ResourceKind.EQUIPMENT, amount=3, measure="台")
    promised(small_world, sets, amount=2)
    values = {"unit_id": unit, "resource_id": sets, "name": "投影仪", "kind": ResourceKind.EQUIPMENT, "measure": "台"}

    with pytest.raises(Refused, match="resource_promises_outside"):
        do(small_world.secretary, save_resource, **values, version=1, amount=1)
    do(small_world.secretary, save_resource, **values, version=1, amount=2)

    assert the_resource(small_world, sets).amount == 2


def test_a_resource_that_is_closed_settles_what_is_open_and_can_be_opened_again(small_world: World) -> None:
    hall = a_resource(small_world, a_unit(small_world))
    one = promised(small_world, hall)
    closing = {"resource_id": hall, "version": 1, "reason": "装修"}
    with pytest.raises(Refused, match="resource_has_promises"):
        do(small_world.secretary, close_resource, **closing)

    do(small_world.secretary, close_resource, **closing, settle_promises=True)

    assert state_of(small_world, one) is RequestState.WITHDRAWN
    with pytest.raises(Refused, match="resource_closed"):
        a_request(small_world, hall, purpose="再来")
    do(small_world.secretary, reopen_resource, resource_id=hall, version=2)
    assert a_request(small_world, hall, purpose="再来")


def test_a_loan_may_be_written_down_later_but_not_after_two_months(small_world: World) -> None:
    hall = a_resource(small_world, a_unit(small_world))

    assert used(small_world, hall, on_day=TODAY - timedelta(days=30))
    with pytest.raises(BadInput):
        a_request(small_world, hall, on_day=TODAY - timedelta(days=63))


def test_only_what_was_used_in_the_year_stands_on_its_page(small_world: World) -> None:
    unit = a_unit(small_world)
    hall = a_resource(small_world, unit)
    thanked(small_world, hall)
    used(small_world, hall, part=DayPart.EVENING, on_day=TODAY - timedelta(days=61))
    promised(small_world, hall)

    with reading(small_world.secretary) as session:
        assert [one.thanked for one in given_in(session, unit, 2026)] == [False, True]
        assert given_in(session, unit, 2025) == ()
    assert version_of(small_world, ResourceRequest, 1) == 4
