"""Chinese words are found by typing how they sound."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.readings import Reading, with_built_in
from db.rules.search import (
    INITIALS_MOST,
    LIKE_ESCAPE,
    PINYIN_MOST,
    SearchKeys,
    like_pattern,
    looks_like_pinyin,
    pinyin_query,
    search_keys,
)
from db.terms import ReadingKind


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
        ("朝阳路灯坏了", "zhaoyangludenghuaile chaoyangludenghuaile", "zyldhl cyldhl"),
        ("李家弄", "lijianong lijialong", "ljn ljl"),
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

    assert all(letter.isascii() and (letter.isdigit() or letter.islower() or letter == " ") for letter in keys.pinyin)
    assert len(keys.initials) <= len(keys.pinyin)


def finds(typed: str, text: str, *own: Reading) -> bool:
    keys = search_keys(text, with_built_in(own))
    return pinyin_query(typed) in keys.pinyin or pinyin_query(typed) in keys.initials


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("朝阳小区3幢路灯坏了", "chaoyang zhaoyang chaoyangxiaoqu cyxq zyxq"),
        ("江厦街西头", "jiangxia jiangxiajie jxj"),
        ("仇家弄口的路灯", "qiujia qiujialong qjl"),
        ("曾家巷12号", "zengjia zengjiaxiang12hao zjx12h"),
        ("翟家宅后面", "zhaijiazhai zjz"),
        ("解家桥边的垃圾", "xiejiaqiao xjq"),
        ("尉迟巷", "yuchixiang"),
        ("单县路和单家巷", "shanxianlu shanjiaxiang"),
        ("洪洞路、会稽路、涡阳路", "hongtong kuaiji guoyang"),
    ],
)
def test_a_name_of_a_place_is_found_by_each_of_its_readings(text: str, typed: str) -> None:
    for query in typed.split():
        assert finds(query, text), (query, search_keys(text))


def test_a_character_that_is_a_surname_too_is_read_so_before_a_lane_only() -> None:
    assert not finds("qiu", "有仇必报")
    assert not finds("zeng", "未曾修好")
    assert finds("liaojiejia", "了解家里的情况")


def test_the_subdistrict_adds_readings_and_none_goes_away() -> None:
    own = Reading("十里堡", ("shi", "li", "bao"), ReadingKind.PLACE)

    assert finds("shilibaozhan", "十里堡站台", own)
    assert finds("shilipuzhan", "十里堡站台", own)
    assert not finds("shilibao", "十里堡站台")


def test_a_long_text_keeps_the_names_that_are_read_otherwise() -> None:
    keys = search_keys("朝阳路" + "路灯坏了好几天" * 140 + "江厦桥")

    assert len(keys.pinyin) <= PINYIN_MOST
    assert len(keys.initials) <= INITIALS_MOST
    assert "chaoyanglu" in keys.pinyin
    assert "jiangxiaqiao" in keys.pinyin


@given(st.text(alphabet="朝阳江厦仇曾家弄巷桥路灯", max_size=400))
def test_names_however_many_leave_the_keys_within_their_columns(text: str) -> None:
    keys = search_keys(text)

    assert len(keys.pinyin) <= PINYIN_MOST
    assert len(keys.initials) <= INITIALS_MOST
