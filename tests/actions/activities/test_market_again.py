"""再办一场: another market day like one that was; who is placed at its stalls finds them among the own dates."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from db.actions.activities.activities import set_up_activity
from db.actions.activities.market import set_market_hours
from db.actions.activities.market_again import hold_again
from db.engine import as_system, reading
from db.errors import BadInput, Refused
from db.models import ActivityHost, Unit
from db.queries.activities.market import market_facts
from db.queries.activities.market_turns import usual_helpers
from db.queries.today.my_service import DateKind, coming
from db.rules.zone import CHINA
from db.terms import ActivityKind, Role
from tests.builders.activities import a_market, a_stall, a_stall_helper, a_unit, an_event
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do

LATER = TODAY + timedelta(days=28)


def test_a_market_is_held_again_with_its_hours_stalls_and_living_hosts(world: World) -> None:
    here, gone = a_unit(world, "柳林医院"), a_unit(world, "旧单位")
    last = do(
        world.secretary, set_up_activity, title="三月集市", kind=ActivityKind.MARKET, place="柳荫广场", needed=4,
        leading=[here], assisting=[gone], on=TODAY, begins=time(8), ends=time(10),
    )  # fmt: skip
    a_stall(world, last, "磨刀", needs="桌子 1")
    do(world.secretary, set_market_hours, activity_id=last, opens=time(8, 30), closes=time(10))
    with as_system("test") as session:
        session.get_one(Unit, gone).ended_on = TODAY - timedelta(days=1)

    again = do(world.worker, hold_again, from_id=last, title="四月集市", on=LATER, sure=False)

    with reading(world.worker) as session:
        facts = market_facts(session, again)
        hosts = list(session.scalars(select(ActivityHost.unit_id).where(ActivityHost.activity_id == again)))
    assert facts is not None
    assert (facts.title, facts.on, facts.place, facts.opens, facts.closes) == ("四月集市", LATER, "柳荫广场", 510, 600)
    assert [(one.item, one.material, one.people) for one in facts.live] == [("磨刀", "桌子 1", ())]
    assert hosts == [here]


def test_only_a_market_with_stalls_is_held_again(world: World) -> None:
    with pytest.raises(Refused, match="nothing_to_copy"):
        do(world.worker, hold_again, from_id=a_market(world), title="四月集市", on=LATER, sure=False)
    with pytest.raises(BadInput, match="from_id"):
        do(world.worker, hold_again, from_id=an_event(world), title="四月集市", on=LATER, sure=False)


def test_those_who_were_at_the_same_stall_most_often_are_offered_first(world: World) -> None:
    seldom, often = a_volunteer(world, "V1"), a_volunteer(world, "V2")
    for ago in (56, 28):
        a_stall_helper(world, a_stall(world, a_market(world, TODAY - timedelta(days=ago)), "免费磨刀"), often)
    yesterday = a_market(world, TODAY - timedelta(days=1))
    a_stall_helper(world, a_stall(world, yesterday, "理发"), seldom)

    with reading(world.worker) as session:
        found = usual_helpers(session, a_market(world), "磨刀摊位")

    assert [(one.id, one.times) for one in found] == [(often, 2), (seldom, 0)]


def test_who_is_placed_at_a_stall_finds_its_number_and_hours_among_the_own_dates(world: World) -> None:
    helper = world[Role.VOLUNTEER]
    who = a_volunteer(world, account_id=helper.id)
    stall = a_stall(world, a_market(world, LATER), "磨刀")
    a_stall_helper(world, stall, who, starts=time(9), ends=time(10))

    with reading(helper) as session:
        (found,) = coming(session, helper.id, now=NOW)

    assert (found.kind, found.stall, found.title, found.about) == (DateKind.STALL, 1, "磨刀", "三月集市")
    assert found.starts_at == datetime.combine(LATER, time(9), CHINA)
    assert found.ends_at == datetime.combine(LATER, time(10), CHINA)
