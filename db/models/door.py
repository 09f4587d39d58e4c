"""Paired phones of area workers (`/door`): a revocable key for one page, what it sent, what needs a person's eye."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    OwnedByAccount,
    Restricted,
    Short,
    coded,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import DoorEntryKind, DoorEntryState


class DoorTicket(Model):
    """What the QR in the app carries: works once, for some minutes, and becomes a paired phone."""

    __tablename__ = "door_ticket"
    __audit__ = False

    id: Mapped[Id]
    ticket_hash: Mapped[str] = coded(64, unique=True)
    account_id: Mapped[int] = reference("account.id")
    expires_at: Mapped[datetime]


class DoorPhone(InCommunity, OwnedByAccount, Model):
    """A phone that may use `/door` alone until it is revoked; the cookie holds a token, this row its hash."""

    __tablename__ = "door_phone"

    id: Mapped[Id]
    name: Mapped[Short] = public()
    """Which phone, in the worker's words or the browser's."""
    token_hash: Mapped[str] = coded(64, unique=True, secret=True)
    paired_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class DoorEntry(InCommunity, Model):
    """What became of one entry of a phone; a repeat of its key gets this answer again, nothing is stored twice."""

    __tablename__ = "door_entry"
    __audit__ = False  # The visit or need that came of it is audited in its own table.
    __table_args__ = (UniqueConstraint("phone_id", "key"), Index("ix_door_entry_phone_at", "phone_id", "received_at"))

    id: Mapped[Id]
    phone_id: Mapped[int] = reference("door_phone.id", index=False)
    key: Mapped[str] = coded(64)
    kind: Mapped[DoorEntryKind] = stored_enum(DoorEntryKind)
    state: Mapped[DoorEntryState] = stored_enum(DoorEntryState)
    answer: Mapped[dict[str, Any]] = coded()
    """What the phone is told; no personal data."""
    made_at: Mapped[datetime]
    """The phone's clock when it was written, kept within the last seven days."""
    received_at: Mapped[datetime]


class DoorConflict(InCommunity, Restricted, Model):
    """冲突: two people changed the same field of the same door while one of them was offline; a person chooses."""

    __tablename__ = "door_conflict"
    __table_args__ = (Index("ix_door_conflict_open", "community_id", "settled_at"),)

    id: Mapped[Id]
    household_id: Mapped[int] = reference("household.id")
    field: Mapped[Short] = coded()
    before: Mapped[Line] = said()
    """What the phone knew when it went offline."""
    mine: Mapped[Line] = said()
    """What the phone sent."""
    theirs: Mapped[Line] = said()
    """What stands in the record."""
    account_id: Mapped[int] = reference("account.id")
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = reference("account.id", nullable=True)
    chosen: Mapped[Line] = said(default="")
