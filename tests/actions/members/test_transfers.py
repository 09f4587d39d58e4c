"""转接: a member goes to another community; both keep their days, neither reads the other's rows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from db.actions.members.branches import close_branch
from db.actions.members.links import link_member
from db.actions.members.roll import leave_roll
from db.actions.members.transfers import decline_member, offer_member, take_member, withdraw_offer
from db.engine import reading
from db.errors import BadInput, NotFound, Refused
from db.models import Member
from db.queries.members.active import active_counts, active_members
from db.queries.members.branches import branches_elsewhere
from db.queries.members.card import member_card
from db.queries.members.roll import members_offered
from db.rules.permissions import Actor
from db.terms import MemberChange, MemberLeave, MemberLink
from tests.builders.members import a_branch, a_party_member, at_version
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do, row


def counted(actor: Actor, day: date) -> dict[str, int]:
    with reading(actor) as session:
        return {one.name: one.members for one in active_counts(session, day)}


def offered(world: World) -> tuple[int, int]:
    there = a_branch(world, "荷塘党支部", by=world.other_secretary)
    member_id = a_party_member(world, a_branch(world), phone="13800001111")
    do(world.worker, offer_member, **at_version(member_id), branch_id=there, reason="搬到荷塘")
    return member_id, there


def test_who_is_taken_in_counts_there_from_that_day_and_here_before(world: World) -> None:
    member_id, there = offered(world)
    do(world.worker, link_member, member_id=member_id, what=MemberLink.VOLUNTEER, other_id=a_volunteer(world))
    with reading(world.other_secretary) as session:
        (line,) = members_offered(session)
        assert (line.name, line.branch_id, line.community) == ("郑**", there, "柳林社区")
        assert member_card(session, member_id, today=TODAY) is None

    do(world.other_secretary, take_member, member_id=member_id, on=date(2026, 3, 1))

    before = date(2026, 2, 28)
    assert (counted(world.secretary, before), counted(world.secretary, TODAY)) == ({"柳林第一党支部": 1}, {})
    assert (counted(world.other_secretary, before), counted(world.other_secretary, TODAY)) == ({}, {"荷塘党支部": 1})
    with reading(world.other_secretary) as session:
        card = member_card(session, member_id, today=TODAY)
        assert card
        assert (card.number, card.links, card.offered_to) == ("HT-DY2026-0001", {}, "")
        told = [one.kind for one in reversed(card.history)]
        assert told == [
            MemberChange.JOINED, MemberChange.OFFERED, MemberChange.LINKED, MemberChange.MOVED, MemberChange.UNLINKED
        ]  # fmt: skip
        assert [one.volunteer_id for one in active_members(session, TODAY)] == [None]
    with reading(world.secretary) as session:
        assert member_card(session, member_id, today=TODAY) is None


def test_an_offer_is_withdrawn_or_sent_back_and_nothing_moves(world: World) -> None:
    member_id, there = offered(world)
    do(world.worker, withdraw_offer, member_id=member_id)
    with pytest.raises(NotFound):
        do(world.other_secretary, take_member, member_id=member_id, on=TODAY)

    do(world.worker, offer_member, **at_version(member_id), branch_id=there)
    do(world.other_secretary, decline_member, member_id=member_id, reason="不在本社区居住")

    assert row(world, Member, member_id).offered_branch_id is None
    assert counted(world.secretary, TODAY) == {"柳林第一党支部": 1}
    with reading(world.secretary) as session:
        card = member_card(session, member_id, today=TODAY)
        assert card
        assert (card.history[0].kind, card.history[0].reason) == (MemberChange.TAKEN_BACK, "不在本社区居住")
    with pytest.raises(Refused, match="not_offered"):
        do(world.worker, withdraw_offer, member_id=member_id)


def test_nobody_takes_in_who_was_not_offered_or_left_meanwhile(world: World) -> None:
    member_id, _there = offered(world)
    other = a_party_member(world, a_branch(world, "柳林第二党支部"), "王远")

    with pytest.raises(NotFound):
        do(world.other_secretary, take_member, member_id=other, on=TODAY)
    with pytest.raises(NotFound):
        do(world.secretary, take_member, member_id=member_id, on=TODAY)
    do(world.worker, leave_roll, **at_version(member_id), cause=MemberLeave.DIED, on=TODAY)
    with pytest.raises(NotFound):
        do(world.other_secretary, take_member, member_id=member_id, on=TODAY)


@pytest.mark.parametrize("on", [date(2026, 1, 1), TODAY + timedelta(days=1), None])
def test_the_day_is_after_the_last_stay_began_and_not_tomorrow(world: World, on: date | None) -> None:
    member_id, _there = offered(world)

    with pytest.raises(BadInput):
        do(world.other_secretary, take_member, member_id=member_id, on=on)


def test_two_who_take_in_at_once_take_in_once(world: World) -> None:
    member_id, _there = offered(world)

    def take(_number: int) -> str:
        try:
            do(world.other_secretary, take_member, member_id=member_id, on=TODAY)
        except (NotFound, Refused):
            return "gone"
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, range(2))) == ["gone", "taken"]
    assert counted(world.other_secretary, TODAY) == {"荷塘党支部": 1}


def test_a_member_is_offered_to_open_branches_of_the_subdistrict_alone(world: World) -> None:
    there = a_branch(world, "荷塘党支部", by=world.other_secretary)
    own = a_branch(world)
    member_id = a_party_member(world, own)
    with reading(world.worker) as session:
        assert branches_elsewhere(session) == {there: "荷塘社区 · 荷塘党支部"}

    with pytest.raises(BadInput):
        do(world.worker, offer_member, **at_version(member_id), branch_id=own)
    do(world.worker, offer_member, **at_version(member_id), branch_id=there)
    with pytest.raises(Refused, match="branch_has_members"):
        do(world.other_secretary, close_branch, branch_id=there, version=1, on=TODAY)
