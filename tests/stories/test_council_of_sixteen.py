"""The council of sixteen (docs/domain.md 5): fourteen come, one item passes, one fails, one ties; an objection."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import audit
from db.actions.council.notices import finish_notice, handle_objection, post_notice, receive_objection
from db.actions.meetings.attendance import leave_early, recuse, take_attendance
from db.actions.meetings.discussion import move_amendment, record_point, settle_amendment, start_item
from db.actions.meetings.meetings import add_item, add_need, close_meeting, send_notice
from db.actions.meetings.opening import open_meeting
from db.actions.screen.screen import reveal_result
from db.actions.voting.voting import answer_rejected, cast_for_member, cast_vote, close_ballot, open_ballot
from db.engine import reading, reading_as_system
from db.errors import Refused
from db.models import AgendaItem, Meeting, Need, ThreadEntry
from db.queries.meetings.meetings import sitting
from db.rules.meetings.chair_step import ChairStep, next_step
from db.rules.voting.result import result_from_json
from db.terms import Choice, Happening, ItemState, MeetingState, NeedStage, ObjectionState, Outcome, Role, VoteMethod
from tests.builders.meetings import a_draft
from tests.builders.needs import a_need_for_council
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, World, do, row

HALL = NOW + timedelta(days=5)


def step_of(world: World, meeting: int) -> ChairStep:
    with reading(world.secretary) as session:
        return next_step(sitting(session, meeting, now=HALL))[0]


def lived(world: World, need: int) -> list[str]:
    with reading(world.secretary) as session:
        return list(
            session.scalars(select(ThreadEntry.kind).where(ThreadEntry.need_id == need).order_by(ThreadEntry.id))
        )


def test_a_council_of_sixteen_decides_and_everybody_hears_of_it(world: World) -> None:
    secretary, member = world.secretary, world[Role.COUNCIL_MEMBER]
    lamps, parking, benches = (
        a_need_for_council(world, description=words) for words in ("楼道灯坏了半个月", "北门电动车乱停", "长廊座椅破损")
    )

    # The agenda goes out five days ahead, with the house rule of the day.
    meeting = a_draft(world)
    assert step_of(world, meeting) is ChairStep.ADD_ITEMS
    first, second, third = (
        do(secretary, add_need, meeting_id=meeting, need_id=need, motion=motion)
        for need, motion in ((lamps, "装感应灯36盏"), (parking, "划60个车位"), (benches, "换座椅12张"))
    )
    owners = do(
        secretary,
        add_item,
        meeting_id=meeting,
        title="续聘物业",
        motion="建议续聘一年",
        proposer="议事员15",
        owners_matter=True,
    )
    do(secretary, send_notice, meeting_id=meeting, version=row(world, Meeting, meeting).version)
    assert step_of(world, meeting) is ChairStep.OPEN_MEETING

    # Ten are there: not enough. Four more come, two excuse themselves.
    do(secretary, open_meeting, meeting_id=meeting, now=HALL)
    do(secretary, take_attendance, meeting_id=meeting, present=world.members[:10], now=HALL)
    with pytest.raises(Refused, match="quorum_missing"):
        do(secretary, open_ballot, item_id=first, method=VoteMethod.HANDS, now=HALL)
    assert step_of(world, meeting) is ChairStep.WAIT_FOR_QUORUM
    came = world.members[:14]
    do(secretary, take_attendance, meeting_id=meeting, present=came, on_leave=world.members[14:], now=HALL)

    # The lamps: discussed, amended, passed by hands 8 to 4.
    do(secretary, start_item, item_id=first, now=HALL)
    do(world.worker, record_point, item_id=first, said="费用从公益金出", member_id=world.members[2], now=HALL)
    point = do(world.worker, move_amendment, item_id=first, new_motion="装感应灯30盏", now=HALL)
    do(secretary, settle_amendment, point_id=point, carried=True, now=HALL)
    assert vote_by_hands(world, first, 8, 4, 2)["outcome"] == Outcome.PASSED
    do(secretary, reveal_result, item_id=first, now=HALL)

    # The parking: 7 of 14 is not more than half. Whoever asked is told why.
    assert vote_by_hands(world, second, 7, 5, 2)["outcome"] == Outcome.NOT_PASSED
    assert step_of(world, meeting) is ChairStep.SAY_WORDS
    do(secretary, answer_rejected, item_id=second, reason="赞成7票未过半数，先与物业划临时车位", now=HALL)

    # The benches: one steps back, a named ballot ties and the item goes back to discussion.
    do(secretary, recuse, item_id=third, member_id=world.members[13], reason="承包方亲属", now=HALL)
    ballot = do(secretary, open_ballot, item_id=third, method=VoteMethod.NAMED, now=HALL)
    do(member, cast_vote, ballot_id=ballot, choice=Choice.AGAINST, now=HALL)
    do(member, cast_vote, ballot_id=ballot, choice=Choice.FOR, now=HALL)
    for place, seat in enumerate(world.members[1:12]):
        choice = Choice.FOR if place < 5 else Choice.AGAINST
        do(secretary, cast_for_member, ballot_id=ballot, member_id=seat, choice=choice, now=HALL)
    assert do(secretary, close_ballot, ballot_id=ballot, now=HALL)["outcome"] == Outcome.TIE
    tied = result_from_json(row(world, AgendaItem, third).decision)
    assert (tied.quorum.due, tied.quorum.present, tied.not_cast) == (15, 13, 1)

    # The owners' matter is advice. Then one leaves, and the meeting ends with the benches postponed.
    vote_by_hands(world, owners, 12, 1, 1)
    assert result_from_json(row(world, AgendaItem, owners).decision).advisory
    do(secretary, leave_early, meeting_id=meeting, member_id=world.members[0], now=HALL)
    do(
        secretary,
        close_meeting,
        meeting_id=meeting,
        version=row(world, Meeting, meeting).version,
        now=HALL + timedelta(hours=2),
    )
    assert row(world, Meeting, meeting).state is MeetingState.CLOSED
    assert row(world, AgendaItem, third).state is ItemState.POSTPONED
    stages = [row(world, Need, need).stage for need in (lamps, parking, benches)]
    assert stages == [NeedStage.ON_AGENDA, NeedStage.ANSWERING, NeedStage.FOR_COUNCIL]
    assert step_of(world, meeting) is ChairStep.POST_NOTICE

    # Five working days of notice, one objection answered, and the lamps can become a project.
    posted = do(
        secretary,
        post_notice,
        item_id=first,
        title="关于感应灯的公示",
        body="表决通过，现予公示。",
        working_days=5,
        where_posted="公告栏",
        objection_contact="居委会 0574-87654321",
        now=HALL,
    )
    notice = int(posted["notice_id"])
    objection = do(
        world.worker,
        receive_objection,
        notice_id=notice,
        objector="沈小芳",
        contact="13812345678",
        matter="灯光直射卧室",
        now=HALL,
    )
    over = HALL + timedelta(days=9)
    with pytest.raises(Refused, match="objections_open"):
        do(secretary, finish_notice, notice_id=notice, version=1, now=over)
    do(
        secretary,
        handle_objection,
        objection_id=objection,
        version=1,
        result=ObjectionState.UPHELD,
        answer="加装遮光罩",
        now=over,
    )
    do(secretary, finish_notice, notice_id=notice, version=1, now=over)

    assert row(world, Need, lamps).stage is NeedStage.TO_PROJECT
    assert lived(world, lamps) == [
        Happening.ON_AGENDA,
        Happening.VOTED,
        Happening.NOTICE_POSTED,
        Happening.OBJECTION,
        Happening.OBJECTION_HANDLED,
        Happening.NOTICE_FINISHED,
    ]
    with reading_as_system("test") as session:
        assert audit.broken_at(session) is None
