"""Agenda, notice, attendance, discussion: a meeting up to the vote, and its end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.meetings.attendance import leave_early, recuse, take_attendance, undo_recusal
from db.actions.meetings.discussion import move_amendment, record_point, settle_amendment, start_item
from db.actions.meetings.meetings import (
    add_item,
    add_need,
    amend_meeting,
    cancel_meeting,
    close_meeting,
    postpone_item,
    prepare_meeting,
    remove_item,
    send_notice,
    shift_item,
)
from db.actions.meetings.opening import open_meeting
from db.actions.screen.screen import follow_meeting, reveal_result, show_rotation
from db.actions.voting.voting import open_ballot
from db.engine import reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import AgendaItem, Attendance, DiscussionPoint, Meeting, Need, Recusal, ScreenState
from db.terms import ItemState, MeetingState, MemberPresence, NeedStage, Role, ScreenMode, VoteMethod
from tests.builders.meetings import MOTION, a_convened, a_draft, in_session, need_behind
from tests.builders.needs import a_need, a_need_for_council
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, World, do, row


def agenda(world: World, meeting: int) -> list[str]:
    with reading(world.secretary) as session:
        query = select(AgendaItem.title).where(AgendaItem.meeting_id == meeting).order_by(AgendaItem.position)
        return list(session.scalars(query))


def presence(world: World, meeting: int) -> dict[int, MemberPresence]:
    with reading(world.secretary) as session:
        rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting))
        return {r.member_id: r.presence for r in rows}


def screen(world: World) -> ScreenState:
    with reading(world.secretary) as session:
        return session.scalars(select(ScreenState)).one()


# --- the agenda ---------------------------------------------------------------------------------------


def test_a_need_on_the_agenda_waits_for_its_vote(world: World) -> None:
    meeting, need = a_draft(world), a_need_for_council(world)

    do(world.secretary, add_need, meeting_id=meeting, need_id=need, motion=MOTION)

    assert row(world, Need, need).stage is NeedStage.ON_AGENDA


def test_a_need_taken_off_the_agenda_waits_for_the_council_again(world: World) -> None:
    meeting, need = a_draft(world), a_need_for_council(world)
    item = do(world.secretary, add_need, meeting_id=meeting, need_id=need, motion=MOTION)

    do(world.secretary, remove_item, item_id=item)

    assert row(world, Need, need).stage is NeedStage.FOR_COUNCIL
    assert agenda(world, meeting) == []


def test_a_need_is_on_one_agenda_only(world: World) -> None:
    need = a_need_for_council(world)
    do(world.secretary, add_need, meeting_id=a_draft(world), need_id=need, motion=MOTION)

    with pytest.raises(WrongStage):
        do(world.secretary, add_need, meeting_id=a_draft(world, number=2), need_id=need, motion=MOTION)


def test_a_need_that_was_not_screened_cannot_come_to_the_council(world: World) -> None:
    need = a_need(world)

    with pytest.raises(WrongStage):
        do(world.secretary, add_need, meeting_id=a_draft(world), need_id=need, motion=MOTION)


def test_a_restricted_case_never_comes_on_an_agenda(world: World) -> None:
    need = a_need_for_council(world, restricted=True)

    with pytest.raises((Refused, NotFound)):
        do(world.secretary, add_need, meeting_id=a_draft(world), need_id=need, motion=MOTION)


def test_the_order_of_a_draft_agenda_can_be_changed(world: World) -> None:
    meeting = a_draft(world)
    first, _, third = (
        do(world.secretary, add_item, meeting_id=meeting, title=title, motion="…", proposer="街道")
        for title in "甲乙丙"
    )

    do(world.secretary, shift_item, item_id=third, by=-1)
    do(world.secretary, shift_item, item_id=first, by=-1)
    do(world.secretary, shift_item, item_id=first, by=1)

    assert agenda(world, meeting) == ["丙", "甲", "乙"]


def test_removing_an_item_closes_the_gap(world: World) -> None:
    meeting = a_draft(world)
    items = [
        do(world.secretary, add_item, meeting_id=meeting, title=title, motion="…", proposer="街道")
        for title in "甲乙丙"
    ]

    do(world.secretary, remove_item, item_id=items[0])
    do(world.secretary, add_item, meeting_id=meeting, title="丁", motion="…", proposer="街道")

    assert agenda(world, meeting) == ["乙", "丙", "丁"]
    assert [row(world, AgendaItem, i).position for i in items[1:]] == [1, 2]


def test_an_agenda_that_was_sent_out_is_not_changed_any_more(world: World) -> None:
    meeting, items = a_convened(world)

    for act, values in (
        (remove_item, {"item_id": items[0]}),
        (shift_item, {"item_id": items[0], "by": 1}),
        (add_item, {"meeting_id": meeting, "title": "迟到的议题", "motion": "…", "proposer": ""}),
    ):
        with pytest.raises(WrongStage):
            do(world.secretary, act, **values)


# --- the notice ---------------------------------------------------------------------------------------


def test_the_notice_makes_every_member_in_office_due(world: World) -> None:
    meeting, _ = a_convened(world)

    assert set(presence(world, meeting)) == set(world.members)
    assert set(presence(world, meeting).values()) == {MemberPresence.DUE}


def test_a_member_who_left_office_before_the_day_is_not_due(world: World) -> None:
    from db.actions.council.council import end_member

    do(world.secretary, end_member, member_id=world.members[15], version=1, until=NOW.date())

    meeting, _ = a_convened(world)

    assert world.members[15] not in presence(world, meeting)


def test_a_late_notice_needs_a_reason(world: World) -> None:
    meeting = a_draft(world, days_ahead=1)
    do(world.secretary, add_item, meeting_id=meeting, title="长廊命名", motion="…", proposer="街道")

    with pytest.raises(BadInput) as told:
        do(world.secretary, send_notice, meeting_id=meeting, version=1)
    sent = do(world.secretary, send_notice, meeting_id=meeting, version=1, reason="台风将至，排水须即议")

    assert told.value.field == "reason"
    assert sent == {"days": 1, "short": True, "due": 16}
    assert row(world, Meeting, meeting).short_notice_reason == "台风将至，排水须即议"


def test_a_notice_in_time_keeps_no_excuse(world: World) -> None:
    meeting = a_draft(world, days_ahead=3)
    do(world.secretary, add_item, meeting_id=meeting, title="长廊命名", motion="…", proposer="街道")

    do(world.secretary, send_notice, meeting_id=meeting, version=1, reason="多余的理由")

    assert row(world, Meeting, meeting).short_notice_reason == ""


def test_a_meeting_without_an_agenda_is_not_called(world: World) -> None:
    meeting = a_draft(world)

    with pytest.raises(Refused, match="agenda_empty"):
        do(world.secretary, send_notice, meeting_id=meeting, version=1)


def test_two_people_who_send_one_notice_send_it_once(world: World) -> None:
    meeting, _ = a_convened(world)

    with pytest.raises((WrongStage, Conflict)):
        do(world.secretary, send_notice, meeting_id=meeting, version=1)

    assert len(presence(world, meeting)) == 16


def test_a_cancelled_meeting_sends_its_needs_back_to_the_queue(world: World) -> None:
    meeting, items = a_convened(world, needs=2)
    version = row(world, Meeting, meeting).version

    do(world.secretary, cancel_meeting, meeting_id=meeting, version=version, reason="场地停电")

    assert row(world, Meeting, meeting).state is MeetingState.CANCELLED
    assert {need_behind(world, item).stage for item in items} == {NeedStage.FOR_COUNCIL}


def test_a_number_is_given_once_in_a_term(world: World) -> None:
    a_draft(world, number=7)

    with pytest.raises(BadInput) as told:
        a_draft(world, number=7)

    assert (told.value.field, told.value.problem) == ("number", Problem.TAKEN)


def test_what_a_meeting_needs_is_told_at_its_field(world: World) -> None:
    good: dict[str, Any] = {"body_id": world.body, "title": "会议", "number": 1, "at": NOW, "place": "议事厅"}

    for field, value in (("title", ""), ("title", "长" * 81), ("number", None), ("at", None), ("place", " ")):
        with pytest.raises(BadInput) as told:
            do(world.secretary, prepare_meeting, **good | {field: value})
        assert told.value.field == field


def test_a_draft_is_corrected_in_the_version_that_was_seen(world: World) -> None:
    meeting = a_draft(world)
    later = {"title": "改期会议", "at": NOW + timedelta(days=9), "place": "党群中心"}
    do(world.secretary, amend_meeting, meeting_id=meeting, version=1, **later)

    with pytest.raises(Conflict):
        do(world.secretary, amend_meeting, meeting_id=meeting, version=1, **later)


# --- attendance ---------------------------------------------------------------------------------------


def test_the_sheet_says_who_is_there_and_who_is_on_leave(world: World) -> None:
    meeting, _ = a_convened(world)
    here, away = world.members[:12], world.members[12:14]

    counted = do(world.secretary, take_attendance, meeting_id=meeting, present=here, on_leave=away, observers=3)

    sheet = presence(world, meeting)
    assert counted == {"present": 12, "due": 16}
    assert [sheet[m] for m in away] == [MemberPresence.LEAVE] * 2
    assert [sheet[m] for m in world.members[14:]] == [MemberPresence.DUE] * 2
    assert row(world, Meeting, meeting).observers == 3


def test_a_wrong_tick_is_taken_back(world: World) -> None:
    meeting, _ = in_session(world, present=3)

    do(world.secretary, take_attendance, meeting_id=meeting, present=world.members[:2])

    assert presence(world, meeting)[world.members[2]] is MemberPresence.DUE


def test_nobody_is_present_and_on_leave_at_once(world: World) -> None:
    meeting, _ = a_convened(world)

    with pytest.raises(BadInput):
        do(
            world.secretary,
            take_attendance,
            meeting_id=meeting,
            present=world.members[:2],
            on_leave=world.members[1:3],
        )


def test_who_is_not_a_member_is_not_on_the_sheet(world: World) -> None:
    meeting, _ = a_convened(world)

    with pytest.raises(BadInput):
        do(world.secretary, take_attendance, meeting_id=meeting, present=[999_999])


def test_who_left_early_stays_so_until_ticked_as_back(world: World) -> None:
    meeting, _ = in_session(world, present=12)
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[0], now=NOW + timedelta(hours=1))
    others = world.members[1:12]

    do(world.secretary, take_attendance, meeting_id=meeting, present=others)
    left = presence(world, meeting)[world.members[0]]
    do(world.secretary, take_attendance, meeting_id=meeting, present=[world.members[0], *others])

    assert left is MemberPresence.LEFT_EARLY
    assert presence(world, meeting)[world.members[0]] is MemberPresence.PRESENT


def test_leaving_is_recorded_with_its_time(world: World) -> None:
    meeting, _ = in_session(world, present=12)
    when = NOW + timedelta(minutes=40)

    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[0], now=when)

    with reading(world.secretary) as session:
        found = session.scalars(select(Attendance).where(Attendance.member_id == world.members[0])).one()
    assert found.left_at == when


def test_a_recusal_carries_its_reason_and_can_be_taken_back(world: World) -> None:
    _, items = in_session(world)
    member = world.members[0]

    do(world.secretary, recuse, item_id=items[0], member_id=member, reason="承包方亲属")
    with pytest.raises(BadInput):
        do(world.secretary, recuse, item_id=items[0], member_id=member, reason="再次")
    do(world.secretary, undo_recusal, item_id=items[0], member_id=member)

    with reading(world.secretary) as session:
        assert session.scalars(select(Recusal)).all() == []


def test_nobody_steps_back_while_a_ballot_runs(world: World) -> None:
    _, items = in_session(world)
    do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)

    with pytest.raises(Refused, match="ballot_open"):
        do(world.secretary, recuse, item_id=items[0], member_id=world.members[0], reason="利害关系")


# --- discussion ---------------------------------------------------------------------------------------


def test_a_point_is_kept_with_or_without_its_speaker(world: World) -> None:
    _, items = in_session(world)

    do(world.worker, record_point, item_id=items[0], said="费用从哪里来？", member_id=world.members[2])
    do(world.worker, record_point, item_id=items[0], said="建议分两期")

    with reading(world.secretary) as session:
        points = session.scalars(select(DiscussionPoint).order_by(DiscussionPoint.id)).all()
    assert [(p.words, p.member_id) for p in points] == [
        ("费用从哪里来？", world.members[2]),
        ("建议分两期", None),
    ]
    assert row(world, AgendaItem, items[0]).state is ItemState.DISCUSSING


def test_a_carried_amendment_changes_the_motion_and_keeps_the_former_words(world: World) -> None:
    _, items = in_session(world)
    point = do(world.worker, move_amendment, item_id=items[0], new_motion="先在1幢试装三个月", said="稳妥些")

    do(world.secretary, settle_amendment, point_id=point, carried=True)

    assert row(world, AgendaItem, items[0]).motion == "先在1幢试装三个月"
    assert row(world, DiscussionPoint, point).motion_before == MOTION


def test_a_dropped_amendment_leaves_the_motion_alone(world: World) -> None:
    _, items = in_session(world)
    point = do(world.worker, move_amendment, item_id=items[0], new_motion="不装了")

    do(world.secretary, settle_amendment, point_id=point, carried=False)

    assert row(world, AgendaItem, items[0]).motion == MOTION
    assert row(world, DiscussionPoint, point).carried is False


def test_one_amendment_at_a_time_and_settled_once(world: World) -> None:
    _, items = in_session(world)
    point = do(world.worker, move_amendment, item_id=items[0], new_motion="先试装")
    with pytest.raises(Refused, match="amendment_open"):
        do(world.worker, move_amendment, item_id=items[0], new_motion="全部装")
    do(world.secretary, settle_amendment, point_id=point, carried=True)

    with pytest.raises(Refused, match="amendment_settled"):
        do(world.secretary, settle_amendment, point_id=point, carried=False)


def test_no_vote_while_an_amendment_is_open(world: World) -> None:
    _, items = in_session(world)
    do(world.worker, move_amendment, item_id=items[0], new_motion="先试装")

    with pytest.raises(Refused, match="amendment_open"):
        do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.HANDS)


def test_a_worker_records_but_only_the_chair_settles(world: World) -> None:
    _, items = in_session(world)
    point = do(world.worker, move_amendment, item_id=items[0], new_motion="先试装")

    with pytest.raises(NotPermitted):
        do(world.worker, settle_amendment, point_id=point, carried=True)


# --- the end ------------------------------------------------------------------------------------------


def test_what_was_not_decided_is_postponed_at_the_end(world: World) -> None:
    meeting, items = in_session(world, needs=2)
    vote_by_hands(world, items[0], 8, 4, 2)

    version = row(world, Meeting, meeting).version
    ended = do(world.secretary, close_meeting, meeting_id=meeting, version=version)

    assert ended == {"postponed": 1, "absent": 2}
    assert row(world, AgendaItem, items[1]).state is ItemState.POSTPONED
    assert need_behind(world, items[1]).stage is NeedStage.FOR_COUNCIL
    assert need_behind(world, items[0]).stage is NeedStage.ON_AGENDA


def test_who_never_reported_was_absent(world: World) -> None:
    meeting, _ = in_session(world, present=14, needs=0)

    do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)

    assert list(presence(world, meeting).values()).count(MemberPresence.ABSENT) == 2


def test_a_meeting_does_not_end_while_a_ballot_is_open(world: World) -> None:
    meeting, items = in_session(world)
    do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)

    with pytest.raises(Refused, match="ballot_open"):
        do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)


def test_a_meeting_does_not_end_before_a_rejected_need_has_its_words(world: World) -> None:
    meeting, items = in_session(world)
    vote_by_hands(world, items[0], 7, 5, 2)

    with pytest.raises(Refused, match="words_owed"):
        do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)


def test_a_postponed_item_comes_to_the_next_meeting(world: World) -> None:
    _, items = in_session(world)
    do(world.secretary, postpone_item, item_id=items[0], reason="报价未到")
    need = row(world, AgendaItem, items[0]).need_id

    again = do(world.secretary, add_need, meeting_id=a_draft(world, number=2), need_id=need, motion=MOTION)

    assert again != items[0]
    assert row(world, Need, need).stage is NeedStage.ON_AGENDA


def test_another_communitys_secretary_cannot_touch_the_meeting(world: World) -> None:
    meeting, _ = a_convened(world)

    with pytest.raises(NotFound):
        do(world.other_secretary, open_meeting, meeting_id=meeting)


# --- the screen ---------------------------------------------------------------------------------------


def test_the_screen_follows_an_opened_meeting_and_every_change_turns_it(world: World) -> None:
    meeting, items = in_session(world)
    before = screen(world).turn

    do(world.secretary, start_item, item_id=items[0])

    now = screen(world)
    assert (now.mode, now.meeting_id, now.item_id) == (ScreenMode.MEETING, meeting, items[0])
    assert now.turn > before


def test_a_result_stays_hidden_until_the_chair_reveals_it(world: World) -> None:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 8, 4, 2)
    hidden = screen(world).revealed

    do(world.secretary, reveal_result, item_id=items[0])

    assert not hidden
    assert screen(world).revealed


def test_there_is_nothing_to_reveal_before_the_vote(world: World) -> None:
    _, items = in_session(world)

    with pytest.raises(Refused, match="nothing_to_reveal"):
        do(world.secretary, reveal_result, item_id=items[0])


def test_a_screen_in_rotation_is_not_disturbed_by_the_meeting(world: World) -> None:
    meeting, items = in_session(world)
    do(world.secretary, show_rotation)
    before = screen(world).turn

    do(world.secretary, start_item, item_id=items[0])
    rotating = screen(world)
    do(world.secretary, follow_meeting, meeting_id=meeting, item_id=items[0])

    assert (rotating.mode, rotating.turn) == (ScreenMode.ROTATION, before)
    assert screen(world).mode is ScreenMode.MEETING


def test_the_screen_goes_back_to_rotation_when_the_meeting_ends(world: World) -> None:
    meeting, _ = in_session(world, needs=0)

    do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)

    assert screen(world).mode is ScreenMode.ROTATION


def test_a_draft_is_not_shown_to_the_room(world: World) -> None:
    with pytest.raises(Refused, match="meeting_not_on_screen"):
        do(world.secretary, follow_meeting, meeting_id=a_draft(world))


@pytest.mark.parametrize("role", [Role.AREA_WORKER, Role.COUNCIL_MEMBER, Role.DISPLAY, Role.AUDITOR])
def test_only_the_chair_runs_the_meeting(world: World, role: Role) -> None:
    meeting, _ = a_convened(world)

    with pytest.raises(NotPermitted):
        do(world[role], open_meeting, meeting_id=meeting)
