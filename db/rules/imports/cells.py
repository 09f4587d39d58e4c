"""How the text of a cell becomes a clean value, or what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from db.rules.doors.door import DOOR_MOST
from db.rules.doors.reading import plain
from db.rules.imports.sheet import day_from
from db.rules.typed import clean_line, clean_text

FIRST_DAY = date(1950, 1, 1)


class Fault(StrEnum):
    """What is wrong with a cell."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    BAD_DATE = "bad_date"
    IN_FUTURE = "in_future"
    UNKNOWN_CHOICE = "unknown_choice"
    TAKEN = "taken"
    WRONG = "wrong"
    UNREAD_DOOR = "unread_door"
    """A text that speaks of a building, stairwell or room and was not understood."""
    OTHER_DOOR = "other_door"
    """An address that names another door than the columns beside it."""


class BadCell(Exception):
    """`fault` of one cell; `most` where a length or a limit is meant."""

    def __init__(self, fault: Fault, most: int = 0) -> None:
        super().__init__(fault.value)
        self.fault, self.most = fault, most


@dataclass(frozen=True, slots=True)
class Book:
    """What a community knows by name, each to its id, and the day of the import."""

    today: date
    places: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)
    workers: Mapping[str, int] = field(default_factory=dict)


Parser = Callable[[str, Book], Any]


def text(most: int, *, lines: bool = False) -> Parser:
    """Clean text within a length."""
    clean = clean_text if lines else clean_line

    def parse(value: str, _book: Book) -> str:
        # Most cells are plain words already; the full cleaning costs ten times as much.
        tidy = value.isprintable() and "  " not in value and unicodedata.is_normalized("NFC", value)
        kept = value.strip() if tidy else clean(value, 10**6).value
        if len(kept) > most:
            raise BadCell(Fault.TOO_LONG, most)
        return kept

    return parse


def door_part(value: str, book: Book) -> str:
    """Building, stairwell or room."""
    kept: str = text(20)(value, book)
    if len("".join(unicodedata.normalize("NFKC", kept).split())) > DOOR_MOST - 2:
        raise BadCell(Fault.TOO_LONG, 20)
    return kept


_PHONE = re.compile(r"[0-9 \-+()]{5,30}")


def phone(value: str, _book: Book) -> str:
    """A telephone number with at least five digits; of several the first one is kept."""
    if value.isascii() and value.isdigit() and 5 <= len(value) <= 20:
        return value  # as nearly all of them are written
    kept = re.split(r"[,;、/]", unicodedata.normalize("NFKC", value).strip())[0].strip()
    if not _PHONE.fullmatch(kept) or sum(letter.isdigit() for letter in kept) < 5 or len(kept) > 20:
        raise BadCell(Fault.WRONG)
    return kept


def whole(least: int, most: int) -> Parser:
    """A whole number, also with a unit behind it: 3人."""

    def parse(value: str, _book: Book) -> int:
        found = re.fullmatch(r"(-?\d{1,9})(?:\.0+)?\s*[人户名个号位席]?", unicodedata.normalize("NFKC", value).strip())
        if found is None:
            raise BadCell(Fault.NOT_A_NUMBER)
        if not least <= int(found[1]) <= most:
            raise BadCell(Fault.OUT_OF_RANGE, most)
        return int(found[1])

    return parse


def past_day(value: str, book: Book) -> date:
    """A day up to today."""
    found = any_day(value, book)
    if found > book.today:
        raise BadCell(Fault.IN_FUTURE)
    return found


def any_day(value: str, _book: Book) -> date:
    """A day of this or the last century."""
    found = day_from(value)
    if found is None or not FIRST_DAY <= found <= date(2100, 12, 31):
        raise BadCell(Fault.BAD_DATE)
    return found


def named(words: Mapping[str, Any]) -> Parser:
    """One of several words; the value of an enumeration itself is understood, too."""
    known = {plain(word): value for word, value in words.items()}
    known |= {plain(str(value)): value for value in words.values()}

    def parse(value: str, _book: Book) -> Any:
        try:
            return known[plain(value)]
        except KeyError:
            raise BadCell(Fault.UNKNOWN_CHOICE) from None

    return parse


def entry(of: str) -> Parser:
    """An entry of the community's own book by its name, also without its numbering (1. 助老扶幼)."""

    def parse(value: str, book: Book) -> int:
        names: Mapping[str, int] = getattr(book, of)
        wanted = plain(value)
        for name, number in names.items():
            if plain(name) == wanted:
                return number
        bare = re.sub(r"^[\d一二三四五六七八九十]+[.、]", "", wanted)
        near = [number for name, number in names.items() if plain(name) == bare]
        if len(near) != 1:
            raise BadCell(Fault.UNKNOWN_CHOICE)
        return near[0]

    return parse


YES = {"是": True, "有": True, "√": True, "Y": True, "YES": True, "1": True, "TRUE": True,
       "否": False, "无": False, "×": False, "N": False, "NO": False, "0": False, "FALSE": False}  # fmt: skip
yes = named(YES)


def skills(value: str, _book: Book) -> list[str]:
    """Skills apart at the usual marks, eight at most, each once."""
    parts = dict.fromkeys(part for part in re.split(r"[、,，;；/\s]+", value) if part)
    if any(len(part) > 20 for part in parts):
        raise BadCell(Fault.TOO_LONG, 20)
    return list(parts)[:8]
