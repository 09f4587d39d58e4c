"""The forms of doors, tried with everything that a person, a paste or a forged request can send."""

from datetime import timedelta

import pytest

from db.actions.doors.visits import log_visit
from db.actions.people.households import merge_households
from db.terms import VisitOutcome
from tests.builders.doors import a_door
from tests.builders.world import TODAY, World
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def visit(world: World) -> Form:
    right = {"place_id": world.place, "outcome": VisitOutcome.MET, "building": "1", "stairwell": "1", "room": "101",
             "where_text": "东门", "note": "说了很多", "on": TODAY}  # fmt: skip
    return Form(
        log_visit, world.worker, right, {"where_text": 200, "note": 500}, {"building": 20, "stairwell": 20, "room": 20},
        frozenset({"where_text", "note", "building", "stairwell", "room"}), days=("on",), choices=("outcome",),
        ids=("place_id",), foreign={"place_id": world.place_there},
        also=({"on": TODAY + timedelta(days=1)}, {"on": TODAY - timedelta(days=31)}),
    )  # fmt: skip


@FORMS.add
def merge(world: World) -> Form:
    kept, other = a_door(world, "7幢", "1单元", "401"), a_door(world, "7幢", "", "401")
    there = a_door(world, "7幢", "", "401", community_id=world.there, place_id=world.place_there)
    return Form(
        merge_households, world.secretary, {"kept_id": kept, "other_id": other}, ids=("kept_id", "other_id"),
        foreign={"other_id": there},
    )  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
