"""验收 and 回音: judged by a rubric, then told at the door where it began."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, Restricted, Versioned, public, reference, said, stored_enum
from db.terms import AcceptanceState, AnswerChannel, AnswerKind, AnswerState, Grade, Satisfaction


class Acceptance(InCommunity, Versioned, Model):
    """One hand-in of one project; a failed one is followed by another round."""

    __tablename__ = "acceptance"
    __table_args__ = (UniqueConstraint("project_id", "round"),)

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id", index=False)
    round: Mapped[int]
    state: Mapped[AcceptanceState] = stored_enum(AcceptanceState, default=AcceptanceState.JUDGING)
    evidence: Mapped[str] = public(2000)
    handed_in_at: Mapped[datetime]
    handed_in_by: Mapped[int] = reference("account.id")
    total_hundredths: Mapped[int | None]
    grade: Mapped[Grade | None] = stored_enum(Grade, nullable=True)
    reason: Mapped[str] = public(500, default="")
    recheck_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = reference("account.id", nullable=True)


class AcceptanceScore(InCommunity, Model):
    """One judge by the rubric of docs/domain.md 10.7 (100 points, bonus up to 5)."""

    __tablename__ = "acceptance_score"
    __table_args__ = (
        UniqueConstraint("acceptance_id", "judge_id"),
        CheckConstraint("goals BETWEEN 0 AND 30", name="goals"),
        CheckConstraint("benefit BETWEEN 0 AND 25", name="benefit"),
        CheckConstraint("procedure BETWEEN 0 AND 15", name="procedure"),
        CheckConstraint("members BETWEEN 0 AND 10", name="members"),
        CheckConstraint("lasting BETWEEN 0 AND 10", name="lasting"),
        CheckConstraint("files BETWEEN 0 AND 10", name="files"),
        CheckConstraint("bonus BETWEEN 0 AND 5", name="bonus"),
    )

    id: Mapped[Id]
    acceptance_id: Mapped[int] = reference("acceptance.id", index=False)
    judge_id: Mapped[int] = reference("account.id")
    goals: Mapped[int]
    benefit: Mapped[int]
    procedure: Mapped[int]
    members: Mapped[int]
    lasting: Mapped[int]
    files: Mapped[int]
    bonus: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = public(500)
    scored_at: Mapped[datetime]


class Answer(InCommunity, Restricted, Versioned, Model):
    """回音: what one asking household is told, and how satisfied it is. One per need that was asked."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("need_id"),
        Index("ix_answer_state", "community_id", "state", "due_on"),
        # Satisfaction of a period is read from this index alone.
        Index("ix_answer_given", "community_id", "given_at", "satisfaction", "restricted"),
    )

    id: Mapped[Id]
    need_id: Mapped[int] = reference("need.id", index=False)
    lead_need_id: Mapped[int] = reference("need.id")
    """The need that went through the chain; the same as need_id unless merged."""
    kind: Mapped[AnswerKind] = stored_enum(AnswerKind)
    words: Mapped[str] = said(500)
    """What to tell, prepared by whoever ended the need; the worker may add."""
    state: Mapped[AnswerState] = stored_enum(AnswerState, default=AnswerState.DUE)
    due_on: Mapped[date]
    channel: Mapped[AnswerChannel | None] = stored_enum(AnswerChannel, nullable=True)
    satisfaction: Mapped[Satisfaction | None] = stored_enum(Satisfaction, nullable=True)
    comment: Mapped[str] = said(500, default="")
    tries: Mapped[int] = mapped_column(default=0)
    """Calls or knocks that reached nobody."""
    given_at: Mapped[datetime | None]
    given_by: Mapped[int | None] = reference("account.id", nullable=True)
