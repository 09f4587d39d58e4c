"""走访: one knock on one door."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from db.models.types import Id, InCommunity, Model, Restricted, Short, public, reference, said, stored_enum
from db.terms import VisitOutcome


class Visit(InCommunity, Restricted, Model):
    """A visit belongs to a household when the door is known, else to a place in the worker's words."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_community_at", "community_id", "at"),
        Index("ix_visit_worker_at", "worker_id", "at"),
        Index("ix_visit_household_at", "household_id", "at"),
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    worker_id: Mapped[int] = reference("account.id", index=False)
    household_id: Mapped[int | None] = reference("household.id", nullable=True, index=False)
    place_id: Mapped[int | None] = reference("place.id", nullable=True)
    building: Mapped[Short] = public(default="")
    where_text: Mapped[str] = said(200, default="")
    """Free words when the door is not a numbered one (a stall, a guard house)."""
    outcome: Mapped[VisitOutcome] = stored_enum(VisitOutcome)
    note: Mapped[str] = said(500, default="")
