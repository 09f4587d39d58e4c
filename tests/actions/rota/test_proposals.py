"""A draft becomes turns by one press: nothing is overbooked, and what cannot be kept any more is named."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.rota import proposals
from db.actions.rota.proposals import (
    draft_roster,
    keep_roster,
    move_in_draft,
    put_in_draft,
    serve_together,
    take_from_draft,
)
from db.actions.rota.rotas import close_rota
from db.actions.volunteers.merges import merge_volunteers
from db.actions.volunteers.squads import join_squad, leave_squad
from db.engine import as_system, reading, reading_as_system
from db.errors import BadInput, Conflict, Refused
from db.models import RosterProposal, Slot, Turn, Volunteer
from db.queries.rota.proposal import draft_of, question_of, rota_facts
from db.rules.rota.proposal import propose
from db.rules.rota.proposal_input import Limits, NotHere, RosterInput
from db.rules.rota.proposal_reasons import why_open
from db.terms import RotaState, TurnNews, TurnState
from tests.builders.activities import a_market, a_stall, a_stall_helper, an_event, helped
from tests.builders.orders import a_helper, a_service, accepted, an_order
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot, outcome, rota_of
from tests.builders.volunteers import a_squad, a_volunteer
from tests.builders.world import NOW, TODAY, World, do
from tests.support.meanwhile import meanwhile

TOMORROW = TODAY + timedelta(days=1)
GIVEN = RosterInput(TODAY, TODAY + timedelta(days=7))


def draft(world: World, rota: int, *pairs: tuple[int, int]) -> int:
    made: int = do(world.worker, draft_roster, rota_id=rota, given=GIVEN, filling=pairs, result={})
    return made


def turns() -> list[tuple[int, int]]:
    with reading_as_system("test") as session:
        found = session.execute(select(Turn.volunteer_id, Turn.slot_id).where(Turn.state == TurnState.TAKEN))
        return sorted((row.volunteer_id, row.slot_id) for row in found)


def left_out(world: World, rota: int) -> dict[tuple[int, int], str]:
    with reading(world.secretary) as session:
        found = draft_of(session, rota)
        assert found
        return {(person, slot): why for person, slot, why in found.left_out}


def test_a_draft_becomes_turns_and_a_second_press_makes_none(world: World) -> None:
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    one, other = a_volunteer(world, "V001"), a_volunteer(world, "V002")
    slot, later = a_slot(world, rota, post, TOMORROW, places=2), a_slot(world, rota, post, TOMORROW, 14)
    made = draft(world, rota, (one, slot), (other, slot), (one, later))

    assert turns() == []
    assert do(world.worker, keep_roster, draft_id=made, version=1) == {"kept": 3, "left": 0}
    assert turns() == sorted([(one, slot), (other, slot), (one, later)])
    with reading_as_system("test") as session:
        assert {row.id: row.filled for row in session.scalars(select(Slot))} == {slot: 2, later: 1}
        assert set(session.scalars(select(Turn.news))) == {TurnNews.PUT_IN}
    with pytest.raises(Refused, match="already_done"):
        do(world.worker, keep_roster, draft_id=made, version=2)


def test_what_changed_meanwhile_is_named_and_left_out(world: World) -> None:
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    people = [a_volunteer(world, f"V00{number}") for number in range(1, 6)]
    taken, off, busy = (a_slot(world, rota, post, TOMORROW, hour) for hour in (8, 12, 16))
    other = a_slot(world, rota, a_post(world, rota, "问讯"), TOMORROW, 17)
    begun = a_slot(world, rota, post, TODAY - timedelta(days=1))
    plan = [(people[0], taken), (people[1], off), (people[2], busy), (people[3], other), (people[4], begun)]
    made = draft(world, rota, *plan, (people[4], other))
    a_plain_turn(world, taken, people[4])
    a_plain_turn(world, a_slot(world, rota, a_post(world, rota, "母婴室"), TOMORROW, 15, hours=3), people[2])
    with as_system("test") as session:
        session.get_one(Slot, off).called_off_at = NOW
        session.get_one(Volunteer, people[3]).ended_on = TODAY

    assert do(world.worker, keep_roster, draft_id=made, version=1) == {"kept": 1, "left": 5}
    assert left_out(world, rota) == dict(zip(plan, ("full", "over", "busy", "gone", "over"), strict=True))
    assert (people[4], other) in turns()


def test_a_roster_and_a_volunteer_who_come_at_once_fill_the_last_place_once(world: World) -> None:
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TOMORROW)
    rotas = [a_plain_rota(world, f"副本{number}") for number in range(2)]
    people = [a_volunteer(world, f"V00{number}") for number in range(2)]
    drafts = [draft(world, other, (person, slot)) for other, person in zip(rotas, people, strict=True)]

    def keep(made: int) -> Any:
        return do(world.worker, keep_roster, draft_id=made, version=1)

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(keep, drafts))
    assert sorted(one["kept"] for one in found) == [0, 1]
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(Turn)) == 1
        assert session.scalars(select(Slot.filled)).one() == 1


def test_two_who_change_a_draft_at_once_are_told(world: World) -> None:
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TOMORROW, places=2)
    one, other = a_volunteer(world, "V001"), a_volunteer(world, "V002")
    made = draft(world, rota, (one, slot))
    do(world.worker, put_in_draft, draft_id=made, version=1, slot_id=slot, volunteer_id=other)

    with pytest.raises(Conflict):
        do(world.secretary, take_from_draft, draft_id=made, version=1, slot_id=slot, volunteer_id=one)


def test_by_hand_people_are_put_in_moved_and_taken_out(world: World) -> None:
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    slot, later = a_slot(world, rota, post, TOMORROW), a_slot(world, rota, post, TOMORROW, 14)
    one, other = a_volunteer(world, "V001"), a_volunteer(world, "V002")
    made = draft(world, rota, (one, slot))

    with pytest.raises(Refused, match="roster_already_in"):
        do(world.worker, put_in_draft, draft_id=made, version=1, slot_id=slot, volunteer_id=one)
    with pytest.raises(Refused, match="roster_slot_full"):
        do(world.worker, put_in_draft, draft_id=made, version=1, slot_id=slot, volunteer_id=other)
    do(world.worker, move_in_draft, draft_id=made, version=1, slot_id=slot, volunteer_id=one, to_slot_id=later)
    do(world.worker, put_in_draft, draft_id=made, version=2, slot_id=slot, volunteer_id=other)
    do(world.worker, take_from_draft, draft_id=made, version=3, slot_id=later, volunteer_id=one)
    with reading(world.worker) as session:
        found = draft_of(session, rota)
    assert found
    assert (found.filling, found.result) == (((other, slot),), {"by_hand": True})


def test_nobody_without_the_posts_skill_is_put_in_moved_or_kept(world: World) -> None:
    rota = a_plain_rota(world)
    desk, post = a_post(world, rota, "配电间", skill="电工"), a_post(world, rota)
    needs, plain = a_slot(world, rota, desk, TOMORROW), a_slot(world, rota, post, TOMORROW, 14)
    able, other = a_volunteer(world, "V001"), a_volunteer(world, "V002")
    with as_system("test") as session:
        session.get_one(Volunteer, other).skills = []
    made = draft(world, rota, (other, plain))

    with pytest.raises(Refused, match="turn_skill"):
        do(world.worker, put_in_draft, draft_id=made, version=1, slot_id=needs, volunteer_id=other)
    with pytest.raises(Refused, match="turn_skill"):
        do(world.worker, move_in_draft, draft_id=made, version=1, slot_id=plain, volunteer_id=other, to_slot_id=needs)
    do(world.worker, put_in_draft, draft_id=made, version=1, slot_id=needs, volunteer_id=able)
    with as_system("test") as session:
        session.get_one(Volunteer, able).skills = []
    assert do(world.worker, keep_roster, draft_id=made, version=2) == {"kept": 1, "left": 1}
    assert left_out(world, rota) == {(able, needs): "skill"}


def test_who_was_merged_is_kept_as_the_entry_that_is_left(world: World) -> None:
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TOMORROW)
    kept, other = a_volunteer(world, "V001"), a_volunteer(world, "V002")
    made = draft(world, rota, (other, slot))
    do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)

    assert do(world.worker, keep_roster, draft_id=made, version=1) == {"kept": 1, "left": 0}
    assert turns() == [(kept, slot)]


def test_a_rota_is_not_closed_in_the_moment_in_which_its_draft_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TOMORROW)
    made = draft(world, rota, (a_volunteer(world, "V001"), slot))
    closing = {"rota_id": rota, "version": rota_of(world, rota).version}

    with meanwhile(
        monkeypatch, proposals, "must_go_on", lambda: outcome(world.secretary, close_rota, **closing)
    ) as closed:
        do(world.worker, keep_roster, draft_id=made, version=1)

    assert closed() == "rota_has_turns"
    assert (rota_of(world, rota).state, len(turns())) == (RotaState.OPEN, 1)


def test_a_closed_rota_and_an_empty_draft_are_refused(world: World) -> None:
    closed, rota = a_plain_rota(world, "去年", state=RotaState.CLOSED), a_plain_rota(world)

    with pytest.raises(Refused, match="rota_closed"):
        draft(world, closed)
    with pytest.raises(Refused, match="roster_empty"):
        do(world.worker, keep_roster, draft_id=draft(world, rota), version=1)


def test_the_question_knows_turns_orders_and_posts_that_people_had(world: World) -> None:
    rota = a_plain_rota(world)
    post = a_post(world, rota, skill="电工")
    one, other = a_volunteer(world, "V001", free_slots=["fri-am", "fri-pm"]), a_volunteer(world, "V002")
    slot = a_slot(world, rota, post, TOMORROW, places=3)
    a_plain_turn(world, a_slot(world, rota, post, TOMORROW, 14), one)
    a_plain_turn(world, slot, other)

    with reading(world.worker) as session:
        facts = rota_facts(session, rota)
        assert facts
        asked = question_of(session, facts, first=TODAY, last=TOMORROW, limits=Limits(per_day=2), now=NOW).asked
    assert [(need.id, need.places, need.skill) for need in asked.needs] == [(slot, 2, "电工")]
    assert asked.helpers[0].free == {"fri-am", "fri-pm"}
    assert asked.helpers[0].likes == {post}
    (open_slot,) = why_open(asked, propose(asked).filling)
    assert open_slot.against == {NotHere.GAP: 1, NotHere.BUSY: 1}


def test_a_promised_order_keeps_its_half_day_free(world: World) -> None:
    rota = a_plain_rota(world)
    a_slot(world, rota, a_post(world, rota), TOMORROW)
    helper = a_helper(world)
    accepted(world, an_order(world, a_service(world), wanted_on=TOMORROW, wanted_time="上午"), helper)

    with reading(world.worker) as session:
        facts = rota_facts(session, rota)
        assert facts
        asked = question_of(session, facts, first=TODAY, last=TOMORROW, limits=Limits(), now=NOW).asked
    assert why_open(asked, propose(asked).filling)[0].against == {NotHere.BUSY: 1}


def test_who_left_the_squad_is_not_proposed(world: World) -> None:
    squad, one, other = a_squad(world), a_volunteer(world, "V001"), a_volunteer(world, "V002")
    rota = a_plain_rota(world, squad_id=squad)
    a_slot(world, rota, a_post(world, rota), TOMORROW)
    for person in (one, other):
        do(world.worker, join_squad, squad_id=squad, volunteer_id=person)
    do(world.worker, leave_squad, squad_id=squad, volunteer_id=other, reason="搬家")

    with reading(world.worker) as session:
        facts = rota_facts(session, rota)
        assert facts
        asked = question_of(session, facts, first=TODAY, last=TOMORROW, limits=Limits(), now=NOW).asked
    assert [helper.id for helper in asked.helpers] == [one]


def test_friends_are_remembered_over_runs_and_nobody_is_the_own_friend(world: World) -> None:
    rota = a_plain_rota(world)
    one, other = a_volunteer(world, "V001"), a_volunteer(world, "V002")
    made = draft(world, rota)
    do(world.worker, serve_together, draft_id=made, version=1, one_id=other, other_id=one)
    draft(world, rota)

    with reading_as_system("test") as session:
        assert session.scalars(select(RosterProposal.together)).one() == [[one, other]]
    with pytest.raises(BadInput):
        do(world.worker, serve_together, draft_id=made, version=2, one_id=one, other_id=one)


def test_who_is_away_is_neither_proposed_nor_kept(world: World) -> None:
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TOMORROW, places=3)
    away = a_volunteer(world, "V001", paused_from=TODAY, paused_until=TOMORROW)
    minor, there = a_volunteer(world, "V002", birth_year=TODAY.year - 15), a_volunteer(world, "V003")

    with reading(world.worker) as session:
        facts = rota_facts(session, rota)
        assert facts
        asked = question_of(session, facts, first=TODAY, last=TOMORROW, limits=Limits(), now=NOW).asked
    assert sorted({one.id for one in asked.helpers}) == [away, there]
    assert why_open(asked, propose(asked).filling)[0].against[NotHere.PAUSE] == 1

    made = draft(world, rota, (away, slot), (minor, slot), (there, slot))
    assert do(world.worker, keep_roster, draft_id=made, version=1) == {"kept": 1, "left": 2}
    assert left_out(world, rota) == {(away, slot): "away", (minor, slot): "away"}


def test_an_order_that_was_promised_meanwhile_and_a_full_day_are_not_kept(world: World) -> None:
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    helper, tired = a_helper(world), a_volunteer(world, "V009")
    morning, evening = a_slot(world, rota, post, TOMORROW, 9), a_slot(world, rota, post, TOMORROW, 19, hours=4)
    made = draft(world, rota, (helper[1], morning), (tired, evening))
    accepted(world, an_order(world, a_service(world), wanted_on=TOMORROW, wanted_time="上午"), helper)
    a_plain_turn(world, a_slot(world, rota, a_post(world, rota, "问讯"), TOMORROW, 7, hours=9), tired)

    assert do(world.worker, keep_roster, draft_id=made, version=1) == {"kept": 0, "left": 2}
    assert left_out(world, rota) == {(helper[1], morning): "busy", (tired, evening): "day"}


def test_two_rosters_that_are_kept_at_once_send_nobody_to_two_places(world: World) -> None:
    who, drafts = a_volunteer(world), list[int]()
    for number in range(4):
        rota = a_plain_rota(world, f"副本{number}")
        drafts.append(draft(world, rota, (who, a_slot(world, rota, a_post(world, rota), TOMORROW))))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda made: do(world.worker, keep_roster, draft_id=made, version=1), drafts))

    assert sorted(one["kept"] for one in found) == [0, 0, 0, 1]
    assert len(turns()) == 1


def test_who_is_away_or_elsewhere_that_day_is_neither_proposed_nor_kept(world: World) -> None:
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TOMORROW, 8, places=4)
    away: dict[str, Any] = {"paused_from": TODAY, "paused_until": TOMORROW, "paused_reason": "外出"}
    paused, minor = a_volunteer(world, "V001", **away), a_volunteer(world, "V002", birth_year=TODAY.year - 15)
    sells, helps, free = (a_volunteer(world, f"V00{number}") for number in (3, 4, 5))
    a_stall_helper(world, a_stall(world, a_market(world, TOMORROW)), sells)
    helped(world, an_event(world, on=TOMORROW, begins=time(9), ends=time(10)), helps)

    with reading(world.secretary) as session:
        facts = rota_facts(session, rota)
        assert facts
        question = question_of(session, facts, first=TODAY, last=TOMORROW, limits=Limits(), now=NOW)
    assert propose(question.asked).filling == {(free, slot)}

    made = draft(world, rota, *((one, slot) for one in (paused, minor, sells, free)))
    with pytest.raises(BadInput):
        do(world.worker, put_in_draft, draft_id=made, version=1, slot_id=slot, volunteer_id=paused)
    assert do(world.worker, keep_roster, draft_id=made, version=1) == {"kept": 1, "left": 3}
    assert left_out(world, rota) == {(paused, slot): "away", (minor, slot): "away", (sells, slot): "busy"}
