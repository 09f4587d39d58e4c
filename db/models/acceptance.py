"""验收: a finished project judged by a rubric."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, Short, Versioned, copied, public, reference, stored_enum
from db.terms import AcceptanceState, Grade


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
    handed_in_name: Mapped[Short] = copied("handed_in_by")
    leader_name: Mapped[Short] = public(default="")
    """Who led the project when it was handed in, as the sheet prints it."""
    total_hundredths: Mapped[int | None]
    grade: Mapped[Grade | None] = stored_enum(Grade, nullable=True)
    reason: Mapped[str] = public(500, default="")
    recheck_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = reference("account.id", nullable=True)
    decided_name: Mapped[Short] = copied("decided_by")


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
    judge_name: Mapped[Short] = copied("judge_id")
    goals: Mapped[int]
    benefit: Mapped[int]
    procedure: Mapped[int]
    members: Mapped[int]
    lasting: Mapped[int]
    files: Mapped[int]
    bonus: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = public(500)
    scored_at: Mapped[datetime]
