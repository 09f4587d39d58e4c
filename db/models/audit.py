"""The append-only log with its hash chain, and the request keys that make a repeated submit harmless."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import BigId, Id, Model, coded, public


class AuditEntry(Model):
    """Who changed which row, when, from what to what (personal values masked)."""

    __tablename__ = "audit_entry"
    __audit__ = False
    __table_args__ = (
        Index("ix_audit_entry_subject", "table_name", "row_id"),
        Index("ix_audit_entry_community", "community_id", "id"),
        Index("ix_audit_entry_actor", "actor_id", "id"),
        Index("ix_audit_entry_table", "table_name", "id"),
        Index("ix_audit_entry_at", "at"),
    )

    id: Mapped[Id]
    """Position in the chain, without gaps: written under the lock of `AuditHead`."""
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigId)
    """Account, or empty for the system (then `reason` says why)."""
    actor_name: Mapped[str] = public(60)
    reason: Mapped[str] = public(200)
    """The permission under which it happened, or the reason of an unmasking or a system session."""
    subdistrict_id: Mapped[int | None] = mapped_column(BigId)
    community_id: Mapped[int | None] = mapped_column(BigId)
    table_name: Mapped[str] = coded(60)
    row_id: Mapped[int | None] = mapped_column(BigId)
    operation: Mapped[str] = coded(8)
    changes: Mapped[dict[str, Any]] = coded()
    """column -> [before, after]; for an insert before is null."""
    hash: Mapped[str] = coded(64)
    """sha256 of the previous hash and this entry."""


class AuditHead(Model):
    """The last hash; one row, locked by every writer so that the chain has one order."""

    __tablename__ = "audit_head"
    __audit__ = False
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[Id]
    entries: Mapped[int]
    hash: Mapped[str] = coded(64)


class RequestKey(Model):
    """A submit that was stored, with what it returned; a repeat gets the same answer and changes nothing."""

    __tablename__ = "request_key"
    __audit__ = False

    key: Mapped[str] = coded(64, primary_key=True)
    actor_id: Mapped[int | None] = mapped_column(BigId)
    action: Mapped[str] = coded(60)
    result: Mapped[Any] = coded(JSON(), nullable=True)
    at: Mapped[datetime] = mapped_column(index=True)
