"""Chinese words are found by typing how they sound."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.search import (
    LIKE_ESCAPE,
    SearchKeys,
    like_pattern,
    looks_like_pinyin,
    pinyin_query,
    search_keys,
)


@pytest.mark.parametrize(
    ("text", "pinyin", "initials"),
    [
        ("南塘小区", "nantangxiaoqu", "ntxq"),
        ("南塘3幢", "nantang3zhuang", "nt3z"),
        ("路灯坏了!", "ludenghuaile", "ldhl"),
        ("12345转办", "12345zhuanban", "12345zb"),
        ("WiFi 信号差", "wifixinhaocha", "wxhc"),
        ("３幢（东）", "3zhuangdong", "3zd"),
        ("中山路12弄", "zhongshanlu12long", "zsl12l"),
        ("弄堂口", "longtangkou", "ltk"),
        ("绿化", "lvhua", "lh"),
        ("", "", ""),
        ("……", "", ""),
    ],
)
def test_a_text_is_found_by_its_sound_and_by_its_initials(text: str, pinyin: str, initials: str) -> None:
    assert search_keys(text) == SearchKeys(pinyin, initials)


@pytest.mark.parametrize("query", ["nantang", "nt", "NT", "nan tang", "xi'an", " lu deng", "lüse"])
def test_latin_letters_may_be_pinyin(query: str) -> None:
    assert looks_like_pinyin(query)


@pytest.mark.parametrize("query", ["", " ", "'", "南塘", "nan塘", "138", "3zhuang", "nt%", "a-b"])
def test_anything_else_is_not_pinyin(query: str) -> None:
    assert not looks_like_pinyin(query)


@pytest.mark.parametrize(
    ("query", "key"), [("Nan Tang", "nantang"), ("xi'an", "xian"), ("LÜ", "lv"), ("lvhua", "lvhua")]
)
def test_a_pinyin_query_takes_the_form_of_the_keys(query: str, key: str) -> None:
    assert pinyin_query(query) == key


@pytest.mark.parametrize(
    ("query", "pattern"),
    [
        ("路灯", "%路灯%"),
        (" 路灯 ", "%路灯%"),
        ("100%", r"%100\%%"),
        ("a_b", r"%a\_b%"),
        ("c\\d", r"%c\\d%"),
        ("", "%%"),
    ],
)
def test_signs_with_a_meaning_in_like_are_taken_literally(query: str, pattern: str) -> None:
    assert like_pattern(query) == pattern


@given(st.text(alphabet="ab%_\\路", max_size=6), st.text(alphabet="ab%_\\路", max_size=12))
def test_a_pattern_finds_exactly_the_texts_that_hold_the_query(query: str, text: str) -> None:
    # instr() is exact; LIKE must agree with it.
    row = (
        sqlite3.connect(":memory:")
        .execute("select ? like ? escape ?, instr(?, ?) > 0", (text, like_pattern(query), LIKE_ESCAPE, text, query))
        .fetchone()
    )

    assert row[0] == (row[1] if query else 1)


@given(st.text(max_size=30))
def test_keys_hold_only_small_letters_and_digits(text: str) -> None:
    keys = search_keys(text)

    assert all(character.isascii() and (character.isdigit() or character.islower()) for character in keys.pinyin)
    assert len(keys.initials) <= len(keys.pinyin)
