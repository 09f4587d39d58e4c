"""One volunteer who was registered twice becomes one, with all that was done, and exactly two again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import select

from db.actions.admin.leaving import disable_account
from db.actions.orders.leaving import end_volunteer
from db.actions.orders.offers import accept_swap, ask_swap
from db.actions.orders.pairings import add_pairing
from db.actions.orders.service import confirm_by_call
from db.actions.people.consents import record_consent
from db.actions.rota.turns import take_out
from db.actions.volunteers import merges
from db.actions.volunteers.activities import Served
from db.actions.volunteers.hours import correct_service
from db.actions.volunteers.merges import merge_volunteers, minutes_from_facts, undo_volunteer_merge
from db.actions.volunteers.placements import accept_placement, recommend_volunteer
from db.actions.volunteers.squads import found_squad, join_squad, leave_squad
from db.actions.volunteers.volunteers import (
    link_account,
    register_volunteer,
    rename_volunteer,
    unlink_account,
)
from db.engine import as_system, reading
from db.errors import Conflict, NotPermitted, Refused
from db.models import Consent, Order, OrderOffer, Placement, ServiceRecord, SquadMember, Volunteer
from db.terms import AssignmentState, ConsentScope, ConsentWay, ImportKind, Role, VolunteerKind
from tests.builders.activities import a_market, a_pair, a_stall, a_stall_helper, an_outing
from tests.builders.imports import brought
from tests.builders.orders import a_helper, accepted, an_order, offered, served
from tests.builders.projects import a_project
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot
from tests.builders.volunteers import a_member, a_theme, a_volunteer, an_activity, an_opening, report
from tests.builders.world import NOW, TODAY, World, another_actor, do, row
from tests.support.meanwhile import meanwhile


def minutes(world: World, *ids: int) -> list[int]:
    """As they stand, which is what the facts make."""
    with as_system("test") as session:
        stand = [session.get_one(Volunteer, one).minutes for one in ids]
        assert stand == [minutes_from_facts(session, one) for one in ids]
        return stand


def test_a_merge_takes_everything_along_and_an_undo_gives_it_back(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    kept, helper = a_member(world, project_id), a_helper(world, phone="13900002222", free_times="周末")
    other = helper[1]
    asked = do(world.worker, recommend_volunteer, opening_id=an_opening(world, project_id), volunteer_id=other)
    do(world.secretary, accept_placement, placement_id=asked, version=1)
    report(world, an_activity(world, project_id), Served(kept, 120))
    report(world, an_activity(world, project_id), Served(other, 90))
    order = an_order(world)
    offer = served(world, order, helper)
    do(world.worker, confirm_by_call, order_id=order)
    consent = do(world.worker, record_consent, volunteer_id=other, scope=ConsentScope.CONTACT_CARD, given_on=TODAY,
                 way=ConsentWay.PAPER, told="已告知")  # fmt: skip
    both, theirs = (do(world.worker, found_squad, name=name, theme_id=a_theme(world)) for name in ("甲队", "乙队"))
    for squad, one in ((both, kept), (both, other), (theirs, other)):
        do(world.worker, join_squad, squad_id=squad, volunteer_id=one)
    assert minutes(world, kept, other) == [120, 150]

    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)

    assert minutes(world, kept, other) == [270, 0]
    one = row(world, Volunteer, kept)
    assert (one.phone, one.free_times, one.account_id, one.since) == (
        "13900002222",
        "周末",
        helper[0].id,
        date(2025, 1, 1),
    )
    assert row(world, Volunteer, other).merged_into_id == kept
    for model, row_id in ((Placement, asked), (OrderOffer, offer), (Consent, consent)):
        assert row(world, model, row_id).volunteer_id == kept
    with reading(helper[0]) as session:  # the account sees all of it
        assert len(session.scalars(select(ServiceRecord.id)).all()) == 2
        assert session.scalars(select(Volunteer.id)).all() == [kept]
    with reading(world.secretary) as session:
        assert len(session.scalars(select(SquadMember.id).where(SquadMember.volunteer_id == kept)).all()) == 2

    do(world.secretary, undo_volunteer_merge, merge_id=merge)

    assert minutes(world, kept, other) == [120, 150]
    one, two = row(world, Volunteer, kept), row(world, Volunteer, other)
    assert (one.phone, one.free_times, one.account_id, one.skills) == (None, "", None, ["电工"])
    assert (two.phone, two.account_id, two.merged_into_id) == ("13900002222", helper[0].id, None)
    for model, row_id in ((Placement, asked), (OrderOffer, offer), (Consent, consent)):
        assert row(world, model, row_id).volunteer_id == other
    with reading(helper[0]) as session:
        assert len(session.scalars(select(ServiceRecord.id)).all()) == 1
    with pytest.raises(Refused, match="volunteer_merge_undone"):
        do(world.secretary, undo_volunteer_merge, merge_id=merge)


def test_what_was_changed_since_stays_when_a_merge_is_undone(world: World) -> None:
    kept, other = a_volunteer(world, "1"), a_volunteer(world, "2", phone="13900002222")
    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    do(world.worker, rename_volunteer, volunteer_id=kept, version=row(world, Volunteer, kept).version,
       phone="13900003333")  # fmt: skip

    do(world.secretary, undo_volunteer_merge, merge_id=merge)

    assert [row(world, Volunteer, one).phone for one in (kept, other)] == ["13900003333", "13900002222"]


def two(world: World, **of_other: Any) -> tuple[int, int]:
    return a_volunteer(world, "1"), a_volunteer(world, "2", **of_other)


def credited(world: World, on: date, *hours: tuple[int, int]) -> int:
    """One activity at which these volunteers served so many minutes; the project."""
    project_id = a_project(world, starts_on=TODAY)
    for volunteer_id, _minutes in hours:
        asked = do(
            world.worker, recommend_volunteer, opening_id=an_opening(world, project_id), volunteer_id=volunteer_id
        )
        do(world.secretary, accept_placement, placement_id=asked, version=1)
    report(world, an_activity(world, project_id, on), *(Served(*one) for one in hours), now=NOW + timedelta(hours=6))
    return project_id


def test_one_activity_is_credited_once(world: World) -> None:
    kept, other = two(world)
    credited(world, TODAY, (kept, 60), (other, 60))

    with pytest.raises(Refused, match="volunteers_both_credited"):
        do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)


@pytest.mark.parametrize("turned", [False, True])
def test_hours_that_wait_are_no_second_credit_of_the_same_activity(world: World, turned: bool) -> None:
    kept, other = two(world)
    with as_system("test") as session:
        session.get_one(Volunteer, other).since = TODAY + timedelta(days=1)
    project_id = a_project(world, starts_on=TODAY)
    for one in (kept, other):
        opening = an_opening(world, project_id)
        asked = do(world.worker, recommend_volunteer, opening_id=opening, volunteer_id=one)
        do(world.secretary, accept_placement, placement_id=asked, version=1)
    report(world, an_activity(world, project_id), Served(kept, 60), Served(other, 60, "先来帮忙"))

    pair = (other, kept) if turned else (kept, other)
    with pytest.raises(Refused, match="volunteers_both_credited"):
        do(world.secretary, merge_volunteers, kept_id=pair[0], other_id=pair[1])


def test_whoever_was_asked_to_go_instead_is_asked_under_the_kept_entry(world: World) -> None:
    helper, colleague = a_helper(world), a_helper(world, "second")
    offer, kept = accepted(world, an_order(world), helper), a_volunteer(world, "1")
    do(helper[0], ask_swap, offer_id=offer, reason="有事", to_number="V-SECOND")

    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=colleague[1])
    there = row(world, OrderOffer, offer).swap_to_id
    do(world.secretary, undo_volunteer_merge, merge_id=merge)
    back = row(world, OrderOffer, offer).swap_to_id
    do(world.secretary, merge_volunteers, kept_id=kept, other_id=colleague[1])
    order = do(colleague[0], accept_swap, offer_id=offer)

    assert (there, back) == (kept, colleague[1])
    with reading(world.secretary) as session:
        mine = select(OrderOffer.volunteer_id).where(
            OrderOffer.order_id == order, OrderOffer.state == AssignmentState.ACCEPTED
        )
        assert session.scalars(mine).all() == [kept]


def test_nobody_asks_themselves_to_go_instead(world: World) -> None:
    helper, other = a_helper(world), a_volunteer(world, "1")
    offer = accepted(world, an_order(world), helper)
    do(helper[0], ask_swap, offer_id=offer, reason="有事", to_number=row(world, Volunteer, other).number)

    do(world.secretary, merge_volunteers, kept_id=helper[1], other_id=other)

    assert row(world, OrderOffer, offer).swap_to_id is None


def test_an_account_that_is_disabled_is_not_taken_over(world: World) -> None:
    kept, helper = a_volunteer(world, "1"), a_helper(world)
    do(world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=helper[0].id)

    do(world.secretary, merge_volunteers, kept_id=kept, other_id=helper[1])

    assert row(world, Volunteer, kept).account_id is None
    assert offered(world, an_order(world), kept)


def test_an_account_that_was_linked_since_stays_with_the_kept_entry(world: World) -> None:
    kept, helper = a_volunteer(world, "1"), a_helper(world)
    another = another_actor(world, Role.VOLUNTEER, "another")
    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=helper[1])
    do(world.worker, unlink_account, volunteer_id=kept, reason="换了账号")
    do(world.worker, link_account, volunteer_id=kept, account_id=another.id)

    do(world.secretary, undo_volunteer_merge, merge_id=merge)

    assert (row(world, Volunteer, kept).account_id, row(world, Volunteer, helper[1]).account_id) == (another.id, None)


def test_a_team_that_was_joined_since_stays_with_the_kept_entry(world: World) -> None:
    kept, other = two(world)
    left, joined = (
        do(world.worker, found_squad, name=name, theme_id=a_theme(world)) for name in ("绿化一队", "绿化二队")
    )
    do(world.worker, join_squad, squad_id=left, volunteer_id=other)
    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    do(world.worker, leave_squad, squad_id=left, volunteer_id=kept, reason="太远")
    do(world.worker, join_squad, squad_id=joined, volunteer_id=kept)

    do(world.secretary, undo_volunteer_merge, merge_id=merge)

    with reading(world.secretary) as session:
        inside = select(SquadMember.squad_id, SquadMember.volunteer_id).where(SquadMember.left_on.is_(None))
        assert session.execute(inside).all() == [(joined, kept)]


def test_a_name_that_was_merged_is_known_when_it_comes_again(world: World) -> None:
    rows = [{"name": name, "phone": f"1390000123{at}", "kind": "居民"} for at, name in enumerate(("李福根", "黎富庚"))]
    brought(world.secretary, ImportKind.VOLUNTEERS, rows)
    with reading(world.secretary) as session:
        kept, other = session.scalars(select(Volunteer.id).order_by(Volunteer.id))
    do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)

    with pytest.raises(Refused, match="import_nothing_new"):
        brought(world.secretary, ImportKind.VOLUNTEERS, rows, sha256="0" * 64)
    with pytest.raises(Refused) as told:
        do(world.worker, register_volunteer, name="黎富庚", kind=VolunteerKind.RESIDENT)

    assert row(world, Volunteer, kept).number in told.value.values["numbers"]


def test_a_day_of_both_together_has_the_same_limit(world: World) -> None:
    kept, other = two(world)
    credited(world, TODAY, (kept, 480))
    credited(world, TODAY, (other, 300))

    with pytest.raises(Refused) as told:
        do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    with reading(world.secretary) as session:
        record = session.scalars(select(ServiceRecord.id).where(ServiceRecord.volunteer_id == other)).one()
    do(world.worker, correct_service, record_id=record, minutes=240, reason="签到表")
    do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)

    assert (told.value.rule, told.value.values) == (
        "volunteers_day_full", {"rule": "volunteers_day_full", "day": "2026-03-05", "minutes": 780},
    )  # fmt: skip
    assert minutes(world, kept, other) == [720, 0]


@pytest.mark.parametrize("what", ["turn", "stall", "escort", "order"])
def test_two_who_are_wanted_in_two_places_at_once_are_not_made_one(world: World, what: str) -> None:
    kept, (helper, other) = a_volunteer(world), a_helper(world)
    tomorrow = TODAY + timedelta(days=1)
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    turn = a_plain_turn(world, a_slot(world, rota, post, tomorrow, 9), kept)
    if what == "turn":
        a_plain_turn(world, a_slot(world, rota, a_post(world, rota, "出站口"), tomorrow, 11), other)
    elif what == "stall":
        a_stall_helper(world, a_stall(world, a_market(world, tomorrow)), other)
    elif what == "escort":
        a_pair(world, an_outing(world, tomorrow), escort=other)
    else:
        accepted(world, an_order(world, wanted_on=tomorrow, wanted_time="上午"), (helper, other))

    with pytest.raises(Refused, match="volunteers_at_once") as told:
        do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)

    assert told.value.values["day"] == tomorrow.isoformat()
    do(world.secretary, take_out, turn_id=turn, reason="同一个人")
    do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)


def test_hours_that_are_corrected_while_their_volunteer_is_merged_hold_nobody_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, other = two(world)
    credited(world, TODAY, (other, 300))
    with reading(world.secretary) as session:
        record = session.scalars(select(ServiceRecord.id).where(ServiceRecord.volunteer_id == other)).one()
    log = Mock()
    monkeypatch.setattr("db.engine.log", log)

    def correct() -> str:
        try:
            do(world.worker, correct_service, record_id=record, minutes=240, reason="签到表")
        except Conflict:
            return "conflict"
        return "corrected"

    with meanwhile(monkeypatch, merges, "_may_be_one", correct) as corrected:
        do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)

    left = 300 if corrected() == "conflict" else 240
    assert minutes(world, kept, other) == [left, 0]
    assert not [call for call in log.mock_calls if "transaction.retry" in call.args]


def test_what_cannot_be_made_one_says_why(world: World) -> None:
    kept, other = two(world)
    opening = an_opening(world, a_project(world))
    places = [do(world.worker, recommend_volunteer, opening_id=opening, volunteer_id=one) for one in (kept, other)]

    def refused(kept_id: int, other_id: int) -> str:
        with pytest.raises(Refused) as told:
            do(world.secretary, merge_volunteers, kept_id=kept_id, other_id=other_id)
        return told.value.rule

    assert refused(kept, kept) == "volunteers_same"
    assert refused(kept, other) == "volunteers_both_in"
    with as_system("test") as session:
        session.delete(session.get_one(Placement, places[1]))
    order = row(world, Order, an_order(world))
    for one in (kept, other):
        do(world.worker, add_pairing, household_id=order.household_id, volunteer_id=one, helps_with="买菜")
    assert refused(kept, other) == "volunteers_both_paired"
    accounts = [a_helper(world)[1], a_helper(world, "second")[1]]
    assert refused(*accounts) == "volunteers_two_accounts"
    do(world.worker, end_volunteer, volunteer_id=accounts[0], version=1, on=TODAY, reason="搬家")
    assert refused(accounts[0], kept) == "volunteer_ended"
    third = a_volunteer(world, "3")
    do(world.secretary, merge_volunteers, kept_id=kept, other_id=third)
    assert refused(kept, third) == refused(accounts[1], kept) == "volunteer_merged"


def test_only_who_may_merge_persons_merges_volunteers(world: World) -> None:
    kept, other = two(world)

    for role in (Role.AREA_WORKER, Role.TEAM_LEADER):
        with pytest.raises(NotPermitted):
            do(world[role], merge_volunteers, kept_id=kept, other_id=other)
    assert VolunteerKind.RESIDENT is row(world, Volunteer, kept).kind


def test_two_who_merge_at_once_merge_once(world: World) -> None:
    kept, other = two(world)

    def merge(pair: tuple[int, int]) -> str:
        try:
            do(world.secretary, merge_volunteers, kept_id=pair[0], other_id=pair[1])
        except Refused as refused:
            return refused.rule
        return "in"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(merge, [(kept, other), (other, kept)])) == ["in", "volunteer_merged"]
