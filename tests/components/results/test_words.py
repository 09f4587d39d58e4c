"""Published figures as they are read: the numbers of the subdistrict, and what has no base is an answer of its own."""

from datetime import date
from typing import Any

import pytest

from components.results.board import paragraph
from components.results.words import Told, rate, span, told
from components.wording import speaking
from db.queries.results.figures import Matters, Opinions, Results
from db.rules.results.figures import Growth, Share
from db.rules.results.period import period, year_before
from db.terms import Language, ResultFigure

F, NONE = ResultFigure, Share(0, 0)
YEAR = period("2025", today=date(2026, 3, 5))


def shown(what: ResultFigure, **figures: Any) -> Told:
    """One figure of a year in words, the others without anything."""
    values: dict[str, Any] = {
        "participation": NONE, "before": NONE, "left": 0, "matters": Matters(0, 0, 0), "minutes": Growth(0, 0),
        "opinions": Opinions(NONE, 0), "of_orders": Opinions(NONE, 0), "activities": 0, "orders": 0, "people": 0,
        "wishes": 0, "livelihood": NONE,
    }  # fmt: skip
    return told(Results(**values | figures), YEAR, year_before(YEAR), "")[what]


def test_210_of_214_is_98_1_percent_with_its_interval() -> None:
    found = shown(F.SATISFACTION, opinions=Opinions(Share(210, 214), 240))

    assert found.card.value == "98.1%"
    assert "95% 区间：95.3%–99.3%" in found.card.parts
    assert "98.1%（210/214，回访率 89.2%" in found.sentence


def test_74_of_185_became_111_of_185() -> None:
    found = shown(F.PARTICIPATION, participation=Share(111, 185), before=Share(74, 185))

    assert found.card.value == "40% → 60%"
    assert "参与率 60%" in found.sentence
    assert "40%（74/185）" in found.sentence


def test_620_hours_became_1023_and_that_is_65_percent_more() -> None:
    found = shown(F.HOURS, minutes=Growth(620 * 60, 1023 * 60))

    assert found.card.value == "+65%"


def test_a_year_without_a_year_before_says_so_and_names_no_rate() -> None:
    found = shown(F.HOURS, minutes=Growth(0, 1023 * 60))

    assert "%" not in found.card.value
    assert "去年同期没有记录" in found.sentence
    assert shown(F.HOURS, minutes=Growth(620 * 60, 0)).card.value != "暂无数据"


@pytest.mark.parametrize("what", [F.PARTICIPATION, F.SOLVED, F.HOURS, F.SATISFACTION, F.LIVELIHOOD])
def test_no_base_is_an_answer_of_its_own_and_no_zero(what: ResultFigure) -> None:
    found = shown(what)

    assert (found.card.value, found.sentence) == ("暂无数据", "")
    assert rate(NONE) == "—"
    assert rate(Share(0, 5)) == "0%"


def test_each_sentence_of_the_paragraph_begins_with_a_capital_in_english() -> None:
    with speaking(Language.ENGLISH):
        found = [shown(F.SESSIONS, activities=3), shown(F.LIVELIHOOD, livelihood=Share(1, 5))]
        said = paragraph(dict(enumerate(found)), "Willow Court", span(YEAR))  # type: ignore[arg-type]

    assert "the squads held 3 sessions of service. Party members led 1 of 5" in said
