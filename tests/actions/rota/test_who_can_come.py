"""Who is away, is a minor without the guardian's word or lacks a skill comes into no slot, by whatever way."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.actions.rota.swaps import answer_turn_swap, ask_turn_swap, take_offered_turn
from db.actions.rota.turns import claim_slot, put_in, replace_turn
from db.engine import as_system, reading
from db.errors import Refused
from db.models import Volunteer
from db.queries.rota.mine import myself, open_slots, partners, swaps_asked
from db.queries.rota.slots import stand_ins
from db.rules.permissions import Actor
from tests.builders.rota import a_helper_with_account, a_plain_rota, a_post, a_rota, a_slot, a_turn, slots_of
from tests.builders.world import NOW, TODAY, World, do

TOMORROW = TODAY + timedelta(days=1)
PAUSED = {"paused_from": TODAY, "paused_until": TOMORROW, "paused_reason": "外出"}
MINOR = {"birth_year": TODAY.year - 15}


def change(volunteer: int, **values: Any) -> None:
    with as_system("test") as session:
        entry = session.get_one(Volunteer, volunteer)
        for name, value in values.items():
            setattr(entry, name, value)


def offered(world: World, actor: Actor) -> list[date]:
    with reading(actor) as session:
        me = myself(session, actor.id)
        assert me
        return [slot.starts_at.date() for slot in open_slots(session, me, now=NOW).rows]


@pytest.mark.parametrize(("why", "rule"), [(PAUSED, "volunteer_paused"), (MINOR, "guardian_missing")])
def test_who_cannot_be_asked_comes_into_no_slot(why: dict[str, Any], rule: str, world: World) -> None:
    one, mine = a_helper_with_account(world, "one")
    other, _theirs = a_helper_with_account(world, "two")
    slot, theirs = (slots_of(world, a_rota(world, opened=True))[place].id for place in (0, 1))
    turn = a_turn(world, other, theirs)
    offer = do(other, ask_turn_swap, turn_id=turn, wanted_id=None)
    change(mine, **why)

    with pytest.raises(Refused, match=rule):
        do(one, claim_slot, slot_id=slot, sure=True)
    with pytest.raises(Refused, match=rule):
        do(one, take_offered_turn, swap_id=offer, sure=True)
    with pytest.raises(Refused, match=rule):
        do(world.worker, put_in, slot_id=slot, volunteer_id=mine, sure=True)
    with pytest.raises(Refused, match=rule):
        do(world.worker, replace_turn, turn_id=turn, volunteer_id=mine, reason="发烧", sure=True)
    assert TOMORROW not in offered(world, one)
    with reading(one) as session:
        me = myself(session, one.id)
        assert me
        assert swaps_asked(session, me, one.community_id, now=NOW) == ()
    with reading(world.worker) as session:
        assert mine not in [person.id for person in stand_ins(session, slot, now=NOW)]


def test_the_day_after_a_pause_is_open(world: World) -> None:
    one, mine = a_helper_with_account(world, "one")
    later = slots_of(world, a_rota(world, opened=True))[2].id
    change(mine, **PAUSED)

    assert offered(world, one) == [TOMORROW + timedelta(days=1)] * 2
    do(one, claim_slot, slot_id=later)


def test_a_swap_brings_nobody_to_a_post_whose_skill_they_lack(world: World) -> None:
    one, unskilled = a_helper_with_account(world, "one")
    change(unskilled, skills=[])
    other, _theirs = a_helper_with_account(world, "two")
    rota = a_plain_rota(world)
    plain, asked = a_post(world, rota, "引导"), a_post(world, rota, "配电房", skill="电工")
    mine = a_turn(world, one, a_slot(world, rota, plain, TOMORROW))
    theirs = a_turn(world, other, a_slot(world, rota, asked, TOMORROW + timedelta(days=1)))

    with pytest.raises(Refused, match="turn_skill"):
        do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs)
    swap = do(other, ask_turn_swap, turn_id=theirs, wanted_id=mine)
    with pytest.raises(Refused, match="turn_skill"):
        do(one, answer_turn_swap, swap_id=swap, agreed=True)


def test_a_swap_brings_nobody_into_a_pause(world: World) -> None:
    one, mine = a_helper_with_account(world, "one")
    other, _theirs = a_helper_with_account(world, "two")
    slots = slots_of(world, a_rota(world, opened=True))
    early, late = a_turn(world, other, slots[0].id), a_turn(world, one, slots[2].id)
    change(mine, **PAUSED)

    with reading(one) as session:
        me = myself(session, one.id)
        assert me
        assert partners(session, me, late, now=NOW) == ()
    with pytest.raises(Refused, match="volunteer_paused"):
        do(one, ask_turn_swap, turn_id=late, wanted_id=early)
    swap = do(other, ask_turn_swap, turn_id=early, wanted_id=late)
    with pytest.raises(Refused, match="volunteer_paused"):
        do(one, answer_turn_swap, swap_id=swap, agreed=True)
