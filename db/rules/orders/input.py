"""What a form says of an order or a series of orders, unchecked; the names are those of the form's fields."""

from dataclasses import dataclass
from datetime import date

from db.terms import FeeKind, OrderChannel, Rhythm, ServiceGroup


@dataclass(frozen=True, slots=True)
class OrderInput:
    """One service for one household: of a need that was routed here, of a person on file, or of a door."""

    service_id: int | None
    channel: OrderChannel | None
    wanted_on: date | None = None
    wanted_time: str = ""
    note: str = ""
    caution: str = ""
    emergency_contact: str = ""
    need_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesInput:
    """A service that comes again and again, with its usual helper."""

    service_id: int | None
    rhythm: Rhythm | None
    starts_on: date | None
    until: date | None = None
    wanted_time: str = ""
    volunteer_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ServiceInput:
    """A service of the catalogue."""

    name: str
    group: ServiceGroup | None
    fee: FeeKind | None
    answer_hours: int | None
    finish_days: int | None
    minutes: int | None
    name_en: str = ""
    skill: str = ""
    active: bool = True
