"""What a member reads of the own review: the own words while it runs, the own result once it is closed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ReviewCorrection, ReviewedMember, YearlyReview
from db.rules.commitments import review as rule
from db.rules.masking import redact
from db.terms import ReviewGrade, ReviewStanding, ReviewState


@dataclass(frozen=True, slots=True)
class OwnReview:
    """What a member reads of the own review: while it runs the own words, afterwards the own result."""

    id: int
    version: int
    branch: str
    year: int
    state: ReviewState
    standing: ReviewStanding
    self_words: str
    grade: ReviewGrade | None
    grade_reason: str
    corrected: bool


def own_reviews(session: Session, account_id: int) -> tuple[OwnReview, ...]:
    """The reviews of the holder of an account: where words can be written, and the results of those that are closed."""
    query = (
        select(ReviewedMember, YearlyReview.branch_name, YearlyReview.year, YearlyReview.state)
        .join(YearlyReview, YearlyReview.id == ReviewedMember.review_id)
        .where(ReviewedMember.account_id == account_id, ReviewedMember.standing.in_(rule.TAKES_PART))
        .order_by(YearlyReview.id.desc())
        .limit(3)
    )
    found = session.execute(query).all()
    asked = (
        select(ReviewCorrection)
        .where(ReviewCorrection.reviewed_id.in_([row.ReviewedMember.id for row in found]))
        .where(ReviewCorrection.accepted.is_(True))
        .order_by(ReviewCorrection.id)
    )
    corrected = {one.reviewed_id: one for one in session.scalars(asked)} if found else {}
    rows = []
    for row in found:
        line: ReviewedMember = row.ReviewedMember
        closed, last = row.state is ReviewState.CLOSED, corrected.get(line.id)
        rows.append(
            OwnReview(
                id=line.id,
                version=line.version,
                branch=row.branch_name,
                year=row.year,
                state=row.state,
                standing=line.standing,
                self_words=redact(line.self_words),
                grade=(last.grade if last else line.grade) if closed else None,
                grade_reason=redact(last.reason if last else line.grade_reason) if closed else "",
                corrected=closed and last is not None,
            )
        )
    return tuple(rows)
