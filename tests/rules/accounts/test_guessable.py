"""What is no password here: the commonest, keyboard rows, dates, and the installation's own words with a year."""

from collections.abc import Callable

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from db.rules.accounts.guessable import is_guessable, spellings

NAMES = ("柳林街道", "海曙区", "清波社区", "柳林小区", "王测试", "wang.ceshi")

COMMON = [password for password in FREQUENCY_LISTS["passwords"][:10_000] if len(password) >= 10]


def test_there_are_common_passwords_long_enough_to_be_tried() -> None:
    assert len(FREQUENCY_LISTS["passwords"]) >= 10_000
    assert len(COMMON) > 50


@pytest.mark.parametrize("change", [str, str.upper, str.title, lambda text: f"{text}1", lambda text: f"{text}2026"])
def test_the_ten_thousand_commonest_and_their_likes_are_guessed(change: Callable[[str], str]) -> None:
    assert [password for password in COMMON if not is_guessable(change(password))] == []


@pytest.mark.parametrize(
    "password",
    [
        "1234567890", "qwertyuiop", "1q2w3e4r5t", "password123", "Aa12345678", "woaini1314", "5201314520", "aaaaaaaaaa",
        "19900101ab", "13812345678",
        "yiqilai2026", "Yiqilai@2026", "yiqilai123", "yiqilai2026yiqilai", "议起来2026年度",
        "议起来议起来议起来！", "议起来2026！！", "wang.ceshi1", "wangceshi2026", "wang.ceshi.2026", "ceshi20261129",
        "王测试王测试2026", "柳林街道2026年", "liulin123456", "liulinjiedao1", "Qingbo#2026#", "清波社区书记2026",
        "liulinqingbo2026", "haishuqu2026", "lljd20262026",
    ],
)  # fmt: skip
def test_words_of_the_installation_with_a_year_or_digits_are_guessed(password: str) -> None:
    assert is_guessable(password, NAMES)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery", "早上七点去菜场买豆腐", "春眠不觉晓处处闻啼鸟", "k7mw-2hxe-9rtc-vd4p",
        "liushu-xia-he-cha",
        "柳林的茶花开了一树又一树", "yiqilai hen hao yong a", "七月里晒了三匾萝卜干", "Zeven fietsen in de sloot",
    ],
)  # fmt: skip
def test_a_sentence_is_a_password(password: str) -> None:
    assert not is_guessable(password, NAMES)


def test_a_word_is_known_whole_without_its_kind_in_pinyin_and_by_initials() -> None:
    assert {"柳林街道", "柳林", "liulinjiedao", "liulin", "lljd"} <= spellings(["柳林街道"])
    assert {"wang.ceshi", "wang", "ceshi"} <= spellings(["wang.ceshi"])
    assert spellings(["", " ", "7", "2026"]) == set()
