"""陪访: elders who go out for a day, each with an escort; what is checked, and who is back."""

from datetime import datetime

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
from db.terms import EscortChange

_GOES = text("person_id IS NOT NULL AND stays_at IS NULL")


class EscortTrip(InCommunity, Versioned, Model):
    """Of the outing of an activity: where one meets, how many elders one escort takes, whether it is over."""

    __tablename__ = "escort_trip"
    __table_args__ = (UniqueConstraint("activity_id"), CheckConstraint("most BETWEEN 1 AND 2", name="most"))

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id", index=False)
    meeting_point: Mapped[Line] = public(default="")
    most: Mapped[int] = mapped_column(default=1)
    """Elders that one escort looks after at the same time."""
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = reference("account.id", nullable=True)
    closed_name: Mapped[Short] = copied("closed_by")
    note: Mapped[Line] = said(default="", kept="about the outing, names no resident by rule")


class EscortPair(InCommunity, OwnedByAccount, Versioned, Model):
    """结伴: one elder and the escort of today. `account_id` is the escort's, who sees the own pair alone."""

    __tablename__ = "escort_pair"
    __table_args__ = (
        Index("ix_escort_pair_activity", "activity_id", "id"),
        Index(
            "uq_escort_pair_person", "activity_id", "person_id", unique=True,
            sqlite_where=_GOES, postgresql_where=_GOES,
        ),
        CheckConstraint("returned_at IS NULL OR left_at IS NOT NULL", name="left_first"),
        CheckConstraint("returned_at IS NULL OR returned_at >= left_at", name="in_order"),
        CheckConstraint("stays_at IS NULL OR left_at IS NULL", name="goes_or_stays"),
    )  # fmt: skip

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id", index=False)
    person_id: Mapped[int | None] = reference("person.id", nullable=True)
    """The elder on record; without it the name stands here."""
    elder_name: Mapped[str | None] = encrypted(nullable=True)
    alias: Mapped[Short] = said(default="", shown="stands for a name and is none")
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    """Empty while an escort dropped out and nobody has stepped in."""
    contact_name: Mapped[str | None] = encrypted(nullable=True)
    contact_phone: Mapped[str | None] = encrypted(nullable=True)
    """紧急联系人; both go when the outing is closed."""
    checked_leaving: Mapped[list[str]] = coded(default=list)
    checked_return: Mapped[list[str]] = coded(default=list)
    missing: Mapped[Line] = said(default="")
    """What was not ticked, and what was done about it."""
    left_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    stays_at: Mapped[datetime | None]
    """When it was said that this elder does not come along."""
    to_tell: Mapped[bool] = mapped_column(default=False)
    """The outing was moved or called off, and nobody has told the escort yet."""


class EscortEvent(InCommunity, OwnedByAccount, Model):
    """What happened to a pair, in order, and by whom."""

    __tablename__ = "escort_event"
    __table_args__ = (Index("ix_escort_event_pair", "pair_id", "id"),)

    id: Mapped[Id]
    pair_id: Mapped[int] = reference("escort_pair.id", index=False)
    kind: Mapped[EscortChange] = stored_enum(EscortChange)
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    """The escort whom it is about."""
    reason: Mapped[Line] = said(default="", kept="about an escort, not a resident")
    at: Mapped[datetime]
    by: Mapped[int] = reference("account.id")
