"""Who is weighed for an order: the nearest, however the registry is walked."""

import random

import pytest

from db.engine import as_system, reading
from db.models import Place, Volunteer
from db.queries.orders import dispatch
from db.queries.orders.dispatch import candidates
from db.terms import VolunteerKind
from tests.builders.orders import a_service, an_order
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements

ELECTRICIAN = ["水电工"]


def a_registry(world: World, entries: list[tuple[int | None, str, list[str]]]) -> list[int]:
    """Volunteers by place, building and skills; their ids."""
    with as_system("test") as session:
        people = [
            Volunteer(
                community_id=world.here, number=f"V-{at:03}", name="李福根", kind=VolunteerKind.RESIDENT,
                place_id=place, building=building, skills=skills, since=TODAY,
            )
            for at, (place, building, skills) in enumerate(entries)
        ]  # fmt: skip
        session.add_all(people)
        session.flush()
        return [one.id for one in people]


def another_place(world: World) -> int:
    with as_system("test") as session:
        place = Place(community_id=world.here, name="听荷苑", kind="estate")
        session.add(place)
        session.flush()
        return place.id


def weighed(world: World, order: int) -> set[int]:
    with reading(world.worker) as session:
        return {one.id for one in candidates(session, order, now=NOW, most=100)}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("skill", ["", "电工"])
def test_the_nearest_are_weighed_wherever_the_registry_is_cut(
    world: World, monkeypatch: pytest.MonkeyPatch, skill: str, seed: int
) -> None:
    drawn, elsewhere = random.Random(seed), another_place(world)
    homes = [(world.place, "1幢"), (world.place, "2幢"), (world.place, ""), (elsewhere, "1幢"), (None, "1幢")]
    entries = [(*drawn.choice(homes), drawn.choice(([], ELECTRICIAN, ["理发"]))) for _ in range(30)]
    people = a_registry(world, entries)
    order = an_order(world, a_service(world, skill=skill))
    nearness = {homes[0]: 0, homes[1]: 1, homes[2]: 1, homes[3]: 2, homes[4]: 3}
    able = [
        (nearness[place, building], who)
        for who, (place, building, skills) in zip(people, entries, strict=True)
        if not skill or skills == ELECTRICIAN
    ]

    for most in (1, 2, 5, 8, 13, 29, 30, 31):
        monkeypatch.setattr(dispatch, "LOOKED_AT", most)
        assert weighed(world, order) == {who for _near, who in sorted(able)[:most]}


def test_a_large_registry_costs_few_statements_more(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_registry(small_world, [(None, "", ELECTRICIAN)] * 12)
    order = an_order(small_world, a_service(small_world))
    monkeypatch.setattr(dispatch, "LOOKED_AT", 10)

    with reading(small_world.worker) as session, Statements() as counted:
        candidates(session, order, now=NOW)

    assert counted.n <= 10  # with BEGIN
