"""应到 follows who is in office until the meeting opens; each change is a line on the sheet; afterwards it is fixed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.council.council import add_member, amend_member, correct_term, end_member
from db.actions.meetings.attendance import call_roll, mark_leave, mark_present, take_attendance
from db.actions.meetings.opening import open_meeting
from db.actions.voting.voting import open_ballot
from db.engine import reading
from db.errors import BadInput, Refused
from db.models import Attendance, Ballot, BodyMember
from db.queries.meetings.meetings import sitting
from db.queries.meetings.pulse import meeting_pulse
from db.queries.today.parts import ToDo
from db.queries.today.today import today_for
from db.rules.meetings.sitting import Sitting
from db.terms import MeetingChangeKind, MemberPresence, Role, VoteMethod
from tests.builders.meetings import a_convened, in_session
from tests.builders.world import NOW, TODAY, World, do, row

SUCCESSOR: dict[str, Any] = {"seat": 16, "name": "接任者", "capacity": "楼组长", "since": TODAY + timedelta(1)}


def seen(world: World, meeting: int) -> Sitting:
    with reading(world.secretary) as session:
        return sitting(session, meeting, now=NOW)


def end(world: World, member: int, until: date = TODAY) -> None:
    do(world.secretary, end_member, member_id=member, version=row(world, BodyMember, member).version, until=until)


def lines(world: World, meeting: int) -> list[tuple[MeetingChangeKind, int | None, str, str]]:
    return [(line.kind, line.seat, line.before, line.after) for line in seen(world, meeting).changes]


def test_a_seat_handed_over_after_the_notice_is_due_with_its_new_holder(world: World) -> None:
    meeting, _ = a_convened(world)
    gone = world.members[15]

    end(world, gone)
    successor = do(world.secretary, add_member, body_id=world.body, **SUCCESSOR)

    due = seen(world, meeting).seats
    assert [seat.member_id for seat in due] == [*world.members[:15], successor]
    assert lines(world, meeting) == [
        (MeetingChangeKind.LEFT, 16, "议事员16", ""),
        (MeetingChangeKind.JOINED, 16, "", "接任者"),
    ]
    assert {line.by for line in seen(world, meeting).changes} == {"测试secretary"}
    with pytest.raises(BadInput):
        do(world.secretary, mark_present, meeting_id=meeting, member_id=gone)
    do(world.secretary, mark_present, meeting_id=meeting, member_id=successor)


def test_who_is_still_in_office_on_the_day_of_the_meeting_stays_due(world: World) -> None:
    meeting, _ = a_convened(world)

    end(world, world.members[15], TODAY + timedelta(5))

    assert len(seen(world, meeting).seats) == 16
    assert lines(world, meeting) == []


def test_a_corrected_day_brings_a_member_back(world: World) -> None:
    meeting, _ = a_convened(world)
    end(world, world.members[15])

    do(world.secretary, correct_term, member_id=world.members[15], version=2, since=date(2025, 1, 1), until=None)

    assert len(seen(world, meeting).seats) == 16
    assert [kind for kind, *_rest in lines(world, meeting)] == [MeetingChangeKind.LEFT, MeetingChangeKind.JOINED]


def test_marks_of_those_who_stay_are_kept(world: World) -> None:
    meeting, _ = a_convened(world)
    do(world.secretary, mark_leave, meeting_id=meeting, member_id=world.members[2])

    end(world, world.members[15])

    presence = {seat.member_id: seat.presence for seat in seen(world, meeting).seats}
    assert presence[world.members[2]] is MemberPresence.LEAVE


def test_ticks_of_a_page_that_still_shows_who_left_are_not_lost(world: World) -> None:
    meeting, _ = a_convened(world)
    page = dict.fromkeys(world.members, MemberPresence.DUE.value)
    end(world, world.members[15])

    done = do(world.secretary, take_attendance, meeting_id=meeting, present=world.members, seen=page)

    assert done == {"present": 15, "due": 15, "kept": 1}
    with pytest.raises(BadInput):
        do(world.secretary, call_roll, meeting_id=meeting, member_ids=[world.members[15]])


def test_the_opening_looks_once_more(world: World) -> None:
    """Opened three days late: who ended in between is not due, without anybody having touched the members."""
    meeting, _ = a_convened(world)
    end(world, world.members[15], TODAY + timedelta(6))
    assert len(seen(world, meeting).seats) == 16

    do(world.secretary, open_meeting, meeting_id=meeting, now=NOW + timedelta(days=8))

    assert len(seen(world, meeting).seats) == 15
    assert lines(world, meeting) == [(MeetingChangeKind.LEFT, 16, "议事员16", "")]


def test_from_the_opening_on_the_sheet_is_fixed(world: World) -> None:
    meeting, _ = in_session(world)

    end(world, world.members[15])
    do(world.secretary, add_member, body_id=world.body, **SUCCESSOR)
    values = {"name": "改了名", "capacity": "楼组长", "account_id": None}
    do(world.secretary, amend_member, member_id=world.members[3], version=1, **values)

    seats = seen(world, meeting).seats
    assert [(seat.member_id, seat.name) for seat in seats] == [
        (member, f"议事员{place:02d}") for place, member in enumerate(world.members, 1)
    ]
    assert lines(world, meeting) == []


def test_a_corrected_name_is_on_the_sheet_until_the_opening(world: World) -> None:
    meeting, _ = a_convened(world)
    values = {"name": "议事元04", "capacity": "居民代表", "account_id": None}

    do(world.secretary, amend_member, member_id=world.members[3], version=1, **values)

    assert seen(world, meeting).seats[3].name == "议事元04"
    assert lines(world, meeting) == [(MeetingChangeKind.RENAMED, 4, "议事员04（居民代表）", "议事元04（居民代表）")]


def test_a_meeting_of_nobody_does_not_open(world: World) -> None:
    meeting, _ = a_convened(world)
    for member in world.members:
        end(world, member)

    with pytest.raises(Refused, match="nobody_in_office"):
        do(world.secretary, open_meeting, meeting_id=meeting)

    with reading(world.secretary) as session:
        assert session.scalars(select(Attendance.id).where(Attendance.meeting_id == meeting)).all() == []


def test_who_left_is_not_invited_and_who_came_is(world: World) -> None:
    """The member's account lists the meeting while the member is due, and consoles see each change."""
    meeting, _ = a_convened(world)
    member = world[Role.COUNCIL_MEMBER]

    def invited() -> bool:
        with reading(member) as session:
            return any(one.kind is ToDo.NEXT_MEETING for one in today_for(session, member, now=NOW).lines)

    with reading(world.secretary) as session:
        before = meeting_pulse(session, meeting)
    assert invited()

    end(world, world.members[0])
    do(world.secretary, add_member, body_id=world.body, **SUCCESSOR | {"seat": 1})

    assert not invited()
    with reading(world.secretary) as session:
        assert meeting_pulse(session, meeting) != before


def test_eleven_of_sixteen_may_vote_after_a_seat_was_handed_over(world: World) -> None:
    """Exactly two thirds: a seat counted twice would make it eleven of seventeen, which is too few."""
    meeting, items = a_convened(world)
    end(world, world.members[15])
    successor = do(world.secretary, add_member, body_id=world.body, **SUCCESSOR)
    do(world.secretary, open_meeting, meeting_id=meeting)
    present = [*world.members[:10], successor]
    assert do(world.secretary, take_attendance, meeting_id=meeting, present=present) == {"present": 11, "due": 16}

    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.HANDS)

    held = row(world, Ballot, ballot)
    assert (held.due, held.present) == (16, 11)
