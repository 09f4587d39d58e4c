"""A list's card on a phone leads with the matter; columns that add up have their sum below, but for hidden numbers."""

import pytest

from components.lists import Column, _ranks, _totals

COLUMNS = [Column("name", "类别"), Column("needs", "件数", "number", total=True), Column("share", "占比", "number")]


def test_a_sum_stands_below_the_columns_that_add_up_only() -> None:
    items: list[dict[str, object]] = [
        {"name": "维修", "needs": "1,024", "share": "90%"},
        {"name": "助老", "needs": 6, "share": "10%"},
    ]

    assert _totals(items, COLUMNS) == ["合计", "1,030", ""]


def test_a_hidden_number_hides_the_sum_that_would_give_it_away() -> None:
    assert _totals([{"name": "维修", "needs": "<5"}, {"name": "助老", "needs": 6}], COLUMNS) is None
    assert _totals([{"name": "维修", "needs": 6}], COLUMNS) is None


@pytest.mark.parametrize(
    ("fields", "order"),
    [
        (["number", "title", "state", "place", "due"], ["title", "place", "due", "state", "number"]),
        (["service", "late", "number", "door"], ["service", "door", "late", "number"]),
        (["number", "kind"], ["number", "kind"]),
        (["title", "due", "where"], ["title", "where", "due"]),
    ],
)
def test_a_card_leads_with_the_matter(fields: list[str], order: list[str]) -> None:
    ranks = _ranks([Column(field, field) for field in fields])

    assert [field for _rank, field in sorted(zip(ranks, fields, strict=True), key=lambda one: one[0])] == order
