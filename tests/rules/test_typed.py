"""What people type is kept as they meant it, without what nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.typed import Cleaned, InputProblem, ProblemCode, clean_line, clean_text

MOST = 20


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("路灯坏了", "路灯坏了"),
        ("  路灯坏了  ", "路灯坏了"),
        ("路灯\n坏了", "路灯 坏了"),
        ("路灯\t\t坏了", "路灯 坏了"),
        ("路灯\u3000坏了\u3000", "路灯 坏了"),
        ("路灯\r\n坏了", "路灯 坏了"),
        ("路\u200b灯\ufeff坏了", "路灯坏了"),
        ("路灯\x00\x1b坏了", "路灯坏了"),
        ("张\u202e三\u202c", "张三"),
        ("\u2066张三\u2069", "张三"),
        ("张\ud800三", "张三"),
        ("e\u0301", "é"),
        ("①③幢", "①③幢"),
        ("ＷｉＦｉ", "ＷｉＦｉ"),
        ("𠮷田喆", "𠮷田喆"),
        ("\U000300ed\U000300ed面", "\U000300ed\U000300ed面"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("老人👨‍👩‍👧", "老人👨‍👩‍👧"),
    ],
)
def test_a_line_keeps_its_words_and_loses_what_is_invisible(typed: str, kept: str) -> None:
    assert clean_line(typed, MOST) == Cleaned(kept, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一\r\n二\r三", "一\n二\n三"),
        ("一\n\n\n\n二", "一\n\n二"),
        ("一\n  \n \n二", "一\n\n二"),
        ("一  \n二\t三", "一\n二 三"),
        ("\n\n一\n\n", "一"),
        ("一\u2028二", "一\n二"),
        ("一\u202a\n二", "一\n二"),
    ],
)
def test_a_text_keeps_its_lines_and_at_most_one_blank_between_them(typed: str, kept: str) -> None:
    assert clean_text(typed, MOST) == Cleaned(kept, None)


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u200b", "\u202e", "\u3000"])
def test_nothing_visible_is_empty(typed: str) -> None:
    problem = InputProblem(ProblemCode.EMPTY, 0, MOST)

    assert clean_line(typed, MOST) == Cleaned("", problem)
    assert clean_text(typed, MOST) == Cleaned("", problem)


def test_what_is_too_long_is_reported_and_not_cut() -> None:
    typed = "路" * (MOST + 1)

    assert clean_line(typed, MOST) == Cleaned(typed, InputProblem(ProblemCode.TOO_LONG, MOST + 1, MOST))
    assert clean_line(typed[1:], MOST).problem is None


def test_a_rare_character_counts_as_one() -> None:
    assert clean_line("𠮷" * MOST, MOST).problem is None


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(typed, MOST).value
        assert clean(once, MOST).value == once


@given(st.text(alphabet=st.characters(), max_size=60))
def test_no_control_or_bidirectional_character_survives(typed: str) -> None:
    for value in (clean_line(typed, MOST).value, clean_text(typed, MOST).value):
        assert all(unicodedata.category(character) not in {"Cc", "Cs"} or character == "\n" for character in value)
        assert not set(value) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
        value.encode()
