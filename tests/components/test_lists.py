"""A list's card on a phone: what it is about first, then where and how late, a mere number last."""

import pytest

from components.lists import Column, _ranks


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
