from datetime import timedelta

from db.actions.rota.rotas import open_rota
from db.actions.rota.slots import move_slot
from db.actions.rota.turns import put_in
from db.engine import reading
from db.queries.rota.mine import Found, my_turns, myself, open_slots, swaps_asked
from db.rules.permissions import Actor
from db.rules.rota.conflicts import Soft
from db.rules.rota.fit import Why
from db.terms import TurnNews
from tests.builders.rota import a_helper_with_account, a_rota, a_turn, an_open_slot, lay, slots_of
from tests.builders.world import NOW, TODAY, World, do

TOMORROW = TODAY + timedelta(days=1)


def found(person: Actor, **more: object) -> Found:
    with reading(person) as session:
        me = myself(session, person.id)
        assert me
        return open_slots(session, me, now=NOW, **more)  # type: ignore[arg-type]


def test_what_suits_comes_first_with_the_reasons(small_world: World) -> None:
    world = small_world
    rota_id = a_rota(world, posts="进站口\n电箱旁，看护，电工", place_id=world.place)
    lay(world, rota_id, shifts="08:00-12:00\n14:00-16:00")
    do(world.secretary, open_rota, rota_id=rota_id, version=1)
    person, _id = a_helper_with_account(world, "one", free_slots=["sat-pm", "fri-pm"], place_id=world.place)

    first = found(person).rows

    assert [one.starts_at.hour for one in first[:4]] == [6, 6, 6, 6]  # 14:00 in China
    assert first[0].why == (Why.FREE, Why.NEAR, Why.SKILL)
    assert first[-1].stands.soft == (Soft.NOT_FREE,)


def test_what_cannot_be_is_left_out(small_world: World) -> None:
    world = small_world
    rota_id = a_rota(world, posts="进站口\n急救点，守着，急救", opened=True)
    person, _id = a_helper_with_account(world, "one")
    assert {one.post for one in found(person).rows} == {"进站口"}

    a_turn(world, person, slots_of(world, rota_id)[0].id)

    assert len(found(person).rows) == 1


def test_filters_and_twenty_at_once(small_world: World) -> None:
    world = small_world
    rota_id = a_rota(world, opened=True)
    lay(world, rota_id, until=TODAY + timedelta(days=20))
    person, _id = a_helper_with_account(world, "one")

    everything = found(person)
    assert (len(everything.rows), everything.count) == (20, 40)
    assert len(found(person, skip=20).rows) == 20
    assert {one.post for one in found(person, post="出站口").rows} == {"出站口"}
    monday = TODAY + timedelta(days=4)
    assert {one.starts_at.isocalendar().week for one in found(person, monday=monday).rows} == {
        monday.isocalendar().week
    }
    assert found(person, rota_id=rota_id + 1).rows == ()


def test_a_change_is_named_on_the_own_page(small_world: World) -> None:
    world = small_world
    slot_id, (person, number) = an_open_slot(world), a_helper_with_account(world, "one")
    do(world.secretary, put_in, slot_id=slot_id, volunteer_id=number)
    do(world.secretary, move_slot, slot_id=slot_id, version=1, on=TOMORROW, shift="09:00-11:00")

    with reading(person) as session:
        me = myself(session, person.id)
        assert me
        assert [turn.news for turn in my_turns(session, me, now=NOW)] == [TurnNews.MOVED]


def test_a_volunteer_sees_no_turn_of_others(small_world: World) -> None:
    world = small_world
    slot_id = an_open_slot(world)
    a_turn(world, a_helper_with_account(world, "one")[0], slot_id)
    other, _id = a_helper_with_account(world, "two")

    with reading(other) as session:
        me = myself(session, other.id)
        assert me
        assert (my_turns(session, me, now=NOW), swaps_asked(session, me, other.community_id, now=NOW)) == ((), ())
