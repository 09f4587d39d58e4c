"""民主评议党员: frozen list, secret counts, grades by hand, two people to close; who goes, is renamed or is wiped."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.commitments.review import (
    check_tally,
    confirm_closing,
    enter_tally,
    excuse_member,
    follow_roll,
    grade_member,
    open_review,
    propose_closing,
    return_review,
    write_peers,
    write_self,
)
from db.actions.commitments.review_after import ask_review_correction, mark_told, settle_review_correction
from db.actions.members.keeping import erase_member
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused
from db.models import Member, MemberStay, ReviewedMember, ReviewTally, YearlyReview
from db.queries.commitments.own_review import own_reviews
from db.queries.commitments.review import reviews
from db.terms import MemberLeave, ReviewGrade, ReviewStanding, ReviewState, Role
from tests.builders.commitments import (
    COUNTS,
    at_review,
    closed_review,
    counted,
    graded,
    line_at,
    opened_review,
    seen,
    spoken,
    the_card,
    version_of_correction,
)
from tests.builders.members import a_branch, a_party_member
from tests.builders.world import TODAY, World, another_actor, do, row

G, T = ReviewGrade, ReviewStanding
THREE = (G.EXCELLENT, G.QUALIFIED, G.QUALIFIED)


def leave(member_id: int) -> None:
    """Off the roll since yesterday."""
    with as_system("test") as session:
        member = session.get_one(Member, member_id)
        member.ended_on, member.ended_as = TODAY.replace(day=TODAY.day - 1), MemberLeave.WITHDREW
        for stay in session.scalars(select(MemberStay).where(MemberStay.member_id == member_id)):
            stay.until = member.ended_on


def standings(world: World, review_id: int) -> list[ReviewStanding]:
    return [one.standing for one in the_card(world, review_id).members]


def test_the_list_is_frozen_in_order_of_names_and_a_probationary_member_is_not_graded(world: World) -> None:
    branch = a_branch(world)
    a_party_member(world, branch, "朱小满")
    a_party_member(world, branch, "安守信", joined_on=date(2025, 9, 1), full_on=None)
    opened = do(world.secretary, open_review, branch_id=branch, year=2026)

    card = the_card(world, opened)
    assert [(one.member, one.standing) for one in card.members] == [("安**", T.PROBATIONARY), ("朱**", T.DUE)]
    with pytest.raises(Refused, match="review_not_graded"):
        do(world.worker, enter_tally, reviewed_id=card.members[0].id, **COUNTS)
    with pytest.raises(Refused, match="review_there"):
        do(world.worker, open_review, branch_id=branch, year=2026)


def test_a_branch_without_members_has_nothing_to_review(world: World) -> None:
    with pytest.raises(Refused, match="review_of_nobody"):
        do(world.secretary, open_review, branch_id=a_branch(world), year=2026)


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"handed_out": 4}, "handed_out"), ({"returned": 4}, "returned"), ({"valid": 2}, "valid"),
        ({"excellent": 2}, "valid"), ({"valid": 4, "excellent": 2}, "valid"),
    ],
)  # fmt: skip
def test_counts_that_do_not_fit_are_refused_at_their_field(world: World, counts: dict[str, int], field: str) -> None:
    line = spoken(world, opened_review(world))

    with pytest.raises(BadInput) as refused:
        do(world.worker, enter_tally, reviewed_id=line.id, **(COUNTS | counts))
    assert refused.value.field == field


def test_whoever_counted_does_not_check_and_changed_counts_are_checked_and_graded_anew(world: World) -> None:
    opened = opened_review(world)
    line = counted(world, opened, checked=False)
    assert line.tally is not None
    with pytest.raises(Refused, match="review_second_person"):
        do(world.worker, check_tally, tally_id=line.tally.id, version=1)
    with pytest.raises(Refused, match="review_step_missing"):
        do(world.secretary, grade_member, **seen(line), grade=G.QUALIFIED, reason="")
    do(world.secretary, check_tally, tally_id=line.tally.id, version=1)
    do(world.secretary, grade_member, **seen(line_at(world, opened)), grade=G.QUALIFIED, reason="")

    do(world.secretary, enter_tally, reviewed_id=line.id, **(COUNTS | {"excellent": 0, "qualified": 3}))

    changed = line_at(world, opened)
    assert changed.grade is None
    assert changed.tally is not None
    assert changed.tally.checked_by == ""


def test_a_low_grade_needs_its_reason_and_nobody_grades_themselves(world: World) -> None:
    opened = opened_review(world)
    line = counted(world, opened)
    with pytest.raises(BadInput):
        do(world.secretary, grade_member, **seen(line), grade=G.BASIC, reason="")
    with as_system("test") as session:
        session.get_one(ReviewedMember, line.id).account_id = world.secretary.id

    acts: tuple[tuple[Any, dict[str, Any]], ...] = ((grade_member, {"grade": G.EXCELLENT}), (excuse_member, {}))
    for act, values in acts:
        with pytest.raises(Refused, match="own_review"):
            do(world.secretary, act, **seen(line_at(world, opened)), reason="", **values)


def test_more_than_a_third_needs_a_reason_and_closes_with_it(world: World) -> None:
    opened = opened_review(world)
    graded(world, opened, G.EXCELLENT, G.EXCELLENT, G.QUALIFIED)

    with pytest.raises(BadInput) as refused:
        do(world.worker, propose_closing, **at_review(world, opened), many_reason="")
    assert refused.value.field == "many_reason"
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="全年抢险")
    do(world.secretary, confirm_closing, **at_review(world, opened))
    assert the_card(world, opened).many_reason == "全年抢险"


def test_who_proposed_does_not_confirm_and_a_closed_review_is_fixed(world: World) -> None:
    opened = opened_review(world)
    with pytest.raises(Refused, match="review_incomplete"):
        do(world.worker, propose_closing, **at_review(world, opened), many_reason="")
    graded(world, opened, *THREE)
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="")
    with pytest.raises(Refused, match="review_second_person"):
        do(world.worker, confirm_closing, **at_review(world, opened))
    do(world.secretary, return_review, **at_review(world, opened), reason="再看第二位")
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="")

    assert do(world.secretary, confirm_closing, **at_review(world, opened)) == 3

    acts: tuple[tuple[Any, dict[str, Any]], ...] = (
        (write_self, {"words": "改"}), (write_peers, {"words": "改"}), (excuse_member, {"reason": "病"}),
        (grade_member, {"grade": G.EXCELLENT, "reason": ""}),
    )  # fmt: skip
    for act, values in acts:
        with pytest.raises(Refused, match="review_elsewhere"):
            do(world.secretary, act, **seen(line_at(world, opened)), **values)
    with pytest.raises(Refused, match="review_elsewhere"):
        do(world.secretary, follow_roll, review_id=opened)


def test_a_ballot_that_is_out_keeps_a_review_open_and_none_comes_in_once_it_is_proposed(world: World) -> None:
    opened = opened_review(world)
    graded(world, opened, *THREE)
    last = line_at(world, opened, 2)
    # New counts of the last one came in and were not checked: the review can neither be proposed nor closed.
    do(world.worker, enter_tally, reviewed_id=last.id, **(COUNTS | {"excellent": 0, "qualified": 3}))
    with pytest.raises(Refused, match="review_incomplete"):
        do(world.worker, propose_closing, **at_review(world, opened), many_reason="")
    graded(world, opened, *THREE)
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="")

    with pytest.raises(Refused, match="review_elsewhere"):
        do(world.worker, enter_tally, reviewed_id=last.id, **COUNTS)
    do(world.secretary, confirm_closing, **at_review(world, opened))
    with pytest.raises(Refused, match="review_elsewhere"):
        do(world.worker, enter_tally, reviewed_id=last.id, **COUNTS)


def test_of_two_who_close_at_once_one_does(world: World) -> None:
    opened = opened_review(world)
    graded(world, opened, *THREE)
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="")
    seen_by_both, start = at_review(world, opened), Barrier(2)
    told: list[int | str] = []
    others = [world.secretary, another_actor(world, Role.AREA_WORKER, "worker_two")]

    def close(at: int) -> None:
        start.wait()
        try:
            told.append(do(others[at], confirm_closing, **seen_by_both))
        except (Refused, Conflict) as refused:
            told.append(type(refused).__name__)

    threads = [Thread(target=close, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told.count(3) == 1
    assert len(told) == 2
    assert row(world, YearlyReview, opened).state is ReviewState.CLOSED


def test_who_leaves_is_marked_and_loses_the_grade_and_who_comes_is_added(world: World) -> None:
    opened = opened_review(world)
    graded(world, opened, *THREE)
    first = line_at(world, opened)
    leave(first.member_id)
    a_party_member(world, the_card(world, opened).branch_id, "丁晓月")
    with pytest.raises(Refused, match="review_roll_moved"):
        do(world.worker, propose_closing, **at_review(world, opened), many_reason="")

    assert do(world.worker, follow_roll, review_id=opened) == 2
    assert do(world.worker, follow_roll, review_id=opened) == 0

    card = the_card(world, opened)
    assert [one.standing for one in card.members] == [T.LEFT, T.DUE, T.DUE, T.DUE]
    assert (card.members[0].grade, card.members[0].gone_on, card.members[3].added_on) == (None, TODAY, TODAY)
    do(world.worker, excuse_member, **seen(card.members[3]), reason="测评后转入")
    assert standings(world, opened)[3] is T.EXCUSED
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="")
    leave(card.members[1].member_id)
    with pytest.raises(Refused, match="review_roll_moved"):
        do(world.secretary, confirm_closing, **at_review(world, opened))


def test_a_closed_review_keeps_its_names_and_an_erased_member_takes_them_along(world: World) -> None:
    opened = closed_review(world)
    first = the_card(world, opened, whole=True).members[0]
    with as_system("test") as session:
        session.get_one(Member, first.member_id).name = "安改名"
    assert the_card(world, opened, whole=True).members[0].printed == "安守信"

    leave(first.member_id)
    do(world.secretary, erase_member, member_id=first.member_id, reason="本人要求")

    wiped = row(world, ReviewedMember, first.id)
    assert (wiped.name, wiped.self_words, wiped.evidence) == (None, "", {})
    assert sorted(the_card(world, opened).grades) == sorted(THREE)


def test_a_correction_is_a_line_by_two_people_and_the_closed_grade_stays(world: World) -> None:
    opened = closed_review(world)
    line = line_at(world, opened, 1)
    assert do(world.worker, mark_told, reviewed_ids=[line.id]) == 1
    with pytest.raises(BadInput):
        do(world.worker, ask_review_correction, **seen(line_at(world, opened, 1)), grade=G.QUALIFIED, reason="误")
    asked = do(world.worker, ask_review_correction, **seen(line_at(world, opened, 1)), grade=G.BASIC, reason="漏记")
    with pytest.raises(Refused, match="review_correction_waits"):
        do(world.worker, ask_review_correction, **seen(line_at(world, opened, 1)), grade=G.EXCELLENT, reason="误")
    settling = {"correction_id": asked, "version": version_of_correction(world, asked)}
    with pytest.raises(Refused, match="review_second_person"):
        do(world.worker, settle_review_correction, **settling, accept=True)
    do(world.secretary, settle_review_correction, **settling, accept=True)

    found = line_at(world, opened, 1)
    assert (found.grade, found.holds, found.told_on) == (G.QUALIFIED, G.BASIC, None)
    dropped = do(world.worker, ask_review_correction, **seen(found), grade=G.EXCELLENT, reason="再看")
    do(world.worker, settle_review_correction, correction_id=dropped, version=1, accept=False)
    assert line_at(world, opened, 1).holds is G.BASIC


def test_a_member_writes_the_own_words_and_reads_the_own_result_only(world: World) -> None:
    member = world[Role.VOLUNTEER]
    opened = opened_review(world)
    with as_system("test") as session:
        session.get_one(ReviewedMember, line_at(world, opened).id).account_id = member.id
    with reading(member) as session:
        (own,) = own_reviews(session, member.id)
    do(member, write_self, reviewed_id=own.id, version=own.version, words="每月送学上门。")
    with pytest.raises((NotPermitted, NotFound)):
        do(member, write_self, **seen(line_at(world, opened, 1)), words="不是我的")
    with pytest.raises(NotPermitted):
        do(world[Role.COUNCIL_MEMBER], write_self, **seen(line_at(world, opened, 1)), words="不是我的")
    assert not line_at(world, opened).for_member

    graded(world, opened, *THREE)
    with reading(member) as session:
        assert own_reviews(session, member.id)[0].grade is None
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="")
    do(world.secretary, confirm_closing, **at_review(world, opened))
    with reading(member) as session:
        assert [one.grade for one in own_reviews(session, member.id)] == [G.EXCELLENT]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TEAM_LEADER, Role.SUBDISTRICT_ADMIN, Role.AUDITOR])
def test_nobody_else_grades(world: World, role: Role) -> None:
    line = counted(world, opened_review(world))

    with pytest.raises(NotPermitted):
        do(world[role], grade_member, **seen(line), grade=G.QUALIFIED, reason="")


def test_only_counts_are_kept_of_a_ballot() -> None:
    columns = {column.key for column in ReviewTally.__table__.columns}

    assert columns - {name.value for name in G} == {
        "id", "version", "community_id", "account_id", "reviewed_id", "handed_out", "returned", "valid", "counted_by",
        "counted_name", "counted_at", "checked_by", "checked_name", "checked_at",
    }  # fmt: skip


def test_the_list_of_reviews_tells_how_far_each_is(world: World) -> None:
    opened = opened_review(world)
    counted(world, opened)

    with reading(world.secretary) as session:
        (found,) = reviews(session).rows
    assert (found.members, found.due, found.spoken, found.counted, found.graded) == (3, 3, 1, 1, 0)
    with reading(world.other_secretary) as session:
        assert reviews(session).rows == ()
    assert replace(found, id=opened) == found
