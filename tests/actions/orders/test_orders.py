"""三单制 in the database: placed, dispatched, accepted, served, confirmed by both, rated, closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.orders.catalogue import save_service
from db.actions.orders.offers import (
    accept_offer,
    accept_swap,
    ask_swap,
    decline_offer,
    offer_order,
    refuse_swap,
    withdraw_offer,
)
from db.actions.orders.orders import (
    cancel_order,
    code_hash,
    drawn_code,
    give_code,
    place_order,
    take_order,
    unmask_order,
)
from db.actions.orders.ratings import close_order, contest_rating, rate_order, settle_case
from db.actions.orders.service import (
    confirm_by_call,
    confirm_by_code,
    confirm_on_paper,
    finish_service,
    report_not_done,
    start_service,
)
from db.engine import as_system, carry_out, reading, writing
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import AuditEntry, Household, Need, Order, OrderCase, OrderOffer, RequestKey, Volunteer
from db.queries.orders.mine import called_off
from db.queries.orders.page import order_facts, order_originals
from db.rules.zone import CHINA
from db.terms import (
    AssignmentState,
    ConfirmedBy,
    FeeKind,
    NeedStage,
    OrderCaseKind,
    OrderChannel,
    OrderState,
    Role,
    Satisfaction,
    ServiceGroup,
)
from tests.builders.doors import a_household
from tests.builders.needs import a_need
from tests.builders.orders import a_code, a_helper, a_service, accepted, an_order, another_code, offered, rated, served
from tests.builders.world import NOW, TODAY, World, another_actor, do, row

S = OrderState


def order_of(world: World, order: int) -> Order:
    found: Order = row(world, Order, order)
    return found


def the_case(world: World, order: int, kind: OrderCaseKind) -> OrderCase:
    with reading(world.secretary) as session:
        found: OrderCase = session.scalars(
            select(OrderCase).where(OrderCase.order_id == order, OrderCase.kind == kind)
        ).one()
        return found


# --- placing --------------------------------------------------------------------------------------------------


def test_an_order_by_telephone_has_a_number_a_door_and_due_times(world: World) -> None:
    service = a_service(world, answer_hours=4, finish_days=3)
    placed = do(
        world.worker, place_order, service_id=service, channel=OrderChannel.PHONE, place_id=world.place,
        building="1", stairwell="1", room="101", asker_name="王秀兰", asker_phone="138 0000 1111",
    )  # fmt: skip

    order = order_of(world, placed["id"])
    assert placed["number"] == order.number == "LL-D2026-0001"
    assert order.state is S.TAKEN
    assert order.household_id is not None
    assert order.answer_due_at is not None
    assert order.answer_due_at.astimezone(CHINA).hour == 14
    assert order.finish_due_on == TODAY + timedelta(days=3)


def test_the_day_asked_for_is_when_it_is_due(world: World) -> None:
    order = order_of(world, an_order(world, wanted_on=TODAY + timedelta(days=2), wanted_time="am"))

    assert order.finish_due_on == TODAY + timedelta(days=2)


def test_what_came_by_poster_waits_until_somebody_spoke_with_the_resident(world: World) -> None:
    order = an_order(world, channel=OrderChannel.POSTER)
    assert order_of(world, order).state is S.WAITING

    do(world.worker, take_order, order_id=order, version=1, wanted_on=TODAY + timedelta(days=1), wanted_time="pm")

    taken = order_of(world, order)
    assert (taken.state, taken.wanted_time, taken.finish_due_on) == (S.TAKEN, "pm", TODAY + timedelta(days=1))


def test_an_order_of_a_restricted_household_is_seen_by_named_staff_only(world: World) -> None:
    household = a_household(world, "909", restricted=True, alias="晨星01号")
    named = another_actor(world, Role.AREA_WORKER, "named", sees_restricted=True)
    order = an_order(world, by=named, household_id=household, room="")

    with reading(named) as session:
        facts = order_facts(session, order, now=NOW)
    with reading(world.worker) as session:
        assert order_facts(session, order, now=NOW) is None
    assert facts is not None
    assert facts.door == "晨星01号"


@pytest.mark.parametrize(
    ("field", "wrong", "problem"),
    [
        ("service_id", None, Problem.EMPTY),
        ("service_id", 999, Problem.UNKNOWN_CHOICE),
        ("channel", None, Problem.EMPTY),
        ("channel", OrderChannel.SERIES, Problem.UNKNOWN_CHOICE),
        ("place_id", 999, Problem.UNKNOWN_CHOICE),
        ("asker_phone", "你好", Problem.NO_PHONE),
        ("emergency_contact", "12", Problem.NO_PHONE),
        ("wanted_on", TODAY - timedelta(days=1), Problem.TOO_EARLY),
        ("wanted_on", TODAY + timedelta(days=999), Problem.TOO_LATE),
        ("note", "长" * 501, Problem.TOO_LONG),
        ("caution", "长" * 101, Problem.TOO_LONG),
        ("wanted_time", "长" * 21, Problem.TOO_LONG),
        ("household_id", 999, Problem.UNKNOWN_CHOICE),
    ],
)
def test_bad_input_is_told_at_its_field(small_world: World, field: str, wrong: Any, problem: Problem) -> None:
    service = a_service(small_world)

    with pytest.raises(BadInput) as told:
        an_order(small_world, **{"service_id": service, field: wrong})

    assert (told.value.field, told.value.problem) == (field, problem)


def test_an_order_of_nobody_cannot_be_placed(small_world: World) -> None:
    with pytest.raises(BadInput) as told:
        an_order(small_world, room="", asker_name="", asker_phone="")

    assert told.value.field == "room"


def test_a_service_that_is_no_longer_offered_cannot_be_ordered(small_world: World) -> None:
    service = a_service(small_world, active=False)

    with pytest.raises(BadInput):
        an_order(small_world, service)


def test_a_need_routed_to_personal_service_gets_one_order(world: World) -> None:
    household = a_household(world)
    need = a_need(world, stage=NeedStage.ORDERED, household_id=household, asker_phone="13800001111")
    order = an_order(world, need_id=need, channel=OrderChannel.NEED, asker_name="", asker_phone="", room="")

    assert order_of(world, order).household_id == household
    with pytest.raises(Refused) as told:
        an_order(world, a_service(world, "维修"), need_id=need, channel=OrderChannel.NEED)
    assert told.value.rule == "need_has_order"


def test_a_need_that_goes_another_way_gets_no_order(small_world: World) -> None:
    with pytest.raises(Refused) as told:
        an_order(small_world, need_id=a_need(small_world))

    assert told.value.rule == "need_not_for_order"


def test_volunteers_take_no_orders(small_world: World) -> None:
    with pytest.raises(NotPermitted):
        an_order(small_world, by=small_world[Role.VOLUNTEER])


# --- dispatch -------------------------------------------------------------------------------------------------


def test_declining_needs_a_reason_and_sends_the_order_back(world: World) -> None:
    order, (helper, volunteer) = an_order(world), a_helper(world)
    offer = offered(world, order, volunteer)
    with pytest.raises(BadInput):
        do(helper, decline_offer, offer_id=offer, reason=" ")

    do(helper, decline_offer, offer_id=offer, reason="那天要带孙子")

    assert order_of(world, order).state is S.TAKEN
    assert row(world, OrderOffer, offer).state is AssignmentState.DECLINED


def test_an_order_has_one_live_offer_whoever_presses_first(world: World) -> None:
    order = an_order(world)
    helpers = [a_helper(world)[1], a_helper(world, "second")[1]]

    def press(volunteer: int) -> str:
        try:
            offered(world, order, volunteer)
        except (WrongStage, Refused):
            return "refused"
        return "offered"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, helpers)) == ["offered", "refused"]


def test_nobody_answers_anothers_offer(world: World) -> None:
    order, (_helper, volunteer) = an_order(world), a_helper(world)
    stranger, _ = a_helper(world, "stranger")
    leader = world[Role.TEAM_LEADER]
    offer = offered(world, order, volunteer)

    for actor in (stranger, leader):
        with pytest.raises(NotFound):
            do(actor, accept_offer, offer_id=offer)
        with pytest.raises(NotFound):
            do(actor, decline_offer, offer_id=offer, reason="不去")


def test_staff_answers_for_a_helper_who_has_no_account(world: World) -> None:
    order, (_helper, volunteer) = an_order(world), a_helper(world)
    with as_system("test") as session:
        session.get_one(Volunteer, volunteer).account_id = None
    offer = offered(world, order, volunteer)

    do(world.worker, accept_offer, offer_id=offer)

    assert order_of(world, order).state is S.ACCEPTED


def test_accepting_leaves_a_trace_of_who_saw_the_address(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    accepted(world, order, helper)

    with as_system("test") as session:
        trace = session.scalars(
            select(AuditEntry).where(AuditEntry.table_name == "service_order", AuditEntry.operation == "read")
        ).one()
        assert (trace.row_id, trace.actor_id) == (order, helper[0].id)


def test_reassigning_takes_it_from_one_and_lets_another_be_asked(world: World) -> None:
    order, first, second = an_order(world), a_helper(world), a_helper(world, "second")
    accepted(world, order, first)

    do(world.worker, withdraw_offer, order_id=order, reason="志愿者生病")
    accepted(world, order, second)

    with reading(world.secretary) as session:
        facts = order_facts(session, order, now=NOW)
    assert facts is not None
    assert [offer.state for offer in facts.offers] == [AssignmentState.WITHDRAWN, AssignmentState.ACCEPTED]
    with pytest.raises(NotFound):
        do(first[0], start_service, order_id=order)


def test_a_colleague_takes_over_a_turn_by_number(world: World) -> None:
    order, first, second = an_order(world), a_helper(world), a_helper(world, "second")
    offer = accepted(world, order, first)
    do(first[0], ask_swap, offer_id=offer, to_number="v-second", reason="临时加班")
    assert order_of(world, order).state is S.ACCEPTED

    do(second[0], accept_swap, offer_id=offer)

    with reading(world.secretary) as session:
        facts = order_facts(session, order, now=NOW)
    assert facts is not None
    assert [(one.volunteer_id, one.state) for one in facts.offers] == [
        (first[1], AssignmentState.SWAPPED),
        (second[1], AssignmentState.ACCEPTED),
    ]
    do(second[0], start_service, order_id=order)
    with pytest.raises(NotFound):
        do(first[0], finish_service, order_id=order, done="做了", minutes=30)


def test_a_swap_is_for_the_one_who_was_asked(world: World) -> None:
    order, first = an_order(world), a_helper(world)
    second, third = a_helper(world, "second"), a_helper(world, "third")
    offer = accepted(world, order, first)
    do(first[0], ask_swap, offer_id=offer, to_number="V-SECOND", reason="临时加班")

    with pytest.raises(NotFound):
        do(third[0], accept_swap, offer_id=offer)
    do(second[0], refuse_swap, offer_id=offer)

    assert row(world, OrderOffer, offer).swap_to_id is None
    with pytest.raises(NotFound):
        do(second[0], accept_swap, offer_id=offer)


def test_a_turn_without_a_colleague_goes_back_to_dispatch(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    offer = accepted(world, order, helper)

    assert do(helper[0], ask_swap, offer_id=offer, reason="住院了") == S.TAKEN.value
    with pytest.raises(NotFound):
        do(helper[0], start_service, order_id=order)


@pytest.mark.parametrize("number", ["V-NOBODY", "V-VOLUNTEER"])
def test_only_a_colleague_on_file_can_be_asked_to_swap(small_world: World, number: str) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    offer = accepted(small_world, order, helper)

    with pytest.raises(Refused, match="no_such_colleague"):
        do(helper[0], ask_swap, offer_id=offer, to_number=number, reason="加班")


def test_a_helper_is_told_for_some_days_that_a_turn_was_called_off(world: World) -> None:
    helper, colleague = a_helper(world), a_helper(world, "second")
    service = a_service(world)
    cancelled, moved = an_order(world, service), an_order(world, service)
    for order in (cancelled, moved):
        accepted(world, order, helper)
    version = order_of(world, cancelled).version
    do(world.worker, cancel_order, order_id=cancelled, version=version, reason="居民住院，电话 13900003333")
    do(world.worker, withdraw_offer, order_id=moved, reason="换近一点的人")

    with reading(helper[0]) as session:
        now = called_off(session, helper[0].id, now=NOW + timedelta(days=2))
        later = called_off(session, helper[0].id, now=NOW + timedelta(days=4))
        theirs = called_off(session, colleague[0].id, now=NOW)
    assert [(one.order_id, one.cancelled) for one in now] == [(moved, False), (cancelled, True)]
    assert "13900003333" not in now[1].reason
    assert (later, theirs) == ((), ())


def test_an_old_view_of_an_order_offers_nobody(world: World) -> None:
    order, (_helper, volunteer) = an_order(world), a_helper(world)

    with pytest.raises(Conflict):
        do(world.worker, offer_order, order_id=order, volunteer_id=volunteer, version=99)


# --- service and both confirmations ---------------------------------------------------------------------------


def test_the_code_confirms_and_the_minutes_enter_the_record(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    code = a_code(world.worker, order)
    served(world, order, helper, minutes=90)
    assert row(world, Volunteer, helper[1]).minutes == 0

    said = do(helper[0], confirm_by_code, order_id=order, code=f"{code[:3]} {code[3:]}")

    confirmed = order_of(world, order)
    assert said["confirmed"] is True
    assert (confirmed.state, confirmed.resident_confirmed_by) == (S.CONFIRMED, ConfirmedBy.CODE)
    assert row(world, Volunteer, helper[1]).minutes == 90


def test_the_code_is_kept_nowhere_in_clear(world: World) -> None:
    order = an_order(world)
    draw = carry_out(world.worker, "one press", give_code, order_id=order)
    code = drawn_code(order, draw)

    with as_system("test") as session:
        kept = session.scalars(select(RequestKey.result)).all()
        log = session.scalars(select(AuditEntry.changes)).all()
    assert draw in kept
    assert code not in str(kept) + str(log)
    assert order_of(world, order).code_hash == code_hash(order, code)


def test_a_press_that_is_sent_twice_shows_the_code_that_counts(small_world: World) -> None:
    order = an_order(small_world)
    once, again = (carry_out(small_world.worker, "one press", give_code, order_id=order) for _ in range(2))

    assert order_of(small_world, order).code_hash == code_hash(order, drawn_code(order, once))
    assert once == again
    assert carry_out(small_world.worker, "another press", give_code, order_id=order) != once


def test_five_wrong_codes_lock_it_and_a_call_is_left(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    code = a_code(world.worker, order)
    served(world, order, helper)

    left = [do(helper[0], confirm_by_code, order_id=order, code=another_code(code))["left"] for _ in range(5)]

    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(Refused) as told:
        do(helper[0], confirm_by_code, order_id=order, code=code)
    assert told.value.rule == "code_locked"
    with pytest.raises(Refused):
        do(world.worker, give_code, order_id=order)
    do(world.worker, confirm_by_call, order_id=order)
    assert order_of(world, order).resident_confirmed_by is ConfirmedBy.CALL


def test_a_code_holds_for_its_own_order_only(world: World) -> None:
    helper = a_helper(world)
    service = a_service(world)
    first, second = an_order(world, service), an_order(world, service)
    draw = do(world.worker, give_code, order_id=first)
    for hour, order in enumerate((first, second)):
        served(world, order, helper, now=NOW + timedelta(hours=hour))

    assert drawn_code(first, draw) != drawn_code(second, draw)
    with pytest.raises(Refused):
        do(helper[0], confirm_by_code, order_id=second, code=drawn_code(first, draw))
    other = a_code(world.worker, second)
    assert do(helper[0], confirm_by_code, order_id=first, code=other)["confirmed"] is False


def test_a_service_is_not_confirmed_before_it_is_done(small_world: World) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    code = a_code(small_world.worker, order)
    accepted(small_world, order, helper)

    with pytest.raises(WrongStage):
        do(helper[0], confirm_by_code, order_id=order, code=code)
    with pytest.raises(WrongStage):
        do(small_world.worker, confirm_by_call, order_id=order)


@pytest.mark.parametrize("minutes", [0, 29, 45, 481, None])
def test_service_is_counted_in_half_hours(small_world: World, minutes: int | None) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    accepted(small_world, order, helper)
    do(helper[0], start_service, order_id=order)

    with pytest.raises(BadInput) as told:
        do(helper[0], finish_service, order_id=order, done="做了", minutes=minutes)
    assert told.value.field == "minutes"


def test_a_free_service_takes_no_money(small_world: World) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    accepted(small_world, order, helper)
    do(helper[0], start_service, order_id=order)

    with pytest.raises(BadInput) as told:
        do(helper[0], finish_service, order_id=order, done="做了", minutes=30, fee_fen=1000)
    assert told.value.field == "fee_fen"


def test_what_the_resident_says_was_not_done_goes_back_and_credits_nothing(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    served(world, order, helper)

    do(world.worker, report_not_done, order_id=order, reason="只买了一半")

    back = order_of(world, order)
    assert (back.state, back.minutes, back.helper_confirmed_at) == (S.TAKEN, None, None)
    assert row(world, Volunteer, helper[1]).minutes == 0


def test_helpers_confirm_nothing_for_the_resident(small_world: World) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    served(small_world, order, helper)

    with pytest.raises(NotPermitted):
        do(helper[0], confirm_by_call, order_id=order)
    with pytest.raises(NotPermitted):
        do(helper[0], rate_order, order_id=order, rating=Satisfaction.VERY_SATISFIED)


# --- rating, cases, the end -----------------------------------------------------------------------------------


def test_one_call_confirms_and_rates_and_the_order_closes(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    served(world, order, helper)

    state = do(world.worker, confirm_by_call, order_id=order, rating=Satisfaction.VERY_SATISFIED, said="手脚麻利")
    do(world.worker, close_order, order_id=order)

    assert state == S.REVISITED.value
    assert order_of(world, order).state is S.CLOSED


def test_who_will_not_rate_is_written_down_as_such(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    served(world, order, helper)
    do(world.worker, confirm_on_paper, order_id=order)
    with pytest.raises(WrongStage):
        do(world.worker, close_order, order_id=order)

    do(world.worker, rate_order, order_id=order, rating=Satisfaction.NO_REPLY)
    do(world.worker, close_order, order_id=order)

    assert order_of(world, order).rating is Satisfaction.NO_REPLY


def test_a_bad_rating_needs_words_and_opens_a_follow_up_with_a_due_day(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    served(world, order, helper)
    with pytest.raises(BadInput) as told:
        do(world.worker, confirm_by_call, order_id=order, rating=Satisfaction.DISSATISFIED)
    assert told.value.field == "said"
    assert order_of(world, order).state is S.DONE, "a bad field leaves nothing half done"

    do(world.worker, confirm_by_call, order_id=order, rating=Satisfaction.DISSATISFIED, said="菜不新鲜")

    case = the_case(world, order, OrderCaseKind.FOLLOW_UP)
    assert (case.words, case.due_on) == ("菜不新鲜", date(2026, 3, 10))
    with pytest.raises(Refused) as refused:
        do(world.worker, close_order, order_id=order)
    assert refused.value.rule == "case_open"


def test_a_follow_up_is_settled_by_the_secretary_and_then_it_closes(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    rated(world, order, helper, Satisfaction.DISSATISFIED, "菜不新鲜")
    case = the_case(world, order, OrderCaseKind.FOLLOW_UP)
    values = {"case_id": case.id, "version": case.version, "result": "重新送菜并致歉"}
    with pytest.raises(NotPermitted):
        do(world.worker, settle_case, **values)

    do(world.secretary, settle_case, **values, rating_after=Satisfaction.SATISFIED)
    do(world.worker, close_order, order_id=order)

    assert order_of(world, order).rating is Satisfaction.SATISFIED
    with pytest.raises(Refused):
        do(world.secretary, settle_case, case_id=case.id, version=case.version + 1, result="再来一次")


def test_a_contested_rating_is_decided_by_the_secretary(world: World) -> None:
    order, helper = an_order(world), a_helper(world)
    rated(world, order, helper, Satisfaction.FAIR, "来晚了")

    do(helper[0], contest_rating, order_id=order, said="说好下午三点，我三点到的")

    case = the_case(world, order, OrderCaseKind.REVIEW)
    assert order_of(world, order).contested
    with pytest.raises(Refused):
        do(helper[0], contest_rating, order_id=order, said="再说一次")
    with pytest.raises(BadInput) as told:
        do(world.secretary, settle_case, case_id=case.id, version=case.version, result="核对了通话记录")
    assert told.value.field == "rating_after"
    do(
        world.secretary, settle_case, case_id=case.id, version=case.version, result="通话记录为证，评价更正",
        rating_after=Satisfaction.SATISFIED,
    )  # fmt: skip
    settled = order_of(world, order)
    assert (settled.rating, settled.contested) == (Satisfaction.SATISFIED, False)


def test_only_a_low_rating_of_ones_own_can_be_contested(world: World) -> None:
    order, helper, stranger = an_order(world), a_helper(world), a_helper(world, "stranger")
    rated(world, order, helper, Satisfaction.VERY_SATISFIED)

    with pytest.raises(Refused) as told:
        do(helper[0], contest_rating, order_id=order, said="太好了")
    assert told.value.rule == "not_contestable"
    with pytest.raises(NotFound):
        do(stranger[0], contest_rating, order_id=order, said="不是我的")


def test_closing_the_order_of_a_need_owes_its_household_an_answer(world: World) -> None:
    need = a_need(world, stage=NeedStage.ORDERED, household_id=a_household(world))
    order, helper = an_order(world, need_id=need, channel=OrderChannel.NEED), a_helper(world)
    rated(world, order, helper, Satisfaction.SATISFIED)

    owed = do(world.worker, close_order, order_id=order)

    assert owed == 1
    assert row(world, Need, need).stage is NeedStage.ANSWERING


def test_cancelling_needs_a_reason_and_ends_the_offer(world: World) -> None:
    order, (_helper, volunteer) = an_order(world), a_helper(world)
    offer = offered(world, order, volunteer)
    version = order_of(world, order).version
    with pytest.raises(BadInput):
        do(world.worker, cancel_order, order_id=order, version=version, reason="")

    do(world.worker, cancel_order, order_id=order, version=version, reason="女儿回来了")

    assert order_of(world, order).state is S.CANCELLED
    assert row(world, OrderOffer, offer).state is AssignmentState.WITHDRAWN


# --- looking at who asked -------------------------------------------------------------------------------------


def test_originals_are_shown_only_to_whoever_left_a_reason_and_only_for_a_moment(world: World) -> None:
    order = an_order(world)
    with reading(world.worker) as session:
        facts = order_facts(session, order, now=NOW)
        assert order_originals(session, order, now=NOW) is None
    assert facts is not None
    assert (facts.asker, facts.phone) == ("王**", "138****1111")

    with writing(world.worker) as session:
        unmask_order(session, order_id=order, reason="与女儿核对时间")
    from db.engine import utc_now

    with reading(world.worker) as session:
        clear = order_originals(session, order, now=utc_now())
        assert order_originals(session, order, now=utc_now() + timedelta(minutes=3)) is None
    with reading(world.secretary) as session:
        assert order_originals(session, order, now=utc_now()) is None
    assert clear is not None
    assert (clear.name, clear.phone, clear.door) == ("王秀兰", "13800001111", "柳林小区1幢1单元101")


# --- the catalogue --------------------------------------------------------------------------------------------


def test_the_subdistrict_edits_the_catalogue_and_nobody_else(small_world: World) -> None:
    service = a_service(small_world)
    values = {"group": ServiceGroup.HEALTH, "fee": FeeKind.LOW, "answer_hours": 8, "finish_days": 2, "minutes": 30}

    do(small_world[Role.SUBDISTRICT_ADMIN], save_service, service_id=service, version=1, name="量血压", **values)

    with pytest.raises(BadInput) as told:
        a_service(small_world, "量血压")
    assert (told.value.field, told.value.problem) == ("name", Problem.TAKEN)
    with pytest.raises(NotPermitted):
        do(small_world.secretary, save_service, name="修锁", **values)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("name", ""), ("group", None), ("fee", None), ("answer_hours", 0), ("finish_days", 91), ("minutes", 5)],
)
def test_a_bad_entry_of_the_catalogue_is_told_at_its_field(small_world: World, field: str, wrong: Any) -> None:
    with pytest.raises(BadInput) as told:
        a_service(small_world, **{field: wrong})

    assert told.value.field == field


def test_an_order_of_another_community_is_not_there(world: World) -> None:
    order = an_order(world)

    with pytest.raises(NotFound):
        do(world.other_secretary, cancel_order, order_id=order, version=1, reason="不是我们的")
    with reading(world.other_secretary) as session:
        assert order_facts(session, order, now=NOW) is None
        assert session.get(Household, order_of(world, order).household_id) is None
