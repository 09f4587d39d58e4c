"""A member whose account cannot vote any more says the vote aloud, and the chair enters it."""

from typing import Any

import pytest

from db.actions.admin.leaving import disable_account
from db.actions.council.council import amend_member
from db.actions.voting.voting import cancel_ballot, cast_for_member, cast_vote, close_ballot, open_ballot
from db.engine import as_system, reading
from db.errors import Refused
from db.models import Account, Ballot, BodyMember
from db.queries.meetings.meetings import sitting
from db.queries.meetings.voters import voters_at_the_desk
from db.terms import Choice, Role, VoteMethod
from tests.builders.meetings import in_session
from tests.builders.world import NOW, World, another_actor, do, row

LOST: list[dict[str, Any]] = [
    {"disabled_at": NOW},
    {"role": Role.VOLUNTEER},
    {"community_id": "there"},
]


def a_named_ballot(world: World) -> tuple[int, int]:
    meeting, items = in_session(world)
    return meeting, do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)


def lose(world: World, change: dict[str, Any]) -> None:
    with as_system("test") as session:
        account = session.get_one(Account, world[Role.COUNCIL_MEMBER].id)
        for name, value in change.items():
            setattr(account, name, world.there if value == "there" else value)


def at_the_desk(world: World, meeting: int) -> set[int]:
    with reading(world.secretary) as session:
        standing = sitting(session, meeting, now=NOW).ballot
        assert standing is not None
        return {one.id for one in voters_at_the_desk(session, standing)[VoteMethod.NAMED]}


@pytest.mark.parametrize("change", LOST, ids=lambda change: next(iter(change)))
def test_the_chair_enters_the_vote_of_a_member_whose_account_cannot_vote(world: World, change: dict[str, Any]) -> None:
    meeting, ballot = a_named_ballot(world)
    assert world.members[0] not in at_the_desk(world, meeting)

    lose(world, change)

    assert world.members[0] in at_the_desk(world, meeting)
    for member in world.members[:14]:
        do(world.secretary, cast_for_member, ballot_id=ballot, member_id=member, choice=Choice.FOR)
    do(world.secretary, close_ballot, ballot_id=ballot)
    assert row(world, Ballot, ballot).votes_for == 14


def test_an_account_that_is_disabled_in_the_middle_of_a_ballot(world: World) -> None:
    _meeting, ballot = a_named_ballot(world)
    vote = {"ballot_id": ballot, "member_id": world.members[0], "choice": Choice.AGAINST}
    with pytest.raises(Refused, match="member_votes_alone"):
        do(world.secretary, cast_for_member, **vote)

    do(world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=world[Role.COUNCIL_MEMBER].id)

    do(world.secretary, cast_for_member, **vote)


def test_a_vote_that_the_member_cast_alone_is_nobody_elses_to_change(world: World) -> None:
    meeting, ballot = a_named_ballot(world)
    do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice=Choice.FOR)

    lose(world, LOST[0])

    assert world.members[0] not in at_the_desk(world, meeting)
    with pytest.raises(Refused, match="vote_cast_alone"):
        do(world.secretary, cast_for_member, ballot_id=ballot, member_id=world.members[0], choice=Choice.AGAINST)


def test_a_vote_cast_alone_is_not_freed_by_giving_the_member_another_account(world: World) -> None:
    _meeting, ballot = a_named_ballot(world)
    me, member = world[Role.COUNCIL_MEMBER], row(world, BodyMember, world.members[0])
    do(me, cast_vote, ballot_id=ballot, choice=Choice.AGAINST)
    other = another_actor(world, Role.COUNCIL_MEMBER, "another").id
    seat = {"member_id": member.id, "version": member.version, "capacity": member.capacity}

    for account in (None, other):
        with pytest.raises(Refused, match="vote_cast_alone"):
            do(world.secretary, amend_member, **seat, name=member.name, account_id=account)
    do(world.secretary, amend_member, **seat, name="改了名", account_id=me.id)
    do(world.secretary, cancel_ballot, ballot_id=ballot, reason="重来")

    version = row(world, BodyMember, member.id).version
    do(world.secretary, amend_member, **seat | {"version": version}, name=member.name, account_id=other)
    assert row(world, BodyMember, member.id).account_id == other


def test_the_chair_changes_what_the_chair_entered(world: World) -> None:
    _meeting, ballot = a_named_ballot(world)
    lose(world, LOST[0])

    for choice in (Choice.AGAINST, Choice.FOR):
        values = {"ballot_id": ballot, "member_id": world.members[0], "choice": choice}
        assert do(world.secretary, cast_for_member, **values) == {"choice": choice.value}
