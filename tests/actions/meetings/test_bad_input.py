"""The forms of the floor, the record and the sheet, tried with everything that a person or a forger can send."""

from collections.abc import Callable

import pytest

from db.actions.meetings.attendance import leave_early, mark_due, mark_leave, mark_present
from db.actions.meetings.discussion import amend_point, move_amendment, record_point, settle_amendment, strike_point
from db.actions.meetings.floor import ask_to_speak, ask_to_speak_myself, begin_speech, grant_time, withdraw_turn
from db.terms import Role, SpeakerSide
from tests.actions.test_bad_input import Form, what_goes_wrong
from tests.builders import World
from tests.builders.council import do, in_session


def _asked(world: World, item: int) -> int:
    turn: int = do(world.worker, ask_to_speak, item_id=item, member_id=world.members[0], side=SpeakerSide.FOR)
    return turn


def asking(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "member_id": world.members[0], "side": SpeakerSide.FOR}
    return Form(ask_to_speak, world.worker, right, choices=("side",), ids=("item_id", "member_id"))


def asking_alone(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "side": SpeakerSide.NEUTRAL}
    return Form(ask_to_speak_myself, world[Role.COUNCIL_MEMBER], right, choices=("side",), ids=("item_id",))


def calling(world: World) -> Form:
    return Form(begin_speech, world.worker, {"turn_id": _asked(world, in_session(world)[1][0])}, ids=("turn_id",))


def giving_up(world: World) -> Form:
    return Form(withdraw_turn, world.worker, {"turn_id": _asked(world, in_session(world)[1][0])}, ids=("turn_id",))


def more_time(world: World) -> Form:
    turn = do(world.worker, begin_speech, turn_id=_asked(world, in_session(world)[1][0]))
    right = {"turn_id": turn, "seconds": 60}
    return Form(grant_time, world.worker, right, numbers={"seconds": (1, 600)}, ids=("turn_id",))


def point_amended(world: World) -> Form:
    point = do(world.worker, record_point, item_id=in_session(world)[1][0], said="灯要防水")
    right = {"point_id": point, "said": "灯要防水防雷", "seen": "灯要防水"}
    return Form(amend_point, world.worker, right, {"said": 500}, ids=("point_id",), also=({"seen": "别的"},))


def point_struck(world: World) -> Form:
    point = do(world.worker, record_point, item_id=in_session(world)[1][0], said="灯要防水")
    right = {"point_id": point, "reason": "记错了人"}
    return Form(strike_point, world.worker, right, codes={"reason": 200}, ids=("point_id",))


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


MAKES: dict[str, Callable[[World], Form]] = {
    make.__name__: make
    for make in (
        *(asking, asking_alone, calling, giving_up, more_time, point_amended, point_struck, amendment_settled),
    )
} | {act.__name__: one_member(act) for act in (mark_present, mark_leave, mark_due, leave_early)}


@pytest.mark.parametrize("name", MAKES)
def test_a_form_of_the_floor_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    complaints = list(what_goes_wrong(MAKES[name](world)))

    assert not complaints, "\n".join(complaint[:400] for complaint in complaints)
