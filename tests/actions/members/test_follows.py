"""What belongs to a member follows the account: linked, unlinked, merged and taken apart."""

from typing import Any

from sqlalchemy import select

from db.actions.members.links import link_member, unlink_member
from db.actions.members.merges import merge_members, undo_member_merge
from db.engine import reading_as_system
from db.models import Commitment, CommitmentStep, QuarterSheet
from db.terms import MemberLink, Role
from tests.builders.commitments import a_promise, a_sheet, on_the_roll
from tests.builders.world import World, do


def accounts(*models: Any) -> set[int | None]:
    with reading_as_system("test") as session:
        return {one for model in models for one in session.scalars(select(model.account_id))}


def test_promises_written_for_a_member_become_theirs_with_the_link_and_nobodys_without(world: World) -> None:
    member, volunteer = on_the_roll(world), world[Role.VOLUNTEER].id
    a_sheet(world, member)
    assert accounts(Commitment, CommitmentStep, QuarterSheet) == {None}

    do(world.secretary, link_member, member_id=member, what=MemberLink.ACCOUNT, other_id=volunteer)
    assert accounts(Commitment, CommitmentStep, QuarterSheet) == {volunteer}

    do(world.secretary, unlink_member, member_id=member, what=MemberLink.ACCOUNT, reason="认错人")
    assert accounts(Commitment, CommitmentStep, QuarterSheet) == {None}


def test_promises_of_both_entries_follow_a_merge_and_its_undoing(world: World) -> None:
    volunteer = world[Role.VOLUNTEER].id
    kept, other = on_the_roll(world, "LL-M0001"), on_the_roll(world, "LL-M0002", account_id=volunteer)
    for one in (kept, other):
        a_promise(world, one)

    do(world.secretary, merge_members, kept_id=kept, other_id=other)
    assert accounts(Commitment) == {volunteer}

    do(world.secretary, undo_member_merge, member_id=other)
    assert accounts(Commitment) == {None, volunteer}
