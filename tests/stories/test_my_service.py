"""A2-03 志愿服务排班表: a party member sees the own duty rota on the phone and in the phone's calendar.

The desk proposes the month's roster, adopts it, the member finds it on the own page beside an order, subscribes to it,
and the calendar follows when a turn falls away.
"""

from datetime import timedelta

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]
from icalendar import Calendar

from db.actions.rota.feeds import feed_hash, make_feed, new_feed_token, revoke_feed
from db.actions.rota.proposals import draft_roster, keep_roster
from db.engine import as_system, reading, reading_as_system
from db.models import Slot
from db.queries.rota.feed import feed_owner, own_feed
from db.queries.rota.proposal import draft_of, question_of, rota_facts
from db.queries.today.my_service import DateKind, coming
from db.rules.rota.proposal import propose
from db.rules.rota.proposal_input import Limits, RosterInput
from db.rules.rota.proposal_reasons import why_here, why_open
from pages.public import calendar
from tests.builders.orders import a_helper, a_service, accepted, an_order
from tests.builders.rota import a_plain_rota, a_post, a_slot
from tests.builders.world import NOW, TODAY, World, do
from tests.support.phone import Phone

MONTH = TODAY + timedelta(days=27)


def test_the_months_roster_comes_to_the_phone_and_its_calendar(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "utc_now", lambda: NOW)
    wang, other = a_helper(world, skills=["讲党课"]), a_helper(world, "other")
    rota = a_plain_rota(world, "送学上门")
    post = a_post(world, rota, "为老年党员读报", skill="讲党课")
    guide = a_post(world, rota, "领学")
    weekly = [a_slot(world, rota, post, TODAY + timedelta(days=ahead), 9, hours=2) for ahead in (4, 11, 18, 25)]
    weekly += [a_slot(world, rota, guide, TODAY + timedelta(days=ahead), 9, hours=2) for ahead in (4, 11, 18, 25)]

    # The desk asks for a proposal, reads why, and adopts it.
    with reading(world.worker) as session:
        facts = rota_facts(session, rota)
        assert facts
        question = question_of(session, facts, first=TODAY, last=MONTH, limits=Limits(), now=NOW)
    found = propose(question.asked)
    assert (found.score.open, found.proven) == (0, True)
    assert why_open(question.asked, found.filling) == ()
    assert all(why_here(question.asked, found.filling).values())
    draft = do(
        world.worker, draft_roster, rota_id=rota, given=RosterInput(TODAY, MONTH), filling=found.filling, result={}
    )
    with reading(wang[0]) as session:
        assert coming(session, wang[0].id, now=NOW) == ()
    assert do(world.worker, keep_roster, draft_id=draft, version=1) == {"kept": 8, "left": 0}
    with reading(world.worker) as session:
        kept = draft_of(session, rota)
        assert kept
        assert kept.left_out == ()

    # The member's phone: the own turns and the order of the same week, by day.
    order = an_order(world, a_service(world, "量血压"), wanted_on=TODAY + timedelta(days=5), wanted_time="am")
    accepted(world, order, wang)
    with reading(wang[0]) as session:
        mine = coming(session, wang[0].id, now=NOW)
    assert [one.kind for one in mine[:2]] == [DateKind.TURN, DateKind.ORDER]
    assert [one.title for one in mine if one.kind is DateKind.TURN] == ["为老年党员读报"] * 4
    with reading(other[0]) as session:
        assert {one.title for one in coming(session, other[0].id, now=NOW)} == {"领学"}

    # The calendar: two readers find the same five dates, and the one that fell away stays in it as cancelled.
    token = new_feed_token()
    do(wang[0], make_feed, token=token)
    phone, address = Phone(calendar.routes), f"/c/{token}.ics"
    body = phone.get(address).html
    seen = recurring_ical_events.of(Calendar.from_ical(body)).between(TODAY, MONTH + timedelta(days=1))
    assert len(seen) == len(vobject.readOne(body).vevent_list) == 5
    with as_system("test") as session:
        session.get_one(Slot, weekly[0]).called_off_at = NOW
    states = [str(one["STATUS"]) for one in Calendar.from_ical(phone.get(address).html).events]
    assert sorted(states) == ["CANCELLED", *["CONFIRMED"] * 4]
    with reading(wang[0]) as session:
        feed = own_feed(session, wang[0].id)
        assert feed
        assert feed.fetched_on == TODAY

    # Stopped, it opens nothing any more.
    do(wang[0], revoke_feed)
    assert phone.get(address).status == 410
    with reading_as_system("test") as session:
        owner = feed_owner(session, feed_hash(token))
        assert owner
        assert not owner.holds
