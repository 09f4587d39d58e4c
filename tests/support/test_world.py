from sqlalchemy import select

from db.engine import reading
from db.models import Need
from tests.builders.needs import a_need
from tests.builders.world import World


def test_a_secretary_sees_the_needs_of_the_own_community_only(world: World) -> None:
    mine = a_need(world)
    a_need(world, community_id=world.there)

    with reading(world.secretary) as session:
        seen = session.scalars(select(Need.id)).all()

    assert seen == [mine]
