from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from db.actions.activities.activities import call_off_activity
from db.actions.activities.outing import drop_escort, replace_escort, set_trip, stay_home
from db.actions.activities.outing_steps import close_outing, come_back, leave_with, see_contact
from db.actions.orders.leaving import end_volunteer
from db.actions.people.erasure import erase_person
from db.actions.volunteers.merges import merge_volunteers
from db.engine import as_system, reading
from db.errors import BadInput, NotFound, Refused
from db.models import Activity, AuditEntry, EscortEvent, EscortPair, Person, Volunteer
from db.queries.activities.outing import outing_facts, outing_served, own_pairs, pair_contact
from db.rules.permissions import Actor
from db.rules.zone import CHINA
from db.terms import EscortChange, LeavingCheck, PairStand, Role
from tests.builders.activities import a_market, a_pair, an_outing
from tests.builders.people import a_person
from tests.builders.volunteers import a_volunteer, a_volunteer_actor
from tests.builders.world import NOW, TODAY, World, do, row

LATER = NOW + timedelta(hours=2)


def volunteer_of(actor: Actor) -> int:
    with as_system("test") as session:
        return session.scalars(select(Volunteer.id).where(Volunteer.account_id == actor.id)).one()


def leave(world: World, pair: int, version: int = 1, actor: Actor | None = None, **more: object) -> None:
    do(actor or world.worker, leave_with, pair_id=pair, version=version, **({"all_checked": True} | more))


def back(world: World, pair: int, version: int = 2, actor: Actor | None = None, **more: object) -> None:
    values = {"all_checked": True, "now": LATER} | more
    do(actor or world.worker, come_back, pair_id=pair, version=version, **values)


# --- pairing ----------------------------------------------------------------------------------------------------


def test_an_elder_goes_out_once_on_record_or_by_name(world: World) -> None:
    outing, person = an_outing(world), a_person(world, "甄试验")
    a_pair(world, outing, "", person_id=person)

    for again in ({"person_id": person}, {"elder_name": "甄试验"}, {"elder_name": " 甄 试验"}):
        with pytest.raises(Refused, match="elder_twice"):
            a_pair(world, outing, **({"elder_name": ""} | again))
    a_pair(world, outing, "甄试验", another=True)


def test_an_escort_has_one_elder_at_a_time_or_two_when_it_is_so_agreed(world: World) -> None:
    outing, escort = an_outing(world), a_volunteer(world)
    a_pair(world, outing, "甄一", escort=escort)

    with pytest.raises(Refused, match="escort_busy"):
        a_pair(world, outing, "甄二", escort=escort)
    do(world.worker, set_trip, activity_id=outing, meeting_point="门口", most=2)
    a_pair(world, outing, "甄二", escort=escort)
    with pytest.raises(Refused, match="escort_busy"):
        a_pair(world, outing, "甄三", escort=escort)


def test_an_escort_who_is_back_may_go_again(world: World) -> None:
    outing, escort = an_outing(world), a_volunteer(world)
    first = a_pair(world, outing, "甄一", escort=escort)
    leave(world, first)
    back(world, first)

    a_pair(world, outing, "甄二", escort=escort, now=LATER)


def test_of_two_who_give_one_escort_away_at_the_same_moment_one_is_told(world: World) -> None:
    outings, escort = [an_outing(world) for _ in range(4)], a_volunteer(world)

    def pair(outing: int) -> bool:
        try:
            a_pair(world, outing, escort=escort)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(pair, outings)) == 1


def test_a_protected_record_comes_along_by_alias_only(world: World) -> None:
    outing, person = an_outing(world), a_person(world)
    with as_system("test") as session:
        session.get_one(Person, person).restricted = True

    with pytest.raises(NotFound):
        a_pair(world, outing, "", person_id=person)
    pair = a_pair(world, outing, "", alias="山茶")

    with reading(world.worker) as session:
        facts = outing_facts(session, outing)
    assert facts is not None
    assert [(one.id, one.elder) for one in facts.pairs] == [(pair, "山茶")]


def test_only_an_outing_has_pairs(world: World) -> None:
    with pytest.raises(Refused, match="no_outing"):
        a_pair(world, a_market(world))


# --- on the day -------------------------------------------------------------------------------------------------


def test_nobody_leaves_on_another_day_without_an_escort_or_unchecked(world: World) -> None:
    ahead = a_pair(world, an_outing(world, TODAY + timedelta(days=1)), number="V1")
    alone = a_pair(world, an_outing(world))
    pair = a_pair(world, an_outing(world), number="V2")

    with pytest.raises(Refused, match="outing_not_today"):
        leave(world, ahead)
    with pytest.raises(Refused, match="no_escort"):
        leave(world, alone)
    with pytest.raises(Refused, match="checks_missing"):
        leave(world, pair, all_checked=False)
    unwell = [one.value for one in LeavingCheck if one is not LeavingCheck.FEELS_WELL]
    with pytest.raises(Refused, match="checks_missing"):
        leave(world, pair, all_checked=False, ticks=unwell, missing="有点头晕")
    leave(world, pair, all_checked=False, ticks=["feels_well", "papers"], missing="没带手机，用陪访人的")


def test_an_outing_ends_when_nobody_is_left_open(world: World) -> None:
    outing = an_outing(world)
    out, waits, stays = (a_pair(world, outing, f"甄{n}", number=f"V{n}") for n in "一二三")
    leave(world, out)
    do(world.worker, stay_home, pair_id=stays, version=1, reason="下雨")

    with pytest.raises(Refused, match="pairs_open") as told:
        do(world.worker, close_outing, activity_id=outing)
    assert (told.value.values["names"], told.value.values["n"]) == ("甄*、甄*", 2)
    back(world, out)
    do(world.worker, stay_home, pair_id=waits, version=1, reason="睡着了")

    assert do(world.worker, close_outing, activity_id=outing, now=LATER) == 1
    with reading(world.worker) as session:
        facts, served = outing_facts(session, outing), outing_served(session, outing)
    assert facts is not None
    assert served == 1
    assert [one.stand for one in facts.pairs] == [PairStand.BACK, PairStand.STAYS, PairStand.STAYS]
    assert [one.contact for one in facts.pairs] == ["", "", ""]
    with pytest.raises(Refused, match="outing_closed"):
        a_pair(world, outing, "甄四")


def test_a_return_is_written_down_late_and_never_before_the_leaving(world: World) -> None:
    pair = a_pair(world, an_outing(world), number="V1")
    leave(world, pair, at=time(10))
    next_day = NOW + timedelta(days=1)

    with pytest.raises(BadInput, match="at"):
        back(world, pair, at=time(9), now=next_day)
    back(world, pair, at=time(16), now=next_day)

    assert row(world, EscortPair, pair).returned_at == datetime.combine(TODAY, time(16), CHINA)


def test_an_escort_who_drops_out_on_the_way_is_replaced_and_the_history_tells(world: World) -> None:
    outing = an_outing(world)
    pair = a_pair(world, outing, number="V1")
    leave(world, pair)
    do(world.worker, drop_escort, pair_id=pair, version=2, reason="扭了脚")
    other = a_volunteer(world, "V2")
    do(world.worker, replace_escort, pair_id=pair, version=3, volunteer_id=other, reason="接着陪")

    with reading(world.worker) as session:
        told = session.scalars(select(EscortEvent.kind).order_by(EscortEvent.id)).all()
    assert told == [EscortChange.PAIRED, EscortChange.LEFT, EscortChange.DROPPED, EscortChange.REPLACED]
    assert row(world, EscortPair, pair).volunteer_id == other
    with pytest.raises(Refused, match="escort_same"):
        do(world.worker, replace_escort, pair_id=pair, version=4, volunteer_id=other, reason="再换")


# --- the escort's own phone --------------------------------------------------------------------------------------


def test_an_escort_sees_and_moves_the_own_pair_alone(world: World) -> None:
    one, two, outing = a_volunteer_actor(world, "one"), a_volunteer_actor(world, "two"), an_outing(world)
    mine = a_pair(world, outing, "甄一", escort=volunteer_of(one))
    theirs = a_pair(world, outing, "甄二", escort=volunteer_of(two))

    with reading(one) as session:
        assert [own.pair.id for own in own_pairs(session, one.id, now=NOW)] == [mine]
        facts = outing_facts(session, outing)
    assert facts is not None
    assert [pair.id for pair in facts.pairs] == [mine]
    with pytest.raises(NotFound):
        leave(world, theirs, actor=one)
    leave(world, mine, actor=one)
    back(world, mine, actor=one)


def test_a_replaced_escort_sees_the_pair_no_longer(world: World) -> None:
    one, two = a_volunteer_actor(world, "one"), a_volunteer_actor(world, "two")
    pair = a_pair(world, an_outing(world), escort=volunteer_of(one))
    do(world.worker, replace_escort, pair_id=pair, version=1, volunteer_id=volunteer_of(two), reason="有事")

    with reading(one) as session:
        assert own_pairs(session, one.id, now=NOW) == ()
    with pytest.raises(NotFound):
        leave(world, pair, version=2, actor=one)
    leave(world, pair, version=2, actor=two)


def test_the_contact_is_masked_and_read_on_the_day_after_a_reason_only(world: World) -> None:
    one = a_volunteer_actor(world, "one")
    pair = a_pair(world, an_outing(world), escort=volunteer_of(one))
    with reading(one) as session:
        assert own_pairs(session, one.id, now=NOW)[0].pair.contact == "甄** 138****1234"
        assert pair_contact(session, pair, now=NOW) is None

    do(one, see_contact, pair_id=pair, reason="出发前告诉家属")

    with reading(one) as session:
        contact = pair_contact(session, pair, now=NOW + timedelta(minutes=1))
        assert pair_contact(session, pair, now=NOW + timedelta(minutes=3)) is None
    assert contact is not None
    assert (contact.elder, contact.phone) == ("甄老人", "13800001234")
    with reading(world.worker) as session:
        assert pair_contact(session, pair, now=NOW) is None
    with as_system("test") as session:
        reads = session.scalars(select(AuditEntry.reason).where(AuditEntry.operation == "read")).all()
    assert reads == ["出发前告诉家属"]


def test_the_contact_of_another_day_or_another_pair_is_not_shown(world: World) -> None:
    one = a_volunteer_actor(world, "one")
    ahead = a_pair(world, an_outing(world, TODAY + timedelta(days=1)), escort=volunteer_of(one))
    other = a_pair(world, an_outing(world), number="V9")

    with pytest.raises(Refused, match="contact_not_now"):
        do(one, see_contact, pair_id=ahead, reason="提前看看")
    with pytest.raises(NotFound):
        do(one, see_contact, pair_id=other, reason="看看别人")
    do(world[Role.TEAM_LEADER], see_contact, pair_id=other, reason="带队")


# --- people who leave ---------------------------------------------------------------------------------------------


def test_who_ends_leaves_the_pairs_that_are_open(world: World) -> None:
    escort = a_volunteer(world)
    pair = a_pair(world, an_outing(world, TODAY + timedelta(days=2)), escort=escort)

    freed = do(world.worker, end_volunteer, volunteer_id=escort, version=1, on=TODAY, reason="搬家")

    assert freed["escorts"] == 1
    assert row(world, EscortPair, pair).volunteer_id is None


def test_two_entries_that_escort_at_one_outing_are_not_made_one(world: World) -> None:
    outing = an_outing(world)
    kept, other = a_volunteer(world, "V1"), a_volunteer(world, "V2")
    a_pair(world, outing, "甄一", escort=kept)
    a_pair(world, outing, "甄二", escort=other)

    with pytest.raises(Refused, match="volunteers_both_escort"):
        do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)


def test_an_outing_that_is_called_off_keeps_nobodys_number(world: World) -> None:
    outing = an_outing(world, TODAY + timedelta(days=2))
    pair = a_pair(world, outing)
    assert row(world, EscortPair, pair).contact_phone

    version = row(world, Activity, outing).version
    do(world.worker, call_off_activity, activity_id=outing, version=version, reason="暴雨")

    assert (row(world, EscortPair, pair).contact_name, row(world, EscortPair, pair).contact_phone) == (None, None)


def test_an_erased_elder_leaves_no_name(world: World) -> None:
    outing, person = an_outing(world), a_person(world, "甄试验")
    a_pair(world, outing, "", person_id=person, alias="甄试验家")

    do(world.secretary, erase_person, person_id=person, reason="本人要求")

    with reading(world.worker) as session:
        facts = outing_facts(session, outing)
    assert facts is not None
    assert "甄试验" not in repr(facts)
