"""Take an address as people write it apart: 柳林小区3幢2单元401室, 柳林小区 3-2-401, 柳林路88弄12号502."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.rules.doors.door import DOOR_MOST, Door, named_front
from db.rules.doors.reading import NOT_A_ROOM, left_over, plain, scan, written, written_at

_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<![\d-])0\d{2,3}-?\d{7,8}(?!\d)")
_LATE_ROOM = re.compile(rf"(?<!\d)\d{{3,4}}(?!\d){NOT_A_ROOM}")
_FILLING = re.compile(r"^[,\s.;:、。-]*(?:位于|住在|住|在|内|里|的)?[,\s.;:、。-]*|[,\s.;:、。-]+$")


@dataclass(frozen=True, slots=True)
class Address:
    """What was understood; "" where nothing was. `unread` is a text that speaks of a door and was not understood."""

    place: str
    building: str
    stairwell: str
    room: str
    unread: str = ""


def longest_within(text: str, names: Iterable[str]) -> str:
    """The longest of the names that stands in the text, or ""; `text` is plain."""
    return max((name for name in names if plain(name) in text), key=len, default="")


def read_address(text: str, places: Mapping[str, object] | Iterable[str]) -> Address:
    """Place and door of one address; it is read behind the place, and before it when nothing stands behind."""
    whole = _PHONE.sub(" ", text)
    place = longest_within(plain(whole), places)
    if not place:
        return _door("", written(whole), fronts=False)
    # The name may have lost its spaces or brackets on the way: it is looked for without them.
    before, _name, behind = _around(whole, place)
    read = _door(place, written(behind), fronts=True)
    if read.building or read.stairwell or read.room or read.unread:
        return read
    return _door(place, written(before), fronts=False)


def _around(text: str, place: str) -> tuple[str, str, str]:
    """The text before the last mention of a place, the mention, and the text behind it."""
    before, name, behind = text.rpartition(place)
    if name:
        return before, name, behind
    spaced = r"\s*".join(map(re.escape, plain(place)))
    flat = "".join(
        one if len(one) == 1 else sign for sign in text for one in [unicodedata.normalize("NFKC", sign).upper()]
    )
    hits = list(re.finditer(spaced, flat))
    if not hits:
        return "", "", plain(text).rpartition(plain(place))[2]
    return text[: hits[-1].start()], text[hits[-1].start() : hits[-1].end()], text[hits[-1].end() :]


def _door(place: str, text: str, *, fronts: bool) -> Address:
    """The door in a text; `fronts`: what stands before it belongs to its name, else it is a place we do not know."""
    found = scan(text)
    if found is None:
        return Address(place, "", "", "", text if left_over(text, "") else "")
    head, tail = text[: found.start], text[found.end :]
    front = named_front(_FILLING.sub("", head)) if fronts else ""
    building = (front or "") + found.building
    if "room" not in found.kinds and _LATE_ROOM.search(tail):
        return Address(place, "", "", "", text)  # 5幢西门302: what stands between was not understood.
    if front is None or left_over("" if front else head, tail) or len(building) > DOOR_MOST:
        return Address(place, "", "", "", text)
    return Address(place, building, found.stairwell, found.room)


def find_door(text: str) -> tuple[Door, int, int] | None:
    """A door within a sentence, and from where to where it stands: 张三 三幢二单元四〇一 两个人.

    A number that may be anything else (12号上午, 二期) is none: a house needs its room, a room its word or building.
    """
    flat, at = written_at(text)
    begin = 0
    while (found := scan(flat, begin)) is not None:
        if not _MAY_BE_ANYTHING.issuperset(found.kinds):
            return Door(found.building, found.stairwell, found.room), at[found.start], at[found.end - 1] + 1
        begin = found.end
    return None


_MAY_BE_ANYTHING = frozenset({"number", "phase", "zone"})
