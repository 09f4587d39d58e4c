"""Buildings and minutes: one row a building however it is typed, buildings that become one, rules from a day on."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.results.circle import merge_buildings, save_minutes, set_walking
from db.engine import reading, reading_as_system
from db.errors import BadInput, NotPermitted, Refused
from db.models import BuildingSpot, VenueWalk
from db.queries.results.circle import walking_on
from db.rules.results.circle import Walking
from db.terms import Role, WalkReach
from tests.builders.results import a_building, a_venue, at_sea, the_circle
from tests.builders.world import TODAY, World, do


def walked(world: World, building: str, venue_id: int, minutes: int | None, **more: Any) -> int:
    values = {"place_id": world.place, "building": building, "venue_id": venue_id, "minutes": minutes}
    found: int = do(world.secretary, save_minutes, **values | more)
    return found


def stands(world: World) -> dict[str, tuple[int, WalkReach, int | None]]:
    return {
        one.building.name: (one.building.households, one.reach, one.nearest.minutes if one.nearest else None)
        for one in the_circle(world).stands
    }


def test_a_building_is_one_row_however_it_is_typed(world: World) -> None:
    spot = a_building(world, "3号楼", households=40)

    assert a_building(world, "三栋", households=48) == spot
    assert walked(world, "柳林小区3#", a_venue(world), 9) == spot
    assert stands(world)["3幢"] == (48, WalkReach.COVERED, 9)


def test_minutes_are_corrected_and_taken_back(world: World) -> None:
    one = a_venue(world, latitude="", longitude="")
    a_building(world, "3幢", households=40)
    walked(world, "3幢", one, 22)
    assert stands(world)["3幢"] == (40, WalkReach.BEYOND, 22)

    walked(world, "3幢", one, 12)
    assert stands(world)["3幢"] == (40, WalkReach.COVERED, 12)
    walked(world, "3幢", one, None)
    assert stands(world)["3幢"] == (40, WalkReach.UNKNOWN, None)
    with pytest.raises(BadInput):
        walked(world, "3幢", one, None)


def test_two_buildings_become_one(world: World) -> None:
    near, far = a_venue(world), a_venue(world, "柳林驿站", **at_sea(east=9000))
    a_building(world, "3幢", households=40, **at_sea(east=200))
    a_building(world, "4幢", households=50)
    walked(world, "3幢", near, 8)
    walked(world, "3幢", far, 30)
    walked(world, "4幢", far, 25)

    do(world.secretary, merge_buildings, place_id=world.place, building="3号楼", into_place_id=world.place,
       into_building="4幢")  # fmt: skip

    assert stands(world) == {"4幢": (50, WalkReach.COVERED, 8), "": (550, WalkReach.UNKNOWN, None)}
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(BuildingSpot)) == 1
        kept = session.execute(select(VenueWalk.venue_id, VenueWalk.minutes).order_by(VenueWalk.venue_id)).all()
    assert [tuple(one) for one in kept] == [(near, 8), (far, 25)]


def test_a_building_is_not_merged_with_itself_or_into_nothing(world: World) -> None:
    a_building(world, "3幢", households=40)
    values = {"place_id": world.place, "building": "3幢", "into_place_id": world.place}

    with pytest.raises(Refused, match="spot_itself"):
        do(world.secretary, merge_buildings, **values, into_building="三号楼")
    with pytest.raises(Refused, match="building_not_placed"):
        do(world.secretary, merge_buildings, **values | {"building": "8幢"}, into_building="3幢")


def test_a_community_writes_about_its_own_buildings_only(world: World) -> None:
    with pytest.raises(BadInput):
        a_building(world, "1幢", place_id=world.place_there)
    # A building may well be served by a place of the neighbours.
    theirs = a_venue(world, "荷塘社区党群服务中心", by=world.other_secretary)
    walked(world, "3幢", theirs, 9)
    a_building(world, "3幢", households=40)
    assert stands(world)["3幢"] == (40, WalkReach.COVERED, 9)


def test_a_rule_holds_from_its_day_on(world: World) -> None:
    admin = world[Role.SUBDISTRICT_ADMIN]
    do(admin, set_walking, since=TODAY + timedelta(days=5), detour=150, pace=3600)
    do(admin, set_walking, since=TODAY + timedelta(days=5), detour=140, pace=3600)

    with reading(world.secretary) as session:
        assert walking_on(session, world.subdistrict, TODAY + timedelta(days=4)) == Walking()
        assert walking_on(session, world.subdistrict, TODAY + timedelta(days=5)) == Walking(140, 3600)
    with pytest.raises(BadInput):
        do(admin, set_walking, since=TODAY - timedelta(days=1), detour=150, pace=3600)
    with pytest.raises(NotPermitted):
        do(world.secretary, set_walking, since=TODAY, detour=150, pace=3600)
