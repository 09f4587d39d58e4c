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
from db.rules.half_days import read_slots
from db.rules.imports.names import one_dot
from db.rules.imports.sheet import day_from
from db.rules.members.standing import read_year
from db.rules.numerals import NUMERALS, number_of
from db.rules.phone import REMARK_MOST, read_phone
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
    SAME_NUMBER = "same_number"
    CUT_DIGITS = "cut_digits"
    ERROR_VALUE = "error_value"
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
    branches: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)


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


_CUT = re.compile(r"-?\d(?:\.\d+)?[Ee]\+0*(?:1[5-9]|[2-9]\d|[1-9]\d\d)")
"""How a table writes a number of 16 digits and more: it holds fifteen of them and has cut the rest."""
_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|ERR:\d{3}")


def must_be_whole(value: str) -> None:
    """Raises BadCell for what a table shows where it lost the value: 3.30204E+17, #N/A."""
    if value[0] in "#＃Ee" or "+" in value or "＋" in value:
        shown = unicodedata.normalize("NFKC", value).strip()
        if _CUT.fullmatch(shown):
            raise BadCell(Fault.CUT_DIGITS)
        if _ERROR.fullmatch(shown.upper()):
            raise BadCell(Fault.ERROR_VALUE)


_a_name = text(30)


def name(value: str, book: Book) -> str:
    """A person's name, the dot between its parts in one form."""
    return one_dot(_a_name(value, book))


def phone(value: str, _book: Book) -> str:
    """The first telephone number of a cell; `remark_of` has the rest."""
    found = read_phone(value)
    if found is None or len(found.number) > 20:
        raise BadCell(Fault.WRONG)
    if len(found.remark) > REMARK_MOST:
        raise BadCell(Fault.TOO_LONG, REMARK_MOST)
    return found.number


def remark_of(value: str) -> str:
    """What stands beside the telephone number of a cell: （儿子）, 转801, a second number."""
    found = None if value.isdigit() else read_phone(value)
    return found.remark if found else ""


_WHOLE = re.compile(rf"[共第]?\s*(-?[\d,]{{1,12}}|[{NUMERALS}]{{1,12}})(?:\.0+)?\s*(?:个人|[人户名个号位席家口])?")


_ABOUT = re.compile("[一二三四五六七八九两]{2}")
"""三五人 are three to five, not 35."""


def whole(least: int, most: int) -> Parser:
    """A whole number, also in Chinese, with thousands apart, or with its word behind it: 3人, 两户, 1,200."""

    def parse(value: str, _book: Book) -> int:
        found = _WHOLE.fullmatch(unicodedata.normalize("NFKC", value).strip())
        number = number_of(found[1].removeprefix("-")) if found else None
        if found is None or number is None or _ABOUT.fullmatch(found[1]):
            raise BadCell(Fault.NOT_A_NUMBER)
        if found[1].startswith("-") or not least <= number <= most:
            raise BadCell(Fault.OUT_OF_RANGE, most)
        return number

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


PARTY_FOUNDED = date(1921, 7, 1)


def party_day(value: str, book: Book) -> date:
    """A day up to today on which somebody can have joined the party."""
    found = day_from(value)
    if found is None or found < PARTY_FOUNDED:
        raise BadCell(Fault.BAD_DATE)
    if found > book.today:
        raise BadCell(Fault.IN_FUTURE)
    return found


def birth_year(value: str, book: Book) -> str:
    """The year of birth out of a year or a date; nothing more of it is kept."""
    found = read_year(value, book.today)
    if found is None:
        raise BadCell(Fault.WRONG)
    return str(found)


def half_days(value: str, _book: Book) -> list[str]:
    """Half days of the week as they are spoken."""
    found = read_slots(value)
    if found is None:
        raise BadCell(Fault.WRONG)
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
