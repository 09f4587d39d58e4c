"""民主评议党员: last year's review of one branch, closed, and this year's of another (docs/domain.md 10.5)."""

from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from db.demo import days
from db.demo.frame import Area, Demo
from db.models import Branch, Member, ReviewCorrection, ReviewedMember, ReviewTally, YearlyReview
from db.rules.commitments.quarter import Figures
from db.rules.commitments.review import Evidence
from db.terms import ReviewGrade, ReviewStanding, ReviewState, Verdict

SELF = ("按月参加学习，承诺的事做到了", "上门服务做得勤，学习抓得不够紧", "长期出差，参加活动少，今年补上")
PEERS = ("肯帮忙，居民都认得", "说话急，要多听别人的", "")


def tell(demo: Demo) -> None:
    """Write it for the rich community, after members and their promises."""
    demo.bulk.flush()
    for area in demo.areas:
        if area.rich:
            _tell(demo, area)


def _tell(demo: Demo, area: Area) -> None:
    rng: Random = demo.rng("review", area.code)
    query = (
        select(Member.id, Member.account_id, Member.branch_id, Member.name, Member.full_on, Branch.name.label("branch"))
        .join(Branch, Branch.id == Member.branch_id)
        .where(Member.community_id == area.id, Member.ended_on.is_(None), Member.merged_into_id.is_(None))
        .where(Branch.closed_on.is_(None))
        .order_by(Member.account_id.is_(None), Member.id)
    )
    by_branch: dict[int, list[Any]] = {}
    for member in demo.bulk.connection.execute(query):
        by_branch.setdefault(member.branch_id, []).append(member)
    branches = [(branch, members) for branch, members in by_branch.items() if len(members) >= 4]
    if branches:
        _review(demo, area, rng, *branches[0], closed=True)
    if len(branches) > 1:
        _review(demo, area, rng, *branches[1], closed=False)


def _review(demo: Demo, area: Area, rng: Random, branch_id: int, members: list[Any], *, closed: bool) -> None:
    year = demo.today.year - 1 if closed else demo.today.year
    opened = date(year, 12, 5) if closed else demo.today - timedelta(days=6)
    over = days.at(opened + timedelta(days=20), 15)
    review_id = demo.bulk.new_id(YearlyReview)
    demo.bulk.add(
        YearlyReview, id=review_id, community_id=area.id, branch_id=branch_id,
        branch_name=members[0].branch, year=year,
        state=ReviewState.CLOSED if closed else ReviewState.OPEN, opened_on=opened, opened_by=area.workers[0],
        opened_at=days.at(opened, 9), proposed_by=area.workers[0] if closed else None,
        proposed_at=over if closed else None, closed_by=area.secretary if closed else None,
        closed_at=over if closed else None,
    )  # fmt: skip
    for at, member in enumerate(members):
        probationary = member.full_on is None or member.full_on > opened
        _line(demo, area, rng, review_id, opened, member, at, of=len(members), closed=closed, due=not probationary)


def _line(
    demo: Demo, area: Area, rng: Random, review_id: int, opened: date, member: Any, at: int, *, of: int, closed: bool,
    due: bool,
) -> None:  # fmt: skip
    """A closed line has everything; of a running one the first third waits, the last third is graded."""
    line_id = demo.bulk.new_id(ReviewedMember)
    spoke, graded = closed or at % 3 > 0, due and (closed or at % 3 == 2)
    grade = ReviewGrade.EXCELLENT if at % 5 == 0 else ReviewGrade.QUALIFIED
    if closed and at == 3:
        grade = ReviewGrade.BASIC
    when = days.at(opened + timedelta(days=3), 14)
    facts = Evidence(Figures(12, 10 + rng.randrange(3), 12, 30, 360), 3, {Verdict.GOOD: 1})
    demo.bulk.add(
        ReviewedMember, id=line_id, community_id=area.id, account_id=member.account_id, review_id=review_id,
        member_id=member.id, standing=ReviewStanding.DUE if due else ReviewStanding.PROBATIONARY,
        name=member.name if closed else None, self_words=SELF[at % len(SELF)] if spoke else "",
        self_by=(member.account_id or area.workers[0]) if spoke else None, self_at=when if spoke else None,
        peer_words=PEERS[at % len(PEERS)] if spoke else "", grade=grade if graded else None,
        grade_reason="两次缺席组织生活没有请假" if graded and grade is ReviewGrade.BASIC else "",
        graded_by=area.secretary if graded else None, graded_at=when if graded else None,
        evidence=facts.plain() if closed else {}, told_on=opened + timedelta(days=25) if closed and graded else None,
    )  # fmt: skip
    if not due or not spoke:
        return
    low = 1 if grade is ReviewGrade.BASIC else 0
    excellent = rng.randrange(1, of - low)
    demo.bulk.add(
        ReviewTally, community_id=area.id, account_id=member.account_id, reviewed_id=line_id, handed_out=of,
        returned=of, valid=of, excellent=excellent, qualified=of - excellent - low, basic=low, unqualified=0,
        counted_by=area.workers[0], counted_at=when, checked_by=area.secretary if graded else None,
        checked_at=when if graded else None,
    )  # fmt: skip
    if closed and at == 3 and graded:
        demo.bulk.add(
            ReviewCorrection, community_id=area.id, account_id=member.account_id, reviewed_id=line_id,
            grade=ReviewGrade.QUALIFIED, reason="补交了请假条，经核实", asked_by=area.workers[0],
            asked_at=days.at(opened + timedelta(days=24), 10), accepted=True, settled_by=area.secretary,
            settled_at=days.at(opened + timedelta(days=24), 16),
        )  # fmt: skip
