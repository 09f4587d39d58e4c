from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from db.actions.admin.leaving import disable_account
from db.actions.orders.leaving import end_volunteer, pause_volunteer
from db.actions.orders.offers import accept_offer
from db.actions.rota import turns
from db.actions.rota.rotas import add_posts, change_rota, close_rota, open_rota
from db.actions.rota.slots import call_off_slot
from db.actions.rota.swaps import ask_turn_swap, take_offered_turn
from db.actions.rota.turns import claim_slot, give_back_turn, mark_told, put_in, replace_turn, take_out
from db.engine import as_system, reading
from db.errors import BadInput, NotFound, NotPermitted, Refused, WrongStage
from db.models import Activity, ActivityParticipant, AuditEntry, EscortPair, Project, Slot, Squad, Turn, Volunteer
from db.queries.rota.busy import busy_of
from db.queries.rota.choices import runs
from db.queries.rota.rotas import rota_facts
from db.queries.rota.slots import drop_outs, stand_ins, to_tell
from db.rules.permissions import Actor
from db.terms import ActivityKind, ProjectState, Role, RotaState, SeatState, SignUpWay, TurnState
from tests.builders.activities import a_market, a_stall, a_stall_helper, an_event, an_own_activity, helped
from tests.builders.orders import an_order, offered
from tests.builders.projects import a_project
from tests.builders.rota import (
    a_helper_with_account,
    a_rota,
    a_turn,
    an_open_slot,
    china,
    filled,
    lay,
    outcome,
    racers,
    rota_of,
    slots_of,
    states,
)
from tests.builders.volunteers import a_squad, a_volunteer
from tests.builders.world import NOW, TODAY, World, another_actor, do, row
from tests.support.meanwhile import meanwhile

TOMORROW = TODAY + timedelta(days=1)


def test_fifty_people_race_for_the_last_place_and_one_gets_it(world: World) -> None:
    slot_id, people = an_open_slot(world), racers(world, 50)

    with ThreadPoolExecutor(50) as pool:
        results = list(pool.map(lambda one: outcome(one, claim_slot, slot_id=slot_id), people))

    assert sorted(results) == ["in", *["slot_full"] * 49]
    assert filled(world, slot_id) == 1
    with reading(world.secretary) as session:
        assert session.scalar(select(func.count()).select_from(Turn)) == 1


def test_giving_back_claiming_and_calling_off_at_once_stay_true(world: World) -> None:
    slot_id, people = an_open_slot(world, places=4, starts_on=TODAY + timedelta(days=2)), racers(world, 8)
    turns = {one.id: a_turn(world, one, slot_id) for one in people[:4]}

    def act(one: Actor) -> str:
        if one.id in turns:
            return outcome(one, give_back_turn, turn_id=turns[one.id], reason="有事")
        return outcome(one, claim_slot, slot_id=slot_id)

    with ThreadPoolExecutor(9) as pool:
        off = pool.submit(do, world.secretary, call_off_slot, slot_id=slot_id, reason="台风")
        results = list(pool.map(act, people))
        off.result()

    assert set(results) <= {"in", "slot_full", "slot_called_off", "slot_turn_over"}
    assert TurnState.TAKEN not in states(world, slot_id)
    assert filled(world, slot_id) == 0


def test_a_double_tap_takes_one_place(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world, places=3), a_helper_with_account(world, "one")

    a_turn(world, person, slot_id)
    with pytest.raises(Refused, match="turn_there"):
        a_turn(world, person, slot_id)

    assert filled(world, slot_id) == 1


def test_an_overlap_is_refused_to_volunteer_and_staff_alike(world: World) -> None:
    rota_id = a_rota(world, opened=True)
    first, second = slots_of(world, rota_id)[:2]
    person, number = a_helper_with_account(world, "one")
    a_turn(world, person, first.id)

    with pytest.raises(Refused, match="turn_overlaps"):
        a_turn(world, person, second.id, sure=True)
    with pytest.raises(Refused, match="turn_overlaps"):
        do(world.secretary, put_in, slot_id=second.id, volunteer_id=number, sure=True)


def test_an_accepted_order_of_that_half_day_stands_against_a_slot(world: World) -> None:
    slot_id, (person, number) = an_open_slot(world), a_helper_with_account(world, "one")
    offer = offered(world, an_order(world, wanted_on=TOMORROW, wanted_time="上午"), number)
    do(person, accept_offer, offer_id=offer)

    with pytest.raises(Refused, match="turn_overlaps"):
        a_turn(world, person, slot_id, sure=True)


@pytest.mark.parametrize(
    ("shifts", "rule"),
    [("08:00-12:00\n12:30-14:00", "turn_close"), ("08:00-12:00\n14:00-16:00", "turn_second")],
)
def test_what_is_tight_is_asked_once_and_then_allowed(world: World, shifts: str, rule: str) -> None:
    rota_id = a_rota(world, opened=False)
    lay(world, rota_id, shifts=shifts, places=2)
    do(world.secretary, open_rota, rota_id=rota_id, version=1)
    first, *_others, second = [slot for slot in slots_of(world, rota_id) if slot.on == TOMORROW]
    person, number = a_helper_with_account(world, "one")
    other = a_volunteer(world, "two")
    a_turn(world, person, first.id)
    do(world.secretary, put_in, slot_id=first.id, volunteer_id=other)

    with pytest.raises(Refused, match=rule):
        a_turn(world, person, second.id)
    with pytest.raises(Refused, match=rule):
        do(world.secretary, put_in, slot_id=second.id, volunteer_id=other)
    a_turn(world, person, second.id, sure=True)
    do(world.secretary, put_in, slot_id=second.id, volunteer_id=other, sure=True)
    assert number != other


def test_another_half_day_than_mine_is_asked(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world), a_helper_with_account(world, "one", free_slots=["sun-eve"])

    with pytest.raises(Refused, match="turn_not_free"):
        a_turn(world, person, slot_id)
    a_turn(world, person, slot_id, sure=True)


def test_a_post_that_asks_for_a_skill_takes_nobody_without_it(world: World) -> None:
    rota_id = a_rota(world, posts="急救点，守着，急救", opened=True)

    with pytest.raises(Refused, match="turn_skill"):
        a_turn(world, a_helper_with_account(world, "one")[0], slots_of(world, rota_id)[0].id)


def test_nobody_takes_what_has_begun_or_is_not_open(world: World) -> None:
    draft = a_rota(world)
    lay(world, draft)
    person, _id = a_helper_with_account(world, "one")
    with pytest.raises(Refused, match="rota_not_open"):
        a_turn(world, person, slots_of(world, draft)[0].id)

    slot_id = an_open_slot(world)
    with pytest.raises(Refused, match="slot_past"):
        a_turn(world, person, slot_id, now=china(TOMORROW, 8))


def test_a_closed_rota_takes_nobody(world: World) -> None:
    slot_id = an_open_slot(world)
    with reading(world.secretary) as session:
        rota_id = session.get_one(Slot, slot_id).rota_id
    do(world.secretary, close_rota, rota_id=rota_id, version=2)

    with pytest.raises(Refused, match="rota_not_open"):
        a_turn(world, a_helper_with_account(world, "one")[0], slot_id)
    with pytest.raises(Refused, match="rota_closed"):
        do(world.secretary, put_in, slot_id=slot_id, volunteer_id=a_volunteer(world))


@pytest.mark.parametrize("way", ["claimed", "put in"])
def test_nobody_comes_into_a_rota_that_is_closed_at_that_moment(
    world: World, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    slot_id, (person, volunteer_id) = an_open_slot(world), a_helper_with_account(world, "one")
    rota_id = row(world, Slot, slot_id).rota_id
    closing = {"rota_id": rota_id, "version": rota_of(world, rota_id).version}

    with meanwhile(monkeypatch, turns, "must_go_on", lambda: outcome(world.worker, close_rota, **closing)) as closed:
        if way == "claimed":
            do(person, claim_slot, slot_id=slot_id)
        else:
            do(world.secretary, put_in, slot_id=slot_id, volunteer_id=volunteer_id)

    assert closed() == "rota_has_turns"
    assert rota_of(world, rota_id).state is RotaState.OPEN
    assert states(world, slot_id) == [TurnState.TAKEN]


def test_a_project_that_ended_takes_nobody(world: World) -> None:
    project_id = a_project(world)
    rota_id = a_rota(world, project_id=project_id, opened=True)
    with as_system("test") as session:
        session.get_one(Project, project_id).state = ProjectState.ACCEPTED

    with pytest.raises(WrongStage):
        a_turn(world, a_helper_with_account(world, "one")[0], slots_of(world, rota_id)[0].id)


def test_who_ended_takes_nothing(world: World) -> None:
    slot_id = an_open_slot(world)
    person, number = a_helper_with_account(world, "one", ended_on=TODAY)

    with pytest.raises(Refused, match="volunteer_ended"):
        a_turn(world, person, slot_id)
    with pytest.raises(Refused, match="volunteer_ended"):
        do(world.secretary, put_in, slot_id=slot_id, volunteer_id=number)


# --- out -------------------------------------------------------------------------------------------------------


def test_a_turn_is_given_back_until_the_deadline_and_then_only_by_staff(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world), a_helper_with_account(world, "one")
    deadline = china(TODAY, 8)
    turn_id = a_turn(world, person, slot_id, now=deadline - timedelta(days=2))

    with pytest.raises(Refused, match="give_back_late"):
        do(person, give_back_turn, turn_id=turn_id, reason="有事", now=deadline + timedelta(seconds=1))
    do(world.secretary, take_out, turn_id=turn_id, reason="来电话说发烧", now=deadline + timedelta(hours=1))

    assert (states(world, slot_id), filled(world, slot_id)) == ([TurnState.GIVEN_BACK], 0)
    with reading(world.secretary) as session:
        gone = drop_outs(session, session.get_one(Slot, slot_id).rota_id, now=deadline + timedelta(hours=2))
    assert [(one.number, one.late) for one in gone] == [("one", True)]


def test_a_place_that_was_given_back_can_be_taken_again_by_the_same_person(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world), a_helper_with_account(world, "one")
    early = NOW - timedelta(days=3)
    do(person, give_back_turn, turn_id=a_turn(world, person, slot_id, now=early), reason="有事", now=early)

    a_turn(world, person, slot_id)

    assert states(world, slot_id) == [TurnState.GIVEN_BACK, TurnState.TAKEN]


def test_nobody_gives_back_somebody_elses_turn(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world), a_helper_with_account(world, "one")
    turn_id, (other, _other_id) = a_turn(world, person, slot_id), a_helper_with_account(world, "two")

    for somebody in (other, world[Role.TEAM_LEADER]):
        with pytest.raises(NotFound):
            do(somebody, give_back_turn, turn_id=turn_id, reason="有事")
    with pytest.raises(NotPermitted):
        do(other, take_out, turn_id=turn_id, reason="有事")


def test_a_late_drop_out_is_replaced_in_the_same_place(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world), a_helper_with_account(world, "one")
    turn_id, other = a_turn(world, person, slot_id), a_volunteer(world, "two", phone="13800001234")

    with reading(world.secretary) as session:
        suggested = [one.number for one in stand_ins(session, slot_id, now=NOW)]
    do(world.secretary, replace_turn, turn_id=turn_id, volunteer_id=other, reason="发烧")

    assert suggested == ["two"]
    assert (states(world, slot_id), filled(world, slot_id)) == ([TurnState.REPLACED, TurnState.TAKEN], 1)
    with reading(world.secretary) as session:
        told = to_tell(session, session.get_one(Slot, slot_id).rota_id)
        assert [(one.number, one.phone) for one in told] == [("one", ""), ("two", "138****1234")]
    assert do(world.secretary, mark_told, turn_ids=[one.turn_id for one in told]) == 2
    with reading(world.secretary) as session:
        assert to_tell(session, session.get_one(Slot, slot_id).rota_id) == ()


def test_who_ends_gives_back_what_lies_ahead(world: World) -> None:
    slot_id, (person, number) = an_open_slot(world), a_helper_with_account(world, "one")
    a_turn(world, person, slot_id)
    with reading(world.secretary) as session:
        version = session.get_one(Volunteer, number).version

    freed = do(world.secretary, end_volunteer, volunteer_id=number, version=version, on=TODAY, reason="搬家")

    assert freed["turns"] == 1
    assert (states(world, slot_id), filled(world, slot_id)) == ([TurnState.GIVEN_BACK], 0)


def test_an_account_that_is_disabled_leaves_its_slots(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world), a_helper_with_account(world, "one")
    a_turn(world, person, slot_id)

    do(world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=person.id)

    assert (states(world, slot_id), filled(world, slot_id)) == ([TurnState.GIVEN_BACK], 0)


def test_every_place_is_in_the_log(world: World) -> None:
    slot_id, (person, _id) = an_open_slot(world), a_helper_with_account(world, "one")
    a_turn(world, person, slot_id)

    with as_system("test") as session:
        changes = session.scalars(select(AuditEntry.changes).where(AuditEntry.table_name == "slot")).all()
    assert {"filled": [0, 1]} in [dict(one) for one in changes]


# --- who is away -----------------------------------------------------------------------------------------------


def pause(world: World, volunteer_id: int, first: int, last: int) -> int:
    """A pause by days from today; how many turns were given back."""
    freed: dict[str, int] = do(
        world.worker, pause_volunteer, volunteer_id=volunteer_id, version=row(world, Volunteer, volunteer_id).version,
        first=TODAY + timedelta(days=first), last=TODAY + timedelta(days=last), reason="外出",
    )  # fmt: skip
    return freed["turns"]


def test_a_pause_gives_back_the_turns_that_lie_in_it_and_no_other(world: World) -> None:
    rota_id = a_rota(world, opened=True)
    first, _other, second, _fourth = slots_of(world, rota_id)
    person, number = a_helper_with_account(world, "one")
    for slot in (first, second):
        a_turn(world, person, slot.id)

    assert pause(world, number, 2, 5) == 1

    assert (states(world, first.id), filled(world, first.id)) == ([TurnState.TAKEN], 1)
    assert (states(world, second.id), filled(world, second.id)) == ([TurnState.GIVEN_BACK], 0)
    with pytest.raises(Refused, match="volunteer_paused"):
        a_turn(world, person, second.id)


@pytest.mark.parametrize("rule", ["volunteer_paused", "guardian_missing"])
def test_who_is_away_on_the_day_comes_into_a_slot_by_no_way(world: World, rule: str) -> None:
    slot_id, (holder, _id) = an_open_slot(world), a_helper_with_account(world, "holder")
    turn_id = a_turn(world, holder, slot_id)
    minor = {"birth_year": TODAY.year - 15} if rule == "guardian_missing" else {}
    person, number = a_helper_with_account(world, "away", **minor)
    if not minor:
        pause(world, number, 0, 1)
    offered_to_all = do(holder, ask_turn_swap, turn_id=turn_id, wanted_id=None)

    for actor, act, values in (
        (person, claim_slot, {"slot_id": slot_id}),
        (world.secretary, put_in, {"slot_id": slot_id, "volunteer_id": number}),
        (world.secretary, replace_turn, {"turn_id": turn_id, "volunteer_id": number, "reason": "换人"}),
        (person, take_offered_turn, {"swap_id": offered_to_all}),
    ):
        with pytest.raises(Refused, match=rule):
            do(actor, act, **values)
    with reading(world.secretary) as session:
        assert "away" not in [one.number for one in stand_ins(session, slot_id, now=NOW)]


def test_a_dissolved_squads_rota_takes_nobody(world: World) -> None:
    squad = a_squad(world, "站前队")
    rota_id = a_rota(world, squad_id=squad, opened=True)
    slot_id = slots_of(world, rota_id)[0].id
    with as_system("test") as session:
        session.get_one(Squad, squad).dissolved_on = TODAY

    for actor, act, values in (
        (a_helper_with_account(world, "one")[0], claim_slot, {}),
        (world.secretary, put_in, {"volunteer_id": a_volunteer(world, "two")}),
    ):
        with pytest.raises(Refused, match="squad_dissolved"):
            do(actor, act, slot_id=slot_id, **values)


def test_a_squads_leader_runs_its_rota_and_a_member_does_not(world: World) -> None:
    squad, leader = a_squad(world, "站前队"), another_actor(world, Role.TEAM_LEADER, "leader")
    number = a_volunteer(world, "leader", account_id=leader.id)
    rota_id = a_rota(world, squad_id=squad, opened=True)
    slot_id, helper = slots_of(world, rota_id)[0].id, a_volunteer(world, "two")

    def may() -> bool:
        with reading(leader) as session:
            facts = rota_facts(session, rota_id, now=NOW)
            assert facts
            return runs(session, leader, facts)

    assert not may()
    with pytest.raises(NotPermitted):
        do(leader, put_in, slot_id=slot_id, volunteer_id=helper)
    with as_system("test") as session:
        session.get_one(Squad, squad).leader_id = number
    assert may()
    do(leader, put_in, slot_id=slot_id, volunteer_id=helper)


def test_a_rota_goes_along_when_its_squad_gets_another_leader(world: World) -> None:
    squad, leader = a_squad(world, "站前队"), another_actor(world, Role.TEAM_LEADER, "leader")
    number = a_volunteer(world, "leader", account_id=leader.id)
    with as_system("test") as session:
        session.get_one(Squad, squad).leader_id = number
    rota_id = a_rota(world, by=leader, squad_id=squad)
    given = {"title": "春运", "place": "车站", "starts_on": TODAY, "ends_on": TODAY + timedelta(days=9)}

    with pytest.raises(BadInput, match="squad_id"):
        do(leader, change_rota, rota_id=rota_id, version=1, **given, give_back_hours=24)
    with as_system("test") as session:
        session.get_one(Squad, squad).leader_id = None
    with pytest.raises(NotPermitted):
        do(leader, add_posts, rota_id=rota_id, posts="候车室")
    with reading(leader) as session:
        facts = rota_facts(session, rota_id, now=NOW)
        assert facts
        assert not runs(session, leader, facts)


# --- other things of the day -------------------------------------------------------------------------------------


def test_activities_stalls_and_outings_stand_against_a_slot(world: World) -> None:
    slot_id = an_open_slot(world)
    salon = an_event(world, on=TOMORROW, begins=time(9), ends=time(10))
    market, outing = a_market(world, TOMORROW), an_own_activity(world, ActivityKind.OUTING, TOMORROW)
    people = {name: a_volunteer(world, name) for name in ("helps", "stall", "escort", "guest", "free")}
    helped(world, salon, people["helps"])
    a_stall_helper(world, a_stall(world, market), people["stall"])
    with as_system("test") as session:
        session.add(EscortPair(community_id=world.here, activity_id=outing, volunteer_id=people["escort"], alias="甲"))
        session.add(
            ActivityParticipant(
                community_id=world.here, activity_id=salon, volunteer_id=people["guest"], name="甄", receipt="r",
                state=SeatState.IN, way=SignUpWay.STAFF, signed_at=NOW,
            )
        )  # fmt: skip
        session.get_one(Activity, salon).sensitive = True

    with reading(world.secretary) as session:
        slot = session.get_one(Slot, slot_id)
        busy = busy_of(session, list(people.values()), slot.starts_at, slot.ends_at)
    named = {name: [one.what for one in busy[who]] for name, who in people.items()}

    assert named == {"helps": ["—"], "stall": ["三月集市"], "escort": ["三月集市"], "guest": ["—"], "free": []}
    for name in ("helps", "stall", "escort", "guest"):
        with pytest.raises(Refused, match="turn_overlaps"):
            do(world.secretary, put_in, slot_id=slot_id, volunteer_id=people[name], sure=True)
    do(world.secretary, put_in, slot_id=slot_id, volunteer_id=people["free"])
