"""Pauses, minors, half days, particulars: what lets somebody be sent somewhere, and what is kept of it."""

from datetime import date, timedelta

import pytest

from db.actions.orders.leaving import bring_back, end_volunteer, pause_volunteer
from db.actions.orders.offers import offer_order
from db.actions.orders.service import start_service
from db.actions.volunteers.life import (
    agree_as_guardian,
    amend_particulars,
    resume_volunteer,
    unmask_volunteer,
    withdraw_guardian,
)
from db.actions.volunteers.volunteers import amend_volunteer
from db.engine import reading, utc_now
from db.errors import BadInput, Refused
from db.models import Order, Volunteer
from db.queries.orders.dispatch import candidates
from db.queries.volunteers.card import volunteer_card
from db.queries.volunteers.openings import candidates as to_ask
from db.queries.volunteers.records import volunteer_originals
from db.rules.orders.dispatch import Reason
from db.rules.volunteers.particulars import ParticularsInput
from db.terms import Interest, OrderState, Role, VolunteerChange
from tests.builders.activities import a_market, a_pair, a_stall, a_stall_helper, an_event, an_outing, helped
from tests.builders.orders import a_helper, accepted, an_order
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do, row

TUESDAY = TODAY + timedelta(days=(1 - TODAY.weekday()) % 7 or 7)


def an_order_for(world: World, on: date) -> int:
    return an_order(world, wanted_on=on, wanted_time="上午")


def offered_to(world: World, order: int, volunteer: int) -> list[int]:
    with reading(world.worker) as session:
        return [one.id for one in candidates(session, order, now=NOW) if one.id == volunteer]


def pause(world: World, volunteer: int, first: date, last: date, **more: object) -> None:
    version = row(world, Volunteer, volunteer).version
    values = {"volunteer_id": volunteer, "version": version, "first": first, "last": last, "reason": "外出"} | more
    do(world.worker, pause_volunteer, **values)


def test_nobody_is_offered_an_order_on_a_day_of_the_pause_and_the_day_after_they_are(world: World) -> None:
    helper = a_helper(world)[1]
    pause(world, helper, TODAY, TUESDAY)
    within = an_order_for(world, TUESDAY)
    beyond = an_order(world, row(world, Order, within).service_id, wanted_on=TUESDAY + timedelta(days=1))

    with pytest.raises(Refused) as no:
        do(world.worker, offer_order, order_id=within, volunteer_id=helper, now=NOW)

    assert no.value.rule == "volunteer_paused"
    assert offered_to(world, within, helper) == []
    assert offered_to(world, beyond, helper) == [helper]
    do(world.worker, offer_order, order_id=beyond, volunteer_id=helper, now=NOW)


def test_a_pause_frees_what_lies_in_it_as_an_end_does_and_nothing_else(world: World) -> None:
    person, helper = a_helper(world)
    order = an_order_for(world, TUESDAY)
    later = an_order(world, row(world, Order, order).service_id, wanted_on=TUESDAY + timedelta(days=7))
    for one in (order, later):
        accepted(world, one, (person, helper))
    rota = a_plain_rota(world)
    a_plain_turn(world, a_slot(world, rota, a_post(world, rota), TUESDAY, 18), helper)
    for day in (TUESDAY, TUESDAY + timedelta(days=7)):
        a_stall_helper(world, a_stall(world, a_market(world, day)), helper)
        a_pair(world, an_outing(world, day), escort=helper)
        helped(world, an_event(world, on=day), helper)

    freed = do(world.worker, pause_volunteer, volunteer_id=helper, version=row(world, Volunteer, helper).version,
               first=TODAY, last=TUESDAY, reason="外出")  # fmt: skip

    assert freed == {"orders": 1, "turns": 1, "activities": 1, "stalls": 1, "escorts": 1}
    assert [row(world, Order, one).state for one in (order, later)] == [OrderState.TAKEN, OrderState.ACCEPTED]
    with reading(world.worker) as session:
        for day, able in ((TUESDAY, []), (TUESDAY + timedelta(days=7), [helper])):
            assert [one.id for one in to_ask(session, words="", on=day)] == able


def test_a_visit_that_is_under_way_when_the_pause_begins_is_finished(world: World) -> None:
    person, helper = a_helper(world)
    order = an_order_for(world, TODAY)
    accepted(world, order, (person, helper))
    do(person, start_service, order_id=order)

    pause(world, helper, TODAY, TUESDAY)

    assert row(world, Order, order).state is OrderState.IN_SERVICE


def test_a_pause_can_end_before_its_last_day_and_both_stand_in_the_history(world: World) -> None:
    helper = a_helper(world)[1]
    pause(world, helper, TODAY, TUESDAY)

    do(world.worker, resume_volunteer, volunteer_id=helper, version=row(world, Volunteer, helper).version, now=NOW)

    assert offered_to(world, an_order_for(world, TUESDAY), helper) == [helper]
    with reading(world.worker) as session:
        card = volunteer_card(session, helper)
    assert card
    assert [one.kind for one in card.history] == [VolunteerChange.RESUMED, VolunteerChange.PAUSED]


def test_a_pause_that_is_over_is_nothing_to_end(world: World) -> None:
    helper = a_helper(world)[1]
    pause(world, helper, TODAY, TODAY)

    with pytest.raises(Refused) as no:
        do(world.worker, resume_volunteer, volunteer_id=helper, version=row(world, Volunteer, helper).version,
           now=NOW + timedelta(days=1))  # fmt: skip

    assert no.value.rule == "volunteer_not_paused"


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-40, 5), (0, 400), (3, 2)])
def test_a_pause_is_neither_past_nor_longer_than_a_year(world: World, first: int, last: int) -> None:
    helper = a_helper(world)[1]

    with pytest.raises(BadInput):
        pause(world, helper, TODAY + timedelta(days=first), TODAY + timedelta(days=last))


def test_who_comes_back_is_there(world: World) -> None:
    helper = a_helper(world)[1]
    pause(world, helper, TODAY, TUESDAY)
    do(world.worker, end_volunteer, volunteer_id=helper, version=row(world, Volunteer, helper).version, on=TODAY,
       reason="搬家", now=NOW)  # fmt: skip

    do(world.worker, bring_back, volunteer_id=helper, version=row(world, Volunteer, helper).version, now=NOW)

    assert row(world, Volunteer, helper).paused_until is None


def test_a_minor_waits_for_the_guardian_and_is_told_so(world: World) -> None:
    helper = a_helper(world, birth_year=TODAY.year - 15)[1]
    order = an_order_for(world, TUESDAY)

    with pytest.raises(Refused) as no:
        do(world.worker, offer_order, order_id=order, volunteer_id=helper, now=NOW)
    assert no.value.rule == "guardian_missing"
    assert offered_to(world, order, helper) == []

    version = row(world, Volunteer, helper).version
    do(world.worker, agree_as_guardian, volunteer_id=helper, version=version, guardian="李母", phone="13900008888",
       on=TODAY, now=NOW)  # fmt: skip
    assert offered_to(world, order, helper) == [helper]

    version = row(world, Volunteer, helper).version
    do(world.worker, withdraw_guardian, volunteer_id=helper, version=version, reason="要考试", now=NOW)
    assert offered_to(world, order, helper) == []
    assert row(world, Volunteer, helper).guardian is None


def test_a_grown_up_needs_no_guardian(world: World) -> None:
    helper = a_helper(world, birth_year=1960)[1]

    with pytest.raises(Refused) as no:
        do(world.worker, agree_as_guardian, volunteer_id=helper, version=1, guardian="李母", phone="13900008888",
           on=TODAY, now=NOW)  # fmt: skip

    assert no.value.rule == "no_minor"


def test_ticked_half_days_make_the_time_fit(world: World) -> None:
    helper, order = a_helper(world)[1], an_order_for(world, TUESDAY)

    do(world.worker, amend_volunteer, volunteer_id=helper, version=1, skills=[], free_times="看孙子放学",
       free_slots=["sat-pm", "tue-am"])  # fmt: skip

    kept = row(world, Volunteer, helper)
    assert (kept.free_slots, kept.free_times) == (["tue-am", "sat-pm"], "看孙子放学")
    with reading(world.worker) as session:
        (one,) = (one for one in candidates(session, order, now=NOW) if one.id == helper)
    assert Reason.FREE in one.suggestion.reasons


def test_half_days_that_nobody_sent_stay_and_what_is_none_is_refused(world: World) -> None:
    helper = a_helper(world, free_slots=["tue-am"])[1]

    do(world.worker, amend_volunteer, volunteer_id=helper, version=1, skills=["电工"])
    with pytest.raises(BadInput):
        do(world.worker, amend_volunteer, volunteer_id=helper, version=2, skills=[], free_slots=["tue-night"])

    assert row(world, Volunteer, helper).free_slots == ["tue-am"]


def test_particulars_are_masked_replaced_and_taken_out_again(world: World) -> None:
    helper = a_volunteer(world)
    given = ParticularsInput(1961, "330212345678", "钱女儿", "13700001234", True, (Interest.ELDERS,))
    do(world.worker, amend_particulars, volunteer_id=helper, version=1, given=given, now=NOW)

    with reading(world.worker) as session:
        card = volunteer_card(session, helper, TODAY)
    assert card
    assert (card.contact_name, card.contact_phone, card.platform_number) == ("钱**", "137****1234", "****5678")
    assert (card.band, card.interests, card.fit) == ((60, 69), (Interest.ELDERS,), True)
    assert "1961" not in str(card)

    do(world.worker, amend_particulars, volunteer_id=helper, version=2,
       given=ParticularsInput(cleared=("contact_phone",)), now=NOW)  # fmt: skip
    kept = row(world, Volunteer, helper)
    assert (kept.contact_phone, kept.contact_name, kept.birth_year, kept.interests) == (None, "钱女儿", 1961, [])


def test_originals_are_shown_after_a_reason_to_who_gave_it_alone(world: World) -> None:
    helper = a_volunteer(world, contact_phone="13700001234")
    with reading(world.worker) as session:
        assert volunteer_originals(session, helper, now=NOW) is None

    do(world.worker, unmask_volunteer, volunteer_id=helper, reason="突发不适，联系家属", now=NOW)

    with reading(world.worker) as session:
        clear = volunteer_originals(session, helper, now=utc_now())
    with reading(world[Role.SECRETARY]) as session:
        assert volunteer_originals(session, helper, now=utc_now()) is None
    assert clear
    assert clear.contact_phone == "13700001234"
