"""15 分钟党群服务圈: the places that serve, where buildings stand, and how long the walk between them is."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    InSubdistrict,
    Line,
    Model,
    Short,
    Versioned,
    public,
    reference,
    stored_enum,
)
from db.terms import Datum, VenueKind

POINT = "(latitude IS NULL) = (longitude IS NULL)"


class Venue(InSubdistrict, Versioned, Model):
    """阵地. One that moves is closed and registered anew, so that the coverage of earlier days stays what it was."""

    __tablename__ = "venue"
    __table_args__ = (
        CheckConstraint("closed_on IS NULL OR opened_on IS NULL OR closed_on >= opened_on", name="days"),
        CheckConstraint(POINT, name="point"),
    )

    id: Mapped[Id]
    name: Mapped[Short] = public()
    kind: Mapped[VenueKind] = stored_enum(VenueKind)
    home_id: Mapped[int | None] = reference("community.id", nullable=True)
    """The community that keeps it; empty for one of the subdistrict."""
    unit_id: Mapped[int | None] = reference("unit.id", nullable=True)
    address: Mapped[Line] = public(default="")
    hours: Mapped[dict[str, Any]] = public(default=dict)
    """Weekday → spans, as `db.rules.results.opening_hours.stored` writes them."""
    holidays: Mapped[Line] = public(default="")
    desk_phone: Mapped[Short] = public(default="")
    """Telephone of its desk: public, it hangs on the door."""
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    """Millionths of a degree."""
    datum: Mapped[Datum] = stored_enum(Datum, default=Datum.GCJ02)
    opened_on: Mapped[date | None]
    """Empty: it was there before anybody wrote it down."""
    closed_on: Mapped[date | None]
    """Its last day, which may be to come."""
    closed_reason: Mapped[Line] = public(default="")


class BuildingSpot(InCommunity, Versioned, Model):
    """Where a building stands, and how many households it has where the books do not know all of them."""

    __tablename__ = "building_spot"
    __table_args__ = (UniqueConstraint("place_id", "building"), CheckConstraint(POINT, name="point"))

    id: Mapped[Id]
    place_id: Mapped[int] = reference("place.id", index=False)
    building: Mapped[Short] = public()
    """In the form of `db.rules.doors.door`; empty for a place without buildings, such as a lane."""
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    datum: Mapped[Datum] = stored_enum(Datum, default=Datum.GCJ02)
    households: Mapped[int | None]


class VenueWalk(InCommunity, Model):
    """Minutes that somebody walked from a building to a place; they win over what coordinates say."""

    __tablename__ = "venue_walk"
    __table_args__ = (
        UniqueConstraint("spot_id", "venue_id"),
        CheckConstraint("minutes BETWEEN 1 AND 240", name="minutes"),
    )

    id: Mapped[Id]
    spot_id: Mapped[int] = reference("building_spot.id", index=False)
    venue_id: Mapped[int] = reference("venue.id")
    minutes: Mapped[int]


class WalkingRule(InSubdistrict, Versioned, Model):
    """How straight lines become minutes from a day on; days before the first one have the program's assumption."""

    __tablename__ = "walking_rule"
    __table_args__ = (UniqueConstraint("subdistrict_id", "since"),)

    id: Mapped[Id]
    since: Mapped[date]
    detour: Mapped[int] = mapped_column(default=135)
    """Percent of the straight line."""
    pace: Mapped[int] = mapped_column(default=4500)
    """Metres an hour."""
