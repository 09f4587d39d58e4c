"""When something is asked for: the days and the half day, as each language puts them together."""

from contextvars import copy_context
from datetime import date

import pytest

from components.units.words import time_words
from components.wording import set_language
from db.terms import DayPart, Language

THURSDAY = date(2026, 11, 26)


def said(language: Language, part: DayPart | None) -> str:
    def run() -> str:
        set_language(language)
        return time_words(THURSDAY, THURSDAY, part)

    return copy_context().run(run)


@pytest.mark.parametrize(
    ("language", "part", "words"),
    [
        (Language.ENGLISH, DayPart.AFTERNOON, "Thu 26 Nov, afternoon"),
        (Language.ENGLISH, None, "Thu 26 Nov, whole day"),
        (Language.CHINESE, DayPart.AFTERNOON, "11月26日 周四 下午"),
    ],
)
def test_the_half_day_goes_on_in_the_sentence(language: Language, part: DayPart | None, words: str) -> None:
    assert said(language, part) == words
