"""What somebody types into the one search: a number, a telephone, a door, sounds or words, read in every way."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from db.rules.doors.door import Door, tidy_door
from db.rules.doors.reading import scan, written
from db.rules.people.doubles import digits_of
from db.rules.search import SearchKeys, looks_like_pinyin, pinyin_query, search_keys

MOST = 60
"""Characters that are looked for; what is longer is cut."""
LEAST_SOUNDS = 2
"""Fewer Latin letters than this are the beginning of everything."""
PHONE_LEAST = 7
YEARS = 3
"""A bare running number is one of this year or of the two before it."""

_WHOLE = re.compile(r"([A-Z]{1,12})-([A-Z]{0,4})(20\d\d)-(\d{1,8})")
_WITHOUT_CODE = re.compile(r"([A-Z]{0,4})(20\d\d)-(\d{1,8})")
_RUNNING = re.compile(r"\d{1,4}")
_PHONE = re.compile(r"\+?[\d \-()]{7,24}")


class Kind(StrEnum):
    """What can be found, in the order in which it is shown."""

    NEED = "need"  # 需求
    ORDER = "order"  # 订单
    COMPLAINT = "complaint"  # 投诉
    PERSON = "person"  # 人员
    PROJECT = "project"  # 项目
    MEETING = "meeting"  # 会议
    MEMBER = "member"  # 党员
    VOLUNTEER = "volunteer"  # 志愿者
    SQUAD = "squad"  # 队伍
    UNIT = "unit"  # 共建单位


SERIES: dict[Kind, str] = {
    Kind.NEED: "",
    Kind.ORDER: "D",
    Kind.COMPLAINT: "T",
    Kind.PROJECT: "P",
    Kind.MEMBER: "DY",
    Kind.VOLUNTEER: "V",
}
"""The letters before the year in the running numbers of a kind (`db.actions.numbering`)."""
AT_NO_DOOR = frozenset({Kind.MEMBER, Kind.VOLUNTEER, Kind.SQUAD})
"""Kinds in which a door is not looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, and what it may be besides words; "" and None for what it is not."""

    words: str
    number: str = ""
    """A whole number: LL-D2026-0001. Nothing else is meant then."""
    series: str = ""
    """The letters of the series of a number, whole or without its community."""
    year: int | None = None
    running: int | None = None
    """The end of a number whose community was not typed: 0440, 2026-0440."""
    phone: str = ""
    """Digits of a telephone, at least seven."""
    place: str = ""
    """What stands before a door."""
    door: Door | None = None
    sounds: str = ""
    """Pinyin or initials in the form of the keys."""

    @property
    def loose(self) -> bool:
        """Whether it is only words: they may stand anywhere."""
        return not (self.number or self.phone) and self.running is None and self.door is None

    @property
    def means(self) -> frozenset[Kind]:
        """The kinds that this can be one of: a number with its series is of one, a telephone belongs to somebody."""
        if self.number or self.year is not None:
            return frozenset(kind for kind, series in SERIES.items() if series == self.series)
        if self.phone:
            return frozenset({Kind.PERSON, Kind.MEMBER, Kind.COMPLAINT})
        if self.running is not None:
            return frozenset(Kind) - {Kind.PERSON, Kind.SQUAD}
        return frozenset(Kind) - (AT_NO_DOOR if self.door else frozenset())

    def numbers(self, kind: Kind, codes: Iterable[str], this_year: int) -> tuple[str, ...]:
        """Numbers of this kind that may be meant, of the communities with these codes."""
        if kind not in SERIES:
            return ()
        if self.number:
            return (self.number,) if self.series == SERIES[kind] else ()
        if self.running is None or (self.year is not None and self.series != SERIES[kind]):
            return ()
        years = (self.year,) if self.year is not None else range(this_year - YEARS + 1, this_year + 1)
        return tuple(f"{code}-{SERIES[kind]}{year}-{self.running:04d}" for code in codes for year in years)


def asked(text: str) -> Asked | None:
    """What was typed; None for nothing to look for."""
    words = " ".join(unicodedata.normalize("NFKC", text).split())[:MOST].strip()
    if not any(sign.isalnum() for sign in words):
        return None
    upper = words.upper().replace(" ", "")
    if whole := _WHOLE.fullmatch(upper):
        return Asked(words, number=f"{whole[1]}-{whole[2]}{whole[3]}-{int(whole[4]):04d}", series=whole[2])
    if part := _WITHOUT_CODE.fullmatch(upper):
        return Asked(words, series=part[1], year=int(part[2]), running=int(part[3]))
    if _PHONE.fullmatch(words) and len(digits := digits_of(words)) >= PHONE_LEAST:
        return Asked(words, phone=digits)
    if _RUNNING.fullmatch(upper):
        return Asked(words, running=int(upper))
    if (found := _door(words)) is not None:
        return Asked(words, place=found[0], door=found[1])
    sounds = pinyin_query(words) if looks_like_pinyin(words) else ""
    return Asked(words, sounds=sounds if len(sounds) >= LEAST_SOUNDS else "")


def _door(words: str) -> tuple[str, Door] | None:
    """The place and the door of a text that is a door to its last sign, or None."""
    plain = written(words)
    found = scan(plain)
    if found is None or found.end != len(plain) or not found.building:
        return None
    return plain[: found.start].strip(), tidy_door(plain[found.start :], "", "")


@lru_cache(maxsize=8192)
def _keys(text: str) -> SearchKeys:
    return search_keys(text)


def sounds_like(text: str, sounds: str) -> bool:
    """Whether a name or a title is read so, or its initials are these letters somewhere."""
    keys = _keys(text)
    return sounds in keys.pinyin or sounds in keys.initials


def places_meant(names: Iterable[tuple[int, str]], said: str) -> Iterator[int]:
    """Ids of the places that what stands before a door can mean: a part of the name, its sounds, or nothing at all."""
    plain = said.strip().casefold()
    sounds = pinyin_query(plain) if looks_like_pinyin(plain) else ""
    for place_id, name in names:
        written_name = written(name).casefold()
        if not plain or plain in written_name or written_name in plain or (sounds and sounds_like(name, sounds)):
            yield place_id
