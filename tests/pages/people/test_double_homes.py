"""The page of doubles shows flats that may be one, lets the secretary decide, and gives the way back."""

from typing import Any

import pytest
from sqlalchemy import select

from db.engine import reading_as_system
from db.models import DifferentPair, Household, HouseholdMerge
from db.terms import DoubleKind
from db.upkeep.doors import tidy_doors
from tests.builders.doors import a_door, knock
from tests.builders.people import a_person, the
from tests.builders.world import NOW, World
from tests.support.signed_in import open_app, words

DOUBLES = "people/doubles.py"


def only(model: Any) -> Any:
    with reading_as_system("test") as session:
        return session.scalars(select(model)).one()


def homes(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    return open_app(monkeypatch, world.secretary.id, DOUBLES, kind="household")


def test_a_pair_of_flats_is_made_one_and_taken_apart(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, other = a_door(small_world, "7幢", "1单元", "401"), a_door(small_world, "7幢", "", "401")
    knock(small_world, other)
    a_person(small_world, "王桂英", household_id=other)
    app = homes(small_world, monkeypatch)
    seen = words(app)
    assert all(
        text in seen
        for text in ("室号相同，一条没有单元", "柳林小区7幢1单元 ***", "柳林小区7幢 ***", "王*", "上次见面")
    )
    assert "王桂英" not in seen
    assert "401" not in seen

    app.button(key="merge_households.submit").click().run()
    merge = only(HouseholdMerge)
    assert (merge.kept_id, merge.other_id) == (kept, other)

    app = homes(small_world, monkeypatch)
    assert "一条没有单元" not in words(app)
    assert "柳林小区7幢1单元 *** · ← 柳林小区7幢 ***" in words(app)
    app.button(key=f"undo_household_merge.{merge.id}").click().run()
    assert the(Household, other).merged_into_id is None
    assert not app.exception


def test_two_flats_that_are_two_leave_the_list_and_come_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = a_door(small_world, "7幢", "1单元", "401"), a_door(small_world, "7幢", "", "401")
    app = homes(small_world, monkeypatch)

    app.multiselect(key="decide_different.household.pairs").set_value([1])
    app.button(key="decide_different.household.submit").click().run()

    kept = only(DifferentPair)
    assert (kept.kind, kept.first_id, kept.second_id) == (DoubleKind.HOUSEHOLD, first, second)
    assert kept.decided_by == small_world.secretary.id
    assert "没有发现重复的记录" in words(app)
    assert "柳林小区7幢1单元 *** / 柳林小区7幢 ***" in words(app)

    app.button(key=f"ask_again.{kept.id}").click().run()
    assert not app.exception
    assert "一条没有单元" in words(app)


def test_the_best_of_many_pairs_stand_first_in_pages(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_door(small_world, "一号9幢", "", "1"), a_door(small_world, "9幢", "", "1")
    for number in range(50):
        a_door(small_world, "7幢", "1单元", f"{number + 101}"), a_door(small_world, "7幢", "", f"{number + 101}")
    app = homes(small_world, monkeypatch)
    assert "第 1 页，共 2 页、51 对" in words(app)
    assert "楼栋名更全" not in words(app)

    app.button(key="doubles.chevron_right").click().run()

    assert not app.exception
    assert "楼栋名更全" in words(app)


def test_flats_that_an_update_joined_are_said_to_be_joined_by_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_door(small_world, "7幢", "1单元", "401"), a_door(small_world, "7栋", "1单元", "401")
    tidy_doors(now=NOW)

    assert "系统整理" in words(homes(small_world, monkeypatch))
