"""What comes in without an account: posters and personal codes, and the queue that a worker confirms."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    Restricted,
    Short,
    Versioned,
    coded,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import IntakeResult, IntakeState, PosterKind


class Poster(InCommunity, Versioned, Model):
    """A printed QR: a poster to order from, or a rider's own code to report with. Revocable, and printable again."""

    __tablename__ = "poster"

    id: Mapped[Id]
    kind: Mapped[PosterKind] = stored_enum(PosterKind)
    name: Mapped[Short] = public()
    """Where it hangs, or whose it is as colleagues call them (a rider's number, not their name)."""
    code: Mapped[str] = encrypted()
    code_index: Mapped[str] = coded(32, unique=True, secret=True)
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    place_id: Mapped[int | None] = reference("place.id", nullable=True)
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Intake(InCommunity, Restricted, Versioned, Model):
    """One message from a plain page, as it came; nothing of it is a fact until a worker takes it."""

    __tablename__ = "intake"
    __table_args__ = (Index("ix_intake_state", "community_id", "state", "received_at"),)

    id: Mapped[Id]
    poster_id: Mapped[int] = reference("poster.id")
    kind: Mapped[PosterKind] = stored_enum(PosterKind)
    request_key: Mapped[str] = coded(64, unique=True)
    receipt: Mapped[str] = coded(16, unique=True, secret=True)
    """受理编号, with which the sender looks up what became of it."""
    what: Mapped[str] = encrypted()
    where_text: Mapped[str | None] = encrypted(nullable=True)
    service_id: Mapped[int | None] = reference("service.id", nullable=True)
    wanted_on: Mapped[date | None]
    wanted_time: Mapped[Short] = said(default="")
    place_id: Mapped[int | None] = reference("place.id", nullable=True)
    asker_name: Mapped[str | None] = encrypted(nullable=True)
    asker_phone: Mapped[str | None] = encrypted(nullable=True)
    urgent: Mapped[bool] = mapped_column(default=False)
    """As the sender sees it: somebody could get hurt."""
    received_at: Mapped[datetime]
    state: Mapped[IntakeState] = stored_enum(IntakeState, default=IntakeState.WAITING)
    result: Mapped[IntakeResult | None] = stored_enum(IntakeResult, nullable=True)
    need_id: Mapped[int | None] = reference("need.id", nullable=True)
    order_id: Mapped[int | None] = reference("service_order.id", nullable=True)
    complaint_id: Mapped[int | None] = reference("complaint.id", nullable=True)
    decided_by: Mapped[int | None] = reference("account.id", nullable=True)
    decided_at: Mapped[datetime | None]
    reason: Mapped[Line] = said(default="")
    wiped_at: Mapped[datetime | None]
    """When what the sender wrote was taken out of this row; what came of it stands in its own row."""
