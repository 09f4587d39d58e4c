"""The desk of orders: what stands above the list counts what the list shows."""

from datetime import timedelta

from db.engine import reading
from db.queries.orders.orders import order_counts, orders, to_urge
from db.queries.orders.page import cases
from db.terms import Role
from tests.builders.orders import a_service, an_order
from tests.builders.world import NOW, World, another_actor


def test_the_counts_follow_the_service_and_who_took_the_order(world: World) -> None:
    other = another_actor(world, Role.AREA_WORKER, "shegong9")
    shopping, piano = a_service(world), a_service(world, "钢琴调音")
    an_order(world, shopping)
    an_order(world, piano)
    an_order(world, piano, by=other)

    with reading(world.secretary) as session:
        every = order_counts(session, now=NOW).dispatch
        tuned = order_counts(session, now=NOW, service_id=piano).dispatch
        own = order_counts(session, now=NOW, service_id=piano, made_by=other.id).dispatch
        listed = len(orders(session, now=NOW, service_id=piano, made_by=other.id).rows)

    assert (every, tuned, own, listed) == (3, 2, 1, 1)


def test_what_is_to_be_urged_and_the_open_cases_follow_them_too(world: World) -> None:
    shopping, piano = a_service(world), a_service(world, "钢琴调音")
    an_order(world, shopping)
    an_order(world, piano)

    with reading(world.secretary) as session:
        late = [one.service for one in to_urge(session, now=NOW + timedelta(days=30), service_id=piano)]
        open_cases = cases(session, service_id=piano, made_by=world.worker.id)

    assert (late, open_cases) == (["钢琴调音"], ())
