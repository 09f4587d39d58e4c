"""Every line of a life has its sentence in both languages."""

from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest

from components.wording import catalogue
from components.wording.dates import number
from components.wording.happenings import SENTENCES, happening
from db.terms import Happening, Language

EXAMPLES = {
    "source": "visit", "fields": ["title", "people"], "reasons": ["same_words"], "route": "council",
    "outcome": "passed",
    "result": "upheld", "method": "claim", "grade": "good", "kind": "done", "channel": "door",
    "satisfaction": "satisfied", "ends_on": "2026-03-12", "on": "2026-03-12", "recheck_on": "2026-03-12", "minutes": 90,
}  # fmt: skip


@pytest.mark.parametrize("kind", list(Happening))
def test_every_happening_has_a_sentence_in_both_languages(kind: Happening) -> None:
    sentence = SENTENCES[kind]

    assert catalogue(Language.ENGLISH).get(sentence)
    assert "{" not in happening(kind, EXAMPLES)


@pytest.mark.parametrize("kind", list(Happening))
def test_a_line_that_lacks_its_values_still_reads(kind: Happening) -> None:
    holes = [name for _text, name, _spec, _conversion in Formatter().parse(SENTENCES[kind]) if name]

    said = happening(kind, {})

    assert said.count("—") == len(holes)


def test_codes_become_words() -> None:
    assert happening("logged", {"source": "hotline"}) == "登记需求（来源：12345 转办）"
    assert happening("merged_in", {"member": "LL-1", "reasons": ["same_words", "same_place"]}) == (
        "并入 LL-1（用词相近、同一地点）"
    )
    assert happening("amended", {"fields": ["people"], "after_sign_off": True}) == "修改了 影响人数（登记签字之后）"
    assert happening("routed", {"route": "refer", "referred_to": "区住建局"}) == "分流：转办 → 区住建局"
    assert happening("notice_posted", {"ends_on": "2019-03-12"}) == "开始公示，至 2019年3月12日"
    assert happening("activity_done", {"title": "义诊", "served": 40, "people": 5, "minutes": 90}) == (
        "活动完成：义诊，服务 40 人次，5 人参加，共 1.5 小时"
    )


def test_a_vote_on_options_tells_what_was_chosen() -> None:
    assert happening("voted", {"outcome": "passed", "winners": ["凉亭", "长椅"]}) == "表决：通过（入选：凉亭、长椅）"
    assert happening("voted", {"outcome": "not_passed", "winners": []}) == "表决：未通过（入选：—）"


def test_a_happening_of_a_later_version_shows_its_code() -> None:
    assert happening("from_the_future", {}) == "from_the_future"


@pytest.mark.parametrize(("value", "told"), [("79.25", "79.3"), ("79.35", "79.4"), ("-0.25", "-0.3"), ("80", "80")])
def test_a_half_is_rounded_up_everywhere_so_that_a_total_is_the_same_on_every_page(value: str, told: str) -> None:
    assert number(Decimal(value)) == number(Fraction(value)) == told
