"""A seat has one holder at a time: handed over, ended in the future, put right, and written past the action."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db.actions.council.council import add_member, amend_member, correct_term, end_member
from db.actions.meetings.cards import make_cards, new_codes
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, Problem
from db.models import BodyMember
from db.queries.council.council import council_body
from db.queries.council.topics import members_who_sign
from db.terms import Role
from tests.builders.world import TODAY, World, do, row

SUCCESSOR: dict[str, Any] = {"seat": 4, "name": "接任者", "capacity": "居民代表"}


def in_office(world: World, day: date) -> list[int]:
    with reading(world.secretary) as session:
        return [member.seat for member in council_body(session, world.body).in_office(day)]


def ended(world: World, until: date, seat: int = 4) -> int:
    do(world.secretary, end_member, member_id=world.members[seat - 1], version=1, until=until)
    return world.members[seat - 1]


def test_a_successor_begins_after_the_predecessor_ended(world: World) -> None:
    ended(world, TODAY)

    with pytest.raises(BadInput) as told:
        do(world.secretary, add_member, body_id=world.body, **SUCCESSOR, since=TODAY)

    assert (told.value.field, told.value.problem) == ("since", Problem.TAKEN)
    assert in_office(world, TODAY) == list(range(1, 17))
    do(world.secretary, add_member, body_id=world.body, **SUCCESSOR, since=TODAY + timedelta(1))
    assert in_office(world, TODAY + timedelta(1)) == list(range(1, 17))


def test_an_end_in_the_future_leaves_the_seat_taken_until_then(world: World) -> None:
    later = TODAY + timedelta(30)
    ended(world, later)

    with pytest.raises(BadInput) as told:
        do(world.secretary, add_member, body_id=world.body, **SUCCESSOR, since=TODAY + timedelta(10))

    assert told.value.field == "since"
    do(world.secretary, add_member, body_id=world.body, **SUCCESSOR, since=later + timedelta(1))


def test_a_seat_that_somebody_takes_later_cannot_be_given_for_good_before(world: World) -> None:
    ended(world, TODAY)
    do(world.secretary, add_member, body_id=world.body, **SUCCESSOR, since=TODAY + timedelta(20))

    with pytest.raises(BadInput) as told:
        do(world.secretary, add_member, body_id=world.body, **SUCCESSOR, since=TODAY + timedelta(1))

    assert (told.value.field, told.value.problem) == ("seat", Problem.TAKEN)


def test_the_form_offers_the_day_after_the_last_holder(world: World) -> None:
    ended(world, TODAY + timedelta(3))

    with reading(world.secretary) as session:
        body = council_body(session, world.body)

    assert body.free_seat == 4
    assert body.free_from(4, TODAY) == TODAY + timedelta(4)
    assert body.free_from(17, TODAY) == TODAY


def test_a_wrong_end_date_is_put_right(world: World) -> None:
    member = ended(world, TODAY)

    values = {"since": date(2025, 1, 1), "until": TODAY + timedelta(60)}
    do(world.secretary, correct_term, member_id=member, version=2, **values)
    assert row(world, BodyMember, member).until == TODAY + timedelta(60)

    do(world.secretary, correct_term, member_id=member, version=3, since=date(2025, 1, 1), until=None)
    assert row(world, BodyMember, member).until is None


def test_dates_put_right_never_reach_into_the_time_of_the_successor(world: World) -> None:
    member = ended(world, TODAY)
    successor = do(world.secretary, add_member, body_id=world.body, **SUCCESSOR, since=TODAY + timedelta(1))

    for until in (TODAY + timedelta(1), None):
        with pytest.raises(BadInput) as told:
            do(world.secretary, correct_term, member_id=member, version=2, since=date(2025, 1, 1), until=until)
        assert (told.value.field, told.value.problem) == ("until", Problem.TAKEN)
    with pytest.raises(BadInput) as told:
        do(world.secretary, correct_term, member_id=successor, version=1, since=TODAY, until=None)
    assert (told.value.field, told.value.problem) == ("since", Problem.TAKEN)
    with pytest.raises(BadInput) as told:
        do(world.secretary, correct_term, member_id=member, version=2, since=TODAY, until=TODAY - timedelta(1))
    assert told.value.field == "until"


def test_two_who_put_dates_right_do_not_overwrite_each_other(world: World) -> None:
    member = ended(world, TODAY)

    with pytest.raises(Conflict):
        do(world.secretary, correct_term, member_id=member, version=1, since=date(2025, 1, 1), until=None)


@pytest.mark.parametrize("since", [TODAY, TODAY + timedelta(10)])
def test_one_account_does_not_vote_on_two_seats_while_one_of_them_ends_later(world: World, since: date) -> None:
    ended(world, TODAY + timedelta(10), seat=1)
    account = world[Role.COUNCIL_MEMBER].id

    with pytest.raises(BadInput) as told:
        do(world.secretary, add_member, body_id=world.body, **SUCCESSOR | {"seat": 17}, since=since, account_id=account)

    assert (told.value.field, told.value.problem) == ("account_id", Problem.TAKEN)
    values = {"since": TODAY + timedelta(11), "account_id": account}
    do(world.secretary, add_member, body_id=world.body, **SUCCESSOR | {"seat": 17}, **values)
    with pytest.raises(BadInput) as told:
        do(world.secretary, correct_term, member_id=world.members[0], version=2, since=date(2025, 1, 1), until=None)
    assert (told.value.field, told.value.problem) == ("until", Problem.TAKEN)


def test_who_ends_later_is_in_office_until_then(world: World) -> None:
    """A card, a proposal and a correction of the name are not lost months before the end."""
    member = ended(world, TODAY + timedelta(60))

    do(world.secretary, make_cards, body_id=world.body, codes=new_codes([member]))
    with reading(world.secretary) as session:
        assert member in {one.id for one in members_who_sign(session, today=TODAY)}
        assert member not in {one.id for one in members_who_sign(session, today=TODAY + timedelta(61))}
    values = {"name": "议事员04", "capacity": "楼组长", "account_id": None}
    do(world.secretary, amend_member, member_id=member, version=3, **values)


# --- past the action ------------------------------------------------------------------------------------


OVERLAPS = [
    (date(2026, 1, 1), None),
    (date(2024, 1, 1), None),
    (date(2024, 1, 1), date(2025, 1, 1)),
    (TODAY, TODAY),
]


@pytest.mark.parametrize(("since", "until"), OVERLAPS)
def test_the_database_itself_refuses_a_second_holder(world: World, since: date, until: date | None) -> None:
    """The holder of seat 4 sits there from 1 January 2025 until today."""
    ended(world, TODAY)
    taken = BodyMember(
        community_id=world.here, body_id=world.body, seat=4, name="甲", capacity="乙", since=since, until=until
    )

    with as_system("test") as session, session.begin_nested() as inner:
        session.add(taken)
        with pytest.raises(IntegrityError, match="seat held twice"):
            session.flush()
        inner.rollback()


def test_the_database_takes_who_comes_before_and_after(world: World) -> None:
    ended(world, TODAY)

    with as_system("test") as session:
        for since, until in ((date(2024, 1, 1), date(2024, 12, 31)), (TODAY + timedelta(1), None)):
            session.add(
                BodyMember(
                    community_id=world.here, body_id=world.body, seat=4, name="甲", capacity="乙", since=since,
                    until=until,
                )
            )  # fmt: skip


@pytest.mark.parametrize("change", ["since = '2025-06-01'", "until = NULL", "until = '2030-01-01'", "seat = 5"])
def test_the_database_refuses_a_change_into_an_overlap(world: World, change: str) -> None:
    ended(world, TODAY)
    do(world.secretary, add_member, body_id=world.body, **SUCCESSOR, since=TODAY + timedelta(1))
    which = "since > '2026-01-01'" if change.startswith("since") else "since < '2026-01-01'"

    update = text(f"UPDATE body_member SET {change} WHERE body_id = {world.body} AND seat = 4 AND {which}")  # noqa: S608
    with as_system("test") as session, session.begin_nested() as inner:
        with pytest.raises(IntegrityError):
            session.connection().execute(update)
        inner.rollback()
