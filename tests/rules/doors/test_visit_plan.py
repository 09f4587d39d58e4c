"""The walking order, the next visit, the evening."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.doors.visit_plan import (
    DAYS,
    Stop,
    evening_advised,
    floor_of,
    following,
    goes_up,
    is_due,
    knock_order,
    natural,
    next_due,
    urgency,
    walk,
)
from db.terms import HouseholdKind

TODAY = date(2026, 3, 5)
TOMORROW = TODAY + timedelta(days=1)


@dataclass(frozen=True)
class ADoor:
    room: str
    kind: HouseholdKind = HouseholdKind.ORDINARY
    due_on: date | None = TODAY


def rooms(doors: list[ADoor], stairwell: str = "1单元") -> list[str]:
    return [door.room for door in knock_order(doors, stairwell, TODAY)]


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (HouseholdKind.ORDINARY, date(2026, 9, 3)),
        (HouseholdKind.KEY, date(2026, 4, 4)),
        (HouseholdKind.HIGH_RISK, date(2026, 3, 12)),
    ],
)
def test_each_kind_has_its_norm(kind: HouseholdKind, due: date) -> None:
    assert next_due(kind, TODAY, DAYS) == due


def test_a_subdistrict_may_set_its_own_days_and_leave_others_out() -> None:
    days = {HouseholdKind.KEY: 14}

    assert next_due(HouseholdKind.KEY, TODAY, days) == date(2026, 3, 19)
    assert next_due(HouseholdKind.HIGH_RISK, TODAY, days) == date(2026, 3, 12)


def test_a_household_is_due_from_its_day_on() -> None:
    assert is_due(TODAY, TODAY)
    assert not is_due(None, TODAY)
    assert not is_due(TOMORROW, TODAY)


def test_buildings_are_walked_by_their_numbers() -> None:
    assert sorted(["12幢", "2幢", "1幢", "甲幢", "2A幢"], key=natural) == ["1幢", "2A幢", "2幢", "12幢", "甲幢"]


def test_the_round_goes_place_by_place_and_urgent_stairwells_first() -> None:
    a = Stop(1, "柳林小区", "12幢", "1单元", due=3)
    b = Stop(1, "柳林小区", "2幢", "2单元", due=1)
    c = Stop(1, "柳林小区", "2幢", "10单元", due=1)
    d = Stop(2, "荷花苑", "9幢", "1单元", due=2, key=1)
    e = Stop(2, "荷花苑", "30幢", "1单元", due=2, high_risk=1)

    assert walk([a, b, c, d, e]) == [e, d, b, c, a]


def test_from_a_stairwell_that_is_done_the_way_goes_on() -> None:
    stops = [Stop(1, "柳林小区", "2幢", "1单元", 3), Stop(1, "柳林小区", "12幢", "1单元", 1)]
    urgent = Stop(1, "柳林小区", "30幢", "1单元", 1, high_risk=1)

    assert following(stops, "柳林小区", "3幢", "2单元") == stops[1]
    assert following(stops, "柳林小区", "12幢", "2单元") == stops[0]
    assert following([urgent, *stops], "柳林小区", "3幢", "2单元") == urgent
    assert following([], "柳林小区", "3幢", "2单元") is None


def test_stairwells_are_walked_up_and_down_in_turn() -> None:
    doors = [ADoor("602"), ADoor("101"), ADoor("1001"), ADoor("601"), ADoor("102")]

    assert rooms(doors, "1单元") == ["101", "102", "601", "602", "1001"]
    assert rooms(doors, "2单元") == ["1001", "601", "602", "101", "102"]
    assert goes_up("")
    assert goes_up("3")
    assert not goes_up("12单元")


def test_overdue_high_risk_and_key_doors_come_first_in_a_stairwell() -> None:
    doors = [
        ADoor("101"),
        ADoor("301", HouseholdKind.KEY),
        ADoor("501", HouseholdKind.HIGH_RISK),
        ADoor("201", HouseholdKind.HIGH_RISK, TOMORROW),
    ]

    assert rooms(doors) == ["501", "301", "101", "201"]


def test_two_shut_doors_advise_the_evening() -> None:
    assert [evening_advised(tries) for tries in range(4)] == [False, False, True, True]


@given(kind=st.sampled_from(HouseholdKind), overdue=st.booleans())
def test_nothing_goes_before_an_overdue_high_risk_household(kind: HouseholdKind, overdue: bool) -> None:
    assert urgency(HouseholdKind.HIGH_RISK, True) <= urgency(kind, overdue)
    assert overdue or urgency(kind, overdue) == 2


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 4)), unique=True, max_size=30), st.sampled_from("12"))
def test_the_order_loses_no_door_and_does_not_depend_on_the_list(where: list[tuple[int, int]], stair: str) -> None:
    doors = [ADoor(f"{floor}{side:02d}") for floor, side in where]

    ordered = rooms(doors, stair)

    assert sorted(ordered) == sorted(door.room for door in doors)
    assert ordered == rooms(doors[::-1], stair)
    floors = [floor_of(room) for room in ordered]
    assert floors == sorted(floors, reverse=stair == "2")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_who_was_met_later_is_never_due_earlier(met: date, later: int) -> None:
    for kind in HouseholdKind:
        assert next_due(kind, met, DAYS) <= next_due(kind, met + timedelta(days=later), DAYS)
