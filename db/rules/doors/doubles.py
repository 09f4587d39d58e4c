"""Whether two doors on file may be one flat: the stairwell is missing, a name stands before, another word is used."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from db.rules.doors.door import Door, tidy_door
from db.terms import Likeness

_HOUSE = re.compile(r"(.*?)(\d+(?:-\d+)?[A-Z]?|[A-Z]\d*|[甲乙丙丁戊己庚辛])(幢|号|座)")


def may_be_one(one: Door, other: Door) -> Likeness | None:
    """Why two doors of one place may be one flat, None when they are two: another room, stairwell or phase says so."""
    return _likeness(_tidy(one), _tidy(other))


def pairs(doors: Sequence[Door]) -> list[tuple[int, int, Likeness]]:
    """Every two of these doors of one place that may be one flat, by their place in the order, and why.

    Compared are those alone that agree in what must be equal, so that many phases with the same houses cost little.
    """
    tidied = [_tidy(door) for door in doors]
    among: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, door in enumerate(tidied):
        front, number = _parts(door.building)
        for stairwell in (("", door.stairwell), ("any", "")):
            among[(*stairwell, door.room, number, front)].append(at)
    near = {
        (at, other) if at < other else (other, at)
        for at, door in enumerate(tidied)
        for key in _where_it_may_stand(door)
        for other in among.get(key, ())
        if at != other
    }
    compared = ((one, other, _likeness(tidied[one], tidied[other])) for one, other in sorted(near))
    return [(one, other, why) for one, other, why in compared if why is not None]


def _where_it_may_stand(door: Door) -> Iterator[tuple[str, ...]]:
    """Keys of `pairs` with every door that may be this one and whose name is no longer."""
    front, number = _parts(door.building)
    # Of a name without a number no part may be missing.
    ends: Iterable[str] = (front[at:] for at in range(len(front) + 1)) if number else (front,)
    stairwells = (("", door.stairwell), ("", "")) if door.stairwell else (("any", ""),)
    for end in ends:
        for stairwell in stairwells:
            yield (*stairwell, door.room, number, end)


def _parts(building: str) -> tuple[str, str]:
    """What stands before the number of a house, and the number; the whole name where there is none."""
    house = _HOUSE.fullmatch(building)
    return (house[1], house[2]) if house else (building, "")


def _tidy(door: Door) -> Door:
    return tidy_door(door.building, door.stairwell, door.room)


def _likeness(one: Door, other: Door) -> Likeness | None:
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
