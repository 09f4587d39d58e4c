"""A match says why; being near is no reason of its own."""

import pytest

from db.rules.units.match import Given, Wanted, match, matches, pairs_of
from db.rules.units.names import unit_key
from db.terms import MatchReason as R

LAMP = Wanted(1, "楼道照明灯坏了，老人夜里看不清", 6, home_id=1)


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        (Given(1, "照明灯检修", None, "", None), (R.WORDS,)),
        (Given(2, "照明灯检修", 6, "照明", 1), (R.CATEGORY, R.SKILL, R.WORDS, R.PLACE)),
        (Given(3, "会议室", 6, "", 2), (R.CATEGORY,)),
        (Given(4, "会议室", None, "", 1), None),
        (Given(5, "老人理发", None, "理发", None), None),
    ],
)
def test_reasons_are_named(given: Given, reasons: tuple[R, ...] | None) -> None:
    found = match(LAMP, given)

    assert (found.reasons if found else None) == reasons


def test_the_best_comes_first_and_no_need_takes_all() -> None:
    given = [Given(number, "照明灯检修", 6, "", None) for number in range(1, 6)]

    found = matches([LAMP, Wanted(2, "会议室", 6)], given, each=2)

    assert [(one.wanted, one.given) for one in found] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert "照明" in found[0].shared


def test_words_that_stand_everywhere_say_nothing() -> None:
    assert "居民" not in pairs_of("居民照明")


def test_one_unit_is_known_under_five_spellings() -> None:
    typed = ("澄湖供电（营业所）", "澄湖供电(营业所)", "澄湖 供电 营业所", "澄湖供电·营业所", "澄湖供电营业所有限公司")

    assert len({unit_key(name) for name in typed}) == 1
    assert unit_key("有限公司") == "有限公司"
