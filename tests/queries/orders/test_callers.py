"""A household is found by a whole name or a whole number, never by a part, never beyond one's reach."""

import pytest

from db.actions.needs.screening import finish_order
from db.actions.people.people import amend_person
from db.engine import as_system, reading
from db.models import Order, Person
from db.queries.orders.callers import callers, needs_without_order, orders_of_need
from db.rules.permissions import Actor
from db.terms import NeedStage, OrderChannel, OrderState
from tests.builders.doors import a_household
from tests.builders.needs import a_need
from tests.builders.orders import a_service, an_order
from tests.builders.people import a_person, household_of
from tests.builders.world import World, do, row


def found(actor: Actor, words: str) -> list[int]:
    with reading(actor) as session:
        return [one.person_id for one in callers(session, words=words)]


def test_a_whole_name_or_number_finds_the_person_and_shows_no_more_than_the_surname(world: World) -> None:
    person = a_person(world, "王秀兰", phone="13800001111")

    with reading(world.worker) as session:
        (one,) = callers(session, words=" 王 秀兰 ")
    assert one.person_id == person
    assert one.household_id == household_of(person)
    assert (one.name, one.phone) == ("王**", "138****1111")
    assert "101" not in one.door
    assert found(world.worker, "138-0000 1111") == [person]


@pytest.mark.parametrize("words", ["王", "王秀", "秀兰", "王%", "1380000", "0000", "", "  ", "_" * 40])
def test_a_part_of_a_name_or_number_finds_nobody(world: World, words: str) -> None:
    a_person(world, "王秀兰", phone="13800001111")

    assert found(world.worker, words) == []


def test_a_corrected_name_is_found_and_the_old_one_no_more(world: World) -> None:
    person = a_person(world, "王秀兰")
    version = row(world, Person, person).version
    do(world.worker, amend_person, person_id=person, version=version, name="王秀蓝")

    assert found(world.worker, "王秀兰") == []
    assert found(world.worker, "王秀蓝") == [person]


def test_somebody_of_a_restricted_household_or_another_community_is_not_found(world: World) -> None:
    a_person(world, "王秀兰", restricted=True)
    a_person(world, "王秀兰", room="202", community_id=world.there)

    assert found(world.worker, "王秀兰") == []


def test_an_order_for_a_found_person_carries_the_door_and_who_to_ask_for(world: World) -> None:
    person = a_person(world, "王秀兰", phone="13800001111")
    order = an_order(
        world, place_id=None, building="", stairwell="", room="", asker_name="", asker_phone="", person_id=person
    )

    made = row(world, Order, order)
    assert (made.household_id, made.asker_name, made.asker_phone) == (household_of(person), "王秀兰", "13800001111")


def test_a_need_waits_for_its_order_until_it_has_one_that_runs(world: World) -> None:
    need = a_need(world, stage=NeedStage.ORDERED, household_id=a_household(world, "101"))
    service = a_service(world)
    with reading(world.worker) as session:
        before = [one.id for one in needs_without_order(session)]
    order = an_order(world, service, place_id=None, building="", stairwell="", room="", channel=OrderChannel.NEED,
                     need_id=need)  # fmt: skip
    with reading(world.worker) as session:
        after = needs_without_order(session)
        made = orders_of_need(session, need)
    with as_system("test") as session:
        session.get_one(Order, order).state = OrderState.CANCELLED
    with reading(world.worker) as session:
        again = [one.id for one in needs_without_order(session)]

    assert (before, after, again) == ([need], (), [need])
    assert [(one.id, one.running) for one in made] == [(order, True)]
    do(world.worker, finish_order, need_id=need, version=1, done="已办好")
    with reading(world.worker) as session:
        assert needs_without_order(session) == ()
