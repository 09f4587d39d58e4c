"""A called meeting is moved with a new notice; a cancelled one gives its number back."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.council.council import end_member
from db.actions.meetings.attendance import mark_leave
from db.actions.meetings.meetings import cancel_meeting, prepare_meeting
from db.actions.meetings.moving import move_meeting
from db.actions.meetings.opening import open_meeting
from db.engine import reading
from db.errors import BadInput, Conflict, Problem, WrongStage
from db.models import Meeting
from db.queries.meetings.meetings import next_numbers, sitting
from db.rules.meetings.sitting import Sitting
from db.terms import MeetingChangeKind, MeetingState, MemberPresence
from tests.builders.meetings import a_convened, a_draft
from tests.builders.world import NOW, TODAY, World, do, row

LATER: dict[str, Any] = {"at": NOW + timedelta(days=12), "place": "文化礼堂", "reason": "台风"}


def version(world: World, meeting: int) -> int:
    found: int = row(world, Meeting, meeting).version
    return found


def seen(world: World, meeting: int) -> Sitting:
    with reading(world.secretary) as session:
        return sitting(session, meeting, now=NOW)


def test_a_called_meeting_is_moved_with_a_new_notice(world: World) -> None:
    meeting, _ = a_convened(world)
    tomorrow = NOW + timedelta(days=1)

    values = LATER | {"meeting_id": meeting, "version": version(world, meeting)}
    sent = do(world.secretary, move_meeting, **values, now=tomorrow)

    assert sent == {"days": 11, "short": False, "due": 16}
    moved = seen(world, meeting)
    assert (moved.at, moved.place, moved.notice_sent_at) == (LATER["at"], "文化礼堂", tomorrow)
    (line,) = moved.changes
    assert line.kind is MeetingChangeKind.MOVED
    assert (line.at_before, line.at_after) == (NOW + timedelta(days=5), LATER["at"])
    assert (line.before, line.after, line.reason) == ("社区议事厅", "文化礼堂", "台风")


def test_a_move_at_short_notice_needs_its_own_reason(world: World) -> None:
    meeting, _ = a_convened(world)
    values = LATER | {"meeting_id": meeting, "version": version(world, meeting), "at": NOW + timedelta(days=1)}

    with pytest.raises(BadInput) as told:
        do(world.secretary, move_meeting, **values)
    assert (told.value.field, told.value.problem) == ("short_reason", Problem.EMPTY)

    sent = do(world.secretary, move_meeting, **values, short_reason="全体成员同意提前")
    assert sent["short"] is True
    assert row(world, Meeting, meeting).short_notice_reason == "全体成员同意提前"


def test_a_move_in_time_takes_the_old_reason_for_short_notice_back(world: World) -> None:
    meeting, _ = a_convened(world)
    values = LATER | {"meeting_id": meeting, "version": version(world, meeting)}

    do(world.secretary, move_meeting, **values, short_reason="多余")

    assert row(world, Meeting, meeting).short_notice_reason == ""


def test_a_meeting_is_not_moved_into_the_past_nor_to_where_it_is(world: World) -> None:
    meeting, _ = a_convened(world)
    values = LATER | {"meeting_id": meeting, "version": version(world, meeting)}

    with pytest.raises(BadInput) as told:
        do(world.secretary, move_meeting, **values | {"at": NOW - timedelta(hours=1)})
    assert (told.value.field, told.value.problem) == ("at", Problem.PAST)
    with pytest.raises(BadInput) as told:
        do(world.secretary, move_meeting, **values | {"at": NOW + timedelta(days=5), "place": "社区议事厅"})
    assert (told.value.field, told.value.problem) == ("at", Problem.UNCHANGED)


def test_who_is_due_is_asked_anew_for_the_new_day(world: World) -> None:
    """Leave was asked for the old day; who ends before the new day is not due."""
    meeting, _ = a_convened(world)
    do(world.secretary, mark_leave, meeting_id=meeting, member_id=world.members[0])
    do(world.secretary, end_member, member_id=world.members[15], version=1, until=TODAY + timedelta(8))
    assert len(seen(world, meeting).seats) == 16

    do(world.secretary, move_meeting, **LATER, meeting_id=meeting, version=version(world, meeting))

    seats = seen(world, meeting).seats
    assert [seat.member_id for seat in seats] == world.members[:15]
    assert {seat.presence for seat in seats} == {MemberPresence.DUE}


def test_another_hall_at_the_same_hour_keeps_the_leave(world: World) -> None:
    meeting, _ = a_convened(world)
    do(world.secretary, mark_leave, meeting_id=meeting, member_id=world.members[0])

    values = LATER | {"at": NOW + timedelta(days=5), "meeting_id": meeting, "version": version(world, meeting)}
    do(world.secretary, move_meeting, **values)

    assert seen(world, meeting).seats[0].presence is MemberPresence.LEAVE


def test_only_a_called_meeting_is_moved_and_nobody_moves_it_twice_at_once(world: World) -> None:
    draft = a_draft(world, number=9)
    with pytest.raises(WrongStage):
        do(world.secretary, move_meeting, **LATER, meeting_id=draft, version=1)
    meeting, _ = a_convened(world)
    with pytest.raises(Conflict):
        do(world.secretary, move_meeting, **LATER, meeting_id=meeting, version=version(world, meeting) - 1)
    do(world.secretary, open_meeting, meeting_id=meeting)
    with pytest.raises(WrongStage):
        do(world.secretary, move_meeting, **LATER, meeting_id=meeting, version=version(world, meeting))


# --- numbers ----------------------------------------------------------------------------------------------


def prepared(world: World, number: int) -> int:
    values = {"title": "例会", "at": NOW + timedelta(days=9), "place": "议事厅"}
    meeting: int = do(world.secretary, prepare_meeting, body_id=world.body, number=number, **values)
    return meeting


def proposed(world: World) -> int:
    with reading(world.secretary) as session:
        return next_numbers(session)[world.body]


def test_a_cancelled_meeting_gives_its_number_back(world: World) -> None:
    first = prepared(world, 1)
    assert proposed(world) == 2

    do(world.secretary, cancel_meeting, meeting_id=first, version=1, reason="台风")

    assert proposed(world) == 1
    second = prepared(world, 1)
    assert row(world, Meeting, first).state is MeetingState.CANCELLED
    with pytest.raises(BadInput) as told:
        prepared(world, 1)
    assert (told.value.field, told.value.problem) == ("number", Problem.TAKEN)
    do(world.secretary, cancel_meeting, meeting_id=second, version=1, reason="又有台风")
    prepared(world, 1)


def test_a_number_freed_before_a_later_meeting_is_offered_until_one_after_it_was_held(world: World) -> None:
    first, _second = prepared(world, 1), prepared(world, 2)
    do(world.secretary, cancel_meeting, meeting_id=first, version=1, reason="台风")
    assert proposed(world) == 1

    meeting, _ = a_convened(world, number=3)
    do(world.secretary, open_meeting, meeting_id=meeting)

    assert proposed(world) == 4
