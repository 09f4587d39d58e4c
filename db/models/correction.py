"""更正: words of a closed record put right by two people."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from db.models.types import Id, InCommunity, Line, Model, Short, Versioned, copied, public, reference, stored_enum
from db.terms import (
    CorrectionField,
    CorrectionState,
)


class Correction(InCommunity, Versioned, Model):
    """更正: a clerical error of a record, asked by one person and confirmed by another; both texts stay."""

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_meeting", "meeting_id", "id"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=False)
    item_id: Mapped[int] = reference("agenda_item.id")
    field: Mapped[CorrectionField] = stored_enum(CorrectionField)
    target_id: Mapped[int | None]
    """Id of the point or of the hand count; empty when the field is of the item itself."""
    before: Mapped[str] = public(1000)
    after: Mapped[str] = public(1000)
    reason: Mapped[Line] = public()
    state: Mapped[CorrectionState] = stored_enum(CorrectionState, default=CorrectionState.ASKED)
    asked_by: Mapped[int] = reference("account.id")
    asked_name: Mapped[Short] = copied("asked_by")
    asked_at: Mapped[datetime]
    settled_by: Mapped[int | None] = reference("account.id", nullable=True)
    settled_name: Mapped[Short] = copied("settled_by")
    settled_at: Mapped[datetime | None]
