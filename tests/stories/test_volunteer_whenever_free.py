"""A1-05: young members with an hour to spare find a slot near them, of their skill, in their half-days, and take it."""

from datetime import timedelta

from db.actions.rota.rotas import open_rota
from db.actions.rota.turns import claim_slot, give_back_turn
from db.engine import reading
from db.queries.rota.mine import my_turns, myself, open_slots
from db.queries.rota.rotas import rota_facts
from db.rules.rota.fit import Why
from db.terms import DaysOff, SlotRhythm
from tests.builders.rota import a_helper_with_account, a_rota, lay, outcome, racers, slots_of
from tests.builders.world import NOW, TODAY, World, do


def test_a_hundred_young_members_fill_the_crossings(world: World) -> None:
    rota_id = a_rota(
        world,
        title="文明交通劝导",
        posts="路口东\n路口西\n学校门口",
        place_id=world.place,
        starts_on=TODAY,
        give_back_hours=12,
    )
    lay(world, rota_id, rhythm=SlotRhythm.WEEKLY, weekdays=[5, 6], until=TODAY + timedelta(days=39), places=4,
        shifts="07:30-08:30\n17:00-18:00", days_off=DaysOff.NO_FESTIVALS)  # fmt: skip
    do(world.secretary, open_rota, rota_id=rota_id, version=1)

    # One who is free on Saturday mornings and lives nearby sees these first, with the reasons.
    person, _id = a_helper_with_account(world, "one", free_slots=["sat-am"], place_id=world.place)
    with reading(person) as session:
        me = myself(session, person.id)
        assert me
        first = open_slots(session, me, now=NOW).rows[0]
    assert first.why == (Why.FREE, Why.NEAR)
    assert first.starts_at.astimezone().isoweekday() in (5, 6)
    taken = do(person, claim_slot, slot_id=first.id)
    with reading(person) as session:
        assert [turn.slot_id for turn in my_turns(session, me, now=NOW)] == [first.id]

    # Plans change in time: the place is free again at once.
    do(person, give_back_turn, turn_id=taken, reason="加班")

    # A hundred others take what is left; nobody is put into a full slot.
    slots, people = [slot.id for slot in slots_of(world, rota_id)], racers(world, 100)
    results = [outcome(one, claim_slot, slot_id=slots[number // 5]) for number, one in enumerate(people)]
    with reading(world.secretary) as session:
        facts = rota_facts(session, rota_id, now=NOW)
    assert facts
    assert sorted(results) == ["in"] * 80 + ["slot_full"] * 20
    assert facts.gaps.missing == len(slots) * 4 - 80
