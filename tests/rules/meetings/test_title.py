"""A title that only counts is known in every way of writing it; one with words of its own is not taken for it."""

import pytest

from db.rules.meetings.title import only_counts

BODY = "柳林社区居民议事会"


@pytest.mark.parametrize(
    "title", ["", " ", "第三届第四次会议", "第3届 第4次会议", "第十二次会议", BODY + "第3届第4次会议"]
)
def test_a_title_that_repeats_the_number_only_counts(title: str) -> None:
    assert only_counts(title, BODY)


@pytest.mark.parametrize("title", ["三月议事会", "第四次会议（楼道灯专题）", "第三届换届会议", BODY + "专题会"])
def test_a_title_with_words_of_its_own_says_more(title: str) -> None:
    assert not only_counts(title, BODY)
