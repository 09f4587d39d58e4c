"""民主评议党员 as it is read: the reviews of a branch, one with its list, the facts beside a grade, one's own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, case, func, select
from sqlalchemy.orm import Session

from db.models import (
    Branch,
    Commitment,
    Member,
    QuarterSheet,
    ReviewCorrection,
    ReviewedMember,
    ReviewTally,
    YearlyReview,
)
from db.queries.commitments.quarter import record_in
from db.queries.members.active import active_members
from db.queries.paging import ROWS, Page
from db.rules.commitments import review as rule
from db.rules.commitments.review import Evidence, OnList, OnRoll, RollMove, evidence_from, year_window
from db.rules.masking import masked_name, redact
from db.rules.search import sounds_of_name
from db.scope import UNSCOPED
from db.terms import ReviewGrade, ReviewStanding, ReviewState, ReviewStep, SheetState, Verdict

CONFIRMED = (SheetState.CONFIRMED, SheetState.REVIEWED, SheetState.POSTED)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review in the list: how far it is, without anybody's grade."""

    id: int
    branch: str
    year: int
    state: ReviewState
    opened_on: date
    members: int
    due: int
    spoken: int
    counted: int
    graded: int
    """Of those due; the three are counted apart."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of the ballots on one member, and who counted and checked them."""

    id: int
    version: int
    handed_out: int
    returned: int
    valid: int
    counts: tuple[tuple[ReviewGrade, int], ...]
    counted_by: str
    checked_by: str
    """Empty until somebody else checked them."""
    own: bool
    """Whether the reader counted them: somebody else checks."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of correction; one that nobody settled waits."""

    id: int
    version: int
    grade: ReviewGrade
    reason: str
    asked_by: str
    asked_at: datetime
    accepted: bool
    settled_by: str
    waits: bool
    own: bool
    """Whether the reader asked for it: somebody else accepts."""


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A line of the list with everything that only the branch reads."""

    id: int
    version: int
    member_id: int
    number: str
    member: str
    """Masked; on paper `printed`."""
    printed: str
    """The whole name; empty unless it was asked for."""
    joined_on: date
    standing: ReviewStanding
    standing_word: str
    added_on: date | None
    gone_on: date | None
    self_words: str
    for_member: bool
    """Written down by staff."""
    peer_words: str
    tally: Tally | None
    grade: ReviewGrade | None
    grade_reason: str
    graded_by: str
    corrections: tuple[Correction, ...]
    evidence: Evidence | None
    """As it stood on closing."""
    told_on: date | None
    step: ReviewStep
    own: bool
    """The reader's own line: somebody else grades."""

    @property
    def holds(self) -> ReviewGrade | None:
        """The grade that holds: as it was closed, or as it was corrected last."""
        return next((one.grade for one in reversed(self.corrections) if one.accepted), self.grade)


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """One review whole, its list in the order of names."""

    id: int
    version: int
    branch_id: int
    branch: str
    year: int
    state: ReviewState
    opened_on: date
    many_reason: str
    returned_word: str
    proposed_by: str
    closed_by: str
    closed_at: datetime | None
    members: tuple[ReviewedRow, ...]
    own: bool
    """Whether the reader proposed to close it: somebody else confirms."""

    @property
    def may_vote(self) -> int:
        return rule.may_vote(one.standing for one in self.members)

    @property
    def grades(self) -> tuple[ReviewGrade, ...]:
        """The grades that hold, in no order of persons."""
        return tuple(one.holds for one in self.members if one.holds is not None)

    @property
    def waiting(self) -> tuple[ReviewedRow, ...]:
        """Those because of whom it cannot be closed yet."""
        return tuple(one for one in self.members if rule.holds_up(one.standing, one.step))


def reviews(session: Session, *, branch_id: int | None = None, before: int | None = None) -> Page[ReviewRow]:
    """The reviews within reach, those opened last first; two statements."""
    query = select(YearlyReview).order_by(YearlyReview.id.desc())
    if branch_id is not None:
        query = query.where(YearlyReview.branch_id == branch_id)
    if before is not None:
        query = query.where(YearlyReview.id < before)
    found = session.scalars(query.limit(ROWS + 1)).all()
    due = ReviewedMember.standing == ReviewStanding.DUE
    counted = (
        select(
            ReviewedMember.review_id,
            _number(ReviewedMember.standing.in_(rule.TAKES_PART)).label("members"),
            _number(due).label("due"),
            _number(and_(due, ReviewedMember.self_at.is_not(None))).label("spoken"),
            _number(and_(due, ReviewTally.checked_at.is_not(None))).label("counted"),
            _number(and_(due, ReviewedMember.grade.is_not(None))).label("graded"),
        )
        .outerjoin(ReviewTally, ReviewTally.reviewed_id == ReviewedMember.id)
        .where(ReviewedMember.review_id.in_([one.id for one in found]))
        .group_by(ReviewedMember.review_id)
    )
    numbers = {row.review_id: row for row in session.execute(counted)}
    rows = tuple(
        ReviewRow(
            one.id, one.branch_name, one.year, one.state, one.opened_on,
            *(int(getattr(numbers.get(one.id), name, 0)) for name in _NUMBERS),
        )
        for one in found[:ROWS]
    )  # fmt: skip
    return Page(rows, len(found) > ROWS)


_NUMBERS = ("members", "due", "spoken", "counted", "graded")


def _number(of: Any) -> Any:
    return func.sum(case((of, 1), else_=0))


def branches_to_open(session: Session, year: int) -> Mapping[int, str]:
    """Open branches within reach that have no review of a year yet."""
    there = select(YearlyReview.branch_id).where(YearlyReview.year == year)
    query = select(Branch.id, Branch.name).where(Branch.closed_on.is_(None), Branch.id.not_in(there))
    return dict(session.execute(query.order_by(Branch.name).limit(200)).all())


def review(session: Session, review_id: int, *, account_id: int, whole: bool = False) -> ReviewCard | None:
    """One review within reach, or None; five statements. `whole` names are for papers that are fetched by hand."""
    found = session.scalars(select(YearlyReview).where(YearlyReview.id == review_id)).first()
    if found is None:
        return None
    lines = session.scalars(select(ReviewedMember).where(ReviewedMember.review_id == found.id)).all()
    ids = [one.id for one in lines]
    tallies = {
        one.reviewed_id: one for one in session.scalars(select(ReviewTally).where(ReviewTally.reviewed_id.in_(ids)))
    }
    corrections: dict[int, list[ReviewCorrection]] = defaultdict(list)
    asked = select(ReviewCorrection).where(ReviewCorrection.reviewed_id.in_(ids)).order_by(ReviewCorrection.id)
    for one in session.scalars(asked):
        corrections[one.reviewed_id].append(one)
    # The line was reached within the scope; its member may stand in another community by now.
    named = select(Member.id, Member.number, Member.name, Member.joined_on).where(
        Member.id.in_([one.member_id for one in lines])
    )
    members = {row.id: row for row in session.execute(named, execution_options=UNSCOPED)}
    listed = sorted(
        ((line, members[line.member_id], _called(found, line, members[line.member_id].name)) for line in lines),
        key=lambda one: (min(sounds_of_name(one[2]), default=()), one[1].number),
    )
    return ReviewCard(
        id=found.id,
        version=found.version,
        branch_id=found.branch_id,
        branch=found.branch_name,
        year=found.year,
        state=found.state,
        opened_on=found.opened_on,
        many_reason=redact(found.many_reason),
        returned_word=redact(found.returned_word),
        proposed_by=found.proposed_name,
        closed_by=found.closed_name,
        closed_at=found.closed_at,
        members=tuple(
            _row(line, member, name, tallies.get(line.id), corrections[line.id], account_id, whole=whole)
            for line, member, name in listed
        ),
        own=found.proposed_by == account_id,
    )


def _called(review: YearlyReview, line: ReviewedMember, name: str) -> str:
    """A closed review keeps the name of its day; one that was wiped stays without."""
    return (line.name or "") if review.state is ReviewState.CLOSED else name


def _row(
    line: ReviewedMember, member: Row[int, str, str, date], name: str, tally: ReviewTally | None,
    corrections: Sequence[ReviewCorrection], account_id: int, *, whole: bool,
) -> ReviewedRow:  # fmt: skip
    return ReviewedRow(
        id=line.id,
        version=line.version,
        member_id=line.member_id,
        number=member.number,
        member=masked_name(name),
        printed=name if whole else "",
        joined_on=member.joined_on,
        standing=line.standing,
        standing_word=redact(line.standing_word),
        added_on=line.added_on,
        gone_on=line.gone_on,
        self_words=redact(line.self_words),
        for_member=line.self_by is not None and line.self_by != line.account_id,
        peer_words=redact(line.peer_words),
        tally=None if tally is None else _tally(tally, account_id),
        grade=line.grade,
        grade_reason=redact(line.grade_reason),
        graded_by=line.graded_name,
        corrections=tuple(
            Correction(
                one.id, one.version, one.grade, redact(one.reason), one.asked_name, one.asked_at, one.accepted,
                one.settled_name, one.settled_at is None, one.asked_by == account_id,
            )
            for one in corrections
        ),
        evidence=evidence_from(line.evidence) if line.evidence else None,
        told_on=line.told_on,
        step=step_of(line, tally),
        own=line.account_id == account_id,
    )  # fmt: skip


def _tally(one: ReviewTally, account_id: int) -> Tally:
    counts = tuple((grade, int(getattr(one, grade.value))) for grade in ReviewGrade)
    return Tally(
        one.id, one.version, one.handed_out, one.returned, one.valid, counts, one.counted_name, one.checked_name,
        one.counted_by == account_id,
    )  # fmt: skip


def step_of(line: ReviewedMember, tally: ReviewTally | None) -> ReviewStep:
    """What comes next for one member."""
    return rule.next_step(
        line.standing,
        spoke=line.self_at is not None,
        counted=tally is not None,
        checked=tally is not None and tally.checked_at is not None,
        graded=line.grade is not None,
    )


def moves_of(
    session: Session, branch_id: int, opened_on: date, listed: Iterable[OnList], *, today: date
) -> tuple[RollMove, ...]:
    """What the roll did since the list was frozen and the list does not say yet; three statements."""
    lines = tuple(listed)
    here = {one.id for one in active_members(session, today, branch_id=branch_id)}
    wanted = here | {one.member_id for one in lines}
    # Whoever moved stands in another community by now, where nothing but the place is read.
    query = select(Member.id, Member.full_on, Member.ended_on, Member.merged_into_id).where(Member.id.in_(wanted))
    roll = [
        OnRoll(
            row.id, row.id in here, probationary=row.full_on is None or opened_on < row.full_on,
            merged=row.merged_into_id is not None, ended=row.ended_on is not None,
        )
        for row in session.execute(query, execution_options=UNSCOPED)
    ]  # fmt: skip
    return rule.roll_moves(lines, roll)


def evidence_of(session: Session, member_ids: Sequence[int], year: int, *, today: date) -> dict[int, Evidence]:
    """Member → the facts of a year from the record; nine statements for all of them."""
    days = year_window(year)
    recorded = record_in(session, member_ids, days, today=today)
    people = select(Member.id, func.coalesce(Member.merged_into_id, Member.id).label("whose")).where(
        Member.id.in_(member_ids) | Member.merged_into_id.in_(member_ids)
    )
    entries = people.subquery()
    sheets = (
        select(entries.c.whose, QuarterSheet.state.label("what"), func.count().label("number"))
        .join(QuarterSheet, QuarterSheet.member_id == entries.c.id)
        .where(QuarterSheet.first.between(days.first, days.last), QuarterSheet.state.in_(CONFIRMED))
        .group_by(entries.c.whose, QuarterSheet.state)
    )
    confirmed: dict[int, int] = defaultdict(int)
    for row in session.execute(sheets, execution_options=UNSCOPED):
        confirmed[row.whose] += row.number
    verdicts: dict[int, dict[Verdict, int]] = defaultdict(dict)
    judged = (
        select(entries.c.whose, Commitment.verdict, func.count().label("number"))
        .join(Commitment, Commitment.member_id == entries.c.id)
        .where(Commitment.verdict.is_not(None), Commitment.year == year)
        .group_by(entries.c.whose, Commitment.verdict)
    )
    for row in session.execute(judged, execution_options=UNSCOPED):
        verdicts[row.whose][row.verdict] = row.number
    return {
        number: Evidence(recorded[number].figures, confirmed[number], verdicts.get(number, {}))
        for number in member_ids
    }  # fmt: skip
