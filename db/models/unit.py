"""共建单位: who stands beside the communities of a subdistrict, and until when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from db.models.types import (
    Id,
    InSubdistrict,
    Line,
    Model,
    Short,
    Versioned,
    copied,
    encrypted,
    public,
    reference,
    stored_enum,
)
from db.terms import UnitHappening, UnitKind


class Unit(InSubdistrict, Versioned, Model):
    """A partner unit; the whole subdistrict reads it, `home_id` is the community that looks after it."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("subdistrict_id", "name"),
        CheckConstraint("agreed_until IS NULL OR agreed_on IS NOT NULL AND agreed_until >= agreed_on", name="agreed"),
    )

    id: Mapped[Id]
    name: Mapped[Short] = public()
    kind: Mapped[UnitKind] = stored_enum(UnitKind)
    home_id: Mapped[int | None] = reference("community.id", nullable=True)
    address: Mapped[Line] = public(default="")
    contact_name: Mapped[str | None] = encrypted(nullable=True)
    contact_phone: Mapped[str | None] = encrypted(nullable=True)
    agreed_on: Mapped[date | None]
    """When the agreement (共建协议) was signed."""
    agreed_until: Mapped[date | None]
    """Its last day; empty while it has none."""
    ended_on: Mapped[date | None]
    """Last day as a partner; empty while it is one."""
    ended_reason: Mapped[Line] = public(default="")


class UnitEvent(InSubdistrict, Model):
    """One line of a unit's history; what is asked of its resources and given stands in it, too."""

    __tablename__ = "unit_event"
    __audit__ = False  # It is itself a log; the facts behind it are audited in `unit`, `resource` and the requests.
    __table_args__ = (Index("ix_unit_event_unit", "unit_id", "id"), Index("ix_unit_event_request", "request_id", "id"))

    id: Mapped[Id]
    unit_id: Mapped[int] = reference("unit.id", index=False)
    request_id: Mapped[int | None] = reference("resource_request.id", nullable=True, index=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = reference("account.id", nullable=True)
    actor_name: Mapped[Short] = copied("actor_id")
    kind: Mapped[UnitHappening] = stored_enum(UnitHappening)
    values: Mapped[dict[str, Any]] = public()
    """Names of units and resources, days, numbers."""
    said_by: Mapped[str | None] = encrypted(nullable=True)
    """Who of the unit said so."""
    note: Mapped[str] = public(500, default="")


class UnitService(InSubdistrict, Model):
    """共建单位 that serve an entry of the catalogue (365 服务中心, docs/domain.md 2, A1-04)."""

    __tablename__ = "unit_service"
    __table_args__ = (UniqueConstraint("service_id", "unit_id"),)

    id: Mapped[Id]
    service_id: Mapped[int] = reference("service.id", index=False)
    unit_id: Mapped[int] = reference("unit.id")
