"""A1-17, E7: company for the very old. Each elder has an escort, and nobody is left open in the evening."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.activities.outing import drop_escort, replace_escort, set_trip, stay_home
from db.actions.activities.outing_steps import close_outing, come_back, leave_with, see_contact
from db.engine import reading
from db.errors import Refused
from db.models import Volunteer
from db.queries.activities.outing import outing_events, outing_facts, outing_served, own_pairs, pair_contact
from db.terms import EscortChange, PairStand
from tests.builders.activities import a_pair, an_outing
from tests.builders.people import a_person
from tests.builders.volunteers import a_volunteer, a_volunteer_actor
from tests.builders.world import NOW, World, do


def test_four_elders_go_out_each_with_an_escort_and_all_come_home(world: World) -> None:
    worker, escort = world.worker, a_volunteer_actor(world, "escort")
    with reading(worker) as session:
        own = session.scalars(select(Volunteer.id).where(Volunteer.account_id == escort.id)).one()
    outing = an_outing(world)
    do(worker, set_trip, activity_id=outing, meeting_point="党群服务中心门口", most=1)

    # One elder stands in the records, one comes by the name, one by an alias; nobody is led by somebody who leads.
    first = a_pair(world, outing, "", person_id=a_person(world, "甄试验"), escort=own)
    second = a_pair(world, outing, "甄二嫂", number="V2")
    third = a_pair(world, outing, "", alias="老木匠", number="V3")
    fourth = a_pair(world, outing, "甄四叔", number="V4")
    with pytest.raises(Refused, match="escort_busy"):
        a_pair(world, outing, "甄五", escort=own)

    # The evening before, an escort drops out, and another one steps in.
    do(worker, drop_escort, pair_id=second, version=1, reason="要带孙子")
    with reading(worker) as session:
        facts = outing_facts(session, outing)
    assert facts is not None
    assert [pair.id for pair in facts.open if pair.volunteer_id is None] == [second]
    do(worker, replace_escort, pair_id=second, version=2, volunteer_id=a_volunteer(world, "V5"), reason="顶上")

    # On the day the escort sees the own elder alone, reads whom to call, and leaves after the list is gone through.
    with reading(escort) as session:
        (mine,) = own_pairs(session, escort.id, now=NOW)
    assert (mine.pair.id, mine.pair.elder, mine.meeting_point) == (first, "甄**", "党群服务中心门口")
    do(escort, see_contact, pair_id=first, reason="告诉女儿要出发了")
    with reading(escort) as session:
        assert pair_contact(session, first, now=NOW).phone == "13800001234"  # type: ignore[union-attr]
    do(escort, leave_with, pair_id=first, version=1, all_checked=True)
    do(worker, leave_with, pair_id=second, version=3, all_checked=True)
    do(
        worker,
        leave_with,
        pair_id=third,
        version=1,
        ticks=["feels_well", "papers", "phone"],
        missing="药在家里，中午回",
    )
    do(worker, stay_home, pair_id=fourth, version=1, reason="今天不想出门")

    # In the evening one is not back yet: the outing is not over.
    evening = NOW + timedelta(hours=6)
    do(escort, come_back, pair_id=first, version=2, all_checked=True, now=evening)
    do(worker, come_back, pair_id=second, version=4, all_checked=True, now=evening)
    with pytest.raises(Refused, match="pairs_open") as told:
        do(worker, close_outing, activity_id=outing, now=evening)
    assert told.value.values["names"] == "老木匠"
    do(worker, come_back, pair_id=third, version=2, all_checked=True, now=evening)
    assert do(worker, close_outing, activity_id=outing, note="都平安到家", now=evening) == 3

    with reading(world.secretary) as session:
        facts, served, events = (
            outing_facts(session, outing),
            outing_served(session, outing),
            outing_events(session, outing),
        )
    assert facts is not None
    assert served == 3
    assert [pair.stand for pair in facts.pairs] == [PairStand.BACK, PairStand.BACK, PairStand.BACK, PairStand.STAYS]
    assert {pair.contact for pair in facts.pairs} == {""}
    assert {one.kind for one in events} == set(EscortChange)
