"""What a form says as a reading, and which surnames are read as surnames."""

import pytest

from db.rules.people.doubles import alike
from db.rules.readings import BUILT_IN, BadReading, Reading, reading_from
from db.rules.search import search_keys
from db.terms import ReadingKind

PLACE, SURNAME = ReadingKind.PLACE, ReadingKind.SURNAME


@pytest.mark.parametrize(
    ("written", "sounds", "kind", "syllables"),
    [
        ("朝阳", "chao yang", PLACE, ("chao", "yang")),
        ("朝阳", " Cháo  Yáng ", PLACE, ("chao", "yang")),
        ("朝阳", "chao'yang", PLACE, ("chao", "yang")),
        ("吕巷", "lǚ xiang", PLACE, ("lv", "xiang")),
        ("吕", "lü", SURNAME, ("lv",)),
        ("尉迟", "yu chi", SURNAME, ("yu", "chi")),
    ],
)
def test_a_reading_has_a_syllable_a_character(
    written: str, sounds: str, kind: ReadingKind, syllables: tuple[str, ...]
) -> None:
    assert reading_from(written, sounds, kind) == Reading(written, syllables, kind)


@pytest.mark.parametrize(
    ("written", "sounds", "kind", "field"),
    [
        ("朝阳", "chaoyang", PLACE, "sounds"),
        ("朝阳", "chao yang lu", PLACE, "sounds"),
        ("朝阳", "chao 1", PLACE, "sounds"),
        ("朝阳", "", PLACE, "sounds"),
        ("朝", "chao", PLACE, "written"),
        ("朝阳1", "chao yang yi", PLACE, "written"),
        ("chao", "c h a o", PLACE, "written"),
        ("欧阳修", "ou yang xiu", SURNAME, "written"),
        ("", "", SURNAME, "written"),
    ],
)
def test_what_is_no_reading_is_told_at_its_field(written: str, sounds: str, kind: ReadingKind, field: str) -> None:
    with pytest.raises(BadReading) as told:
        reading_from(written, sounds, kind)

    assert told.value.field == field


def test_each_reading_that_is_built_in_adds_something_or_is_a_surname_of_two() -> None:
    for one in BUILT_IN:
        text = one.written + ("家" if one.kind is SURNAME else "")
        assert "".join(one.syllables) in search_keys(text).pinyin, one


@pytest.mark.parametrize(("one", "other"), [("仇小英", "裘小英"), ("解大明", "谢大明"), ("查建国", "扎建国")])
def test_names_that_sound_alike_when_the_surname_is_read_as_one_may_be_one_person(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)
    assert not alike("解大明", "仇小英")
