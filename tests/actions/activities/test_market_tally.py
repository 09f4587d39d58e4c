from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta

import pytest

from db.actions.activities import market_tally
from db.actions.activities.activities import call_off_activity
from db.actions.activities.market import add_stall, call_off_stall
from db.actions.activities.market_staff import leave_stall
from db.actions.activities.market_tally import Entry, close_market, correct_tally, take_tally
from db.engine import as_system, reading, reading_as_system
from db.errors import BadInput, Refused
from db.models import Activity, MarketStall
from db.queries.activities.market import MarketFacts, market_facts, market_served
from db.queries.activities.market_stall import stall_at_hand
from db.queries.activities.page import activity_facts
from db.queries.activities.stall_crew import helpers_of
from db.terms import ActivityState, QueueLength
from tests.builders.activities import a_market, a_stall, a_stall_helper, a_tally, counted, press
from tests.builders.rota import outcome
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do, row
from tests.support.meanwhile import meanwhile

LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=2)


def facts_of(world: World, market: int) -> MarketFacts:
    with reading(world.worker) as session:
        facts = market_facts(session, market)
    assert facts is not None
    return facts


def test_a_press_that_is_sent_again_counts_once(world: World) -> None:
    market = a_market(world)
    code = a_tally(world, a_stall(world, market))
    once = [press(), press(5), press(-1)]

    first = take_tally(code, once, sent=NOW, now=NOW)
    again = take_tally(code, [*once, press()], sent=NOW, now=LATER)

    assert first is not None
    assert again is not None
    assert [one["state"] for one in (*first, *again)] == ["stored"] * 7
    assert facts_of(world, market).served == 6


def test_another_press_under_a_key_that_is_there_is_told_and_not_dropped(world: World) -> None:
    market = a_market(world)
    code = a_tally(world, a_stall(world, market))
    note = Entry("n" * 16, "note", NOW, words="磨刀石  用完了")
    first = [press(5, "k" * 16), press(-1, "z" * 16), note]

    take_tally(code, first, sent=NOW, now=NOW)
    others = [press(1, "k" * 16), Entry("z" * 16, "queue", NOW, queue="long"), replace(note, words="要帮手")]
    again = take_tally(code, [*first, *others, *others[:1]], sent=NOW, now=LATER)

    assert again is not None
    assert [one["state"] for one in again] == [*["stored"] * 3, *["refused"] * 4]
    assert {one.get("error") for one in again[3:]} == {"tally_differs"}
    assert facts_of(world, market).served == 4


def test_many_phones_at_one_stall_lose_and_double_nothing(world: World) -> None:
    market = a_market(world)
    code = a_tally(world, a_stall(world, market))
    sent = [[press() for _ in range(5)] for _ in range(6)]

    with ThreadPoolExecutor(4) as pool:
        # Every bundle goes twice: the answer to the first was lost on the way.
        list(pool.map(lambda bundle: take_tally(code, bundle, sent=NOW, now=NOW), sent * 2))

    assert facts_of(world, market).served == 30


def test_a_stall_is_not_called_off_in_the_moment_in_which_its_phone_counts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = a_market(world)
    stall = a_stall(world, market)
    code, version = a_tally(world, stall), row(world, MarketStall, stall).version

    def call_off() -> str:
        return outcome(world.worker, call_off_stall, stall_id=stall, version=version, reason="下雨")

    with meanwhile(monkeypatch, market_tally, "is_over", call_off) as called_off:
        answers = take_tally(code, [press(5)], sent=NOW, now=NOW)

    assert called_off() == "stall_has_tally"
    assert [one["state"] for one in answers or ()] == ["stored"]
    assert facts_of(world, market).served == 5


def test_a_market_day_is_not_called_off_in_the_moment_in_which_a_phone_counts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = a_market(world)
    code, version = a_tally(world, a_stall(world, market)), row(world, Activity, market).version

    def call_off() -> str:
        return outcome(world.worker, call_off_activity, activity_id=market, version=version, reason="下雨")

    with meanwhile(monkeypatch, market_tally, "is_over", call_off) as called_off:
        answers = take_tally(code, [press(5)], sent=NOW, now=NOW)

    assert called_off() == "market_has_tally"
    assert [one["state"] for one in answers or ()] == ["stored"]
    assert facts_of(world, market).served == 5


def test_nobody_is_taken_back_who_was_never_counted(world: World) -> None:
    market = a_market(world)
    code = a_tally(world, a_stall(world, market))

    counted(code, -1, 1, -1, -1, 5)

    assert facts_of(world, market).served == 5


def test_what_no_phone_of_ours_sends_is_refused_and_holds_nothing_up(world: World) -> None:
    market = a_market(world)
    code = a_tally(world, a_stall(world, market))
    wrong = [
        press(1000), press(True), press(1, "short"), Entry("k" * 16, "steal", NOW),
        Entry("q" * 16, "queue", NOW, queue="endless"), Entry("n" * 16, "note", NOW, words="长" * 101),
        Entry("c" * 16, "correction", NOW, amount=1),
    ]  # fmt: skip

    answers = take_tally(code, [*wrong, press()], sent=NOW, now=NOW)

    assert answers is not None
    assert [one["state"] for one in answers] == ["refused"] * 7 + ["stored"]
    assert facts_of(world, market).served == 1


def test_the_last_word_about_the_queue_is_the_one_that_was_said_last(world: World) -> None:
    market = a_market(world)
    code = a_tally(world, a_stall(world, market))
    late, early = (
        Entry("b" * 16, "queue", NOW - timedelta(minutes=1), queue="long"),
        Entry("a" * 16, "queue", NOW - timedelta(minutes=9), queue="nobody"),
    )

    # The earlier one comes from a phone that had no network.
    take_tally(code, [late], sent=NOW, now=NOW)
    take_tally(code, [early, Entry("n" * 16, "note", NOW, words="磨刀石用完了")], sent=NOW, now=NOW)

    stall = facts_of(world, market).stalls[0]
    assert (stall.queue, stall.words) == (QueueLength.LONG, ("磨刀石用完了",))
    with reading_as_system("test") as session:
        at_hand = stall_at_hand(session, code, now=NOW)
    assert at_hand is not None
    assert at_hand.queue is QueueLength.LONG


def test_a_wrong_address_and_a_day_that_is_called_off_count_nothing(world: World) -> None:
    market = a_market(world)
    code = a_tally(world, a_stall(world, market))

    assert take_tally("0000000000", [press()], sent=NOW, now=NOW) is None
    assert take_tally("x", [press()], sent=NOW, now=NOW) is None
    with as_system("test") as session:
        session.get_one(Activity, market).state = ActivityState.CANCELLED
    assert take_tally(code, [press()], sent=NOW, now=NOW) is None


def test_before_the_day_nothing_is_counted(world: World) -> None:
    code = a_tally(world, a_stall(world, a_market(world, TODAY + timedelta(days=1))))

    with pytest.raises(Refused, match="tally_ahead"):
        take_tally(code, [press()], sent=NOW, now=NOW)


def test_a_closed_day_stands_and_what_comes_late_is_kept_beside_it(world: World) -> None:
    market = a_market(world)
    stall = a_stall(world, market)
    code = a_tally(world, stall)
    counted(code, 5, 1)

    assert do(world.worker, close_market, activity_id=market) == 6
    late = take_tally(code, [press(5)], sent=LATER, now=LATER)

    assert late is not None
    assert late[0]["state"] == "late"
    facts = facts_of(world, market)
    assert (facts.served, facts.stalls[0].late) == (6, 5)
    with reading(world.worker) as session:
        assert market_served(session, market) == 6
    with pytest.raises(Refused, match="market_closed"):
        do(world.worker, add_stall, activity_id=market, item="修伞", helpers=1, planned=1)
    with pytest.raises(Refused, match="market_closed"):
        do(world.worker, close_market, activity_id=market)


def test_a_correction_has_its_reason_and_raises_the_closed_total(world: World) -> None:
    market = a_market(world)
    stall = a_stall(world, market)
    code = a_tally(world, stall)
    counted(code, 5)
    do(world.worker, close_market, activity_id=market)
    take_tally(code, [press(5)], sent=LATER, now=LATER)

    told = do(world.worker, correct_tally, stall_id=stall, served=10, reason="一部手机没网", now=LATER)

    assert told == {"before": 5, "after": 10}
    facts = facts_of(world, market)
    assert (facts.served, facts.stalls[0].late, facts.stalls[0].corrections) == (10, 0, ("+5 一部手机没网",))
    with reading(world.worker) as session:
        assert market_served(session, market) == 10
    with pytest.raises(BadInput, match="served"):
        do(world.worker, correct_tally, stall_id=stall, served=10, reason="没变", now=LATER)


def test_after_a_week_the_address_is_over(world: World) -> None:
    market = a_market(world)
    code = a_tally(world, a_stall(world, market))
    do(world.worker, close_market, activity_id=market)

    assert take_tally(code, [press()], sent=NOW, now=NOW + timedelta(days=8)) is None


def test_a_day_to_come_is_neither_closed_nor_corrected(world: World) -> None:
    market = a_market(world, TODAY + timedelta(days=1))
    stall = a_stall(world, market)

    with pytest.raises(Refused, match="market_ahead"):
        do(world.worker, close_market, activity_id=market)
    with pytest.raises(Refused, match="market_ahead"):
        do(world.worker, correct_tally, stall_id=stall, served=3, reason="早了")


def test_who_served_stands_on_the_list_for_hours_once_the_day_is_closed(world: World) -> None:
    market = a_market(world)
    stall, other = a_stall(world, market), a_stall(world, market, "理发")
    stayed, gone = a_volunteer(world), a_volunteer(world, "V002")
    a_stall_helper(world, stall, stayed, time(9), time(10))
    a_stall_helper(world, other, stayed, time(10), time(11))
    do(world.worker, leave_stall, helper_id=a_stall_helper(world, other, gone), reason="临时有事", now=BEFORE)

    do(world.worker, close_market, activity_id=market)

    with reading(world.worker) as session:
        helpers = [(one.volunteer_id, one.task) for one in helpers_of(session, market)]
        facts = activity_facts(session, market)
    assert helpers == [(stayed, "磨刀")]
    assert facts is not None
    assert facts.counted == 0
