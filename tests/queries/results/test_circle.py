"""The circle of a day: who is counted where, what is unknown, and what closing and opening change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from db.actions.imports.imports import undo_import
from db.actions.results.venues import close_venue
from db.engine import reading
from db.errors import NotFound
from db.queries.results.circle import Circle, _look, circle, places_of, venue, venues
from db.rules.results.circle import Coverage
from db.terms import ImportKind, Role, WalkReach
from tests.builders.doors import a_household, knock
from tests.builders.imports import brought, door_row
from tests.builders.results import a_building, a_venue, at_sea, the_circle
from tests.builders.world import TODAY, World, do
from tests.support.statements import Statements


def states(found: Circle) -> dict[str, WalkReach]:
    return {one.building.name: one.reach for one in found.stands}


def test_households_are_those_entered_else_the_doors_of_the_books(world: World) -> None:
    a_venue(world)
    a_building(world, "1幢", households=40, **at_sea(east=300))
    a_building(world, "3幢", **at_sea(north=5000))
    a_household(world)

    found = the_circle(world)

    # Of the 600 households of the place 41 are told; the rest live nobody knows in which building.
    assert found.coverage.households == 600
    assert found.coverage.covered == 40
    assert found.coverage.beyond + found.coverage.unknown == 560


def test_without_places_or_positions_nothing_is_covered(world: World) -> None:
    assert the_circle(world).coverage == Coverage(0, 0, 600)

    a_building(world, "1幢", households=600, **at_sea())
    assert the_circle(world).coverage == Coverage(0, 0, 600)
    a_venue(world)
    assert the_circle(world).coverage == Coverage(600, 0, 0)


def test_a_lane_without_buildings_is_one_point(world: World) -> None:
    a_venue(world)
    a_building(world, "", **at_sea(east=100))

    assert states(the_circle(world)) == {"": WalkReach.COVERED}
    assert the_circle(world).coverage == Coverage(600, 0, 0)


def test_a_place_that_closes_leaves_from_the_next_day(world: World) -> None:
    one = a_venue(world, opened_on=TODAY - timedelta(days=30))
    a_building(world, "1幢", households=600, **at_sea(east=300))
    do(world.secretary, close_venue, venue_id=one, version=1, on=TODAY + timedelta(days=7), reason="改造")

    shares = {ahead: the_circle(world, TODAY + timedelta(days=ahead)).coverage.covered for ahead in (-31, -30, 0, 7, 8)}

    assert shares == {-31: 0, -30: 600, 0: 600, 7: 600, 8: 0}


def test_each_community_sees_its_own_and_the_subdistrict_both(world: World) -> None:
    a_venue(world)
    a_building(world, "1幢", households=600, **at_sea(east=300))

    assert [one.name for one in the_circle(world, by=world.other_secretary).communities] == ["荷塘社区"]
    whole = the_circle(world, by=world[Role.SUBDISTRICT_ADMIN])
    assert [(one.name, one.coverage.covered, one.coverage.households) for one in whole.communities] == [
        ("柳林社区", 600, 600), ("荷塘社区", 0, 500),
    ]  # fmt: skip
    assert whole.coverage == Coverage(600, 0, 500)


def test_it_takes_a_handful_of_statements(world: World) -> None:
    a_venue(world)
    for number in range(1, 9):
        a_building(world, f"{number}幢", households=20, **at_sea(east=100 * number))

    with reading(world.secretary) as session, Statements() as counted:
        circle(session, world.subdistrict, world.here, TODAY)

    assert counted.n <= 8


def test_places_are_read_by_everybody_of_the_subdistrict_and_nobody_else(world: World) -> None:
    one = a_venue(world)

    with reading(world.other_secretary) as session:
        assert [row.id for row in venues(session, world.subdistrict)] == [one]
        assert venues(session, world.subdistrict + 1) == ()
        with pytest.raises(NotFound):
            venue(session, world.subdistrict, one + 1)
        assert list(places_of(session, world.subdistrict, world.there)) == [world.place_there]


def test_the_circle_that_is_kept_is_let_go_by_what_it_shows_and_not_by_a_visit(world: World) -> None:
    a_venue(world)
    door = a_household(world)
    before = the_circle(world)
    made: dict[str, int] = {}

    knock(world, door)
    assert the_circle(world) is before

    steps: list[Callable[[], object]] = [
        lambda: a_building(world, "1幢", households=40, **at_sea(east=300)),
        lambda: a_household(world, "102"),
        lambda: a_building(world, "7幢", **at_sea(north=5000)),
        lambda: made.update(brought(world.worker, ImportKind.HOUSEHOLDS, [door_row(number) for number in (80, 81)])),
        lambda: do(world.secretary, undo_import, batch_id=made["batch"], version=1, reason="传错了"),
        lambda: a_venue(world, "河边驿站", **at_sea(north=4900)),
    ]
    for step in steps:
        step()
        found = the_circle(world)
        with reading(world.secretary) as session:
            again = _look(session, world.subdistrict, world.here, TODAY)
        assert (found.stands, found.venues, found.communities) == (again.stands, again.venues, again.communities)
        assert found is not before
        before = found
        assert the_circle(world) is before
