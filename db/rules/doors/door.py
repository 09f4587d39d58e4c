"""Bring what a worker types for a door into one form, so that one door stays one household."""

import re
from dataclasses import dataclass
from functools import lru_cache

from db.rules.doors.numerals import NUMERALS
from db.rules.doors.reading import label, left_over, parted, plain, room_alone, scan, written

_TIDY = re.compile(r"(?:[1-9]\d{0,2}幢\|(?:[1-9]\d?单元)?)\|[1-9]\d{2,3}")
_BARE = re.compile(rf"第?([0-9]+[A-Z]?|[A-Z][0-9]*|[{NUMERALS}]+|[甲乙丙丁戊己庚辛])")
_BARE_BLOCK = re.compile(rf"([东南西北中]?){_BARE.pattern}楼?")
_BARE_STAIRWELL = re.compile(rf"{_BARE.pattern}|([东南西北中])")
_NUMBERED = re.compile(rf"[0-9{NUMERALS}]")
_TWO_NUMBERS = re.compile(r"\d[ /,、和及]\d")
_FLOOR_AND_FLAT = re.compile(r"^(\d{1,2}) (\d{2})$")
_SAYS_MORE = re.compile(r"(?:区|苑|园|村|院|里|坊|组|队|庄|层|墅|公寓|花园|大厦|城|府|庭|轩|阁|门|弄|巷|街|路|道)$")
_SAYS_NOTHING = ("小区", "社区")
_A_BLOCK, _A_ROOM = "1幢", "101室"
"""What is put before or behind a field so that it is read as what it is a part of."""
DOOR_MOST = 24
"""Signs of one part of a door; one typed sign can become eighteen in the form that doors are kept in."""
Parts = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Door:
    """Building, stairwell and room, each "" when it is not known: `3幢`, `2单元`, `401`; `88弄12号`, `1期3幢`."""

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


def tidy_door(building: str, stairwell: str, room: str, *, place: str = "") -> Door:
    """The door in one form: `七号楼`, `7栋`, `7#`, `07` and `7` are `7幢`; a whole door in one field is taken apart.

    What is not understood stays as it was typed. `place` is the name of the place, which may stand before.
    """
    if _TIDY.fullmatch(f"{building}|{stairwell}|{room}"):
        return Door(building, stairwell, room)  # As nearly all of them stand in the books: twenty times as quick.
    return _tidied(*_plain(building, stairwell, room, place))[0]


def unread_fields(building: str, stairwell: str, room: str, *, place: str = "") -> tuple[str, ...]:
    """Which fields hold a number with a word of doors and were not understood: `3幢4幢`; a name (`综合楼`) is none."""
    if _TIDY.fullmatch(f"{building}|{stairwell}|{room}"):
        return ()
    return _tidied(*_plain(building, stairwell, room, place))[1]


def named_front(front: str) -> str | None:
    """What stands between a place and its door and belongs to its name (`荷花苑3幢`); None for what does not."""
    if not front or front in _SAYS_NOTHING:
        return ""
    return front if _SAYS_MORE.search(front) and not _NUMBERED.search(front) else None


def _plain(building: str, stairwell: str, room: str, place: str) -> Parts:
    name = plain(place)
    parts = [parted(text) for text in (building, stairwell, room)]
    parts[2] = _FLOOR_AND_FLAT.sub(r"\1\2", parts[2])
    if name:
        parts = [part.removeprefix(name) or part for part in parts]
    return parts[0], parts[1], parts[2]


@lru_cache(maxsize=8192)
def _tidied(*typed: str) -> tuple[Door, tuple[str, ...]]:
    texts = [written(text) for text in typed]
    of_building = _of_building(texts[0])
    read = [of_building, _of_stairwell(texts[1]), _of_room(texts[2], bool(of_building[0] if of_building else texts[0]))]
    own = [parts[at] if parts is not None else typed[at] for at, parts in enumerate(read)]
    for at, parts in enumerate(read):
        if parts is None:
            continue
        beside = [(other, text) for other, text in enumerate(parts) if text and other != at]
        if any(own[other] not in ("", text) for other, text in beside):
            read[at], own[at] = None, typed[at]  # It contradicts another field: nobody guesses which is right.
        else:
            for other, text in beside:
                own[other] = text
    unread = tuple(
        name
        for name, parts, text in zip(("building", "stairwell", "room"), read, texts, strict=True)
        if parts is None and _NUMBERED.search(text) and (left_over(text, "") or _TWO_NUMBERS.search(text))
    )
    return Door(*own), unread


@lru_cache(maxsize=4096)
def _of_building(text: str) -> Parts | None:
    if not text:
        return "", "", ""
    bare = _BARE_BLOCK.fullmatch(text)
    if bare is not None:
        return (f"{bare[1]}{number}幢", "", "") if (number := label(bare[2])) else None
    return _whole(text, behind=_A_ROOM) or _whole(text)


@lru_cache(maxsize=1024)
def _of_stairwell(text: str) -> Parts | None:
    if not text:
        return "", "", ""
    bare = _BARE_STAIRWELL.fullmatch(text)
    if bare is not None:
        return ("", f"{number}单元", "") if (number := bare[2] or label(bare[1])) else None
    return _whole(text, before=_A_BLOCK) or _whole(text)


@lru_cache(maxsize=4096)
def _of_room(text: str, building_known: bool) -> Parts | None:
    if not text:
        return "", "", ""
    if (number := room_alone(text)) is not None:
        return ("", "", number) if number else None
    return (_whole(text, before=_A_BLOCK) if building_known else None) or _whole(text)


def _whole(text: str, *, before: str = "", behind: str = "") -> Parts | None:
    """The parts of a text that is read to its last sign; what is put before and behind it is taken off again."""
    found = scan(before + text + behind)
    if found is None or found.end != len(before + text + behind):
        return None
    front = named_front(text[: found.start]) if not before else "" if not found.start else None
    if front is None:
        return None
    building = found.building if not before else found.building.removeprefix(before)
    room = found.room
    if behind:
        if room != "101" or not (front or building or found.stairwell):
            return None
        room = ""
    return front + building, found.stairwell, room
