"""民主评议党员: a branch reviews its members once a year, from frozen list to notice. A2-18 of docs/domain.md."""

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document

from components.commitments.review_papers import ballots, notices, registers, summary
from db.actions.commitments.keeping import mark_kept
from db.actions.commitments.review import (
    confirm_closing,
    grade_member,
    open_review,
    propose_closing,
    write_peers,
    write_self,
)
from db.actions.commitments.review_after import mark_told
from db.actions.members.links import link_member
from db.engine import reading
from db.errors import BadInput
from db.queries.commitments.own_review import own_reviews
from db.queries.commitments.review import evidence_of
from db.terms import MemberLink, ReviewGrade, ReviewStep, Role, WitnessKind
from tests.builders.commitments import a_promise, at_review, counted, line_at, seen, the_card
from tests.builders.members import a_branch, a_party_member
from tests.builders.world import TODAY, World, do

G = ReviewGrade


def printed(document: Callable[[], bytes]) -> str:
    made = Document(BytesIO(document()))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def test_a_branch_reviews_its_members_with_the_record_beside_the_grade(world: World) -> None:
    # Promises were kept in the year; then the branch opens the review and the list is frozen.
    member, branch = world[Role.VOLUNTEER], a_branch(world)
    first = a_party_member(world, branch, "安守信")
    do(world.secretary, link_member, member_id=first, what=MemberLink.ACCOUNT, other_id=member.id)
    for name in ("白建国", "曹春兰"):
        a_party_member(world, branch, name)
    promise = a_promise(world, first)
    do(world.worker, mark_kept, commitment_id=promise, on=TODAY, witness=WitnessKind.RESIDENT, witness_name="刘奶奶",
       people=3)  # fmt: skip
    opened = do(world.secretary, open_review, branch_id=branch, year=2026)

    # 个人自评 on the phone, 党员互评 in the meeting, 民主测评 on paper: counts only.
    with reading(member) as session:
        (own,) = own_reviews(session, member.id)
    do(member, write_self, reviewed_id=own.id, version=own.version, words="送学上门每月一次，学习笔记不全。")
    do(world.worker, write_peers, **seen(line_at(world, opened)), words="肯帮忙，话少。")
    slips = Document(BytesIO(ballots(the_card(world, opened, whole=True))()))
    assert [len(table.rows) * len(table.columns) for table in slips.tables] == [8, 8, 8]
    for at in range(3):
        line = counted(world, opened, at)
        assert line.step is ReviewStep.GRADE
        assert line.grade is None

    # 组织评定 by hand, with the facts beside it; more than a third asks for a reason.
    with reading(world.secretary) as session:
        facts = evidence_of(session, [first], 2026, today=TODAY)[first]
    assert (facts.figures.kept, facts.figures.sessions, facts.figures.people) == (1, 1, 3)
    for at, grade in enumerate((G.EXCELLENT, G.EXCELLENT, G.QUALIFIED)):
        do(world.secretary, grade_member, **seen(line_at(world, opened, at)), grade=grade, reason="")
    with pytest.raises(BadInput):
        do(world.worker, propose_closing, **at_review(world, opened), many_reason="")
    do(world.worker, propose_closing, **at_review(world, opened), many_reason="本年防汛，两人表现突出")
    do(world.secretary, confirm_closing, **at_review(world, opened))

    # The result goes back to the person; papers stand in the order of names.
    with reading(member) as session:
        assert [one.grade for one in own_reviews(session, member.id)] == [G.EXCELLENT]
    do(world.worker, mark_told, reviewed_ids=[own.id])
    card = the_card(world, opened, whole=True)
    sheet = printed(summary(card))
    assert sheet.index("安守信") < sheet.index("白建国") < sheet.index("曹春兰")
    assert "本年防汛" in sheet
    register = printed(registers(card, card.members[:1], {}))
    assert "送学上门每月一次" in register
    assert "3 人次" in register
    assert "安守信" in register
    assert "上级党组织意见" in register
    notice = printed(notices(card, card.members[:1]))
    assert "您的评定等次为：优秀" in notice
    assert "白建国" not in notice
