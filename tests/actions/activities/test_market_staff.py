from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from db.actions.activities import market
from db.actions.activities.market import call_off_stall
from db.actions.activities.market_staff import leave_stall, place_helper
from db.actions.admin.leaving import disable_account
from db.actions.orders.leaving import end_volunteer
from db.actions.volunteers.merges import merge_volunteers, undo_volunteer_merge
from db.engine import as_system, reading
from db.errors import BadInput, Refused
from db.models import Activity, MarketHelper, MarketStall, Volunteer
from db.queries.activities.market import market_facts
from db.queries.activities.market_turns import turns_before
from db.rules.activities.market import Gap
from db.rules.zone import CHINA
from db.terms import Role, Staffing
from tests.builders.activities import a_market, a_stall, a_stall_helper
from tests.builders.rota import outcome
from tests.builders.volunteers import a_volunteer, a_volunteer_actor
from tests.builders.world import NOW, TODAY, World, do, row
from tests.support.meanwhile import meanwhile

TEN, END = time(10), time(11, 30)


def test_nobody_is_at_two_stalls_at_once(world: World) -> None:
    market, who = a_market(world), a_volunteer(world)
    knives, hair = a_stall(world, market), a_stall(world, market, "理发")
    a_stall_helper(world, knives, who, time(9), TEN)

    with pytest.raises(Refused, match="helper_elsewhere"):
        a_stall_helper(world, hair, who, time(9, 45), END)
    a_stall_helper(world, hair, who, TEN, END)


def test_two_market_days_on_one_day_are_two_places(world: World) -> None:
    who = a_volunteer(world)
    a_stall_helper(world, a_stall(world, a_market(world)), who)

    with pytest.raises(Refused, match="helper_elsewhere"):
        a_stall_helper(world, a_stall(world, a_market(world)), who)


def test_of_two_who_place_one_person_at_the_same_moment_one_is_told(world: World) -> None:
    market, who = a_market(world), a_volunteer(world)
    stalls = [a_stall(world, market, item) for item in ("义诊", "理发", "磨刀", "修伞")]

    def place(stall: int) -> bool:
        try:
            a_stall_helper(world, stall, who)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(place, stalls)) == 1


def test_nobody_is_placed_at_a_stall_that_is_called_off_at_that_moment(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stall, who = a_stall(world, a_market(world)), a_volunteer(world)
    placing = {"stall_id": stall, "volunteer_id": who, "starts": time(9), "ends": TEN}
    version = row(world, MarketStall, stall).version

    with meanwhile(
        monkeypatch, market, "day_of_market", lambda: outcome(world.secretary, place_helper, **placing)
    ) as placed:
        do(world.worker, call_off_stall, stall_id=stall, version=version, reason="下雨")

    assert placed() == "stall_called_off"


def test_a_gap_stands_where_people_are_missing(world: World) -> None:
    market = a_market(world)
    stall = a_stall(world, market, helpers=2)
    a_stall_helper(world, stall, a_volunteer(world, "V1"))
    a_stall_helper(world, stall, a_volunteer(world, "V2"), TEN, END)

    with reading(world.worker) as session:
        facts = market_facts(session, market)

    assert facts is not None
    assert facts.stalls[0].gaps == (Gap(540, 600, 1),)
    assert facts.stalls[0].staffing is Staffing.SHORT


def test_hours_that_end_before_they_begin_and_people_who_left_are_refused(world: World) -> None:
    stall = a_stall(world, a_market(world))

    with pytest.raises(BadInput, match="ends"):
        a_stall_helper(world, stall, a_volunteer(world), TEN, time(9))
    with pytest.raises(Refused, match="volunteer_ended"):
        a_stall_helper(world, stall, a_volunteer(world, "V2", ended_on=TODAY))


def test_who_leaves_early_keeps_what_was_served_and_who_never_came_does_not(world: World) -> None:
    market = a_market(world)
    stall, other = a_stall(world, market), a_stall(world, market, "理发")
    early, never = a_volunteer(world, "V1"), a_volunteer(world, "V2")
    went, absent = a_stall_helper(world, stall, early), a_stall_helper(world, other, never)
    at_ten_thirty = datetime.combine(TODAY, time(10, 30), CHINA)

    do(world.worker, leave_stall, helper_id=went, reason="接孩子", now=at_ten_thirty)
    do(world.worker, leave_stall, helper_id=absent, reason="没来", now=at_ten_thirty - timedelta(hours=2))

    assert [row(world, MarketHelper, one).stayed_until for one in (went, absent)] == [630, None]
    with reading(world.worker) as session:
        turns = turns_before(session, TODAY + timedelta(days=1), {early, never}, {"磨刀", "理发"})
    assert turns == {(early, "磨刀"): 1}
    with pytest.raises(Refused, match="helper_left"):
        do(world.worker, leave_stall, helper_id=went, reason="再一次")


def test_hours_follow_a_day_that_is_moved(world: World) -> None:
    market = a_market(world)
    a_stall_helper(world, a_stall(world, market), a_volunteer(world))
    with as_system("test") as session:
        session.get_one(Activity, market).on = TODAY + timedelta(days=1)

    with reading(world.worker) as session:
        facts = market_facts(session, market)
    assert facts is not None
    assert facts.stalls[0].gaps == ()


def test_who_ends_is_free_of_days_to_come_and_keeps_those_that_were(world: World) -> None:
    who = a_volunteer(world)
    past, ahead = a_market(world, TODAY - timedelta(days=28)), a_market(world, TODAY + timedelta(days=3))
    was = a_stall_helper(world, a_stall(world, past), who)
    will = a_stall_helper(world, a_stall(world, ahead), who)

    freed = do(world.worker, end_volunteer, volunteer_id=who, version=1, on=TODAY, reason="搬家")

    assert freed["stalls"] == 1
    assert row(world, MarketHelper, was).left_at is None
    assert (row(world, MarketHelper, will).left_reason, row(world, MarketHelper, will).stayed_until) == ("搬家", None)


def test_a_closed_account_leaves_its_stalls(world: World) -> None:
    person = a_volunteer_actor(world, "one")
    with reading(world.worker) as session:
        who = session.scalars(select(Volunteer.id).where(Volunteer.account_id == person.id)).one()
    helper = a_stall_helper(world, a_stall(world, a_market(world, TODAY + timedelta(days=3))), who)

    do(world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=person.id)

    assert row(world, MarketHelper, helper).left_at is not None


def test_a_merge_takes_the_turns_along_and_gives_them_back(world: World) -> None:
    kept, other = a_volunteer(world, "V1"), a_volunteer(world, "V2")
    for ago, who in ((56, kept), (28, other)):
        a_stall_helper(world, a_stall(world, a_market(world, TODAY - timedelta(days=ago))), who)

    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    with reading(world.worker) as session:
        assert turns_before(session, TODAY, {kept, other}, {"磨刀"}) == {(kept, "磨刀"): 2}

    do(world.secretary, undo_volunteer_merge, merge_id=merge)
    with reading(world.worker) as session:
        assert turns_before(session, TODAY, {kept, other}, {"磨刀"}) == {(kept, "磨刀"): 1, (other, "磨刀"): 1}


def test_two_entries_that_serve_at_the_same_time_are_not_made_one(world: World) -> None:
    kept, other, market = a_volunteer(world, "V1"), a_volunteer(world, "V2"), a_market(world)
    a_stall_helper(world, a_stall(world, market), kept)
    a_stall_helper(world, a_stall(world, market, "理发"), other)

    with pytest.raises(Refused, match="volunteers_both_at_stalls"):
        do(world.secretary, merge_volunteers, kept_id=kept, other_id=other, now=NOW)
