"""A1-06, A2-03: the station's travel rush and a monthly duty, from the call to the hours; late drop-outs are filled."""

from datetime import date, timedelta

import pytest

from components.rota.papers import A3, A4, call_sheet, week_sheet
from db.actions.rota.attendance import mark_slot
from db.actions.rota.rotas import open_rota
from db.actions.rota.swaps import answer_turn_swap, ask_turn_swap
from db.actions.rota.turns import claim_slot, give_back_turn, mark_told, put_in, take_out
from db.engine import reading
from db.errors import Refused
from db.models import Slot, Volunteer
from db.queries.rota.mine import my_turns, myself
from db.queries.rota.rotas import rota_facts, slots_between
from db.queries.rota.slots import drop_outs, names_between, stand_ins, to_tell
from db.rules.rota.fit import Why
from db.terms import MonthEnd, SlotRhythm
from tests.builders.rota import a_helper_with_account, a_rota, china, lay, slots_of
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do
from tests.support.word_files import text_of


def test_the_travel_rush_is_filled_swapped_and_served(world: World) -> None:
    first = TODAY + timedelta(days=4)
    rota_id = a_rota(
        world, posts="进站口，引导\n售票厅，自助机\n候车厅，问询\n换乘通道，指路\n急救点，守着，急救",
        starts_on=first, ends_on=first + timedelta(days=39), place_id=world.place,
    )  # fmt: skip
    shifts = "06:00-11:00\n11:00-16:00\n16:00-21:00"
    assert lay(world, rota_id, starts_on=first, until=first + timedelta(days=39), shifts=shifts)["laid"] == 600
    do(world.secretary, open_rota, rota_id=rota_id, version=1)
    morning, *_rest = slots_of(world, rota_id)
    next_day = next(slot for slot in slots_of(world, rota_id) if slot.on == first + timedelta(days=1))

    # Two claim on their phones; an overlap cannot be, a second turn in a day is asked.
    (zhou, zhou_id), (qian, _qian_id) = (a_helper_with_account(world, name) for name in ("zhou", "qian"))
    mine = do(zhou, claim_slot, slot_id=morning.id)
    theirs = do(qian, claim_slot, slot_id=next_day.id)
    noon = next(slot for slot in slots_of(world, rota_id) if slot.starts_at == morning.ends_at)
    with pytest.raises(Refused, match="turn_close"):
        do(zhou, claim_slot, slot_id=noon.id)

    # They swap by two consents.
    do(qian, answer_turn_swap, swap_id=do(zhou, ask_turn_swap, turn_id=mine, wanted_id=theirs), agreed=True)
    with reading(zhou) as session:
        me = myself(session, zhou.id)
        assert me
        (turn,) = my_turns(session, me, now=NOW)
    assert turn.starts_at == next_day.starts_at

    # The evening before, one cannot come: too late to do it alone, the desk takes the call and sees who could step in.
    evening = china(first, 20)
    with pytest.raises(Refused, match="give_back_late"):
        do(zhou, give_back_turn, turn_id=turn.id, reason="发烧", now=evening)
    neighbour = a_volunteer(world, "sun", place_id=world.place, phone="13812345678")
    do(world.worker, take_out, turn_id=turn.id, reason="发烧", now=evening)
    with reading(world.worker) as session:
        (gone,) = drop_outs(session, rota_id, now=evening)
        suggested = stand_ins(session, gone.slot_id, now=evening)
    assert gone.late
    assert (suggested[0].id, Why.NEAR in suggested[0].why) == (neighbour, True)
    do(world.worker, put_in, slot_id=gone.slot_id, volunteer_id=neighbour, now=evening)
    with reading(world.worker) as session:
        told = to_tell(session, rota_id)
    assert [(one.number, one.phone) for one in told] == [("sun", "138****5678")]
    do(world.worker, mark_told, turn_ids=[told[0].turn_id], now=evening)

    # All came; the hours are those of the slot.
    do(world.worker, mark_slot, slot_id=gone.slot_id, now=china(first + timedelta(days=1), 12))
    with reading(world.worker) as session:
        assert session.get_one(Volunteer, neighbour).minutes == 300
        assert session.get_one(Volunteer, zhou_id).minutes == 0
        facts = rota_facts(session, rota_id, now=NOW)
        week = slots_between(session, rota_id, first, first + timedelta(days=6))
        names = names_between(session, rota_id, first, first + timedelta(days=6))
    assert facts

    # The sheets for the wall name surname and number; the call says how many are missing.
    for paper in (A4, A3):
        sheet = text_of(week_sheet(facts, week, names, first, paper))
        assert "志** sun" in sheet
        assert "13812345678" not in sheet
    assert f"还缺 {facts.gaps.missing} 人次" in text_of(call_sheet(facts))


def test_a_monthly_duty_lasts_a_year_and_comes_at_each_months_end(world: World) -> None:
    begins = date(2026, 3, 6)
    rota_id = a_rota(world, posts="一线，送学上门", starts_on=begins, ends_on=begins + timedelta(days=365))

    lay(world, rota_id, rhythm=SlotRhythm.MONTHLY, month_day=31, month_end=MonthEnd.LAST_DAY, starts_on=begins,
        until=begins + timedelta(days=365), shifts="14:00-16:30")  # fmt: skip
    do(world.secretary, open_rota, rota_id=rota_id, version=1)

    days = [slot.on for slot in slots_of(world, rota_id)]
    assert len(days) == 12
    assert (days[0], days[1], days[11]) == (date(2026, 3, 31), date(2026, 4, 30), date(2027, 2, 28))
    person, _id = a_helper_with_account(world, "wang")
    do(person, claim_slot, slot_id=slots_of(world, rota_id)[0].id)
    with reading(person) as session:
        me = myself(session, person.id)
        assert me
        assert [turn.post for turn in my_turns(session, me, now=NOW)] == ["一线"]
        assert session.get_one(Slot, slots_of(world, rota_id)[0].id).filled == 1
