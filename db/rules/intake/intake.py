"""扫码来件: what a message must hold before it is kept, what a worker may make of it, and how long its words stay."""

from dataclasses import dataclass
from datetime import date, timedelta

KEPT_DAYS = 30
"""After a worker decided, the sender's words, name, telephone and door are taken out of the message."""
DAYS_AHEAD = 21
"""How far ahead a service may be asked for."""
NAME_MOST, PHONE_MOST, WORDS_MOST, WHERE_MOST, BUILDING_MOST = 30, 30, 500, 100, 20
AN_HOUR = 40
"""Messages that one code may send in an hour: more than any stairwell, fewer than a machine."""
PHONE_CHARACTERS = frozenset("0123456789 -+()")
LINE_OF_DOOR = "\n"


@dataclass(frozen=True, slots=True)
class DoorWords:
    """Where a message comes from: a door in three parts, or words."""

    building: str
    stairwell: str
    room: str
    words: str


def door_words(building: str, stairwell: str, room: str) -> str:
    """A door as one encrypted text; its parts are found again by `door_of`."""
    return LINE_OF_DOOR.join((building, stairwell, room)) if building or stairwell or room else ""


def door_of(where_text: str | None) -> DoorWords:
    """The parts of a door, or the words of a place that is no door."""
    parts = (where_text or "").split(LINE_OF_DOOR)
    if len(parts) == 3:
        return DoorWords(parts[0], parts[1], parts[2], "")
    return DoorWords("", "", "", where_text or "")


def is_phone(text: str) -> bool:
    """Whether somebody could be called under this."""
    return set(text) <= PHONE_CHARACTERS and sum(character.isdigit() for character in text) >= 5


def can_be_reached(phone: str, building: str, room: str) -> bool:
    """House custom: whoever orders leaves a telephone or a whole door, because somebody has to come or to call."""
    return bool(phone) or bool(building and room)


def day_may_be_wanted(wanted: date, today: date) -> bool:
    """From today until three weeks ahead."""
    return today <= wanted <= today + timedelta(days=DAYS_AHEAD)
