"""Whether two doors on file may be one flat: the stairwell is missing, a name stands before, another word is used."""

import re

from db.rules.doors.door import Door, tidy_door
from db.terms import Likeness

_HOUSE = re.compile(r"(.*?)(\d+(?:-\d+)?[A-Z]?|[A-Z]\d*|[甲乙丙丁戊己庚辛])(幢|号|座)")


def may_be_one(one: Door, other: Door) -> Likeness | None:
    """Why two doors of one place may be one flat, None when they are two: another room, stairwell or phase says so."""
    one, other = (tidy_door(door.building, door.stairwell, door.room) for door in (one, other))
    if one.room != other.room or not one.building or not other.building:
        return None
    if one == other:
        return Likeness.DOOR
    if one.stairwell != other.stairwell and one.stairwell and other.stairwell:
        return None
    if one.building == other.building:
        return Likeness.NO_STAIRWELL
    long, short = sorted((one.building, other.building), key=len, reverse=True)
    first, second = _HOUSE.fullmatch(long), _HOUSE.fullmatch(short)
    if first is None or second is None or first[2] != second[2] or not _ends(first[1], second[1]):
        return None
    if first[3] != second[3]:
        return Likeness.OTHER_WORD if first[1] == second[1] else None
    return Likeness.PART_OF_NAME


def _ends(name: str, end: str) -> bool:
    """Whether a longer name ends in a shorter one and no number is cut: 11期 does not end in 1期."""
    before = name.removesuffix(end)[-1:]
    return name.endswith(end) and not (before.isdigit() and end[:1].isdigit())


def group_of(building: str) -> str:
    """What two buildings have in common that may be one: the number of the house, else the whole name."""
    house = _HOUSE.fullmatch(tidy_door(building, "", "").building)
    return house[2] if house else building
