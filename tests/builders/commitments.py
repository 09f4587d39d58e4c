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
from db.actions.commitments.sheets import draft_sheets
from db.actions.commitments.wall import give_codes
from db.engine import as_system, reading_as_system
from db.models import Branch, Commitment, Member, QuarterSheet, WallCode
from db.terms import BranchKind, CommitmentState, MemberKind, PromiseRhythm
from tests.builders.world import TODAY, World, do

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
    do(world.secretary, publish_commitments, commitment_ids=[number])
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
