"""时长的更正与核对: every change of hours as an entry of its own, and how a finding was answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    OwnedByAccount,
    Versioned,
    coded,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import HoursAnswer, HoursFinding


class HoursChange(InCommunity, OwnedByAccount, Model):
    """冲销与改记: what hours were, what they are now, why and by whom. Never changed, never deleted."""

    __tablename__ = "hours_change"
    __table_args__ = (
        CheckConstraint("(record_id IS NULL) <> (order_id IS NULL)", name="one_source"),
        Index("ix_hours_change_volunteer", "volunteer_id", "id"),
    )

    id: Mapped[Id]
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    record_id: Mapped[int | None] = reference("service_record.id", nullable=True)
    order_id: Mapped[int | None] = reference("service_order.id", nullable=True)
    before: Mapped[int]
    after: Mapped[int]
    reason: Mapped[Line] = said(default="")
    at: Mapped[datetime]
    by: Mapped[int | None] = reference("account.id", nullable=True)
    """Empty for what was corrected before the trail was kept."""


class HoursCheck(InCommunity, Versioned, Model):
    """时长核对: how somebody answered what the check of a month found."""

    __tablename__ = "hours_check"
    __table_args__ = (UniqueConstraint("community_id", "key"), Index("ix_hours_check_month", "community_id", "month"))

    id: Mapped[Id]
    key: Mapped[Line] = coded()
    """The kind of the finding and the ids of what it is about: found again, it is the same."""
    kind: Mapped[HoursFinding] = stored_enum(HoursFinding)
    month: Mapped[date]
    """Its first day."""
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    facts: Mapped[str] = public(300)
    """What was found, as it read then."""
    answer: Mapped[HoursAnswer] = stored_enum(HoursAnswer)
    word: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    at: Mapped[datetime]
    by: Mapped[int] = reference("account.id")
