"""承诺—践诺—评诺: what a member promises, what became of it, each time it was kept, and the rests in between."""

from datetime import date, datetime

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
from db.terms import CommitmentHappening, CommitmentState, PromiseRhythm, Verdict, WitnessKind


class Commitment(InCommunity, OwnedByAccount, Versioned, Model):
    """承诺事项. Its life is `db.rules.commitments.life`, its dates are reckoned by `db.rules.commitments.dates`."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_commitment_listed", "community_id", "state", "id"),
        Index("ix_commitment_member", "member_id", "year"),
        CheckConstraint("until IS NULL OR starts_on IS NULL OR until >= starts_on", name="days"),
        CheckConstraint("times BETWEEN 1 AND 31", name="times"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
    )

    id: Mapped[Id]
    number: Mapped[str] = coded(24)
    member_id: Mapped[int] = reference("member.id", index=False)
    year: Mapped[int]
    instant: Mapped[bool] = mapped_column(default=False)
    """即时承诺 for one task; others are made at the beginning of the year."""
    whom: Mapped[Line] = public(default="")
    """Official wording, as it hangs on the wall: numbers and doors are refused when it is written."""
    what: Mapped[Line] = public(default="")
    rhythm: Mapped[PromiseRhythm | None] = stored_enum(PromiseRhythm, nullable=True)
    times: Mapped[int] = mapped_column(default=1)
    """How often within each period of the rhythm."""
    starts_on: Mapped[date | None]
    until: Mapped[date | None]
    measure: Mapped[Short] = public(default="")
    need_id: Mapped[int | None] = reference("need.id", nullable=True)
    """The need of the list that it takes up."""
    series_id: Mapped[int | None] = reference("order_series.id", nullable=True)
    """The regular service that keeps it: an order of it that is served counts here, too."""
    state: Mapped[CommitmentState] = stored_enum(CommitmentState, default=CommitmentState.DRAFT)
    state_since: Mapped[datetime]
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    reviewed_by: Mapped[int | None] = reference("account.id", nullable=True)
    reviewed_name: Mapped[str] = copied("reviewed_by")
    reviewed_at: Mapped[datetime | None]
    review_word: Mapped[Line] = said(default="")
    published_on: Mapped[date | None]
    ended_reason: Mapped[Line] = said(default="")
    verdict: Mapped[Verdict | None] = stored_enum(Verdict, nullable=True)
    """What the organisation chose, after the residents' and the members' words; never reckoned."""
    judged_by: Mapped[int | None] = reference("account.id", nullable=True)
    judged_name: Mapped[str] = copied("judged_by")
    judged_at: Mapped[datetime | None]
    judged_word: Mapped[Line] = said(default="")
    cause: Mapped[Line] = said(default="")
    """客观原因 of what was not kept, as the organisation explains it."""


class CommitmentVersion(InCommunity, OwnedByAccount, Model):
    """The words of a promise as they stood before they were changed, and why."""

    __tablename__ = "commitment_version"
    __table_args__ = (UniqueConstraint("commitment_id", "number"),)

    id: Mapped[Id]
    commitment_id: Mapped[int] = reference("commitment.id", index=False)
    number: Mapped[int]
    """1 for the first words."""
    whom: Mapped[Line] = public()
    what: Mapped[Line] = public()
    rhythm: Mapped[PromiseRhythm] = stored_enum(PromiseRhythm)
    times: Mapped[int]
    starts_on: Mapped[date]
    until: Mapped[date]
    measure: Mapped[Short] = public()
    until_day: Mapped[date]
    """The last day on which these words held."""
    reason: Mapped[Line] = said(kept="about a member, not a resident")
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = reference("account.id")


class CommitmentStep(InCommunity, OwnedByAccount, Model):
    """What happened to a promise, by whom, with what word."""

    __tablename__ = "commitment_step"
    __table_args__ = (Index("ix_commitment_step_commitment", "commitment_id", "id"),)

    id: Mapped[Id]
    commitment_id: Mapped[int] = reference("commitment.id", index=False)
    kind: Mapped[CommitmentHappening] = stored_enum(CommitmentHappening)
    word: Mapped[Line] = said(default="", kept="about a member, not a resident")
    at: Mapped[datetime]
    by: Mapped[int | None] = reference("account.id", nullable=True)
    """Empty when the day itself brought it."""


class CommitmentPause(InCommunity, OwnedByAccount, Model):
    """A rest: illness, away. What lies in it whole is not due."""

    __tablename__ = "commitment_pause"
    __table_args__ = (
        Index("ix_commitment_pause_commitment", "commitment_id", "since"),
        CheckConstraint("until >= since", name="days"),
    )

    id: Mapped[Id]
    commitment_id: Mapped[int] = reference("commitment.id", index=False)
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[Line] = said(kept="about a member, not a resident")
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]


class Keeping(InCommunity, OwnedByAccount, Versioned, Model):
    """践诺纪实: one time that a promise was kept, with its witness. A wrong one is struck out, never deleted."""

    __tablename__ = "keeping"
    __table_args__ = (
        Index("ix_keeping_commitment", "commitment_id", "on"),
        Index("ix_keeping_day", "community_id", "on"),
        Index(
            "uq_keeping_order", "commitment_id", "order_id", unique=True,
            sqlite_where=text("struck_at IS NULL"), postgresql_where=text("struck_at IS NULL"),
        ),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> entered_by", name="second_person"),
    )  # fmt: skip

    id: Mapped[Id]
    commitment_id: Mapped[int] = reference("commitment.id", index=False)
    on: Mapped[date]
    witness: Mapped[WitnessKind] = stored_enum(WitnessKind)
    witness_name: Mapped[str | None] = encrypted(nullable=True)
    """How the resident or colleague is called."""
    order_id: Mapped[int | None] = reference("service_order.id", nullable=True)
    activity_id: Mapped[int | None] = reference("activity.id", nullable=True)
    words: Mapped[Line] = said(default="")
    people: Mapped[int] = mapped_column(default=0)
    """服务人次."""
    late: Mapped[bool] = mapped_column(default=False)
    """Entered more than ten days afterwards: it counts with a second person's word."""
    entered_at: Mapped[datetime]
    entered_by: Mapped[int] = reference("account.id")
    confirmed_by: Mapped[int | None] = reference("account.id", nullable=True)
    confirmed_at: Mapped[datetime | None]
    struck_by: Mapped[int | None] = reference("account.id", nullable=True)
    struck_at: Mapped[datetime | None]
    struck_reason: Mapped[Line] = said(default="")


class Miss(InCommunity, OwnedByAccount, Model):
    """Why a period of a promise went by without being kept; the first day of the period names it."""

    __tablename__ = "commitment_miss"
    __table_args__ = (UniqueConstraint("commitment_id", "first"),)

    id: Mapped[Id]
    commitment_id: Mapped[int] = reference("commitment.id", index=False)
    first: Mapped[date]
    reason: Mapped[Line] = said(kept="about a member, not a resident")
    at: Mapped[datetime]
    by: Mapped[int] = reference("account.id")
