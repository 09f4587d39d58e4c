"""Where the row of a file stands: place and door out of its columns and its address, by the one rule of doors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from db.rules.doors.address import Address, longest_within, read_address
from db.rules.doors.door import Door, tidy_door, unread_fields
from db.rules.doors.reading import plain
from db.rules.imports.cells import BadCell, Book, Fault
from db.rules.imports.fields import FIELDS, NEEDS_PLACE
from db.terms import ImportKind

PARTS = ("building", "stairwell", "room")
SAME_MOST = 50
"""Pairs of rows that are shown side by side."""
Faults = Iterator[tuple[str, Fault]]


@dataclass(frozen=True, slots=True)
class SameDoor:
    """Two rows (places in the list) whose texts differ and whose door is one."""

    first: int
    second: int
    first_text: str
    second_text: str
    door: Door


class Standing:
    """Places and doors of the rows of one file, row after row."""

    def __init__(self, kind: ImportKind, book: Book) -> None:
        self.kind, self.book = kind, book
        self.keys = {field.key for field in FIELDS[kind]}
        self.names = {number: name for name, number in book.places.items()}
        self.plain_names = {plain(name) for name in book.places}
        self.same_doors: list[SameDoor] = []
        self._seen: dict[tuple[int, Door], tuple[int, str, set[str]]] = {}
        self._read = lru_cache(maxsize=8192)(lambda text: read_address(text, book.places))

    def find_place(self, row: Mapping[str, str], clean: dict[str, Any]) -> None:
        """A whole address in the column of the place, which many lists have, names its place, too."""
        if isinstance(clean.get("place"), BadCell) and self.kind in NEEDS_PLACE:
            name = longest_within(plain(row.get("place", "")), self.book.places)
            if name:
                clean["place"] = self.book.places[name]

    def faults(self, number: int, row: Mapping[str, str], clean: dict[str, Any], bad: set[str]) -> Faults:
        """Fill place, building, stairwell and room of a row; what is wrong with them. `bad` have a fault already."""
        if "building" not in self.keys:
            return
        address = self._address(row, clean)
        if "place" in self.keys and self.kind in NEEDS_PLACE and clean.get("place", 0) is None:
            yield from self._place(clean, address)
        place = self.names.get(clean.get("place") or 0, "")
        typed = tuple(clean.get(part) or "" for part in PARTS)
        unread = unread_fields(*typed, place=place)
        yield from ((part, Fault.UNREAD_DOOR) for part in unread)
        door = tidy_door(*typed, place=place)
        if address is not None:
            if address.unread:
                yield ("address" if clean.get("address") else "place"), Fault.UNREAD_DOOR
            elif not unread and any(_differs(door, address, part) for part in PARTS):
                yield "address", Fault.OTHER_DOOR
            door = Door(*(getattr(door, part) or getattr(address, part) for part in PARTS))
        clean |= {part: getattr(door, part) for part in PARTS if part in self.keys}
        wants_door = self.kind is ImportKind.HOUSEHOLDS or (
            self.kind is ImportKind.VISITS and not clean.get("where_text")
        )
        if wants_door and not door.room and "room" not in bad and not unread and not (address and address.unread):
            yield "room", Fault.EMPTY
        self._compare(number, row, clean, door)

    def _address(self, row: Mapping[str, str], clean: Mapping[str, Any]) -> Address | None:
        """The address column, else the column of the place when more than a name stands in it."""
        if clean.get("address"):
            return self._read(clean["address"])
        text = row.get("place", "")
        return self._read(text) if text and plain(text) not in self.plain_names else None

    def _place(self, clean: dict[str, Any], address: Address | None) -> Faults:
        places = self.book.places
        if address is not None and address.place:
            clean["place"] = places[address.place]
        elif len(places) == 1:
            clean["place"] = next(iter(places.values()))
        else:
            yield "place", Fault.EMPTY

    def _compare(self, number: int, row: Mapping[str, str], clean: Mapping[str, Any], door: Door) -> None:
        """Remember which text led to a door; another text that leads there is put beside it."""
        if not (door.room and clean.get("place") and len(self.same_doors) < SAME_MOST):
            return
        text = " ".join(row[key].strip() for key in (*PARTS, "address", "place") if row.get(key, "").strip())
        first, words, texts = self._seen.setdefault((clean["place"], door), (number, text, set()))
        if plain(text) not in texts and texts:
            self.same_doors.append(SameDoor(first, number, words, text, door))
        texts.add(plain(text))


def _differs(door: Door, address: Address, part: str) -> bool:
    return getattr(door, part) not in ("", getattr(address, part)) and getattr(address, part) != ""
