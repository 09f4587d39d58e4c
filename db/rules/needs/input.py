"""What a form says of a need, unchecked; the names are those of the form's fields, at which `BadInput` tells what is
wrong. Where it is, and where the caller lives, is a `db.rules.doors.door.DoorInput`.
"""

from dataclasses import dataclass
from datetime import datetime

from db.terms import NeedSource, Reach, Urgency


@dataclass(frozen=True, slots=True)
class NeedInput:
    """What a worker states and may correct; without a title the first words of the description stand for it."""

    description: str
    category_id: int | None
    reach: Reach | None
    people: int | None
    urgency: Urgency | None
    title: str = ""
    special_group: bool = False


@dataclass(frozen=True, slots=True)
class CallerInput:
    """Who asks or complains; nothing for somebody who does not say."""

    asker_name: str = ""
    asker_phone: str = ""


@dataclass(frozen=True, slots=True)
class OriginInput:
    """How a need came in: by which way, out of which visit, and when a phone without a network wrote it down."""

    source: NeedSource | None = NeedSource.VISIT
    visit_id: int | None = None
    at: datetime | None = None


NO_CALLER = CallerInput()
BY_VISIT = OriginInput()
