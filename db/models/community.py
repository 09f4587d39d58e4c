"""Subdistrict, community, place, category: the frame that everything else hangs in."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, InSubdistrict, Line, Model, Short, Versioned, coded, public, stored_enum
from db.terms import PlaceKind, ReadingKind


class Subdistrict(Model):
    """街道: the administration above the communities; one database may hold a whole district of them."""

    __tablename__ = "subdistrict"

    id: Mapped[Id]
    name: Mapped[Line] = public(unique=True)
    district: Mapped[Line] = public()


class Community(InSubdistrict, Model):
    """社区."""

    __tablename__ = "community"
    __table_args__ = (UniqueConstraint("subdistrict_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Short] = public()
    code: Mapped[str] = coded(12)
    """Short letters that open every number of this community, for example CL in CL-2026-0031."""
    households: Mapped[int]
    residents: Mapped[int]
    desk_phone: Mapped[Short] = public(default="")
    """Telephone of the service desk: public, printed on contact cards."""


class Place(InCommunity, Versioned, Model):
    """小区、街巷或公共场所: where a need is."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Short] = public()
    kind: Mapped[PlaceKind] = stored_enum(PlaceKind)
    households: Mapped[int] = mapped_column(default=0)
    """Households living there: the denominator of the demand criterion."""


class Category(InSubdistrict, Versioned, Model):
    """需求类别: a dictionary the subdistrict edits; six to start with (docs/domain.md 7.1)."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("subdistrict_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Short] = public()
    name_en: Mapped[Short] = public()
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class HolidayOverride(InSubdistrict, Versioned, Model):
    """A day that the calendar library does not know or gets wrong."""

    __tablename__ = "holiday_override"
    __table_args__ = (UniqueConstraint("subdistrict_id", "day"),)

    id: Mapped[Id]
    day: Mapped[date]
    workday: Mapped[bool]
    note: Mapped[Line] = public(default="")


class NameReading(InSubdistrict, Model):
    """读音: how characters are read here, in names of places or as a surname; needs are found by it, too."""

    __tablename__ = "name_reading"
    __table_args__ = (UniqueConstraint("subdistrict_id", "written", "sounds", "kind"),)

    id: Mapped[Id]
    written: Mapped[str] = public(10)
    sounds: Mapped[str] = coded(80)
    """A syllable a character, with a blank between them: zhao yang."""
    kind: Mapped[ReadingKind] = stored_enum(ReadingKind)
