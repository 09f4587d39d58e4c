"""How somebody becomes a volunteer, and what is written down about them: registrations, training, awards, papers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
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
from db.terms import ApplicationState, CertificateState

OF_A_VOLUNTEER = "about a volunteer, not a resident"


class VolunteerApplication(InCommunity, Versioned, Model):
    """登记申请 from the plain page, as it came; nobody is in the registry by it until a worker confirms it."""

    __tablename__ = "volunteer_application"
    __table_args__ = (
        Index("ix_volunteer_application_state", "community_id", "state", "received_at"),
        CheckConstraint("birth_year BETWEEN 1900 AND 2100", name="birth_year"),
    )

    id: Mapped[Id]
    request_key: Mapped[str] = coded(64, unique=True)
    receipt: Mapped[str] = coded(16, unique=True, secret=True)
    """With which the person looks up what became of it."""
    name: Mapped[str | None] = encrypted(nullable=True)
    phone: Mapped[str | None] = encrypted(nullable=True)
    birth_year: Mapped[int | None]
    skills: Mapped[list[str]] = said(kept="a skill names work and no people")
    interests: Mapped[list[str]] = coded()
    free_slots: Mapped[list[str]] = coded()
    guardian: Mapped[str | None] = encrypted(nullable=True)
    guardian_phone: Mapped[str | None] = encrypted(nullable=True)
    guardian_agrees: Mapped[bool] = mapped_column(default=False)
    """As the form says; a worker calls the guardian before it counts."""
    received_at: Mapped[datetime]
    state: Mapped[ApplicationState] = stored_enum(ApplicationState, default=ApplicationState.WAITING)
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    """The entry that it became, or that it was about."""
    decided_by: Mapped[int | None] = reference("account.id", nullable=True)
    decided_at: Mapped[datetime | None]
    reason: Mapped[Line] = said(default="", kept=OF_A_VOLUNTEER)
    wiped_at: Mapped[datetime | None]
    """When name, telephone and guardian were taken out of this row; the registry has its own."""


class VolunteerTraining(InCommunity, OwnedByAccount, Versioned, Model):
    """培训记录, corrected by a second one that stands in its place; never deleted."""

    __tablename__ = "volunteer_training"
    __table_args__ = (
        Index("ix_volunteer_training_volunteer", "volunteer_id", "on"),
        CheckConstraint("minutes BETWEEN 30 AND 6000 AND minutes % 30 = 0", name="minutes"),
    )

    id: Mapped[Id]
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    on: Mapped[date]
    title: Mapped[Line] = public()
    given_by: Mapped[Line] = public(default="")
    minutes: Mapped[int]
    noted_by: Mapped[int] = reference("account.id")
    noted_at: Mapped[datetime]
    corrects_id: Mapped[int | None] = reference("volunteer_training.id", nullable=True)
    struck_at: Mapped[datetime | None]
    struck_by: Mapped[int | None] = reference("account.id", nullable=True)
    struck_reason: Mapped[Line] = said(default="", kept=OF_A_VOLUNTEER)


class VolunteerAward(InCommunity, OwnedByAccount, Versioned, Model):
    """表彰奖励记录, corrected by a second one that stands in its place; never deleted."""

    __tablename__ = "volunteer_award"
    __table_args__ = (Index("ix_volunteer_award_volunteer", "volunteer_id", "on"),)

    id: Mapped[Id]
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    on: Mapped[date]
    title: Mapped[Line] = public()
    given_by: Mapped[Line] = public(default="")
    noted_by: Mapped[int] = reference("account.id")
    noted_at: Mapped[datetime]
    corrects_id: Mapped[int | None] = reference("volunteer_award.id", nullable=True)
    struck_at: Mapped[datetime | None]
    struck_by: Mapped[int | None] = reference("account.id", nullable=True)
    struck_reason: Mapped[Line] = said(default="", kept=OF_A_VOLUNTEER)


class VolunteerCertificate(InCommunity, OwnedByAccount, Versioned, Model):
    """志愿服务情况说明（内部）: asked for, accepted, issued with the hours of that day, posted, handed out."""

    __tablename__ = "volunteer_certificate"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_volunteer_certificate_volunteer", "volunteer_id", "id"),
        Index("ix_volunteer_certificate_state", "community_id", "state", "id"),
        CheckConstraint("until >= since", name="days"),
        CheckConstraint("state IN ('asked', 'accepted', 'void') OR number IS NOT NULL", name="numbered"),
        CheckConstraint("minutes >= 0", name="minutes"),
    )

    id: Mapped[Id]
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    state: Mapped[CertificateState] = stored_enum(CertificateState, default=CertificateState.ASKED)
    purpose: Mapped[Line] = said(kept=OF_A_VOLUNTEER)
    since: Mapped[date]
    until: Mapped[date]
    """The service of these days, both included."""
    asked_on: Mapped[date]
    noted_by: Mapped[int] = reference("account.id")
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = reference("account.id", nullable=True)
    number: Mapped[Short | None] = coded(nullable=True)
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[int | None] = reference("account.id", nullable=True)
    issued_name: Mapped[Short] = copied("issued_by")
    name: Mapped[str | None] = encrypted(nullable=True)
    """What the volunteer was called on the day of issue: the paper keeps it."""
    minutes: Mapped[int | None]
    service: Mapped[dict[str, Any]] = public(default=dict)
    """`lines`: day, what, minutes of each confirmed service as the paper lists it."""
    posted_on: Mapped[date | None]
    working_days: Mapped[int | None]
    ends_on: Mapped[date | None]
    approximate: Mapped[bool] = mapped_column(default=False)
    """Whether the calendar of that year was only estimated."""
    handed_on: Mapped[date | None]
    handed_by: Mapped[int | None] = reference("account.id", nullable=True)
    void_at: Mapped[datetime | None]
    void_by: Mapped[int | None] = reference("account.id", nullable=True)
    void_reason: Mapped[Line] = said(default="", kept=OF_A_VOLUNTEER)
