"""What a form says of a message from a plain page that becomes something, unchecked; the names are its fields'."""

from dataclasses import dataclass
from datetime import date

from db.terms import Reach, Urgency


@dataclass(frozen=True, slots=True)
class IntakeInput:
    """What the worker understood, and what the need, the order or the complaint made of it asks besides."""

    description: str = ""
    place_id: int | None = None
    building: str = ""
    category_id: int | None = None
    reach: Reach | None = None
    people: int | None = None
    urgency: Urgency | None = None
    service_id: int | None = None
    wanted_on: date | None = None
    wanted_time: str = ""
    caution: str = ""
