"""The forms of meetings, tried with everything that a person, a paste or a forged request can send."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from db.actions.meetings.attendance import leave_early, mark_due, mark_leave, mark_present, recuse, take_attendance
from db.actions.meetings.discussion import amend_point, move_amendment, record_point, settle_amendment, strike_point
from db.actions.meetings.floor import ask_to_speak, ask_to_speak_myself, begin_speech, grant_time, withdraw_turn
from db.actions.meetings.meetings import (
    add_item,
    add_need,
    amend_meeting,
    cancel_meeting,
    postpone_item,
    prepare_meeting,
)
from db.actions.meetings.moving import move_meeting
from db.terms import (
    Role,
    SpeakerSide,
)
from tests.builders.meetings import a_convened, a_draft, in_session
from tests.builders.needs import a_need, a_need_for_council
from tests.builders.world import NOW, World, do
from tests.support.bad_input import NO_DAY, NO_ID, Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def meeting(world: World) -> Form:
    right = {"body_id": world.body, "title": "三月例会", "number": 7, "at": NOW + timedelta(days=5), "place": "议事厅"}
    return Form(
        prepare_meeting, world.secretary, right, {"title": 80, "place": 80}, numbers={"number": (1, 999)},
        ids=("body_id",), also=tuple({"at": at} for at in (*NO_DAY[:5], None, datetime.max)),  # noqa: DTZ901
    )  # fmt: skip


@FORMS.add
def meeting_amended(world: World) -> Form:
    right = {
        "meeting_id": a_draft(world),
        "version": 1,
        "title": "改期",
        "at": NOW + timedelta(days=6),
        "place": "广场",
    }
    return Form(amend_meeting, world.secretary, right, {"title": 80, "place": 80}, ids=("meeting_id",),
                also=tuple({"at": at} for at in (*NO_DAY[:5], None)))  # fmt: skip


@FORMS.add
def meeting_moved(world: World) -> Form:
    meeting, _ = a_convened(world)
    right = {"meeting_id": meeting, "version": 3, "at": NOW + timedelta(days=9), "place": "广场", "reason": "台风"}
    return Form(move_meeting, world.secretary, right, {"place": 80, "reason": 200}, ids=("meeting_id",),
                also=tuple({"at": at} for at in (*NO_DAY[:5], None, NOW)))  # fmt: skip


@FORMS.add
def meeting_cancelled(world: World) -> Form:
    right = {"meeting_id": a_draft(world), "version": 1, "reason": "台风"}
    return Form(cancel_meeting, world.secretary, right, {"reason": 200}, ids=("meeting_id",))


@FORMS.add
def agenda_need(world: World) -> Form:
    right = {"meeting_id": a_draft(world), "need_id": a_need_for_council(world), "motion": "加装感应灯"}
    return Form(
        add_need,
        world.secretary,
        right,
        {"motion": 1000},
        ids=("meeting_id", "need_id"),
        foreign={"need_id": a_need(world, community_id=world.there)},
    )


@FORMS.add
def agenda_item(world: World) -> Form:
    right = {"meeting_id": a_draft(world), "title": "长廊命名", "motion": "命名为同心廊", "proposer": "街道"}
    texts = {"title": 60, "motion": 1000, "proposer": 60}
    return Form(add_item, world.secretary, right, texts, ids=("meeting_id",))


@FORMS.add
def item_postponed(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "reason": "材料不齐"}
    return Form(postpone_item, world.secretary, right, {"reason": 200}, ids=("item_id",))


@FORMS.add
def attendance(world: World) -> Form:
    right = {"meeting_id": a_convened(world)[0], "present": world.members[:12], "on_leave": [], "observers": 3}
    return Form(take_attendance, world.secretary, right, numbers={"observers": (0, 500)}, ids=("meeting_id",),
                also=tuple({"present": [one]} for one in NO_ID[:5]))  # fmt: skip


@FORMS.add
def recusal(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "member_id": world.members[2], "reason": "本人承包"}
    return Form(recuse, world.secretary, right, {"reason": 200}, ids=("item_id", "member_id"))


@FORMS.add
def discussion(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "said": "灯要防水", "member_id": world.members[2]}
    return Form(record_point, world.secretary, right, {"said": 500}, ids=("item_id", "member_id"))


@FORMS.add
def amendment(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "new_motion": "两盏", "said": "太暗", "member_id": world.members[2]}
    return Form(move_amendment, world.secretary, right, {"new_motion": 1000, "said": 500},
                optional=frozenset({"said"}), ids=("item_id", "member_id"))  # fmt: skip


# --- the floor, the record and the sheet -----------------------------------------------------------------


def _asked(world: World, item: int) -> int:
    turn: int = do(world.worker, ask_to_speak, item_id=item, member_id=world.members[0], side=SpeakerSide.FOR)
    return turn


@FORMS.add
def asking(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "member_id": world.members[0], "side": SpeakerSide.FOR}
    return Form(ask_to_speak, world.worker, right, choices=("side",), ids=("item_id", "member_id"))


@FORMS.add
def asking_alone(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "side": SpeakerSide.NEUTRAL}
    return Form(ask_to_speak_myself, world[Role.COUNCIL_MEMBER], right, choices=("side",), ids=("item_id",))


@FORMS.add
def calling(world: World) -> Form:
    return Form(begin_speech, world.worker, {"turn_id": _asked(world, in_session(world)[1][0])}, ids=("turn_id",))


@FORMS.add
def giving_up(world: World) -> Form:
    return Form(withdraw_turn, world.worker, {"turn_id": _asked(world, in_session(world)[1][0])}, ids=("turn_id",))


@FORMS.add
def more_time(world: World) -> Form:
    turn = do(world.worker, begin_speech, turn_id=_asked(world, in_session(world)[1][0]))
    right = {"turn_id": turn, "seconds": 60}
    return Form(grant_time, world.worker, right, numbers={"seconds": (1, 600)}, ids=("turn_id",))


@FORMS.add
def point_amended(world: World) -> Form:
    point = do(world.worker, record_point, item_id=in_session(world)[1][0], said="灯要防水")
    right = {"point_id": point, "said": "灯要防水防雷", "seen": "灯要防水"}
    return Form(amend_point, world.worker, right, {"said": 500}, ids=("point_id",), also=({"seen": "别的"},))


@FORMS.add
def point_struck(world: World) -> Form:
    point = do(world.worker, record_point, item_id=in_session(world)[1][0], said="灯要防水")
    right = {"point_id": point, "reason": "记错了人"}
    return Form(strike_point, world.worker, right, codes={"reason": 200}, ids=("point_id",))


@FORMS.add
def amendment_settled(world: World) -> Form:
    point = do(world.worker, move_amendment, item_id=in_session(world)[1][0], new_motion="先试装", said="稳妥些")
    right = {"point_id": point, "carried": True, "votes_for": 9, "votes_against": 3}
    return Form(
        settle_amendment, world.secretary, right, ids=("point_id",),
        also=({"votes_for": 15}, {"votes_for": -1}, {"votes_for": "9"}, {"votes_for": True}, {"votes_for": None},
              {"votes_against": 9}, {"votes_against": 10**30}, {"votes_for": 8, "votes_against": 7}),
    )  # fmt: skip


def one_member(act: object) -> Callable[[World], Form]:
    def make(world: World) -> Form:
        right = {"meeting_id": in_session(world)[0], "member_id": world.members[0]}
        return Form(act, world.secretary, right, ids=("meeting_id", "member_id"))

    return make


for _act in (mark_present, mark_leave, mark_due, leave_early):
    FORMS[_act.__name__] = one_member(_act)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
