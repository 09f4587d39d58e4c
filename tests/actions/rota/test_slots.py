from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from db import engine
from db.actions.rota.rotas import add_posts, close_rota, open_rota
from db.actions.rota.slots import call_off_day, call_off_slot, change_slot_places, move_slot, prolong_rota
from db.actions.volunteers.squads import join_squad, leave_squad
from db.engine import as_system, reading
from db.errors import BadInput, NotPermitted, Refused
from db.models import HolidayOverride, Rota, Slot, Squad, Turn
from db.queries.rota.choices import choices, runs
from db.queries.rota.rotas import on_days_off, rota_facts
from db.queries.rota.slots import to_tell
from db.terms import DaysOff, MonthEnd, Role, RotaState, SlotRhythm, TurnNews, TurnState
from tests.builders.activities import an_event, helped
from tests.builders.projects import a_project
from tests.builders.rota import (
    a_helper_with_account,
    a_rota,
    a_turn,
    an_open_slot,
    china,
    filled,
    lay,
    posts_of,
    rota_of,
    slots_of,
    states,
)
from tests.builders.volunteers import a_squad, a_volunteer
from tests.builders.world import NOW, TODAY, World, another_actor, do, row

TOMORROW = TODAY + timedelta(days=1)
SHIFTS = "06:00-12:00\n12:00-18:00\n18:00-22:00"


def test_a_travel_rush_is_laid_at_one_press_in_a_few_statements(world: World) -> None:
    rota_id = a_rota(world, posts="一\n二\n三\n四\n五", starts_on=TODAY)
    seen: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(engine.engine(), "before_cursor_execute", count)
    laid = lay(world, rota_id, starts_on=TODAY, until=TODAY + timedelta(days=39), shifts=SHIFTS, places=2)
    event.remove(engine.engine(), "before_cursor_execute", count)

    assert laid == {"laid": 600, "there": 0}
    assert len([one for one in seen if one.lstrip().upper().startswith("INSERT INTO SLOT ")]) <= 3
    assert len(seen) <= 30
    with reading(world.secretary) as session:
        facts = rota_facts(session, rota_id, now=china(TODAY, 5))
    assert facts
    assert (facts.gaps.slots, facts.gaps.short_slots, facts.gaps.missing) == (600, 600, 1200)


def test_what_is_laid_already_stays_as_it_is(world: World) -> None:
    rota_id = a_rota(world)
    lay(world, rota_id)

    again = lay(world, rota_id, until=TODAY + timedelta(days=3), places=9)

    assert again == {"laid": 2, "there": 4}
    assert [slot.places for slot in slots_of(world, rota_id)] == [1, 1, 1, 1, 9, 9]


def test_a_night_shift_is_of_the_day_it_starts(world: World) -> None:
    rota_id = a_rota(world)

    lay(world, rota_id, until=TODAY + timedelta(days=1), shifts="22:00-06:00")

    slot = slots_of(world, rota_id)[0]
    assert (slot.on, slot.ends_at) == (TODAY + timedelta(days=1), china(TODAY + timedelta(days=2), 6))


def test_a_weekly_rota_is_prolonged_by_its_template(world: World) -> None:
    rota_id = a_rota(world, starts_on=TODAY, ends_on=TODAY + timedelta(days=13))
    lay(world, rota_id, rhythm=SlotRhythm.WEEKLY, weekdays=[5], until=TODAY + timedelta(days=13))
    assert len(slots_of(world, rota_id)) == 4

    more = do(world.secretary, prolong_rota, rota_id=rota_id, version=1, ends_on=TODAY + timedelta(days=27))

    assert more == {"laid": 4, "there": 0}
    assert {slot.on.weekday() for slot in slots_of(world, rota_id)} == {5}


def test_slots_that_were_laid_twice_are_prolonged_once(world: World) -> None:
    rota_id = a_rota(world, ends_on=TODAY + timedelta(days=2))
    lay(world, rota_id)
    lay(world, rota_id)

    laid = do(world.secretary, prolong_rota, rota_id=rota_id, version=1, ends_on=TODAY + timedelta(days=3))

    assert laid["laid"] == 2
    assert len(slots_of(world, rota_id)) == 6


def test_prolonging_neither_lays_what_was_moved_again_nor_what_ended_before(world: World) -> None:
    rota_id = a_rota(world, ends_on=TODAY + timedelta(days=9))
    door, exit_ = posts_of(world, rota_id)
    lay(world, rota_id, post_ids=[door], until=TODAY + timedelta(days=9))
    lay(world, rota_id, post_ids=[exit_], until=TODAY + timedelta(days=2))
    slot = next(one for one in slots_of(world, rota_id) if one.on == TODAY + timedelta(days=5))
    do(world.secretary, move_slot, slot_id=slot.id, version=slot.version, on=slot.on, shift="13:00-17:00")

    laid = do(world.secretary, prolong_rota, rota_id=rota_id, version=1, ends_on=TODAY + timedelta(days=11))

    assert laid == {"laid": 2, "there": 0}
    assert [one.starts_at for one in slots_of(world, rota_id) if one.on == slot.on] == [china(slot.on, 13)]


def test_a_rhythm_without_a_day_says_so(world: World) -> None:
    rota_id = a_rota(world)

    with pytest.raises(Refused, match="no_slot_days"):
        lay(world, rota_id, rhythm=SlotRhythm.MONTHLY, month_day=31, month_end=MonthEnd.LEFT_OUT,
            until=TODAY + timedelta(days=5))  # fmt: skip


def test_a_day_off_that_is_entered_later_is_named_and_nothing_moves(world: World) -> None:
    rota_id = a_rota(world)
    lay(world, rota_id, days_off=DaysOff.WORKDAYS, starts_on=date(2026, 3, 9), until=date(2026, 3, 10))
    before = [slot.starts_at for slot in slots_of(world, rota_id)]
    with as_system("test") as session:
        session.add(HolidayOverride(subdistrict_id=world.subdistrict, day=date(2026, 3, 10), workday=False))

    with reading(world.secretary) as session:
        named = on_days_off(session, rota_id, now=NOW)

    assert [(one.on, one.slots, one.people) for one in named] == [(date(2026, 3, 10), 2, 0)]
    assert [slot.starts_at for slot in slots_of(world, rota_id)] == before


def test_who_took_a_slot_is_to_be_told_when_it_moves(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world), a_helper_with_account(world, "one")
    a_turn(world, person, slot_id)

    told = do(world.secretary, move_slot, slot_id=slot_id, version=1, on=TODAY + timedelta(days=1), shift="09:00-13:00")

    assert told == {"to_tell": 1}
    with reading(world.secretary) as session:
        slot = session.get_one(Slot, slot_id)
        assert slot.starts_at == china(TODAY + timedelta(days=1), 9)
        told_row = to_tell(session, slot.rota_id)[0]
    assert (told_row.news, told_row.name) == (TurnNews.MOVED, "志**")


def test_places_never_fall_below_the_people(world: World) -> None:
    slot_id = an_open_slot(world, places=3)
    for name in ("one", "two"):
        a_turn(world, a_helper_with_account(world, name)[0], slot_id)

    do(world.secretary, change_slot_places, slot_id=slot_id, places=2)

    with pytest.raises(Refused) as told:
        do(world.secretary, change_slot_places, slot_id=slot_id, places=1)
    assert told.value.values["filled"] == 2


def test_a_slot_is_called_off_with_its_people(world: World) -> None:
    slot_id = an_open_slot(world)
    a_turn(world, a_helper_with_account(world, "one")[0], slot_id)

    assert do(world.secretary, call_off_slot, slot_id=slot_id, reason="台风")["to_tell"] == 1

    assert (states(world, slot_id), filled(world, slot_id)) == ([TurnState.CALLED_OFF], 0)
    with pytest.raises(Refused, match="slot_called_off"):
        a_turn(world, a_helper_with_account(world, "two")[0], slot_id)


def test_a_whole_day_is_called_off(world: World) -> None:
    slot_id = an_open_slot(world)
    a_turn(world, a_helper_with_account(world, "one")[0], slot_id)
    with reading(world.secretary) as session:
        rota_id = session.get_one(Slot, slot_id).rota_id

    off = do(world.secretary, call_off_day, rota_id=rota_id, on=TODAY + timedelta(days=1), reason="台风")

    assert off == {"slots": 2, "to_tell": 1}
    assert [slot.called_off_at is not None for slot in slots_of(world, rota_id)] == [True, True, False, False]


def test_a_rota_opens_with_slots_and_closes_when_nobody_is_to_come(world: World) -> None:
    rota_id = a_rota(world)
    with pytest.raises(Refused, match="rota_no_slots"):
        do(world.secretary, open_rota, rota_id=rota_id, version=1)
    lay(world, rota_id)
    do(world.secretary, open_rota, rota_id=rota_id, version=1)
    a_turn(world, a_helper_with_account(world, "one")[0], slots_of(world, rota_id)[0].id)

    with pytest.raises(Refused, match="rota_has_turns"):
        do(world.secretary, close_rota, rota_id=rota_id, version=2)
    do(world.secretary, close_rota, rota_id=rota_id, version=2, now=china(TODAY + timedelta(days=4), 9))
    assert rota_of(world, rota_id).state is RotaState.CLOSED


def test_a_leader_runs_the_own_rotas_and_no_others(world: World) -> None:
    leader = world[Role.TEAM_LEADER]
    mine = a_rota(world, by=leader, project_id=a_project(world))
    theirs = a_rota(world)
    values = {"rhythm": SlotRhythm.ONCE}

    lay(world, mine, **values)
    do(leader, add_posts, rota_id=mine, posts="站台")
    with pytest.raises(NotPermitted):
        do(leader, add_posts, rota_id=theirs, posts="站台")
    with pytest.raises(BadInput):
        a_rota(world, by=another_actor(world, Role.TEAM_LEADER, "leader2"))
    assert len(posts_of(world, mine)) == 3


def test_a_leader_who_left_the_squad_runs_its_rotas_no_longer(world: World) -> None:
    leader, squad = world[Role.TEAM_LEADER], a_squad(world)
    mine = a_volunteer(world, account_id=leader.id)
    do(world.worker, join_squad, squad_id=squad, volunteer_id=mine)
    with as_system("test") as session:
        session.get_one(Squad, squad).leader_id = mine
    rota_id = a_rota(world, squad_id=squad)
    do(leader, add_posts, rota_id=rota_id, posts="站台")

    do(world.worker, leave_squad, squad_id=squad, volunteer_id=mine, reason="搬家")

    with pytest.raises(NotPermitted):
        do(leader, add_posts, rota_id=rota_id, posts="地道")
    with reading(leader) as session:
        facts = rota_facts(session, rota_id, now=NOW)
        assert facts
        assert not runs(session, leader, facts)
        assert choices(session, leader).squads == {}


def test_another_community_reaches_nothing(world: World) -> None:
    rota_id = a_rota(world, opened=True)

    with reading(world.other_secretary) as session:
        assert rota_facts(session, rota_id, now=NOW) is None
        assert session.scalars(select(Rota)).all() == []
        assert session.scalars(select(Turn)).all() == []


def test_a_slot_is_not_moved_into_what_its_people_have_promised_without_asking(world: World) -> None:
    slot_id, (person, volunteer_id) = an_open_slot(world), a_helper_with_account(world, "one")
    a_turn(world, person, slot_id)
    helped(world, an_event(world, on=TOMORROW, title="健康讲座"), volunteer_id)
    moving = {"slot_id": slot_id, "version": row(world, Slot, slot_id).version, "on": TOMORROW}

    with pytest.raises(Refused, match="crew_busy") as told:
        do(world.secretary, move_slot, **moving, shift="13:00-17:00")

    assert told.value.values["named"] == "健康讲座"
    assert do(world.secretary, move_slot, **moving, shift="13:00-17:00", sure=True) == {"to_tell": 1}
