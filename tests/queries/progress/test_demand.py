from db.engine import as_system, reading
from db.models import Place
from db.queries.progress.demand import Cell, Demand, demand
from db.terms import NeedStage, PlaceKind, Role
from tests.builders.needs import a_need
from tests.builders.world import World
from tests.support.statements import Statements


def more_places(world: World, *names: str) -> list[int]:
    with as_system("test") as session:
        places = [Place(community_id=world.here, name=name, kind=PlaceKind.ESTATE) for name in names]
        session.add_all(places)
        session.flush()
        return [place.id for place in places]


def cell_of(found: Demand, row_id: int, category_id: int) -> Cell:
    return next(cell for cell in found.cells if (cell.row_id, cell.category_id) == (row_id, category_id))


def test_needs_and_people_are_summed_by_place_and_category(world: World) -> None:
    first, second = more_places(world, "东园", "西园")
    a_need(world, people=30)
    a_need(world, people=12)
    a_need(world, people=8, place_id=first)
    a_need(world, people=9, place_id=second)
    a_need(world, people=500, stage=NeedStage.VOID)

    with reading(world.secretary) as session:
        found = demand(session, community_id=world.here)

    assert [name for _id, name in found.rows] == ["柳林小区", "东园", "西园"]
    assert cell_of(found, world.place, world.categories[5]) == Cell(world.place, world.categories[5], 2, 42)
    total = next(one for one in found.categories if one.category_id == world.categories[5])
    assert (total.needs, total.people) == (4, 59)


def test_a_cell_under_five_people_is_hidden_with_a_second_one_that_would_give_it_away(world: World) -> None:
    first, second = more_places(world, "东园", "西园")
    a_need(world, people=30)
    a_need(world, people=4, place_id=first)
    a_need(world, people=9, place_id=second)

    with reading(world.secretary) as session:
        found = demand(session, community_id=world.here)

    category = world.categories[5]
    assert cell_of(found, first, category) == Cell(first, category, None, None)
    assert cell_of(found, second, category) == Cell(second, category, None, None)
    assert cell_of(found, world.place, category).people == 30


def test_a_total_that_would_give_the_only_place_away_is_hidden_too(world: World) -> None:
    a_need(world, people=3)

    with reading(world.secretary) as session:
        found = demand(session, community_id=world.here)

    assert {(one.needs, one.people) for one in found.categories} == {(None, None)}


def test_above_the_communities_the_rows_are_communities(world: World) -> None:
    a_need(world, people=30)
    a_need(world, people=20, community_id=world.there)

    with reading(world[Role.DISTRICT_VIEWER]) as session, Statements() as counted:
        found = demand(session, community_id=None)

    assert not found.of_places
    assert [name for _id, name in found.rows] == ["柳林社区", "荷塘社区"]
    assert cell_of(found, world.there, world.categories[5]).people == 20
    assert len([statement for statement in counted.texts if statement != "BEGIN"]) == 3


def test_another_communitys_places_are_out_of_reach(world: World) -> None:
    a_need(world, people=20, community_id=world.there)

    with reading(world.secretary) as session:
        found = demand(session, community_id=world.there)

    assert (found.rows, found.cells, found.categories) == ((), (), ())
