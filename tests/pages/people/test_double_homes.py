"""The page of doubles shows flats that may be one, lets the secretary decide, and gives the way back."""

from typing import Any

import pytest
from sqlalchemy import select

from db.engine import reading_as_system
from db.models import Household, HouseholdMerge, HouseholdVerdict
from tests.builders.doors import a_door, knock
from tests.builders.people import a_person, the
from tests.builders.world import World
from tests.support.signed_in import open_app, words

DOUBLES = "people/doubles.py"


def only(model: Any) -> Any:
    with reading_as_system("test") as session:
        return session.scalars(select(model)).one()


def test_a_pair_of_flats_is_made_one_and_taken_apart(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, other = a_door(small_world, "7幢", "1单元", "401"), a_door(small_world, "7幢", "", "401")
    knock(small_world, other)
    a_person(small_world, "王桂英", household_id=other)
    app = open_app(monkeypatch, small_world.secretary.id, DOUBLES)
    seen = words(app)
    assert all(text in seen for text in ("室号相同，一条没有单元", "柳林小区7幢1单元 ***", "柳林小区7幢 ***", "王*"))
    assert "王桂英" not in seen
    assert "401" not in seen

    app.button(key="merge_households.submit").click().run()
    merge = only(HouseholdMerge)
    assert (merge.kept_id, merge.other_id) == (kept, other)

    app = open_app(monkeypatch, small_world.secretary.id, DOUBLES)
    assert "室号相同" not in words(app).replace("同一小区里室号相同", "")
    app.button(key=f"undo_household_merge.{merge.id}").click().run()
    assert the(Household, other).merged_into_id is None
    assert not app.exception


def test_two_flats_that_are_two_are_never_shown_again(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_door(small_world, "7幢", "1单元", "401"), a_door(small_world, "7幢", "", "401")
    app = open_app(monkeypatch, small_world.secretary.id, DOUBLES)

    app.segmented_control(key="merge_households.way").set_value("apart")
    app.button(key="merge_households.submit").click().run()

    assert only(HouseholdVerdict).decided_by == small_world.secretary.id
    assert "一条没有单元" not in words(open_app(monkeypatch, small_world.secretary.id, DOUBLES))
