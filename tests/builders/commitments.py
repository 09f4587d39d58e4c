"""Party members on the roll, and their promises."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from db.actions.commitments.commitments import (
    approve_commitment,
    follow_the_days,
    publish_commitments,
    submit_commitment,
    write_commitment,
)
from db.actions.commitments.review import (
    check_tally,
    confirm_closing,
    enter_tally,
    grade_member,
    open_review,
    propose_closing,
    write_self,
)
from db.actions.commitments.sheets import draft_sheets
from db.actions.commitments.wall import give_codes
from db.engine import as_system, reading, reading_as_system
from db.models import (
    Branch,
    Commitment,
    Member,
    MemberStay,
    QuarterSheet,
    ReviewCorrection,
    ReviewTally,
    WallCode,
    YearlyReview,
)
from db.queries.commitments.review import ReviewCard, ReviewedRow, review
from db.terms import BranchKind, CommitmentState, MemberKind, PromiseRhythm, ReviewGrade
from tests.builders.members import a_branch as found_here
from tests.builders.members import a_party_member
from tests.builders.world import NOW, TODAY, World, do, row

LESSON: dict[str, Any] = {
    "whom": "3 名老年党员", "what": "送学习材料上门并讲解", "rhythm": PromiseRhythm.MONTHLY, "times": 1,
    "starts_on": date(2026, 1, 1), "until": date(2026, 12, 31), "measure": "次",
}  # fmt: skip


def a_branch(world: World, name: str = "第一党支部") -> int:
    with as_system("test") as session:
        branch = Branch(community_id=world.here, name=name, kind=BranchKind.COMMUNITY, since=date(2020, 1, 1))
        session.add(branch)
        session.flush()
        return branch.id


def on_the_roll(world: World, number: str = "LL-M0001", *, account_id: int | None = None, **more: Any) -> int:
    """A member on the roll; the id."""
    branch_id = more.pop("branch_id", None) or a_branch(world, f"党支部{number}")
    with as_system("test") as session:
        member = Member(
            community_id=world.here,
            number=number,
            name=f"党员{number[-2:]}",
            branch_id=branch_id,
            kind=MemberKind.EMPLOYED,
            joined_on=date(1996, 3, 5),
            skills=[],
            account_id=account_id,
            **more,
        )
        session.add(member)
        session.flush()
        stay = MemberStay(community_id=world.here, member_id=member.id, branch_id=branch_id, since=date(2020, 1, 1))
        session.add(stay)
        return member.id


def a_promise(world: World, member_id: int | None = None, *, state: CommitmentState = CommitmentState.KEEPING,
              **words: Any) -> int:  # fmt: skip
    """A promise that staff wrote down for a member, brought to a state on the way to being kept; the id."""
    member = member_id or on_the_roll(world)
    number: int = do(world.worker, write_commitment, member_id=member, **(LESSON | words))
    if state is CommitmentState.DRAFT:
        return number
    do(world.worker, submit_commitment, commitment_id=number, version=version_of(number))
    if state is CommitmentState.SUBMITTED:
        return number
    do(world.secretary, approve_commitment, commitment_id=number, version=version_of(number), word="")
    if state is CommitmentState.APPROVED:
        return number
    # It stands on the wall from its first day on, as far as that is not ahead.
    begun = min(the_promise(number).starts_on or TODAY, TODAY)
    do(world.secretary, publish_commitments, commitment_ids=[number], now=NOW - (TODAY - begun))
    return number


def version_of(commitment_id: int) -> int:
    return the_promise(commitment_id).version


def the_promise(commitment_id: int) -> Commitment:
    with reading_as_system("test") as session:
        found = session.get(Commitment, commitment_id)
        assert found is not None
        return found


def to_judge(world: World, member_id: int | None = None) -> int:
    """A promise of two months whose days are over on the day of the tests; the id."""
    until = TODAY - timedelta(days=1)
    number = a_promise(world, member_id, starts_on=date(2026, 1, 1), until=until)
    do(world.worker, follow_the_days)
    return number


def a_sheet(world: World, member_id: int | None = None, *, first: date = date(2026, 1, 1)) -> int:
    """The drafted sheet of a member with a promise; the id."""
    member = member_id or on_the_roll(world)
    a_promise(world, member)
    do(world.worker, draft_sheets, first=first)
    with reading_as_system("test") as session:
        return session.scalars(select(QuarterSheet.id).where(QuarterSheet.member_id == member)).one()


def a_code(world: World) -> str:
    """The newest code of the wall, after one was given to everybody who has none."""
    do(world.secretary, give_codes)
    with reading_as_system("test") as session:
        return session.scalars(select(WallCode.code).order_by(WallCode.id.desc())).first() or ""


# --- the yearly review ------------------------------------------------------------------------------------------


NAMES = ("安守信", "白建国", "曹春兰")
COUNTS = {"handed_out": 3, "returned": 3, "valid": 3, "excellent": 1, "qualified": 2}


def opened_review(world: World, names: tuple[str, ...] = NAMES, **more: Any) -> int:
    """The review of this year of a new branch with these full members; the id."""
    branch = found_here(world)
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
    """Somebody's ballots, counted by the worker and checked by the secretary; own words that are there stay."""
    if not line_at(world, review_id, at).self_words:
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
