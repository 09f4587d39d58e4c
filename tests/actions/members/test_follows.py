"""What belongs to a member follows the account: linked, unlinked, merged and taken apart."""

from typing import Any

from sqlalchemy import select

from db.actions.commitments.review_after import ask_review_correction
from db.actions.members.links import link_member, unlink_member
from db.actions.members.merges import merge_members, undo_member_merge
from db.engine import reading_as_system
from db.models import Commitment, CommitmentStep, QuarterSheet, ReviewCorrection, ReviewedMember, ReviewTally
from db.terms import MemberLink, ReviewGrade, Role
from tests.builders.commitments import a_promise, a_sheet, closed_review, line_at, on_the_roll, seen
from tests.builders.world import World, do, row


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


def test_the_review_of_a_member_its_count_and_its_corrections_follow_the_account_and_no_other_does(
    world: World,
) -> None:
    closed, volunteer = closed_review(world), world[Role.VOLUNTEER].id
    line = line_at(world, closed)
    do(world.worker, ask_review_correction, **seen(line), grade=ReviewGrade.QUALIFIED, reason="误录")
    assert accounts(ReviewedMember, ReviewTally, ReviewCorrection) == {None}

    do(world.secretary, link_member, member_id=line.member_id, what=MemberLink.ACCOUNT, other_id=volunteer)
    assert accounts(ReviewCorrection) == {volunteer}
    assert accounts(ReviewedMember) == accounts(ReviewTally) == {volunteer, None}
    assert row(world, ReviewedMember, line.id).account_id == volunteer

    do(world.secretary, unlink_member, member_id=line.member_id, what=MemberLink.ACCOUNT, reason="认错人")
    assert accounts(ReviewedMember, ReviewTally, ReviewCorrection) == {None}


def test_reviews_of_both_entries_follow_a_merge_and_its_undoing(world: World) -> None:
    closed, volunteer = closed_review(world), world[Role.VOLUNTEER].id
    kept, other = line_at(world, closed, 0), line_at(world, closed, 1)
    do(world.secretary, link_member, member_id=kept.member_id, what=MemberLink.ACCOUNT, other_id=volunteer)

    do(world.secretary, merge_members, kept_id=kept.member_id, other_id=other.member_id)
    assert row(world, ReviewedMember, other.id).account_id == volunteer

    do(world.secretary, undo_member_merge, member_id=other.member_id)
    assert row(world, ReviewedMember, other.id).account_id is None
    assert row(world, ReviewedMember, kept.id).account_id == volunteer
