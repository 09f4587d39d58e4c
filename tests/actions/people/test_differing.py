"""Pairs that look like one and are not: remembered, taken back, and out of the way of a real double."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from db.actions.people.differing import ask_again, decide_different
from db.engine import as_system, reading
from db.errors import BadInput, NotPermitted
from db.models import DifferentPair, Household, Person, blind_index, name_index
from db.queries.people.doubles import person_doubles
from db.queries.people.pairs import Doubles, last_decided
from db.queries.volunteers.doubles import volunteer_doubles
from db.terms import DoubleKind, Likeness
from tests.builders.people import a_person
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World, do


def listed(world: World, page: int = 1) -> Doubles:
    with reading(world.secretary) as session:
        return person_doubles(session, page)


def couples(world: World, many: int) -> list[tuple[int, int]]:
    """So many couples who share a telephone, each behind a door of their own."""
    made = []
    with as_system("test") as session:
        for number in range(many):
            door = Household(
                community_id=world.here, place_id=world.place, building="9幢", stairwell="1单元", room=f"{number}",
                door_index=blind_index(f"couple-{number}"),
            )  # fmt: skip
            session.add(door)
            session.flush()
            phone = f"138{number:08d}"
            two = [
                Person(community_id=world.here, household_id=door.id, name=name, name_index=name_index(name),
                       phone=phone, phone_index=blind_index(phone))
                for name in (f"甄{chr(0x4E00 + number)}强", f"贾{chr(0x4E00 + number)}芳")
            ]  # fmt: skip
            session.add_all(two)
            session.flush()
            made.append((two[0].id, two[1].id))
    return made


def test_a_real_double_stands_before_any_number_of_couples(world: World) -> None:
    one = a_person(world, "王桂英", phone="13700001111")
    other = a_person(world, "王 桂英", phone="13700001111", room="102")
    couples(world, 51)

    found = listed(world)

    assert (found.total, found.pages, len(found.rows), len(listed(world, 2).rows)) == (52, 2, 50, 2)
    best = found.rows[0]
    assert (best.first.id, best.second.id, best.why) == (one, other, Likeness.SAME)
    assert {row.why for row in found.rows[1:]} == {Likeness.PHONE}
    seen = [(row.first.id, row.second.id) for page in (1, 2) for row in listed(world, page).rows]
    assert len(set(seen)) == 52


def test_two_people_are_marked_as_different_once_and_for_good(world: World) -> None:
    pairs = couples(world, 3)

    assert do(world.secretary, decide_different, kind=DoubleKind.PERSON, pairs=pairs[:2]) == 2
    assert do(world.secretary, decide_different, kind=DoubleKind.PERSON, pairs=[pairs[0][::-1]]) == 0

    assert [(row.first.id, row.second.id) for row in listed(world).rows] == [pairs[2]]


def test_a_decision_is_taken_back(world: World) -> None:
    pairs = couples(world, 1)
    do(world.secretary, decide_different, kind=DoubleKind.PERSON, pairs=pairs)
    with reading(world.secretary) as session:
        (decided,) = last_decided(session, DoubleKind.PERSON)

    do(world.secretary, ask_again, pair_id=decided.id)

    assert (decided.first_id, decided.second_id) == pairs[0]
    assert [(row.first.id, row.second.id) for row in listed(world).rows] == pairs


def test_two_who_decide_at_once_leave_one_decision(world: World) -> None:
    pairs = couples(world, 1)

    with ThreadPoolExecutor(4) as pool:
        kept = list(
            pool.map(lambda _n: do(world.secretary, decide_different, kind=DoubleKind.PERSON, pairs=pairs), range(4))
        )

    assert sorted(kept) == [0, 0, 0, 1]
    with reading(world.secretary) as session:
        assert len(session.scalars(select(DifferentPair.id)).all()) == 1


def test_volunteers_who_are_two_are_not_listed_again(world: World) -> None:
    one, other = a_volunteer(world, "1", phone="13800001234"), a_volunteer(world, "2", phone="138 0000 1234")
    with reading(world.secretary) as session:
        before = volunteer_doubles(session)

    do(world.secretary, decide_different, kind=DoubleKind.VOLUNTEER, pairs=[(one, other)])

    assert [(row.first.id, row.second.id, row.why) for row in before.rows] == [(one, other, Likeness.PHONE_AND_SOUND)]
    with reading(world.secretary) as session:
        assert volunteer_doubles(session).rows == ()


@pytest.mark.parametrize("wrong", [[], [(1, 1)], [(1, 999_999)], [(1,)], [(0, 1)], [("1", "2")], [(1, 2)] * 51])
def test_a_pair_that_is_none_is_told_at_the_field(world: World, wrong: list[tuple[int, int]]) -> None:
    couples(world, 1)

    with pytest.raises(BadInput, match="pairs"):
        do(world.secretary, decide_different, kind=DoubleKind.PERSON, pairs=wrong)


def test_households_can_be_decided_about_too_and_only_by_the_secretary_of_the_community(world: World) -> None:
    couples(world, 2)
    with reading(world.secretary) as session:
        first, second = session.scalars(select(Household.id).order_by(Household.id)).all()
    values = {"kind": DoubleKind.HOUSEHOLD, "pairs": [(first, second)]}

    with pytest.raises(NotPermitted):
        do(world.worker, decide_different, **values)
    with pytest.raises(BadInput, match="pairs"):
        do(world.other_secretary, decide_different, **values)
    assert do(world.secretary, decide_different, **values) == 1


def test_an_erased_or_merged_person_is_in_no_pair(world: World) -> None:
    pairs = couples(world, 2)
    with as_system("test") as session:
        session.get_one(Person, pairs[0][0]).merged_into_id = pairs[1][0]

    assert [(row.first.id, row.second.id) for row in listed(world).rows] == [pairs[1]]
