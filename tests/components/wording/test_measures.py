"""Amounts with typed units: Chinese as typed, the usual ones in English for an English reader."""

import pytest

from components.wording import speaking
from components.wording.measures import measured, unit_words
from db.terms import Language


@pytest.mark.parametrize(
    ("amount", "unit", "chinese", "english"),
    [
        ("1", "户", "1 户", "1 household"),
        ("3,500", "小时", "3,500 小时", "3,500 h"),
        ("5,056", "人次", "5,056 人次", "5,056 served"),
        ("60", "盏", "60 盏", "60 盏"),
        ("98", "%", "98 %", "98 %"),
    ],
)
def test_a_usual_unit_is_said_in_the_language_of_the_reader(amount: str, unit: str, chinese: str, english: str) -> None:
    assert measured(amount, unit) == chinese
    with speaking(Language.ENGLISH):
        assert measured(amount, unit) == english


def test_a_unit_alone_goes_with_many() -> None:
    assert unit_words("户") == "户"
    with speaking(Language.ENGLISH):
        assert unit_words("户") == "households"
