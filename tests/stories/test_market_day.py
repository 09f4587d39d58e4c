"""A2-08, E6: the red market day. Eight stalls, twelve members, a count that no network loses, a fourth time."""

import secrets
from datetime import time, timedelta

from db.actions.activities.market import open_tallies, set_market_hours
from db.actions.activities.market_again import hold_again
from db.actions.activities.market_staff import leave_stall, place_helper
from db.actions.activities.market_tally import Entry, close_market, correct_tally, take_tally
from db.engine import as_system, reading, reading_as_system
from db.models import MarketStall, Volunteer
from db.queries.activities.market import market_days, market_facts, market_served
from db.queries.activities.market_stall import stall_code
from db.queries.activities.market_turns import turns_before
from db.terms import QueueLength, Staffing, VolunteerKind
from tests.builders.activities import a_market, a_stall, a_stall_helper
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do

ITEMS = ("义诊", "理发", "磨刀", "修伞", "法律咨询", "家电维修", "反诈宣传", "配钥匙")
TWO = {"义诊", "理发", "家电维修", "反诈宣传"}


def test_a_market_day_from_the_copied_stalls_to_the_closed_count(world: World) -> None:
    worker = world.worker
    members = [a_volunteer(world, f"V{n:02}") for n in range(12)]
    with as_system("test") as session:
        for one in members:
            session.get_one(Volunteer, one).kind = VolunteerKind.PARTY_MEMBER
    zhou = members[4]

    # Three market days were before; Zhou ground knives at each, whatever the stall was called.
    for ago, called in ((84, "磨刀"), (56, "免费磨刀"), (28, "磨刀摊位")):
        last = a_market(world, TODAY - timedelta(days=ago))
        a_stall_helper(world, a_stall(world, last, called), zhou)
        for item in ITEMS:
            if item != "磨刀":
                a_stall(world, last, item, helpers=2 if item in TWO else 1, needs="桌子 1")

    # The market is held again, with the stalls of the last day, and each gets its people: twelve at eight stalls.
    market = do(worker, hold_again, from_id=last, title="三月集市", on=TODAY, sure=False)
    do(worker, set_market_hours, activity_id=market, opens=time(9), closes=time(11, 30))
    with reading(worker) as session:
        stalls = {stall.item: stall for stall in market_facts(session, market).live}  # type: ignore[union-attr]
    people = iter([zhou, *(one for one in members if one != zhou)])
    for item in ("磨刀摊位", *(one for one in ITEMS if one != "磨刀")):
        for _ in range(stalls[item].needed):
            a_stall_helper(world, stalls[item].id, next(people))
    with reading(worker) as session:
        facts = market_facts(session, market)
    assert facts is not None
    assert (len(facts.live), facts.helpers, facts.members) == (8, 12, 12)
    assert {stall.staffing for stall in facts.live} == {Staffing.FULL}
    (knives,) = (stall for stall in facts.live if stall.item == "磨刀摊位")
    assert (knives.people[0].volunteer_id, knives.people[0].times) == (zhou, 4)

    # Somebody goes home early: the gap stands in the list until another one steps in.
    (hair,) = (stall for stall in facts.live if stall.item == "理发")
    do(worker, leave_stall, helper_id=hair.people[1].id, reason="孩子发烧")
    with reading(worker) as session:
        gaps = next(stall.gaps for stall in market_facts(session, market).live if stall.id == hair.id)  # type: ignore[union-attr]
    assert [gap.missing for gap in gaps] == [1]
    do(
        worker,
        place_helper,
        stall_id=hair.id,
        volunteer_id=a_volunteer(world, "V90"),
        starts=time(9),
        ends=time(11, 30),
    )

    # Each stall counts on a phone; that of the knives was offline for half an hour and sends its presses twice.
    do(worker, open_tallies, activity_id=market)
    with reading_as_system("test") as session:
        codes = {
            row.id: stall_code(row.id, row.draw) for row in session.query(MarketStall).filter_by(activity_id=market)
        }
    half_past = NOW + timedelta(minutes=30)
    offline = [
        Entry(secrets.token_hex(16), "count", NOW + timedelta(minutes=n), amount=amount)
        for n, amount in enumerate((1, 1, 5, 1, -1, 5))
    ]
    said = Entry(secrets.token_hex(16), "queue", half_past, queue=QueueLength.LONG)
    for _ in range(2):
        take_tally(codes[knives.id], [*offline, said], sent=half_past, now=half_past)
    take_tally(
        codes[hair.id], [Entry(secrets.token_hex(16), "count", half_past, amount=5)], sent=half_past, now=half_past
    )

    # The day is closed; a press that comes afterwards is taken in by a correction with its reason.
    evening = NOW + timedelta(hours=3)
    assert do(worker, close_market, activity_id=market, now=evening) == 17
    late = Entry(secrets.token_hex(16), "count", half_past, amount=1)
    take_tally(codes[knives.id], [late], sent=evening, now=evening)
    do(worker, correct_tally, stall_id=knives.id, served=13, reason="一部手机晚上才联网", now=evening)

    with reading(world.secretary) as session:
        facts, listed = market_facts(session, market), market_days(session).rows[0]
        assert market_served(session, market) == 18
        assert turns_before(session, TODAY + timedelta(days=28), {zhou}, {"磨刀"}) == {(zhou, "磨刀"): 4}
    assert facts is not None
    assert (listed.id, listed.served, listed.closed) == (market, 18, True)
    (knives,) = (stall for stall in facts.live if stall.id == knives.id)
    assert (knives.served, knives.late, knives.queue) == (13, 0, QueueLength.LONG)
    assert knives.people[0].served == 12
