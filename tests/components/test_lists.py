"""Columns that add up have their sum below; one hidden number hides it."""

from collections.abc import Mapping

from components.lists import Column, _totals

COLUMNS = [Column("name", "类别"), Column("needs", "件数", "number", total=True), Column("share", "占比", "number")]


def test_a_sum_stands_below_the_columns_that_add_up_only() -> None:
    items: list[Mapping[str, object]] = [
        {"name": "维修", "needs": "1,024", "share": "90%"},
        {"name": "助老", "needs": 6, "share": "10%"},
    ]

    assert _totals(items, COLUMNS) == ["合计", "1,030", ""]


def test_a_hidden_number_hides_the_sum_that_would_give_it_away() -> None:
    assert _totals([{"name": "维修", "needs": "<5"}, {"name": "助老", "needs": 6}], COLUMNS) is None
    assert _totals([{"name": "维修", "needs": 6}], COLUMNS) is None
