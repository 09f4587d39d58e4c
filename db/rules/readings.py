"""读音: names of places and surnames that a dictionary of words reads otherwise than the people who live there.

A reading is one more way in which a text is found, never one less: 朝阳 is Chaoyang and Zhaoyang. The subdistrict adds
its own (`db.models.NameReading`); those below hold everywhere.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from db.terms import ReadingKind

MOST_CHARACTERS, MOST_SOUNDS = 10, 80
AFTER_SURNAME = "家宅巷弄桥氏庄村湾浜塘埭"
"""What follows a surname in the name of a lane, a house or a hamlet."""
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇\U00020000-\U0003ffff]+")
_SYLLABLE = re.compile(r"[a-z]{1,6}")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")


@dataclass(frozen=True, slots=True)
class Reading:
    """`written` is read so, a syllable a character, small letters without tones, ü as v."""

    written: str
    syllables: tuple[str, ...]
    kind: ReadingKind

    def places(self, text: str) -> Iterator[int]:
        """Where it stands in a text; a surname counts in the name of a place only."""
        at = text.find(self.written)
        while at >= 0:
            end = at + len(self.written)
            if self.kind is not ReadingKind.SURNAME or text[end : end + 1] in set(AFTER_SURNAME):
                yield at
            at = text.find(self.written, at + 1)


class BadReading(ValueError):
    """What is no reading; `field`: written | sounds."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def reading_from(written: str, sounds: str, kind: ReadingKind) -> Reading:
    """What a form says as a reading, a syllable a character.

    Raises BadReading: a name of a place has two Chinese characters and more, a surname one or two.
    """
    least, most = (1, 2) if kind is ReadingKind.SURNAME else (2, MOST_CHARACTERS)
    if not _HAN.fullmatch(written) or not least <= len(written) <= most:
        raise BadReading("written")
    bare = _TONES.sub("", unicodedata.normalize("NFD", sounds.lower())).replace("u\u0308", "v")
    syllables = tuple(re.split(r"[\s'’]+", bare.strip()))
    if len(syllables) != len(written) or not all(_SYLLABLE.fullmatch(one) for one in syllables):
        raise BadReading("sounds")
    return Reading(written, syllables, kind)


def stored(written: str, sounds: str, kind: ReadingKind) -> Reading:
    """A reading as it lies in the database: syllables with a blank between them."""
    return Reading(written, tuple(sounds.split()), kind)


_PLACES = {
    "朝阳": "chao yang", "江厦": "jiang xia", "长宁": "chang ning", "洪洞": "hong tong", "会稽": "kuai ji",
    "涡阳": "guo yang", "单县": "shan xian", "家弄": "jia long", "宅弄": "zhai long", "巷弄": "xiang long",
}  # fmt: skip
_SURNAMES = {
    "仇": "qiu", "曾": "zeng", "翟": "zhai", "解": "xie", "单": "shan", "区": "ou", "查": "zha", "盖": "ge",
    "朴": "piao", "折": "she", "员": "yun", "贠": "yun", "缪": "miao", "郇": "xun", "召": "shao", "秘": "bi",
    "黑": "he", "能": "nai", "阚": "kan", "卜": "bu", "薄": "bo", "都": "du", "乜": "nie", "句": "gou",
    "乐": "yue", "覃": "qin", "隗": "wei", "种": "chong", "繁": "po", "祭": "zhai", "洗": "xian", "牟": "mu",
    "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "澹台": "tan tai",
}  # fmt: skip
BUILT_IN = (
    *(stored(written, sounds, ReadingKind.PLACE) for written, sounds in _PLACES.items()),
    *(stored(written, sounds, ReadingKind.SURNAME) for written, sounds in _SURNAMES.items()),
)
"""Chosen where pypinyin 0.55 reads otherwise (docs/parts.md 5); readings as the dictionaries give them for names."""


def with_built_in(own: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings of a subdistrict: its own before those that hold everywhere."""
    return tuple(dict.fromkeys((*own, *BUILT_IN)))


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    return {one.written: one.syllables for one in BUILT_IN if one.kind is ReadingKind.SURNAME}


def surname_in(name: str) -> tuple[str, tuple[str, ...]] | None:
    """The surname that a person's name begins with and how it is read, where the dictionary of words errs."""
    found = _surnames()
    return next(((name[:length], found[name[:length]]) for length in (2, 1) if name[:length] in found), None)
