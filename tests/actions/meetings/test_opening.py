"""Whom the notice reached; an opening that asks, and one that is taken back until the first vote."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.meetings.attendance import call_roll, leave_early, mark_leave, take_attendance
from db.actions.meetings.discussion import record_point, start_item
from db.actions.meetings.floor import ask_to_speak
from db.actions.meetings.moving import move_meeting
from db.actions.meetings.opening import open_meeting, record_delivery, take_back_opening
from db.actions.voting.closing import cancel_ballot
from db.actions.voting.voting import open_ballot
from db.engine import reading
from db.errors import BadInput, NotPermitted, Refused, WrongStage
from db.models import AgendaItem, Meeting, ScreenState, SpeakerTurn
from db.queries.meetings.meetings import sitting
from db.rules.meetings.opening import OpeningDoubt
from db.terms import ItemState, MeetingState, MemberPresence, Role, ScreenMode, SpeakerSide, SpeakerState, VoteMethod
from tests.builders.meetings import a_convened, in_session
from tests.builders.world import NOW, World, do, row

DAY = NOW + timedelta(days=5)
OTHER_DAY, NO_QUORUM = OpeningDoubt.OTHER_DAY, OpeningDoubt.NO_QUORUM


def told(world: World, meeting: int) -> int:
    with reading(world.secretary) as session:
        return sitting(session, meeting, now=NOW).told


def sheet(world: World, meeting: int) -> dict[MemberPresence, int]:
    with reading(world.secretary) as session:
        seats = sitting(session, meeting, now=NOW).seats
    return {kind: sum(seat.presence is kind for seat in seats) for kind in {seat.presence for seat in seats}}


# --- whom the notice reached --------------------------------------------------------------------------


def test_who_was_told_is_written_down_and_asked_anew_when_the_meeting_moves(world: World) -> None:
    meeting, _ = a_convened(world)

    said = do(world.secretary, record_delivery, meeting_id=meeting, told=world.members)
    assert said == {"told": 16, "due": 16}
    do(world.secretary, record_delivery, meeting_id=meeting, told=world.members[:14])
    assert told(world, meeting) == 14

    version = row(world, Meeting, meeting).version
    moved: dict[str, Any] = {"at": DAY + timedelta(days=9), "place": "文化礼堂", "reason": "台风"}
    do(world.secretary, move_meeting, meeting_id=meeting, version=version, **moved)
    assert told(world, meeting) == 0


def test_delivery_is_the_secretarys_and_ends_with_the_opening(world: World) -> None:
    meeting, _ = a_convened(world)

    with pytest.raises(NotPermitted):
        do(world[Role.COUNCIL_MEMBER], record_delivery, meeting_id=meeting, told=[])
    with pytest.raises(BadInput):
        do(world.secretary, record_delivery, meeting_id=meeting, told="all")
    # A page that still shows somebody who left tells of the others.
    assert do(world.secretary, record_delivery, meeting_id=meeting, told=[999_999])["told"] == 0
    do(world.secretary, open_meeting, meeting_id=meeting)
    with pytest.raises(WrongStage):
        do(world.secretary, record_delivery, meeting_id=meeting, told=world.members)


# --- opening ------------------------------------------------------------------------------------------


def test_what_the_chair_was_not_told_of_keeps_the_meeting_closed(world: World) -> None:
    meeting, _ = a_convened(world)

    with pytest.raises(Refused, match="opens_other_day"):
        do(world.secretary, open_meeting, meeting_id=meeting, despite=[])
    with pytest.raises(Refused, match="opens_without_quorum") as few:
        do(world.secretary, open_meeting, meeting_id=meeting, despite=[OTHER_DAY])
    assert few.value.values["present"] == 0
    do(world.secretary, call_roll, meeting_id=meeting, member_ids=world.members[:11])
    do(world.secretary, open_meeting, meeting_id=meeting, despite=[], now=DAY)

    assert row(world, Meeting, meeting).state is MeetingState.OPEN


def test_who_leaves_before_the_press_is_seen_by_it(world: World) -> None:
    meeting, _ = a_convened(world)
    do(world.secretary, call_roll, meeting_id=meeting, member_ids=world.members[:11])
    do(world.secretary, mark_leave, meeting_id=meeting, member_id=world.members[0])

    with pytest.raises(Refused, match="opens_without_quorum"):
        do(world.secretary, open_meeting, meeting_id=meeting, despite=[], now=DAY)
    do(world.secretary, open_meeting, meeting_id=meeting, despite=[NO_QUORUM], now=DAY)

    assert row(world, Meeting, meeting).state is MeetingState.OPEN


# --- taken back ---------------------------------------------------------------------------------------


def test_an_opening_is_taken_back_with_what_was_said_kept(world: World) -> None:
    meeting, items = in_session(world)
    do(world.secretary, start_item, item_id=items[0])
    do(world.secretary, record_point, item_id=items[0], said="先看图纸")
    turn = do(world.secretary, ask_to_speak, item_id=items[0], member_id=world.members[0], side=SpeakerSide.FOR)
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[1])

    do(world.secretary, take_back_opening, meeting_id=meeting)

    kept = row(world, Meeting, meeting)
    assert (kept.state, kept.opened_at, kept.chair_id, kept.chair_name) == (MeetingState.CONVENED, None, None, "")
    assert (kept.sign_in_key, row(world, AgendaItem, items[0]).state) == ("", ItemState.PENDING)
    assert row(world, SpeakerTurn, turn).state is SpeakerState.WITHDRAWN
    assert sheet(world, meeting) == {MemberPresence.PRESENT: 13, MemberPresence.DUE: 3}
    with reading(world.secretary) as session:
        assert [screen.mode for screen in session.query(ScreenState)] == [ScreenMode.ROTATION]
        assert [point.words for point in sitting(session, meeting, now=NOW).points] == ["先看图纸"]


def test_another_console_that_still_shows_it_open_is_refused(world: World) -> None:
    meeting, items = in_session(world)
    do(world.secretary, take_back_opening, meeting_id=meeting)

    for act, values in (
        (start_item, {"item_id": items[0]}),
        (open_ballot, {"item_id": items[0], "method": VoteMethod.HANDS}),
        (leave_early, {"meeting_id": meeting, "member_id": world.members[0]}),
        (take_back_opening, {"meeting_id": meeting}),
    ):
        with pytest.raises(WrongStage):
            do(world.secretary, act, **values)
    # Its sheet is still good, and the meeting is moved or opened anew.
    do(world.secretary, take_attendance, meeting_id=meeting, present=world.members[:12])
    do(world.secretary, open_meeting, meeting_id=meeting, despite=[], now=DAY)
    assert row(world, Meeting, meeting).state is MeetingState.OPEN


def test_a_meeting_that_is_open_is_not_moved_but_one_taken_back_is(world: World) -> None:
    meeting, _ = in_session(world)
    moved: dict[str, Any] = {"at": DAY + timedelta(days=9), "place": "文化礼堂", "reason": "走错日子"}

    version = row(world, Meeting, meeting).version
    with pytest.raises(WrongStage):
        do(world.secretary, move_meeting, meeting_id=meeting, version=version, **moved)
    do(world.secretary, take_back_opening, meeting_id=meeting)
    version = row(world, Meeting, meeting).version
    do(world.secretary, move_meeting, meeting_id=meeting, version=version, **moved)

    assert sheet(world, meeting) == {MemberPresence.DUE: 16}


def test_after_the_first_vote_the_opening_stands(world: World) -> None:
    meeting, items = in_session(world)
    do(world.secretary, start_item, item_id=items[0])
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.HANDS)
    do(world.secretary, cancel_ballot, ballot_id=ballot, reason="数错")

    with pytest.raises(Refused, match="voted_already"):
        do(world.secretary, take_back_opening, meeting_id=meeting)

    assert row(world, Meeting, meeting).state is MeetingState.OPEN
