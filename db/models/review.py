"""民主评议党员, the yearly review of a branch: the frozen list, the counts of the secret ballot, what was corrected."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    OwnedByAccount,
    Short,
    Versioned,
    coded,
    copied,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import ReviewGrade, ReviewStanding, ReviewState

ABOUT_A_MEMBER = "about a member, not a resident"


class YearlyReview(InCommunity, Versioned, Model):
    """One review of a branch and a year. Its life is `db.rules.commitments.review`."""

    __tablename__ = "yearly_review"
    __table_args__ = (
        UniqueConstraint("branch_id", "year"),
        Index("ix_yearly_review_listed", "community_id", "year", "id"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("closed_by IS NULL OR closed_by <> proposed_by", name="second_person"),
    )

    id: Mapped[Id]
    branch_id: Mapped[int] = reference("branch.id", index=False)
    branch_name: Mapped[Short] = public()
    """As the branch was called on the day of opening."""
    year: Mapped[int]
    state: Mapped[ReviewState] = stored_enum(ReviewState, default=ReviewState.OPEN)
    opened_on: Mapped[date]
    """The list is frozen as of this day."""
    opened_by: Mapped[int] = reference("account.id")
    opened_at: Mapped[datetime]
    many_reason: Mapped[Line] = said(default="", kept=ABOUT_A_MEMBER)
    """Why more than a third are 优秀."""
    proposed_by: Mapped[int | None] = reference("account.id", nullable=True)
    proposed_name: Mapped[str] = copied("proposed_by")
    proposed_at: Mapped[datetime | None]
    returned_word: Mapped[Line] = said(default="", kept=ABOUT_A_MEMBER)
    closed_by: Mapped[int | None] = reference("account.id", nullable=True)
    closed_name: Mapped[str] = copied("closed_by")
    closed_at: Mapped[datetime | None]


class ReviewedMember(InCommunity, OwnedByAccount, Versioned, Model):
    """One line of the list: what the member and the others said, and the grade that the branch set by hand."""

    __tablename__ = "reviewed_member"
    __table_args__ = (
        UniqueConstraint("review_id", "member_id"),
        Index("ix_reviewed_member_member", "member_id"),
        CheckConstraint("grade IS NULL OR standing = 'due'", name="graded_when_due"),
    )

    id: Mapped[Id]
    review_id: Mapped[int] = reference("yearly_review.id", index=False)
    member_id: Mapped[int] = reference("member.id", index=False)
    standing: Mapped[ReviewStanding] = stored_enum(ReviewStanding)
    standing_word: Mapped[Line] = said(default="", kept=ABOUT_A_MEMBER)
    """Why somebody is excused."""
    added_on: Mapped[date | None]
    """Came to the branch after the list was frozen, found on this day."""
    gone_on: Mapped[date | None]
    """Stood in the branch no more, found on this day."""
    name: Mapped[str | None] = encrypted(nullable=True)
    """As it was on the day of closing; empty before, and after an erasure."""
    self_words: Mapped[str] = said(1000, default="", kept=ABOUT_A_MEMBER)
    self_by: Mapped[int | None] = reference("account.id", nullable=True)
    self_at: Mapped[datetime | None]
    peer_words: Mapped[str] = said(1000, default="", kept=ABOUT_A_MEMBER)
    """What was said in the meeting, without who said it."""
    grade: Mapped[ReviewGrade | None] = stored_enum(ReviewGrade, nullable=True)
    grade_reason: Mapped[Line] = said(default="", kept=ABOUT_A_MEMBER)
    graded_by: Mapped[int | None] = reference("account.id", nullable=True)
    graded_name: Mapped[str] = copied("graded_by")
    graded_at: Mapped[datetime | None]
    evidence: Mapped[dict[str, Any]] = coded(default=dict)
    """The facts of the record as they stood on closing; empty before."""
    told_on: Mapped[date | None]
    """The result was told to the member."""


class ReviewTally(InCommunity, OwnedByAccount, Versioned, Model):
    """民主测评 of one member: counts only, from paper, by one person and checked by another; no voter, no ballot."""

    __tablename__ = "review_tally"
    __table_args__ = (
        UniqueConstraint("reviewed_id"),
        CheckConstraint("checked_by IS NULL OR checked_by <> counted_by", name="second_person"),
        CheckConstraint(
            "excellent >= 0 AND qualified >= 0 AND basic >= 0 AND unqualified >= 0 AND handed_out >= 1", name="counts"
        ),
        CheckConstraint(
            "excellent + qualified + basic + unqualified = valid AND valid <= returned AND returned <= handed_out",
            name="fit",
        ),
    )

    id: Mapped[Id]
    reviewed_id: Mapped[int] = reference("reviewed_member.id", index=False)
    handed_out: Mapped[int]
    returned: Mapped[int]
    valid: Mapped[int]
    excellent: Mapped[int]
    qualified: Mapped[int]
    basic: Mapped[int]
    unqualified: Mapped[int]
    counted_by: Mapped[int] = reference("account.id")
    counted_name: Mapped[str] = copied("counted_by")
    counted_at: Mapped[datetime]
    checked_by: Mapped[int | None] = reference("account.id", nullable=True)
    checked_name: Mapped[str] = copied("checked_by")
    checked_at: Mapped[datetime | None]


class ReviewCorrection(InCommunity, OwnedByAccount, Versioned, Model):
    """Another grade after the review was closed: a line of its own with its reason, by two people."""

    __tablename__ = "review_correction"
    __table_args__ = (
        Index("ix_review_correction_reviewed", "reviewed_id", "id"),
        Index(
            "uq_review_correction_open", "reviewed_id", unique=True,
            sqlite_where=text("settled_at IS NULL"), postgresql_where=text("settled_at IS NULL"),
        ),
        CheckConstraint("NOT accepted OR (settled_by IS NOT NULL AND settled_by <> asked_by)", name="second_person"),
    )  # fmt: skip

    id: Mapped[Id]
    reviewed_id: Mapped[int] = reference("reviewed_member.id", index=False)
    grade: Mapped[ReviewGrade] = stored_enum(ReviewGrade)
    reason: Mapped[Line] = said(kept=ABOUT_A_MEMBER)
    asked_by: Mapped[int] = reference("account.id")
    asked_name: Mapped[str] = copied("asked_by")
    asked_at: Mapped[datetime]
    accepted: Mapped[bool] = mapped_column(default=False)
    """False while it waits, and when it was dropped."""
    settled_by: Mapped[int | None] = reference("account.id", nullable=True)
    settled_name: Mapped[str] = copied("settled_by")
    settled_at: Mapped[datetime | None]
