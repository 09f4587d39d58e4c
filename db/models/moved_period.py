"""What a day off or on that was set later did to a period that was running: it moved, or it stayed, and why."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from db.models.types import Id, InCommunity, Model, reference, stored_enum, where_there
from db.terms import PeriodKept

SUBJECTS = ("notice", "order", "case", "complaint", "certificate")


class MovedPeriod(InCommunity, Model):
    """One running period (of a notice, order, follow-up, complaint, paper) when the calendar changed under it."""

    __tablename__ = "moved_period"
    __table_args__ = (
        where_there("ix_moved_period_notice", "notice_id"),
        where_there("ix_moved_period_order", "order_id"),
        where_there("ix_moved_period_case", "case_id"),
        where_there("ix_moved_period_complaint", "complaint_id"),
        where_there("ix_moved_period_certificate", "certificate_id"),
        CheckConstraint(
            " + ".join(f"CASE WHEN {one}_id IS NULL THEN 0 ELSE 1 END" for one in SUBJECTS) + " = 1", name="subject"
        ),
        CheckConstraint("(after IS NULL) = (kept IS NOT NULL)", name="kept"),
    )

    id: Mapped[Id]
    notice_id: Mapped[int | None] = reference("notice.id", nullable=True, index=False)
    order_id: Mapped[int | None] = reference("service_order.id", nullable=True, index=False)
    """The time until somebody must have accepted it."""
    case_id: Mapped[int | None] = reference("order_case.id", nullable=True, index=False)
    complaint_id: Mapped[int | None] = reference("complaint.id", nullable=True, index=False)
    certificate_id: Mapped[int | None] = reference("volunteer_certificate.id", nullable=True, index=False)
    """The public notice of a volunteer's 情况说明."""
    contact: Mapped[bool]
    """Of a complaint: the time to contact the asker, not the one to answer."""
    at: Mapped[datetime]
    day: Mapped[date]
    """The day whose standing in the calendar changed."""
    workday: Mapped[bool]
    """Whether people work on it now."""
    before: Mapped[datetime]
    """A day stands as its first moment in China."""
    after: Mapped[datetime | None]
    kept: Mapped[PeriodKept | None] = stored_enum(PeriodKept, nullable=True)
