"""Which service the words of a need ask for."""

import pytest

from db.rules.orders.likely import likely_service

SERVICES = {1: "代买菜", 2: "陪同就医", 3: "上门理发", 4: "家电小修", 5: "水管小修"}


@pytest.mark.parametrize(
    ("words", "service"),
    [("想有人陪同就医", 2), ("理发不方便，请上门", 3), ("家电坏了", 4), ("小修", None), ("想聊天", None), ("", None)],
)
def test_the_most_shared_words_win_and_a_draw_is_nobodys(words: str, service: int | None) -> None:
    assert likely_service(words, SERVICES) == service
