"""共建单位: who stands beside the communities of a subdistrict, and until when."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from db.models.types import (
    Id,
    InSubdistrict,
    Line,
    Model,
    Short,
    Versioned,
    encrypted,
    public,
    reference,
    stored_enum,
)
from db.terms import UnitKind


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
