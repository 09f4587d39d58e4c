from datetime import time, timedelta

import pytest

from db.actions.activities.activities import call_off_activity
from db.actions.activities.market import (
    amend_stall,
    call_off_stall,
    copy_stalls,
    open_tallies,
    renew_tally,
    revoke_tally,
    set_market_hours,
)
from db.actions.activities.market_tally import correct_tally, take_tally
from db.engine import reading, reading_as_system
from db.errors import BadInput, Conflict, NotFound, Refused
from db.models import Activity, MarketHelper, MarketStall
from db.queries.activities.market import market_facts
from db.queries.activities.market_stall import stall_code
from db.queries.activities.market_turns import days_to_copy
from db.terms import ActivityState
from tests.builders.activities import a_market, a_stall, a_stall_helper, a_tally, an_outing, counted, press
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do, row


def test_stalls_get_the_next_number_and_a_number_is_given_once(world: World) -> None:
    market = a_market(world)
    first, second = a_stall(world, market, "义诊"), a_stall(world, market, "理发")

    assert [row(world, MarketStall, one).number for one in (first, second)] == [1, 2]
    with pytest.raises(BadInput, match="number"):
        a_stall(world, market, "磨刀", number=2)


def test_a_stall_can_take_the_number_of_one_that_was_called_off(world: World) -> None:
    market = a_market(world)
    gone = a_stall(world, market, "修伞")
    do(world.worker, call_off_stall, stall_id=gone, version=1, reason="师傅病了")

    assert row(world, MarketStall, a_stall(world, market, "配钥匙", number=1)).number == 1


def test_calling_a_stall_off_frees_its_people_and_ends_its_address(world: World) -> None:
    market = a_market(world)
    stall = a_stall(world, market)
    who = a_volunteer(world)
    helper, code = a_stall_helper(world, stall, who), a_tally(world, stall)

    do(world.worker, call_off_stall, stall_id=stall, version=2, reason="下雨")

    assert row(world, MarketHelper, helper).left_reason == "下雨"
    assert take_tally(code, [press()], sent=NOW, now=NOW) is None
    a_stall_helper(world, a_stall(world, market, "理发"), who)


def test_a_stall_at_which_somebody_was_counted_stays(world: World) -> None:
    stall = a_stall(world, a_market(world))
    counted(a_tally(world, stall), 1)

    with pytest.raises(Refused, match="stall_has_tally"):
        do(world.worker, call_off_stall, stall_id=stall, version=2, reason="没人")


def test_a_stall_whose_count_was_put_right_to_nobody_can_be_called_off(world: World) -> None:
    stall = a_stall(world, a_market(world))
    counted(a_tally(world, stall), 5)
    do(world.worker, correct_tally, stall_id=stall, served=0, reason="试着按的")

    do(world.worker, call_off_stall, stall_id=stall, version=row(world, MarketStall, stall).version, reason="没人")

    assert row(world, MarketStall, stall).called_off_at == NOW


def test_a_market_day_that_is_called_off_frees_its_people_and_ends_every_address(world: World) -> None:
    market = a_market(world)
    stalls = [a_stall(world, market, item) for item in ("磨刀", "义诊")]
    helper = a_stall_helper(world, stalls[0], a_volunteer(world))
    codes = [a_tally(world, stall) for stall in stalls]

    do(world.worker, call_off_activity, activity_id=market, version=row(world, Activity, market).version,
       reason="台风\n改期再办")  # fmt: skip

    assert [take_tally(code, [press()], sent=NOW, now=NOW) for code in codes] == [None, None]
    assert row(world, MarketHelper, helper).left_reason == "台风 改期再办"
    with reading(world.secretary) as session:
        assert market_facts(session, market).live == ()  # type: ignore[union-attr]


def test_a_market_day_at_which_somebody_was_counted_is_not_called_off_until_the_count_says_nobody(
    world: World,
) -> None:
    market = a_market(world)
    stall = a_stall(world, market)
    counted(a_tally(world, stall), 5)
    off = {"activity_id": market, "version": row(world, Activity, market).version, "reason": "下雨"}

    with pytest.raises(Refused, match="market_has_tally"):
        do(world.worker, call_off_activity, **off)
    assert row(world, MarketStall, stall).called_off_at is None

    do(world.worker, correct_tally, stall_id=stall, served=0, reason="试着按的")
    do(world.worker, call_off_activity, **off)
    assert row(world, Activity, market).state is ActivityState.CANCELLED


def test_the_second_of_two_who_change_a_stall_is_told(world: World) -> None:
    stall = a_stall(world, a_market(world))
    do(world.worker, amend_stall, stall_id=stall, version=1, number=1, item="磨刀", helpers=2, planned=20)

    with pytest.raises(Conflict):
        do(world.secretary, amend_stall, stall_id=stall, version=1, number=1, item="修伞", helpers=1, planned=20)


def test_stalls_and_hours_are_copied_from_the_last_day_and_not_twice(world: World) -> None:
    last, market = a_market(world, TODAY - timedelta(days=28)), a_market(world)
    for item in ("义诊", "理发", "磨刀"):
        a_stall(world, last, item, needs="桌子")
    do(world.worker, set_market_hours, activity_id=last, opens=time(8, 30), closes=time(10))
    with reading(world.worker) as session:
        assert list(days_to_copy(session, market)) == [last]

    assert do(world.worker, copy_stalls, activity_id=market, from_id=last) == 3

    with reading(world.worker) as session:
        facts = market_facts(session, market)
    assert facts is not None
    assert [(one.number, one.item, one.material, one.people) for one in facts.stalls] == [
        (1, "义诊", "桌子", ()), (2, "理发", "桌子", ()), (3, "磨刀", "桌子", ()),
    ]  # fmt: skip
    assert (facts.opens, facts.closes) == (8 * 60 + 30, 600)
    with pytest.raises(Refused, match="nothing_to_copy"):
        do(world.worker, copy_stalls, activity_id=market, from_id=last)


def test_only_a_market_day_that_takes_place_has_stalls(world: World) -> None:
    with pytest.raises(Refused, match="no_market"):
        a_stall(world, an_outing(world))
    with pytest.raises(Refused, match="market_cancelled"):
        a_stall(world, a_market(world, state=ActivityState.CANCELLED))
    with pytest.raises(NotFound):
        a_stall(world, a_market(world, community_id=world.there))


def test_another_address_ends_the_one_before_and_keeps_the_count(world: World) -> None:
    stall = a_stall(world, a_market(world))
    old = a_tally(world, stall)
    counted(old, 5)
    do(world.worker, renew_tally, stall_id=stall)
    with reading_as_system("test") as session:
        new = stall_code(stall, session.get_one(MarketStall, stall).draw)

    assert new != old
    assert take_tally(old, [press()], sent=NOW, now=NOW) is None
    counted(new, 1)
    do(world.worker, revoke_tally, stall_id=stall)
    assert take_tally(new, [press()], sent=NOW, now=NOW) is None
    with pytest.raises(Refused, match="tally_revoked"):
        do(world.worker, revoke_tally, stall_id=stall)
    with reading(world.worker) as session:
        facts = market_facts(session, row(world, MarketStall, stall).activity_id)
    assert facts is not None
    assert facts.served == 6


def test_addresses_are_made_for_those_stalls_that_have_none(world: World) -> None:
    market = a_market(world)
    a_tally(world, a_stall(world, market))
    a_stall(world, market, "理发")

    assert do(world.worker, open_tallies, activity_id=market) == 1
    assert do(world.worker, open_tallies, activity_id=market) == 0
