"""A promise is precise or it is told what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from db.rules.commitments.promise import Part, PromiseInput, missing, vague_words
from db.terms import PromiseRhythm

LESSON = PromiseInput(
    whom="老年党员 3 名", what="每月送学上门", rhythm=PromiseRhythm.MONTHLY, starts_on=date(2026, 1, 1),
    until=date(2026, 12, 31), measure="次",
)  # fmt: skip


def test_a_monthly_lesson_for_old_members_is_precise() -> None:
    assert missing(LESSON) == ()


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (replace(LESSON, whom="  "), Part.WHOM),
        (replace(LESSON, what=""), Part.WHAT),
        (replace(LESSON, what="积极做好服务工作"), Part.WHAT),
        (replace(LESSON, what="努力为居民服务！"), Part.WHAT),
        (replace(LESSON, rhythm=None), Part.OFTEN),
        (replace(LESSON, times=0), Part.OFTEN),
        (replace(LESSON, times=32), Part.OFTEN),
        (replace(LESSON, times=None), Part.OFTEN),
        (replace(LESSON, until=None), Part.UNTIL),
        (replace(LESSON, until=date(2025, 12, 31)), Part.UNTIL),
        (replace(LESSON, until=date(2062, 12, 31)), Part.UNTIL),
        (replace(LESSON, measure=""), Part.MEASURE),
    ],
)
def test_each_part_that_is_missing_is_named(given: PromiseInput, part: Part) -> None:
    assert missing(given) == (part,)


def test_nothing_at_all_lacks_every_part_in_the_order_of_the_form() -> None:
    assert missing(PromiseInput()) == tuple(Part)


def test_words_of_attitude_are_named_and_an_act_beside_them_is_enough() -> None:
    assert vague_words("尽量经常为老人量血压") == ("尽量", "经常")
    assert missing(replace(LESSON, what="积极为独居老人量血压")) == ()
