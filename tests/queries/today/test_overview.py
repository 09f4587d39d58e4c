"""What stands beside the things to do, on both engines: statements that are built once and told who looks and when."""

from db.engine import reading, utc_now
from db.queries.today.overview import ahead, figures, way_of_needs
from db.terms import Role
from tests.builders.needs import a_need
from tests.builders.world import World


def test_each_look_is_told_its_own_actor_and_moment(world: World) -> None:
    now = utc_now()
    a_need(world, community_id=world.here)
    for role in (Role.SECRETARY, Role.TEAM_LEADER):
        with reading(world[role]) as session:
            assert ahead(session, world[role], now=now) == ()
    with reading(world[Role.SECRETARY]) as session:
        here = way_of_needs(session, world.here, now=now), figures(session, world[Role.SECRETARY], now=now)
        there = way_of_needs(session, world.there, now=now)

    assert [sum(one.needs for one in way) for way in (here[0], there)] == [1, 0]
    assert (here[1].closed, here[1].replied, len(here[1].months), len(here[1].weeks)) == (0, 0, 12, 12)
