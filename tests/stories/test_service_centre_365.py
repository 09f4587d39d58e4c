"""365 服务中心: an old man's daughter calls; somebody is found, declines, another goes; the code is lost, a call does.

A1-04 of docs/domain.md: catalogue, orders, telephone entry by the family, double confirmation, revisit.
"""

from datetime import timedelta

from sqlalchemy import select

from db.actions.orders.catalogue import set_service_units
from db.actions.orders.offers import accept_offer, decline_offer, offer_order, withdraw_offer
from db.actions.orders.orders import place_order
from db.actions.orders.ratings import close_order
from db.actions.orders.series import make_turns, start_series
from db.actions.orders.service import confirm_by_call, finish_service, start_service
from db.actions.units.units import end_unit
from db.engine import reading
from db.models import Household, Volunteer
from db.queries.orders.dispatch import candidates
from db.queries.orders.mine import done_by, offers_to, promised_by
from db.queries.orders.orders import order_counts, ordered_before, orders, to_urge
from db.queries.orders.page import order_facts
from db.queries.orders.pairings import card_home
from db.queries.units.partners import partners_of
from db.rules.orders.dispatch import Reason
from db.terms import AssignmentState, OrderChannel, OrderState, Rhythm, Role, Satisfaction, ServiceGroup
from tests.builders.orders import a_code, a_helper, a_service, an_order
from tests.builders.units import a_unit
from tests.builders.world import NOW, TODAY, World, do, row

TUESDAY = TODAY + timedelta(days=5)
HOME = {"building": "3幢", "stairwell": "2单元", "room": "402"}


def test_the_daughter_calls_and_in_the_end_the_father_is_content(world: World) -> None:
    shopping = a_service(world, "代买菜", answer_hours=4, finish_days=1)
    repair = a_service(world, "小家电维修", group=ServiceGroup.REPAIR, skill="电工")
    neighbour = a_helper(world, place_id=world.place, building="3幢", free_slots=["tue-am"])
    second = a_helper(world, "second", place_id=world.place, building="9幢", free_slots=["tue-am"])
    electrician = a_helper(world, "electrician", skills=["水电工"])

    # The daughter calls: forty seconds, one form.
    placed = do(
        world.worker, place_order, service_id=shopping, channel=OrderChannel.PHONE, place_id=world.place, **HOME,
        asker_name="周丽娟", asker_phone="13800001111", emergency_contact="13800002222",
        wanted_on=TUESDAY, wanted_time="am", note="青菜两斤", caution="耳背，敲门重一点",
    )  # fmt: skip
    order = placed["id"]
    a_code(world.worker, order)

    # Dispatch by reasons: who lives in the building and is free comes first; the electrician is not pushed forward.
    with reading(world.worker) as session:
        found = candidates(session, order, now=NOW)
    assert [one.id for one in found] == [neighbour[1], second[1], electrician[1]]
    assert {Reason.SAME_BUILDING, Reason.FREE} <= set(found[0].suggestion.reasons)
    why = [reason.value for reason in found[0].suggestion.reasons]
    offer = do(world.worker, offer_order, order_id=order, volunteer_id=neighbour[1], reasons=why)

    # The neighbour sees the building, not the door, and cannot go.
    with reading(neighbour[0]) as session:
        (asked,) = offers_to(session, neighbour[0].id)
    assert (asked.where, asked.asker) == ("柳林小区3幢", "周**")
    do(neighbour[0], decline_offer, offer_id=offer, reason="那天要带孙子")
    with reading(world.worker) as session:
        left = candidates(session, order, now=NOW)
    assert neighbour[1] not in [one.id for one in left]

    # Nobody answers in time: the desk shows it with what to say; the worker reassigns.
    slow = do(world.worker, offer_order, order_id=order, volunteer_id=electrician[1])
    later = NOW + timedelta(days=1)
    with reading(world.secretary) as session:
        assert order_counts(session, now=later).late_answer == 1
        assert [one.id for one in to_urge(session, now=later)] == [order]
    do(world.worker, withdraw_offer, order_id=order, reason="一直没有接单", now=later)
    offer = do(world.worker, offer_order, order_id=order, volunteer_id=second[1], now=later)
    do(second[0], accept_offer, offer_id=offer, now=later)
    with reading(second[0]) as session:
        (turn,) = promised_by(session, second[0].id)
    assert (turn.where, turn.caution) == ("柳林小区3幢2单元402", "耳背，敲门重一点")
    assert slow != offer

    # Tuesday: the father has lost the code, so the worker calls.
    at_the_door = NOW + timedelta(days=5)
    do(second[0], start_service, order_id=order, now=at_the_door)
    do(second[0], finish_service, order_id=order, done="青菜两斤送到", minutes=60, now=at_the_door)
    do(
        world.worker, confirm_by_call, order_id=order, rating=Satisfaction.VERY_SATISFIED, said="手脚麻利",
        now=at_the_door + timedelta(hours=3),
    )  # fmt: skip
    do(world.worker, close_order, order_id=order, now=at_the_door + timedelta(hours=3))

    with reading(world.secretary) as session:
        facts = order_facts(session, order, now=at_the_door)
    assert facts is not None
    assert facts.state is OrderState.CLOSED
    assert [one.state for one in facts.offers] == [
        AssignmentState.DECLINED, AssignmentState.WITHDRAWN, AssignmentState.ACCEPTED,
    ]  # fmt: skip
    assert row(world, Volunteer, second[1]).minutes == 60
    with reading(second[0]) as session:
        (done,) = done_by(session, second[0].id)
    assert (done.rating, done.rating_words) == (Satisfaction.VERY_SATISFIED, "手脚麻利")

    # The next call is shorter: the household is known, and what it had is one press away.
    with reading(world.worker) as session:
        home = session.execute(select(Household.id)).one()
        assert [one.service_id for one in ordered_before(session, home.id)] == [shopping]
    again = do(
        world.worker, place_order, service_id=repair, channel=OrderChannel.PHONE, place_id=None,
        household_id=home.id, now=at_the_door,
    )  # fmt: skip
    with reading(world.worker) as session:
        assert [one.id for one in candidates(session, again["id"], now=at_the_door)] == [electrician[1]]


def test_a_weekly_visit_is_registered_once_and_comes_by_itself(world: World) -> None:
    nurse = a_helper(world, skills=["护理"])
    pressure = a_service(world, "量血压", group=ServiceGroup.HEALTH, skill="护理")
    do(
        world.worker, start_series, service_id=pressure, rhythm=Rhythm.WEEKLY, starts_on=TUESDAY,
        place_id=world.place, **HOME, volunteer_id=nurse[1], wanted_time="am",
    )  # fmt: skip

    for week in range(3):
        monday = NOW + timedelta(days=4 + 7 * week)
        assert do(world.worker, make_turns, now=monday) == 1
        with reading(nurse[0]) as session:
            (asked,) = offers_to(session, nurse[0].id)
        assert asked.wanted_on == TUESDAY + timedelta(weeks=week)
        do(nurse[0], accept_offer, offer_id=asked.offer_id, now=monday)

    with reading(world.secretary) as session:
        found = orders(session, now=NOW).rows
    assert [one.state for one in found] == [OrderState.ACCEPTED] * 3


def test_the_centre_names_the_units_that_serve_on_catalogue_order_and_card(small_world: World) -> None:
    world = small_world
    pressure = a_service(world, "量血压", group=ServiceGroup.HEALTH)
    clinic, school = a_unit(world, "社区卫生服务中心"), a_unit(world, "职业学校")
    admin = world[Role.SUBDISTRICT_ADMIN]
    do(admin, set_service_units, service_id=pressure, unit_ids=(clinic, school))
    do(world.secretary, end_unit, unit_id=school, version=1, on=TODAY - timedelta(days=1), reason="停办")

    order = an_order(world, pressure)

    with reading(world.worker) as session:
        facts = order_facts(session, order, now=NOW)
        assert partners_of(session, [pressure], today=TODAY) == {pressure: ((clinic, "社区卫生服务中心"),)}
        assert facts is not None
        assert facts.household_id is not None
        home = card_home(session, facts.household_id, today=TODAY)
    assert facts.units == ("社区卫生服务中心",)
    assert home is not None
    assert home.partners == ("社区卫生服务中心（量血压）",)
    assert do(admin, set_service_units, service_id=pressure, unit_ids=()) == 0
