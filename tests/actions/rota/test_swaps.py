from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from db.actions.members.links import link_member
from db.actions.members.roll import leave_roll
from db.actions.orders.leaving import end_volunteer
from db.actions.rota.swaps import answer_turn_swap, ask_turn_swap, take_offered_turn, withdraw_turn_swap
from db.actions.rota.turns import give_back_turn, take_out
from db.engine import reading
from db.errors import NotFound, Refused
from db.models import AuditEntry, Member, Turn, Volunteer
from db.queries.rota.mine import my_turns, myself, partners, swaps_asked
from db.rules.permissions import Actor
from db.terms import MemberLeave, MemberLink, TurnState
from tests.builders.members import a_branch, a_party_member
from tests.builders.rota import a_helper_with_account, a_rota, a_turn, outcome, racers, slots_of, states
from tests.builders.world import NOW, TODAY, World, do, row


def held(world: World, person: Actor) -> list[int]:
    """The slots of somebody's taken turns."""
    with reading(world.secretary) as session:
        query = select(Turn.slot_id).where(Turn.account_id == person.id, Turn.state == TurnState.TAKEN)
        return list(session.scalars(query.order_by(Turn.slot_id)))


def end_service(world: World, person: Actor) -> None:
    with reading(world.secretary) as session:
        entry = session.scalars(select(Volunteer).where(Volunteer.account_id == person.id)).one()
    do(world.secretary, end_volunteer, volunteer_id=entry.id, version=entry.version, on=TODAY, reason="搬走了")


def two(world: World) -> tuple[Actor, Actor, int, int, list[int]]:
    """Two people, their turns, and the slots of these."""
    rota_id = a_rota(world, opened=True)
    slots = [slot.id for slot in slots_of(world, rota_id)]
    one, other = (a_helper_with_account(world, name)[0] for name in ("one", "two"))
    return one, other, a_turn(world, one, slots[0]), a_turn(world, other, slots[2]), [slots[0], slots[2]]


def test_two_agree_and_have_each_others_slot(world: World) -> None:
    one, other, mine, theirs, slots = two(world)
    with reading(one) as session:
        me = myself(session, one.id)
        assert me
        assert [partner.turn_id for partner in partners(session, me, mine, now=NOW)] == [theirs]

    swap_id = do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs)
    assert (held(world, one), held(world, other)) == ([slots[0]], [slots[1]])
    with reading(other) as session:
        me = myself(session, other.id)
        assert me
        assert [asked.id for asked in swaps_asked(session, me, other.community_id, now=NOW)] == [swap_id]
    do(other, answer_turn_swap, swap_id=swap_id, agreed=True)

    assert (held(world, one), held(world, other)) == ([slots[1]], [slots[0]])
    assert states(world, slots[0]) == [TurnState.SWAPPED, TurnState.TAKEN]
    with reading(one) as session:
        me = myself(session, one.id)
        assert me
        assert [turn.slot_id for turn in my_turns(session, me, now=NOW)] == [slots[1]]
    with reading(world.secretary) as session:
        logged = session.scalars(select(AuditEntry.operation).where(AuditEntry.table_name == "turn")).all()
    assert len(logged) == 6


def test_no_leaves_everything_as_it_was(world: World) -> None:
    one, other, mine, theirs, slots = two(world)

    do(other, answer_turn_swap, swap_id=do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs), agreed=False)

    assert (held(world, one), held(world, other)) == ([slots[0]], [slots[1]])


def test_a_turn_that_is_gone_meanwhile_cannot_be_swapped(world: World) -> None:
    one, other, mine, theirs, slots = two(world)
    swap_id = do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs)
    do(world.secretary, take_out, turn_id=mine, reason="发烧")

    with pytest.raises(Refused, match="slot_swap_over"):
        do(other, answer_turn_swap, swap_id=swap_id, agreed=True)
    assert held(world, other) == [slots[1]]


def test_a_wish_for_a_turn_that_was_given_back_waits_no_longer(world: World) -> None:
    one, other, mine, theirs, _slots = two(world)
    do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs)

    do(other, give_back_turn, turn_id=theirs, reason="家里有事")

    with reading(one) as session:
        me = myself(session, one.id)
        assert me
        assert [turn.swap_id for turn in my_turns(session, me, now=NOW)] == [None]
    do(one, ask_turn_swap, turn_id=mine, wanted_id=None)


def test_who_leaves_the_service_before_a_substitute_comes_frees_the_place_for_anybody(world: World) -> None:
    one, other, mine, _theirs, slots = two(world)
    swap_id = do(one, ask_turn_swap, turn_id=mine, wanted_id=None)
    end_service(world, one)

    with reading(other) as session:
        me = myself(session, other.id)
        assert me
        assert swaps_asked(session, me, other.community_id, now=NOW) == ()
    with pytest.raises(Refused, match="slot_swap_over"):
        do(other, take_offered_turn, swap_id=swap_id)
    a_turn(world, other, slots[0])
    assert held(world, other) == [slots[0], slots[1]]


def test_a_substitute_who_left_the_service_meanwhile_takes_nothing(world: World) -> None:
    one, other, mine, _theirs, slots = two(world)
    swap_id = do(one, ask_turn_swap, turn_id=mine, wanted_id=None)
    end_service(world, other)

    with pytest.raises(Refused, match="volunteer_ended"):
        do(other, take_offered_turn, swap_id=swap_id)
    assert held(world, one) == [slots[0]]


def test_leaving_the_branch_ends_no_turn_and_no_offer(world: World) -> None:
    one, other, mine, _theirs, slots = two(world)
    member = a_party_member(world, a_branch(world))
    do(world.secretary, link_member, member_id=member, what=MemberLink.ACCOUNT, other_id=one.id)
    swap_id = do(one, ask_turn_swap, turn_id=mine, wanted_id=None)
    do(world.secretary, leave_roll, member_id=member, version=row(world, Member, member).version,
       cause=MemberLeave.WITHDREW, on=TODAY)  # fmt: skip

    do(other, take_offered_turn, swap_id=swap_id)

    assert held(world, other) == sorted(slots)


def test_only_whose_turn_is_wanted_answers(world: World) -> None:
    one, _other, mine, theirs, _slots = two(world)
    third, _id = a_helper_with_account(world, "three")
    swap_id = do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs)

    for somebody in (one, third):
        with pytest.raises(NotFound):
            do(somebody, answer_turn_swap, swap_id=swap_id, agreed=True)


def test_an_offer_goes_to_one_of_eight_who_come_at_once(world: World) -> None:
    one, _other, mine, _theirs, slots = two(world)
    swap_id, people = do(one, ask_turn_swap, turn_id=mine, wanted_id=None), racers(world, 8)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda person: outcome(person, take_offered_turn, swap_id=swap_id), people))

    assert sorted(results) == ["in", *["slot_swap_over"] * 7]
    assert held(world, one) == []
    assert states(world, slots[0]) == [TurnState.SWAPPED, TurnState.TAKEN]


def test_both_say_yes_to_each_other_at_once_and_nobody_waits_for_ever(world: World) -> None:
    one, other, mine, theirs, slots = two(world)
    asked = [do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs)]
    asked.append(do(other, ask_turn_swap, turn_id=theirs, wanted_id=mine))

    with ThreadPoolExecutor(2) as pool:
        both = [
            pool.submit(outcome, other, answer_turn_swap, swap_id=asked[0], agreed=True),
            pool.submit(outcome, one, answer_turn_swap, swap_id=asked[1], agreed=True),
        ]
        results = [one_result.result() for one_result in both]

    assert results.count("in") == 1
    assert (held(world, one), held(world, other)) == ([slots[1]], [slots[0]])


def test_a_wish_is_taken_back_and_asked_once(world: World) -> None:
    one, _other, mine, theirs, _slots = two(world)
    swap_id = do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs)

    with pytest.raises(Refused, match="swap_asked"):
        do(one, ask_turn_swap, turn_id=mine, wanted_id=None)
    do(one, withdraw_turn_swap, swap_id=swap_id)
    do(one, ask_turn_swap, turn_id=mine, wanted_id=None)
    with pytest.raises(Refused, match="slot_swap_over"):
        do(one, withdraw_turn_swap, swap_id=swap_id)


def test_one_does_not_swap_with_oneself(world: World) -> None:
    one, _other, mine, _theirs, _slots = two(world)

    with pytest.raises(Refused, match="swap_same"):
        do(one, ask_turn_swap, turn_id=mine, wanted_id=mine)
