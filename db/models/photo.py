"""Photos: optional everywhere, kept as encrypted files beside the database; a row says what and whose."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from db.models.types import Id, InCommunity, Model, Restricted, coded, reference


class Photo(InCommunity, Restricted, Model):
    """照片 of exactly one thing; the file's name is the hash of its content (`db.photos`)."""

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("coalesce(need_id, order_id, complaint_id, intake_id) IS NOT NULL", name="subject"),
        CheckConstraint("size > 0 AND width > 0 AND height > 0", name="size"),
    )

    id: Mapped[Id]
    need_id: Mapped[int | None] = reference("need.id", nullable=True)
    order_id: Mapped[int | None] = reference("service_order.id", nullable=True)
    complaint_id: Mapped[int | None] = reference("complaint.id", nullable=True)
    intake_id: Mapped[int | None] = reference("intake.id", nullable=True)
    sha256: Mapped[str] = coded(64, index=True)
    """Of the stripped JPEG, before encryption."""
    size: Mapped[int]
    """Bytes of the stripped JPEG."""
    width: Mapped[int]
    height: Mapped[int]
    added_by: Mapped[int | None] = reference("account.id", nullable=True)
    """Empty when a resident or a rider sent it."""
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
