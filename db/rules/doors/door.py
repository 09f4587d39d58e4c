"""Bring what a worker types for a door into one form, so that one door stays one household."""

import re
import unicodedata
from dataclasses import dataclass

_BARE_NUMBER = re.compile(r"[0-9]+[A-Z]?")


@dataclass(frozen=True, slots=True)
class Door:
    """Building, stairwell and room, each "" when it is not known: `3幢`, `2单元`, `401`."""

    building: str
    stairwell: str
    room: str

    @property
    def is_household(self) -> bool:
        """Whether a household lives behind it: a house without a stairwell has a room or a number all the same."""
        return bool(self.room)

    def key(self, place_id: int) -> str:
        """What the blind index of a household is made of."""
        return f"{place_id}|{self.building}|{self.stairwell}|{self.room}"


@dataclass(frozen=True, slots=True)
class DoorInput:
    """A door as a form gives it, unchecked: a household that is known, or a place and what was typed."""

    place_id: int | None = None
    building: str = ""
    stairwell: str = ""
    room: str = ""
    household_id: int | None = None


def tidy_door(building: str, stairwell: str, room: str) -> Door:
    """The door in one form: full-width digits and spaces go, a bare number gets its word (`3` → `3幢`)."""
    plain_room = _plain(room)
    for ending in ("室", "号"):
        if _BARE_NUMBER.fullmatch(plain_room.removesuffix(ending)):
            plain_room = plain_room.removesuffix(ending)
    return Door(_worded(building, "幢"), _worded(stairwell, "单元"), plain_room)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def _worded(text: str, word: str) -> str:
    plain = _plain(text)
    return plain + word if _BARE_NUMBER.fullmatch(plain) else plain
