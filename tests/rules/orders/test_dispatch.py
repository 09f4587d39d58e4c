"""派单: who is suggested, for which reasons, and that the work is spread."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.orders.dispatch import (
    SLOTS,
    Asked,
    Helper,
    Reason,
    distance,
    has_skill,
    may_go,
    reasons,
    slot_of,
    suggestions,
)

TUESDAY = date(2026, 3, 10)
ASKED = Asked("", 1, "3幢", TUESDAY, "am")


def a_helper(number: int = 1, **more: Any) -> Helper:
    values: dict[str, Any] = {
        "skills": (), "place_id": None, "building": "", "free_slots": (), "party_member": False,
    }  # fmt: skip
    return Helper(id=number, **values | more)


HELPERS = st.lists(
    st.builds(
        Helper,
        id=st.integers(1, 10**6),
        skills=st.lists(st.sampled_from(["电工", "护理"]), max_size=2),
        place_id=st.sampled_from([None, 1, 2]),
        building=st.sampled_from(["", "3幢", "4幢"]),
        free_slots=st.lists(st.sampled_from(SLOTS), max_size=5),
        party_member=st.booleans(),
        live=st.integers(0, 5),
        recent=st.integers(0, 9),
        helped_here=st.integers(0, 2),
        contested_here=st.booleans(),
        declined=st.booleans(),
    ),
    max_size=20,
    unique_by=lambda helper: helper.id,
)


@given(HELPERS, st.sampled_from(["", "电工"]))
def test_whoever_declined_was_contested_or_lacks_the_skill_is_never_suggested(
    helpers: list[Helper], skill: str
) -> None:
    asked = Asked(skill, 1, "3幢", TUESDAY, "am")
    known = {helper.id: helper for helper in helpers}

    for one in suggestions(asked, helpers):
        helper = known[one.helper_id]
        assert (helper.declined, helper.contested_here) == (False, False)
        assert has_skill(helper.skills, skill)


@given(HELPERS)
def test_the_order_of_the_registry_changes_nothing(helpers: list[Helper]) -> None:
    assert suggestions(ASKED, helpers) == suggestions(ASKED, helpers[::-1])


def test_the_neighbour_who_is_free_comes_first() -> None:
    near = a_helper(2, place_id=1, building="3幢", free_slots=["tue-am"])
    found = suggestions(ASKED, [a_helper(1, place_id=2), near, a_helper(3, place_id=1, building="9幢")])

    assert [one.helper_id for one in found] == [2, 3, 1]
    assert found[0].reasons[:2] == (Reason.SAME_BUILDING, Reason.FREE)


def test_among_equals_whoever_had_the_fewest_turns_is_asked() -> None:
    found = suggestions(ASKED, [a_helper(1, recent=4), a_helper(2, recent=1), a_helper(3, recent=2)])

    assert [one.helper_id for one in found] == [2, 3, 1]


def test_the_usual_helper_goes_before_everybody_nearer() -> None:
    usual = a_helper(9, usual=True, recent=12)
    near = a_helper(1, place_id=1, building="3幢", free_slots=["tue-am"])

    assert suggestions(ASKED, [near, usual])[0].helper_id == 9


def test_somebody_with_several_orders_is_spared() -> None:
    busy = a_helper(1, place_id=1, building="3幢", live=3)

    assert suggestions(ASKED, [busy, a_helper(2)])[0].helper_id == 2
    assert Reason.BUSY in reasons(ASKED, busy)


def test_nobody_is_sent_to_two_doors_in_the_same_half_day() -> None:
    assert not may_go(ASKED, a_helper(taken_slots=frozenset({(TUESDAY, "am")})))
    assert may_go(ASKED, a_helper(taken_slots=frozenset({(TUESDAY, "pm")})))
    whole_day = Asked("", 1, "3幢", TUESDAY, "")
    assert may_go(whole_day, a_helper(taken_slots=frozenset({(TUESDAY, "am"), (TUESDAY, "pm")})))


def test_party_members_are_marked_and_not_put_first_for_it() -> None:
    member, neighbour = a_helper(1, party_member=True), a_helper(2, place_id=1)

    found = suggestions(ASKED, [member, neighbour])

    assert [one.helper_id for one in found] == [2, 1]
    assert Reason.PARTY_MEMBER in found[1].reasons


@pytest.mark.parametrize(
    ("place", "building", "steps"), [(1, "3幢", 0), (1, "4幢", 1), (1, "", 1), (2, "3幢", 2), (None, "", 2)]
)
def test_the_way_is_counted_in_steps(place: int | None, building: str, steps: int) -> None:
    assert distance(ASKED, a_helper(place_id=place, building=building)) == steps


@pytest.mark.parametrize(
    ("skills", "wanted", "has"),
    [(["水电工"], "电工", True), (["电工"], "", True), ([], "电工", False), ([""], "电工", False)],
)
def test_skills_are_matched_as_loosely_as_people_name_them(skills: list[str], wanted: str, has: bool) -> None:
    assert has_skill(skills, wanted) is has


def test_a_day_without_a_time_is_any_of_its_halves() -> None:
    assert slot_of(TUESDAY, "pm") == ("tue-pm",)
    assert slot_of(TUESDAY, "") == ("tue-am", "tue-pm", "tue-eve")
