"""投诉: who must act (谁在台上), until when, what was answered, and whether it came back."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    InSubdistrict,
    Line,
    Model,
    Restricted,
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
from db.terms import ComplaintHaste, ComplaintState, ComplaintStepKind, NeedSource, ResponsibleBody, Satisfaction


class Complaint(InCommunity, Restricted, Versioned, Model):
    """诉求单. Its life is `db.rules.complaints.life`; a repeated one points to the first of its kind."""

    __tablename__ = "complaint"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_complaint_state", "community_id", "state", "due_on"),
        Index("ix_complaint_received", "community_id", "received_on"),
    )

    id: Mapped[Id]
    number: Mapped[str] = coded(24)
    title: Mapped[Short] = said()
    description: Mapped[str] = said(1000)
    source: Mapped[NeedSource] = stored_enum(NeedSource)
    source_number: Mapped[Short] = public(default="")
    """Number of the hotline or of whoever sent it."""
    category_id: Mapped[int] = reference("category.id", index=False)
    place_id: Mapped[int] = reference("place.id")
    building: Mapped[Short] = public(default="")
    household_id: Mapped[int | None] = reference("household.id", nullable=True)
    asker_name: Mapped[str | None] = encrypted(nullable=True)
    asker_phone: Mapped[str | None] = encrypted(nullable=True)
    received_on: Mapped[date]
    logged_at: Mapped[datetime]
    logged_by: Mapped[int] = reference("account.id")
    state: Mapped[ComplaintState] = stored_enum(ComplaintState, default=ComplaintState.REGISTERED)
    state_since: Mapped[datetime]
    responsible: Mapped[ResponsibleBody | None] = stored_enum(ResponsibleBody, nullable=True)
    responsible_name: Mapped[Line] = public(default="")
    """Which company, committee or department."""
    contact_due_at: Mapped[datetime | None]
    """Until when the asker must have been contacted (响应)."""
    contacted_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    reply: Mapped[str] = said(500, default="")
    replied_at: Mapped[datetime | None]
    solved: Mapped[bool | None]
    """What the asker said at the revisit (解决率)."""
    satisfaction: Mapped[Satisfaction | None] = stored_enum(Satisfaction, nullable=True)
    closed_at: Mapped[datetime | None]
    repeat_of_id: Mapped[int | None] = reference("complaint.id", nullable=True)
    relapses: Mapped[int] = mapped_column(default=0)
    mediation_id: Mapped[int | None] = reference("mediation.id", nullable=True)
    project_id: Mapped[int | None] = reference("project.id", nullable=True)
    need_id: Mapped[int | None] = reference("need.id", nullable=True)


class ComplaintStep(InCommunity, Model):
    """One line of a complaint's life."""

    __tablename__ = "complaint_step"
    __audit__ = False  # It is itself a log; the facts behind it are audited in `complaint`.
    __table_args__ = (Index("ix_complaint_step_complaint", "complaint_id", "id"),)

    id: Mapped[Id]
    complaint_id: Mapped[int] = reference("complaint.id", index=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = reference("account.id", nullable=True)
    kind: Mapped[ComplaintStepKind] = stored_enum(ComplaintStepKind)
    values: Mapped[dict[str, Any]] = said()
    note: Mapped[str] = said(500, default="")
    actor_name: Mapped[Short] = copied("actor_id")


class ComplaintTime(InSubdistrict, Versioned, Model):
    """办理时限: until when an asker is contacted and answered, by haste; the subdistrict edits them."""

    __tablename__ = "complaint_time"
    __table_args__ = (UniqueConstraint("subdistrict_id", "haste"),)

    id: Mapped[Id]
    haste: Mapped[ComplaintHaste] = stored_enum(ComplaintHaste)
    contact_hours: Mapped[int]
    answer_days: Mapped[int]
    """Working days; 0 is the same day."""
