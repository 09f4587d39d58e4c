"""Households and persons: who asked. Personal columns are encrypted and masked by default."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Model,
    Restricted,
    Short,
    Versioned,
    encrypted,
    reference,
    stored_enum,
)
from db.terms import HouseholdKind


class Household(InCommunity, Restricted, Versioned, Model):
    """户: a door. Building and stairwell are open to staff, the room is personal data."""

    __tablename__ = "household"
    __table_args__ = (
        Index("ix_household_door", "place_id", "building", "stairwell"),
        Index("ix_household_door_index", "door_index", unique=True),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = reference("place.id", index=False)
    building: Mapped[Short]
    stairwell: Mapped[Short]
    room: Mapped[str] = encrypted()
    door_index: Mapped[str] = mapped_column(String(32))
    """Blind index of place, building, stairwell and room: one row per door."""
    kind: Mapped[HouseholdKind] = stored_enum(HouseholdKind, default=HouseholdKind.ORDINARY)
    alias: Mapped[Short] = mapped_column(default="")
    """Name that stands for a restricted household on every output."""


class Person(InCommunity, Restricted, Versioned, Model):
    """A member of a household whom the worker talks to."""

    __tablename__ = "person"

    id: Mapped[Id]
    household_id: Mapped[int] = reference("household.id")
    name: Mapped[str] = encrypted()
    phone: Mapped[str | None] = encrypted(nullable=True)
    phone_index: Mapped[str | None] = mapped_column(String(32), index=True)
