"""回音: the answer that each household is owed."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, Restricted, Short, Versioned, copied, reference, said, stored_enum
from db.terms import AnswerChannel, AnswerKind, AnswerState, Satisfaction


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
    given_name: Mapped[Short] = copied("given_by")
