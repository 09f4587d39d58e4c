"""Yearly reviews of a branch, through the real actions."""

from typing import Any

from db.actions.commitments.review import (
    check_tally,
    confirm_closing,
    enter_tally,
    grade_member,
    open_review,
    propose_closing,
    write_self,
)
from db.engine import reading
from db.models import ReviewCorrection, ReviewTally, YearlyReview
from db.queries.commitments.review import ReviewCard, ReviewedRow, review
from db.terms import ReviewGrade
from tests.builders.members import a_branch, a_party_member
from tests.builders.world import World, do, row

NAMES = ("安守信", "白建国", "曹春兰")
COUNTS = {"handed_out": 3, "returned": 3, "valid": 3, "excellent": 1, "qualified": 2}


def opened_review(world: World, names: tuple[str, ...] = NAMES, **more: Any) -> int:
    """The review of this year of a new branch with these full members; the id."""
    branch = a_branch(world)
    for name in names:
        a_party_member(world, branch, name)
    opened: int = do(world.secretary, open_review, **{"branch_id": branch, "year": 2026} | more)
    return opened


def the_card(world: World, review_id: int, **more: Any) -> ReviewCard:
    """As the secretary reads it."""
    with reading(world.secretary) as session:
        found = review(session, review_id, account_id=world.secretary.id, **more)
    assert found is not None
    return found


def line_at(world: World, review_id: int, at: int = 0) -> ReviewedRow:
    """A line of the list in the order of names."""
    return the_card(world, review_id).members[at]


def seen(line: ReviewedRow) -> dict[str, int]:
    """What a form names first."""
    return {"reviewed_id": line.id, "version": line.version}


def spoken(world: World, review_id: int, at: int = 0) -> ReviewedRow:
    """Somebody's own words, written down by staff."""
    do(world.worker, write_self, **seen(line_at(world, review_id, at)), words="按月参加学习，做楼组服务。")
    return line_at(world, review_id, at)


def counted(world: World, review_id: int, at: int = 0, *, checked: bool = True, **counts: int) -> ReviewedRow:
    """Somebody's ballots, counted by the worker and checked by the secretary."""
    spoken(world, review_id, at)
    tally = do(world.worker, enter_tally, reviewed_id=line_at(world, review_id, at).id, **(COUNTS | counts))
    if checked:
        do(world.secretary, check_tally, tally_id=tally, version=row(world, ReviewTally, tally).version)
    return line_at(world, review_id, at)


def graded(world: World, review_id: int, *grades: ReviewGrade) -> None:
    """Everybody's grade, in the order of names."""
    for at, grade in enumerate(grades):
        line = counted(world, review_id, at)
        reason = "两次无故缺席组织生活" if grade in (ReviewGrade.BASIC, ReviewGrade.UNQUALIFIED) else ""
        do(world.secretary, grade_member, **seen(line), grade=grade, reason=reason)


def at_review(world: World, review_id: int) -> dict[str, int]:
    """What a form about the review names first."""
    return {"review_id": review_id, "version": row(world, YearlyReview, review_id).version}


def closed_review(world: World, *grades: ReviewGrade) -> int:
    """A review of three that was proposed by the worker and confirmed by the secretary; the id."""
    opened = opened_review(world)
    graded(world, opened, *(grades or (ReviewGrade.EXCELLENT, ReviewGrade.QUALIFIED, ReviewGrade.QUALIFIED)))
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="本年抢险任务重")
    do(world.secretary, confirm_closing, **at_review(world, opened))
    return opened


def version_of_correction(world: World, correction_id: int) -> int:
    return int(row(world, ReviewCorrection, correction_id).version)
