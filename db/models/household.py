"""Households and persons: who asked. Personal columns are encrypted and masked by default."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.models.types import (
    Id,
    InCommunity,
    InSubdistrict,
    Line,
    Model,
    Restricted,
    Short,
    Versioned,
    blind_index,
    coded,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
    where_there,
)
from db.terms import HouseholdKind


class Household(InCommunity, Restricted, Versioned, Model):
    """户: a door. Building and stairwell are open to staff, the room is personal data."""

    __tablename__ = "household"
    __table_args__ = (
        Index("ix_household_door", "place_id", "building", "stairwell"),
        Index("ix_household_door_index", "door_index", unique=True),
        # With what the scope asks of every household, so that the index alone counts them.
        Index("ix_household_due", "community_id", "merged_into_id", "due_on", "restricted"),
        Index("ix_household_kind", "community_id", "merged_into_id", "kind", "due_on", "restricted"),
        Index("ix_household_building", "community_id", "merged_into_id", "place_id", "building", "restricted"),
        where_there("ix_household_merged_into_id", "merged_into_id"),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = reference("place.id", index=False)
    building: Mapped[Short] = public()
    stairwell: Mapped[Short] = public()
    room: Mapped[str] = encrypted()
    door_index: Mapped[str] = coded(32)
    """Blind index of place, building, stairwell and room: one row per door."""
    kind: Mapped[HouseholdKind] = stored_enum(HouseholdKind, default=HouseholdKind.ORDINARY)
    alias: Mapped[Short] = said(default="", shown="stands on every output in the place of a name")
    """Name that stands for a restricted household on every output."""
    door_note: Mapped[Line] = said(default="")
    """Hint for whoever knocks next: 晚七点后在家, 敲门要重. No name, no diagnosis."""
    met_on: Mapped[date | None]
    """Last day somebody was met or spoken to on the phone."""
    tries: Mapped[int] = mapped_column(default=0)
    """Doors that stayed shut since then."""
    due_on: Mapped[date | None]
    """Next visit by the frequency of its kind (`db.rules.doors.visit_plan`)."""
    merged_into_id: Mapped[int | None] = reference("household.id", nullable=True, index=False)
    """The household that this record is one with; nobody's scope shows it any more, its door leads to the other."""


class HouseholdMerge(InCommunity, Restricted, Versioned, Model):
    """Two records of one household made one; `moved` says what to give back when it is undone."""

    __tablename__ = "household_merge"

    id: Mapped[Id]
    kept_id: Mapped[int] = reference("household.id")
    other_id: Mapped[int] = reference("household.id")
    moved: Mapped[dict[str, Any]] = coded(secret=True)
    """`rows`: `table.column` → ids that were the other's; `filled`: column → value before and after."""
    merged_by: Mapped[int | None] = reference("account.id", nullable=True)
    """Empty when the doors were brought into one form after an update."""
    merged_at: Mapped[datetime]
    undone_by: Mapped[int | None] = reference("account.id", nullable=True)
    undone_at: Mapped[datetime | None]


def name_index(name: str) -> str | None:
    """What a person is found by; bulk loads, which no validator sees, write it themselves."""
    return blind_index(f"name|{name}") if name.strip() else None


_LIVING = ("community_id", "merged_into_id", "erased_at")


class Person(InCommunity, Restricted, Versioned, Model):
    """A member of a household whom the worker talks to."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_keep_until", "community_id", "keep_until"),
        Index("ix_person_newest", "community_id", "id"),
        where_there("ix_person_merged_into_id", "merged_into_id"),
        # Who stands twice (`db.queries.people.doubles`), from the index alone.
        Index("ix_person_home", *_LIVING, "household_id", "name_index", "restricted"),
        Index("ix_person_phone", *_LIVING, "phone_index", "restricted"),
    )

    id: Mapped[Id]
    household_id: Mapped[int] = reference("household.id")
    name: Mapped[str] = encrypted()
    phone: Mapped[str | None] = encrypted(nullable=True)
    phone_index: Mapped[str | None] = coded(32, index=True)
    name_index: Mapped[str | None] = coded(32, index=True, secret=True)
    """Keyed hash of the whole name: somebody on the telephone is found by it, a part of it finds nobody."""
    relation: Mapped[Short] = said(default="", shown="a word for a relative")
    """To the household: 户主, 女儿."""
    keep_until: Mapped[date | None]
    """When the record is to be looked at and wiped (PIPL art. 19)."""
    merged_into_id: Mapped[int | None] = reference("person.id", nullable=True, index=False)
    erased_at: Mapped[datetime | None]

    @validates("name")
    def _find_by_name(self, _column: str, name: str) -> str:
        self.name_index = name_index(name)
        return name


class Patch(InCommunity, Model):
    """片区: the buildings that a worker looks after; an empty building means the whole place."""

    __tablename__ = "patch"
    __table_args__ = (UniqueConstraint("account_id", "place_id", "building"),)

    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=False)
    place_id: Mapped[int] = reference("place.id")
    building: Mapped[Short] = public(default="")


class VisitRhythm(InSubdistrict, Versioned, Model):
    """走访频次: days between two visits, by kind of household; the subdistrict edits them."""

    __tablename__ = "visit_rhythm"
    __table_args__ = (UniqueConstraint("subdistrict_id", "kind"),)

    id: Mapped[Id]
    kind: Mapped[HouseholdKind] = stored_enum(HouseholdKind)
    days: Mapped[int]
