"""评诺, 季度亮绩, 政治生日: words on a promise by side, codes to give one by, sheets of a quarter, which birthday."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    InSubdistrict,
    Line,
    Model,
    OwnedByAccount,
    Versioned,
    coded,
    copied,
    reference,
    said,
    stored_enum,
    where_there,
)
from db.terms import JudgeSide, JudgeWay, PoliticalDay, SheetState, Verdict

NAMELESS = "who said it is not written down"


class CommitmentVerdict(InCommunity, OwnedByAccount, Versioned, Model):
    """评诺: how many of a side said the same in the same way. A wrong entry is struck out, never deleted."""

    __tablename__ = "commitment_verdict"
    __table_args__ = (
        Index("ix_commitment_verdict_commitment", "commitment_id", "id"),
        CheckConstraint("number BETWEEN 1 AND 500", name="number"),
        where_there("ix_commitment_verdict_follow", "follow_until"),
    )

    id: Mapped[Id]
    commitment_id: Mapped[int] = reference("commitment.id", index=False)
    side: Mapped[JudgeSide] = stored_enum(JudgeSide)
    way: Mapped[JudgeWay] = stored_enum(JudgeWay)
    verdict: Mapped[Verdict | None] = stored_enum(Verdict, nullable=True)
    """Empty: asked, and no answer."""
    number: Mapped[int]
    words: Mapped[Line] = said(default="", kept=NAMELESS)
    quotable: Mapped[bool] = mapped_column(default=False)
    """Whoever said it agreed that the words are printed, without a name."""
    at: Mapped[datetime]
    by: Mapped[int | None] = reference("account.id", nullable=True)
    """Who took it down; empty for what a resident gave on the plain page."""
    follow_until: Mapped[date | None]
    """A bad word is followed up until this day."""
    followed_at: Mapped[datetime | None]
    followed_by: Mapped[int | None] = reference("account.id", nullable=True)
    followed_word: Mapped[Line] = said(default="", kept="about a member, not a resident")
    struck_at: Mapped[datetime | None]
    struck_by: Mapped[int | None] = reference("account.id", nullable=True)
    struck_reason: Mapped[Line] = said(default="", kept="about a member, not a resident")


class VerdictCode(InCommunity, OwnedByAccount, Versioned, Model):
    """评诺码: lets whoever was served once judge that promise on a plain page. Only a keyed hash of the code is kept.

    It leads to no word, so that nobody reads here what the one who was visited on that day has said.
    """

    __tablename__ = "verdict_code"
    __table_args__ = (
        Index(
            "uq_verdict_code_standing", "keeping_id", unique=True,
            sqlite_where=text("revoked_at IS NULL"), postgresql_where=text("revoked_at IS NULL"),
        ),
        CheckConstraint("used_on IS NULL OR revoked_at IS NULL", name="one_end"),
    )  # fmt: skip

    id: Mapped[Id]
    commitment_id: Mapped[int] = reference("commitment.id")
    keeping_id: Mapped[int] = reference("keeping.id")
    code_hash: Mapped[str] = coded(32, unique=True, secret=True)
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    until: Mapped[date]
    """The last day on which it takes a word."""
    used_on: Mapped[date | None]
    """The day, never the hour: the hour would lead to the word."""
    revoked_at: Mapped[datetime | None]


class QuarterSheet(InCommunity, OwnedByAccount, Versioned, Model):
    """季度亮绩 of one member: the record while it is a draft, the figures as they stood once the member confirmed."""

    __tablename__ = "quarter_sheet"
    __table_args__ = (UniqueConstraint("member_id", "first"), Index("ix_quarter_sheet_first", "community_id", "first"))

    id: Mapped[Id]
    member_id: Mapped[int] = reference("member.id", index=False)
    branch_id: Mapped[int] = reference("branch.id")
    """Where the member stood when the sheet was drafted, whatever came later."""
    first: Mapped[date]
    """First day of the quarter."""
    state: Mapped[SheetState] = stored_enum(SheetState, default=SheetState.DRAFT)
    figures: Mapped[dict[str, Any]] = coded(default=dict)
    """Empty while it is a draft (`db.rules.commitments.quarter.Figures`)."""
    quotes: Mapped[list[str]] = said(default=list, kept=NAMELESS)
    example: Mapped[Line] = said(default="", kept="official wording that names no resident")
    confirmed_by: Mapped[int | None] = reference("account.id", nullable=True)
    confirmed_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None] = reference("account.id", nullable=True)
    reviewed_name: Mapped[str] = copied("reviewed_by")
    reviewed_at: Mapped[datetime | None]
    review_word: Mapped[Line] = said(default="", kept="about a member, not a resident")
    posted_on: Mapped[date | None]


class BirthdayRule(InSubdistrict, Versioned, Model):
    """Which day counts as 政治生日 in a subdistrict; without a row it is the day of joining."""

    __tablename__ = "birthday_rule"
    __table_args__ = (UniqueConstraint("subdistrict_id"),)

    id: Mapped[Id]
    day: Mapped[PoliticalDay] = stored_enum(PoliticalDay)
