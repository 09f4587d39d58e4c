"""The circle: distances, minutes, and that nothing unknown is ever covered."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.results.circle import (
    WITHIN,
    Building,
    Coverage,
    Point,
    VenueAt,
    Walking,
    coverage,
    gaps,
    metres,
    minutes_of,
    on_the_map,
    reach_metres,
    rest_of,
    stand,
    stands,
)
from db.terms import Datum, WalkReach

DAY = date(2026, 3, 5)
POINTS = st.builds(
    Point, st.integers(29_400_000, 29_600_000), st.integers(124_400_000, 124_600_000), st.sampled_from(list(Datum))
)
WALKING = st.builds(Walking, st.integers(100, 300), st.integers(1500, 7000))
DAYS = st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def venues(draw: st.DrawFn) -> list[VenueAt]:
    found = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        opened, closed = draw(DAYS), draw(DAYS)
        if opened and closed and closed < opened:
            opened, closed = closed, opened
        found.append(VenueAt(number, f"阵地{number}", draw(st.none() | POINTS), opened, closed))
    return found


BUILDINGS = st.builds(
    Building,
    place_id=st.just(1), place=st.just("柳林小区"), name=st.sampled_from(["1幢", "2幢"]), community_id=st.just(1),
    households=st.integers(0, 90), point=st.none() | POINTS,
    entered=st.dictionaries(st.integers(1, 4), st.integers(1, 60), max_size=3),
)  # fmt: skip


@given(st.lists(BUILDINGS, max_size=6), venues(), WALKING)
def test_many_buildings_stand_as_each_does_alone(
    buildings: list[Building], kept: list[VenueAt], walking: Walking
) -> None:
    assert stands(buildings, kept, walking, DAY) == tuple(stand(one, kept, walking, DAY) for one in buildings)


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways(one: Point, other: Point) -> None:
    assert metres(one, other) == metres(other, one) >= 0
    assert metres(one, one) == 0


@given(st.integers(0, 50_000), st.integers(0, 50_000), WALKING)
def test_who_is_farther_never_walks_fewer_minutes(one: int, other: int, walking: Walking) -> None:
    near, far = sorted((one, other))

    assert minutes_of(near, walking) <= minutes_of(far, walking)


@given(WALKING)
def test_the_reach_on_the_map_is_the_reach_of_the_minutes(walking: Walking) -> None:
    reach = reach_metres(walking)

    assert minutes_of(reach, walking) <= WITHIN < minutes_of(reach + 1, walking)


@given(BUILDINGS, venues(), WALKING)
def test_what_is_unknown_is_never_covered(building: Building, kept: list[VenueAt], walking: Walking) -> None:
    blind = replace(building, point=None, entered={})

    assert stand(blind, kept, walking, DAY).reach is WalkReach.UNKNOWN
    unplaced = [replace(one, point=None) for one in kept]
    assert stand(replace(building, entered={}), unplaced, walking, DAY).reach is WalkReach.UNKNOWN
    assert coverage([stand(blind, kept, walking, DAY)]).covered == 0


@given(BUILDINGS, venues(), WALKING, st.integers(0, 3), st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.data())
def test_closing_a_place_moves_coverage_from_that_day_only(
    building: Building, kept: list[VenueAt], walking: Walking, which: int, last: date, data: st.DataObject
) -> None:
    if which >= len(kept) or (kept[which].closed_on is not None) or (kept[which].opened_on or last) > last:
        return
    closed = [replace(one, closed_on=last) if at == which else one for at, one in enumerate(kept)]
    before = data.draw(st.dates(date(2024, 1, 1), last))
    after = last + timedelta(days=data.draw(st.integers(1, 900)))

    assert stand(building, closed, walking, before) == stand(building, kept, walking, before)
    without = [one for at, one in enumerate(kept) if at != which]
    assert stand(building, closed, walking, after) == stand(building, without, walking, after)


@given(st.lists(BUILDINGS, max_size=6), venues(), WALKING)
def test_every_household_is_counted_once(found: list[Building], kept: list[VenueAt], walking: Walking) -> None:
    stands = [stand(one, kept, walking, DAY) for one in found]
    whole = coverage(stands)

    assert whole.households == sum(one.households for one in found)
    missed = gaps(stands)
    assert sum(one.building.households for one in missed) == whole.beyond + whole.unknown
    far = [one.nearest.minutes for one in missed if one.nearest]
    assert far == sorted(far, reverse=True)


def test_entered_minutes_win_over_the_map() -> None:
    here = Point(29_500_000, 124_500_000)
    kept = [VenueAt(1, "服务中心", here)]
    beside = Building(1, "柳林小区", "1幢", 1, 40, here)

    assert stand(beside, kept, Walking(), DAY).reach is WalkReach.COVERED
    walked = stand(replace(beside, entered={1: 22}), kept, Walking(), DAY)
    assert (walked.reach, walked.nearest and walked.nearest.minutes) == (WalkReach.BEYOND, 22)


@pytest.mark.parametrize(("distance", "minutes"), [(0, 0), (1, 1), (833, 15), (834, 16), (1000, 18)])
def test_the_assumption_in_numbers(distance: int, minutes: int) -> None:
    # 1.35 times the line at 4.5 km an hour: 75 metres of street a minute.
    assert minutes_of(distance, Walking()) == minutes


def test_a_satellite_position_is_moved_before_it_is_compared() -> None:
    # A known pair of one spot in both systems; the two differ by more than half a kilometre.
    satellite, shown = (
        Point(39_908_823, 116_397_470, Datum.WGS84),
        on_the_map(Point(39_908_823, 116_397_470, Datum.WGS84)),
    )

    assert shown == pytest.approx((39.910_226, 116.403_713), abs=0.0001)
    assert 500 < metres(satellite, Point(39_908_823, 116_397_470)) < 700


def test_nobody_to_cover_has_no_share() -> None:
    assert Coverage().share is None
    assert Coverage(3, 1, 2).share == Fraction(1, 2)
    assert rest_of(100, [Building(1, "巷", "1幢", 1, 60)]) == 40
    assert rest_of(50, [Building(1, "巷", "1幢", 1, 60)]) == 0
