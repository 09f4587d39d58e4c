"""签到: one member at a time or the whole sheet, cards in between, coming and going with its time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.meetings.attendance import (
    all_present,
    call_roll,
    leave_early,
    mark_due,
    mark_leave,
    mark_present,
    mark_proxy,
    recuse,
    take_attendance,
)
from db.actions.voting.voting import cast_for_member, cast_vote, open_ballot
from db.engine import as_system, reading
from db.errors import BadInput, NotPermitted, Refused, WrongStage
from db.models import Attendance, Meeting, NamedVote
from db.queries.meetings.meetings import sitting
from db.queries.voting.voting import voters_without_account
from db.terms import MeetingState, MemberPresence, Role, VoteMethod
from tests.builders.meetings import a_convened, a_draft, in_session
from tests.builders.world import NOW, World, do

PRESENT, DUE, LEAVE, LEFT = (
    MemberPresence.PRESENT,
    MemberPresence.DUE,
    MemberPresence.LEAVE,
    MemberPresence.LEFT_EARLY,
)


def sheet(world: World, meeting: int) -> dict[int, Attendance]:
    with reading(world.secretary) as session:
        rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting))
        return {row.member_id: row for row in rows}


def shown(world: World, meeting: int) -> dict[int, str]:
    """What a page that is drawn now shows."""
    return {member: row.presence.value for member, row in sheet(world, meeting).items()}


def by_card(world: World, meeting: int, member: int) -> None:
    """A member signs in alone, while the chair's page is open."""
    with as_system("test") as session:
        found = session.scalars(
            select(Attendance).where(Attendance.meeting_id == meeting, Attendance.member_id == member)
        ).one()
        found.presence, found.came_at = PRESENT, NOW


# --- one member ---------------------------------------------------------------------------------------


def test_one_member_comes_in_late(world: World) -> None:
    meeting, _ = in_session(world, present=10)
    late = NOW + timedelta(minutes=20)

    do(world.secretary, mark_present, meeting_id=meeting, member_id=world.members[10], now=late)

    came = sheet(world, meeting)[world.members[10]]
    assert (came.presence, came.came_at) == (PRESENT, late)
    assert list(shown(world, meeting).values()).count(PRESENT) == 11


def test_who_left_early_comes_back_and_keeps_the_time_of_coming(world: World) -> None:
    meeting, _ = in_session(world)
    member = world.members[0]
    do(world.secretary, leave_early, meeting_id=meeting, member_id=member, now=NOW + timedelta(minutes=10))

    do(world.secretary, mark_present, meeting_id=meeting, member_id=member, now=NOW + timedelta(minutes=30))

    back = sheet(world, meeting)[member]
    assert (back.presence, back.came_at, back.left_at) == (PRESENT, NOW, None)


def test_marking_twice_changes_nothing(world: World) -> None:
    meeting, _ = in_session(world)

    do(world.secretary, mark_present, meeting_id=meeting, member_id=world.members[0], now=NOW + timedelta(hours=1))

    assert sheet(world, meeting)[world.members[0]].came_at == NOW


def test_a_member_who_sent_word_is_on_leave_and_a_slip_is_taken_back(world: World) -> None:
    meeting, _ = a_convened(world)
    first, second = world.members[:2]

    for member in (first, second):
        do(world.secretary, mark_leave, meeting_id=meeting, member_id=member)
    do(world.secretary, mark_due, meeting_id=meeting, member_id=second)

    assert (shown(world, meeting)[first], shown(world, meeting)[second]) == (LEAVE, DUE)


def test_a_wrong_tick_for_one_member_leaves_no_time_behind(world: World) -> None:
    meeting, _ = in_session(world)

    do(world.secretary, mark_due, meeting_id=meeting, member_id=world.members[0])

    taken_back = sheet(world, meeting)[world.members[0]]
    assert (taken_back.presence, taken_back.came_at, taken_back.left_at) == (DUE, None, None)


@pytest.mark.parametrize("act", [mark_present, mark_leave, mark_due, leave_early])
def test_who_is_not_on_the_sheet_is_told_at_the_field(world: World, act: Any) -> None:
    meeting, _ = in_session(world)

    for wrong in (None, 0, -1, 10**9, True, "1"):
        with pytest.raises(BadInput) as told:
            do(world.secretary, act, meeting_id=meeting, member_id=wrong)
        assert told.value.field == "member_id"


@pytest.mark.parametrize("act", [mark_present, mark_leave, mark_due])
def test_before_the_notice_and_after_the_end_nobody_is_marked(world: World, act: Any) -> None:
    draft = a_draft(world)
    meeting, _ = in_session(world, number=2)
    with as_system("test") as session:
        session.get(Meeting, meeting).state = MeetingState.CLOSED  # type: ignore[union-attr]

    for over in (draft, meeting):
        with pytest.raises(WrongStage):
            do(world.secretary, act, meeting_id=over, member_id=world.members[0])


def test_the_recorder_writes_the_sheet_but_a_member_does_not(world: World) -> None:
    meeting, _ = in_session(world)

    do(world.worker, mark_present, meeting_id=meeting, member_id=world.members[15])

    with pytest.raises(NotPermitted):
        do(world[Role.COUNCIL_MEMBER], mark_present, meeting_id=meeting, member_id=world.members[14])
    with pytest.raises(NotPermitted):
        do(world.worker, recuse, item_id=1, member_id=world.members[14], reason="亲属")


# --- the quorum follows -------------------------------------------------------------------------------


def test_the_quorum_of_an_item_follows_who_comes_goes_and_steps_back(world: World) -> None:
    meeting, items = in_session(world, present=11, needs=2)

    def met(item: int) -> bool:
        with reading(world.secretary) as session:
            check = sitting(session, meeting, now=NOW).quorum_for(item)
        return check is not None and check.met

    before = met(items[0])
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[0])
    after_leaving = met(items[0])
    do(world.secretary, mark_present, meeting_id=meeting, member_id=world.members[11])
    do(world.secretary, recuse, item_id=items[0], member_id=world.members[1], reason="承包方亲属")

    assert (before, after_leaving) == (True, False)
    # Of fifteen who are due for the first item ten suffice, of sixteen for the second eleven.
    assert (met(items[0]), met(items[1])) == (True, True)
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[2])
    assert (met(items[0]), met(items[1])) == (False, False)


# --- the whole sheet from a page that is not new any more ---------------------------------------------


def test_a_stale_sheet_does_not_send_away_who_signed_in_by_card(world: World) -> None:
    meeting, _ = a_convened(world)
    seen = shown(world, meeting)
    by_card(world, meeting, world.members[5])

    counted = do(
        world.secretary, take_attendance, meeting_id=meeting, present=world.members[:3],
        on_leave=[world.members[4]], seen=seen, now=NOW + timedelta(minutes=5),
    )  # fmt: skip

    kept = sheet(world, meeting)[world.members[5]]
    assert counted == {"present": 4, "due": 16, "kept": 1}
    assert (kept.presence, kept.came_at) == (PRESENT, NOW)


def test_a_stale_tick_does_not_bring_back_who_left(world: World) -> None:
    meeting, _ = in_session(world, present=12)
    seen = shown(world, meeting)
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[0])

    do(world.secretary, take_attendance, meeting_id=meeting, present=world.members[:13], seen=seen)

    now_there = shown(world, meeting)
    assert now_there[world.members[0]] == LEFT
    assert now_there[world.members[12]] == PRESENT


def test_a_fresh_sheet_writes_every_tick(world: World) -> None:
    meeting, _ = in_session(world, present=12)
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[0])

    counted = do(
        world.secretary, take_attendance, meeting_id=meeting, present=world.members[:11],
        seen=shown(world, meeting),
    )  # fmt: skip

    assert counted == {"present": 11, "due": 16, "kept": 0}
    assert shown(world, meeting)[world.members[0]] == PRESENT
    assert shown(world, meeting)[world.members[11]] == DUE


def test_a_sheet_that_saw_nobody_changes_nobody(world: World) -> None:
    meeting, _ = a_convened(world)

    counted = do(world.secretary, take_attendance, meeting_id=meeting, present=world.members, seen={})

    assert counted == {"present": 0, "due": 16, "kept": 16}
    with pytest.raises(BadInput):
        do(world.secretary, take_attendance, meeting_id=meeting, present=[], seen=["present"])


# --- roll call and proxies ----------------------------------------------------------------------------


def allow_proxies(meeting: int) -> None:
    with as_system("test") as session:
        frozen = session.get_one(Meeting, meeting)
        frozen.rule = {**(frozen.rule or {}), "proxies_allowed": True}


def test_several_taps_of_the_roll_that_come_at_once_are_all_kept(world: World) -> None:
    meeting, _ = in_session(world, present=10)

    counted = do(world.worker, call_roll, meeting_id=meeting, member_ids=world.members[8:13])

    assert counted == {"present": 13, "due": 16}
    for wrong in ([], [10**9], "12", None, [True]):
        with pytest.raises(BadInput):
            do(world.worker, call_roll, meeting_id=meeting, member_ids=wrong)


def test_nobody_sits_in_for_another_unless_the_house_rules_say_so(world: World) -> None:
    meeting, _ = in_session(world, present=10)
    asked = {"meeting_id": meeting, "member_id": world.members[12], "proxy": "李受托"}

    with pytest.raises(Refused, match="proxies_not_allowed"):
        do(world.worker, mark_proxy, **asked)
    allow_proxies(meeting)
    do(world.worker, mark_proxy, **asked)

    row = sheet(world, meeting)[world.members[12]]
    assert (row.presence, row.proxy, row.came_at) == (MemberPresence.PRESENT, "李受托", NOW)


def test_a_proxy_holds_one_vote_and_is_no_member(world: World) -> None:
    """Nobody raises two hands: neither another's proxy nor a member of the meeting."""
    meeting, _ = in_session(world, present=10)
    allow_proxies(meeting)
    do(world.worker, mark_proxy, meeting_id=meeting, member_id=world.members[12], proxy="李受托")

    with pytest.raises(BadInput):
        do(world.worker, mark_proxy, meeting_id=meeting, member_id=world.members[13], proxy="李受托")
    with pytest.raises(Refused, match="proxy_is_member"):
        do(world.worker, mark_proxy, meeting_id=meeting, member_id=world.members[13], proxy="议事员01")


def test_who_comes_in_person_after_all_is_represented_by_nobody(world: World) -> None:
    meeting, _ = in_session(world, present=10)
    allow_proxies(meeting)
    for back in (mark_present, mark_leave, mark_due):
        do(world.worker, mark_proxy, meeting_id=meeting, member_id=world.members[12], proxy="李受托")

        do(world.worker, back, meeting_id=meeting, member_id=world.members[12])

        assert sheet(world, meeting)[world.members[12]].proxy == ""


def test_the_account_of_a_represented_member_does_not_vote_but_the_chair_enters_what_the_proxy_says(
    world: World,
) -> None:
    meeting, items = in_session(world, present=16)
    allow_proxies(meeting)
    member = world.members[0]
    do(world.worker, mark_proxy, meeting_id=meeting, member_id=member, proxy="李受托")
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)

    with pytest.raises(Refused, match="votes_by_proxy"):
        do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice="for")
    do(world.secretary, cast_for_member, ballot_id=ballot, member_id=member, choice="against")

    with reading(world.secretary) as session:
        assert member not in [one.id for one in voters_without_account(session, ballot)]
        assert [vote.choice for vote in session.scalars(select(NamedVote))] == ["against"]


def test_everybody_is_there_but_who_sent_word_or_left(world: World) -> None:
    meeting, _items = in_session(world, present=2)
    do(world.secretary, mark_leave, meeting_id=meeting, member_id=world.members[15])
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[0])

    assert do(world.secretary, all_present, meeting_id=meeting) == {"present": 14, "due": 16}

    # Whoever leaves afterwards is not brought back by another press.
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[1])
    do(world.secretary, all_present, meeting_id=meeting)
    now = shown(world, meeting)
    assert [now[world.members[one]] for one in (0, 1, 2, 15)] == [LEFT, LEFT, PRESENT, LEAVE]
