"""What comes up while the words are typed."""

from datetime import timedelta

import pytest

from db.engine import reading
from db.queries.needs.twins import Heard, twins_while_typing
from db.rules.needs.twins import TwinReason
from db.terms import NeedStage
from tests.builders.doors import a_household
from tests.builders.needs import a_need
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements


def typed(world: World, words: str, **more: object) -> tuple[Heard, ...]:
    values: dict[str, object] = {"place_id": world.place, "building": "1幢", "category_id": None, "today": TODAY}
    with reading(world.worker) as session:
        return twins_while_typing(session, world.here, description=words, **(values | more))  # type: ignore[arg-type]


def test_the_same_matter_comes_up_with_its_reasons_before_the_sentence_is_done(world: World) -> None:
    lamp = a_need(world)
    a_need(world, "想学用智能手机挂号")

    found = typed(world, "楼道灯坏了，晚上")

    assert [heard.need.id for heard in found] == [lamp]
    assert {TwinReason.SAME_WORDS, TwinReason.SAME_BUILDING} <= set(found[0].reasons)


def test_a_homophone_of_the_input_is_heard(world: World) -> None:
    lamp = a_need(world)

    assert [heard.need.id for heard in typed(world, "楼到登坏了半个月")] == [lamp]


@pytest.mark.parametrize("words", ["", "灯", "灯坏了", "!!!,,,……", "   "])
def test_a_few_characters_ask_nothing_of_the_database(small_world: World, words: str) -> None:
    a_need(small_world)

    with Statements() as counted:
        found = typed(small_world, words)

    assert found == ()
    assert counted.n <= 1  # BEGIN


def test_one_statement_whatever_there_is_and_no_more_than_asked_for(small_world: World) -> None:
    for room in range(8):
        a_need(small_world, household_id=a_household(small_world, f"10{room}"))

    with Statements() as counted:
        found = typed(small_world, "楼道灯坏了，老人看不见", most=3)

    assert len(found) == 3
    assert counted.n <= 3


def test_what_takes_no_voices_or_is_long_ago_or_elsewhere_does_not_come_up(world: World) -> None:
    a_need(world, stage=NeedStage.CLOSED)
    a_need(world, stage=NeedStage.VOID)
    a_need(world, logged_at=NOW - timedelta(days=200))
    a_need(world, community_id=world.there)

    assert typed(world, "楼道灯坏了半个月，老人晚上下楼看不见") == ()


def test_a_restricted_need_stays_hidden_and_telephone_numbers_are_masked(world: World) -> None:
    a_need(world, "楼道灯坏了半个月", restricted=True)
    open_one = a_need(world, "楼道灯坏了半个月，打我电话13812345678")

    found = typed(world, "楼道灯坏了半个月")

    assert [heard.need.id for heard in found] == [open_one]
    assert "13812345678" not in found[0].need.description


def test_without_a_place_the_whole_community_is_looked_at(world: World) -> None:
    lamp = a_need(world)

    assert [heard.need.id for heard in typed(world, "楼道灯坏了半个月", place_id=None, building="")] == [lamp]


def test_very_long_words_are_no_trouble(small_world: World) -> None:
    a_need(small_world)

    assert len(typed(small_world, "楼道灯坏了半个月，老人晚上下楼看不见" * 200)) <= 3
