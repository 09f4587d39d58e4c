"""阵地: what is typed about one, its name as people type it, and what a coordinate may be."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from db.rules.results.circle import MILLION
from db.terms import Datum, VenueKind

LATITUDE, LONGITUDE = (3, 54), (73, 136)
"""Degrees within which the country lies: latitude and longitude that change places are found out."""


@dataclass(frozen=True, slots=True)
class VenueInput:
    """登记或修改阵地."""

    name: str
    kind: VenueKind | None
    address: str = ""
    hours: str = ""
    """周一至周五 8:30–17:30, in the words of `db.rules.results.opening_hours`."""
    holidays: str = ""
    """What holds on holidays."""
    desk_phone: str = ""
    latitude: str = ""
    longitude: str = ""
    datum: Datum | None = None
    opened_on: date | None = None
    home_id: int | None = None
    """The community that keeps it; the subdistrict itself for None."""
    unit_id: int | None = None
    """The partner unit whose rooms it uses."""


@dataclass(frozen=True, slots=True)
class BuildingInput:
    """楼栋的位置和户数."""

    place_id: int | None
    building: str
    latitude: str = ""
    longitude: str = ""
    datum: Datum | None = None
    households: int | None = None
    """Empty: as many as there are doors in the books."""


def venue_key(name: str) -> str:
    """What a name is known by: letters and numbers alone, of any width; what stands in brackets belongs to it."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def overlap(first: tuple[date | None, date | None], second: tuple[date | None, date | None]) -> bool:
    """Whether two stretches of days, each from its first to its last, have a day in common; None has no end."""
    return (first[0] or date.min) <= (second[1] or date.max) and (second[0] or date.min) <= (first[1] or date.max)


def millionths(text: str, limits: tuple[int, int]) -> int | None:
    """A coordinate in degrees as millionths; None for what is no number within the limits."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("°").strip()
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,15})?", plain):
        return None
    try:
        degrees = Decimal(plain)
    except InvalidOperation:
        return None
    return round(degrees * MILLION) if limits[0] <= degrees <= limits[1] else None


def degrees(value: int) -> str:
    """31.234567 of 31234567, without zeros that say nothing."""
    return f"{value // MILLION}.{value % MILLION:06d}".rstrip("0").rstrip(".")
