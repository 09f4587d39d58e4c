"""Take an address as people write it apart: 柳林小区3幢2单元401室, 柳林小区 3-2-401, 3号楼401."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_MOBILE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
_DASHED = re.compile(r"^\D{0,2}?(\d{1,3}[A-Z]?)[-#/](\d{1,2})[-#/](\d{3,4}[A-Z]?)(?:室|号)?")
_DASHED_TWO = re.compile(r"^\D{0,2}?(\d{1,3}[A-Z]?)[-#/](\d{3,4}[A-Z]?)(?:室|号)?(?![-#/\d])")
_BUILDING = re.compile(r"(\d{1,4}[A-Z]?|[A-Z])(幢|栋|号楼|座|弄)")
_STAIRWELL = re.compile(r"(\d{1,2}|[甲乙丙丁东西中A-Z])单元")
_ROOM = re.compile(
    r"([A-Z]?\d{1,4}[A-Z]?)(?:室|房|户)|(?:单元|幢|栋|号楼|座|弄)-?([A-Z]?\d{3,4}[A-Z]?)(?!\d)|(\d{1,4})号(?!楼|房)"
)


@dataclass(frozen=True, slots=True)
class Address:
    """What was understood; "" where nothing was. `rest` is what stands before the door and is no known place."""

    place: str
    building: str
    stairwell: str
    room: str


def plain(text: str) -> str:
    """In the form in which names are compared: full-width becomes half-width, spaces go, upper case."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def longest_within(text: str, names: Iterable[str]) -> str:
    """The longest of the names that stands in the text, or ""; `text` is plain."""
    return max((name for name in names if plain(name) in text), key=len, default="")


def _building(number: str, word: str) -> str:
    return f"{number}幢" if word in ("幢", "栋", "号楼") else number + word


def read_address(text: str, places: Mapping[str, object] | Iterable[str]) -> Address:
    """Place and door of one address."""
    whole = plain(_MOBILE.sub(" ", text))
    place = longest_within(whole, places)
    rest = whole.split(plain(place), 1)[1] if place else whole
    for pattern in (_DASHED, _DASHED_TWO):
        dashed = pattern.search(rest)
        if dashed is not None:
            parts = dashed.groups()
            between = f"{parts[1]}单元" if len(parts) == 3 else ""
            return Address(place, f"{parts[0]}幢", between, parts[-1])
    building, stairwell = _BUILDING.search(rest), _STAIRWELL.search(rest)
    room = _ROOM.search(rest[building.start() if building else 0 :])
    return Address(
        place,
        _building(building[1], building[2]) if building else "",
        stairwell[0] if stairwell else "",
        next((part for part in room.groups() if part), "") if room else "",
    )
