"""A ballot on a member's phone: three touches, nothing before the choice is confirmed, nothing after the close."""

import pytest

from db.actions.meetings.attendance import take_attendance
from db.actions.voting.voting import open_ballot
from db.terms import Choice, Role, VoteMethod
from tests.builders.meetings import in_session
from tests.builders.world import World, do
from tests.support.signed_in import keys, open_app, press, sign_in_as, words

VOTE = "voting/vote.py"


def test_a_member_votes_in_three_touches_and_may_change_it(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, items = in_session(small_world)
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, VOTE)

    for choice, said in ((Choice.FOR, "您已表决：赞成"), (Choice.AGAINST, "您已表决：反对")):
        press(app, f"vote.{ballot}.{choice.value}")
        press(app, f"vote.{ballot}.confirm")
        assert said in words(app)


def test_nothing_is_cast_before_a_choice_is_confirmed(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, items = in_session(small_world)
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, VOTE)
    before = keys(app)

    press(app, f"vote.{ballot}.for")

    assert f"vote.{ballot}.confirm" not in before
    assert "已投票 0 / 14 人" in words(app)


def test_who_is_not_in_the_electorate_sees_no_ballot(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world)
    do(small_world.secretary, take_attendance, meeting_id=meeting, present=small_world.members[1:14])
    do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)

    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, VOTE)

    assert "现在没有需要您表决的议题" in words(app)


def test_a_vote_after_the_close_is_refused_in_words(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from db.actions.voting.voting import close_ballot

    _, items = in_session(small_world)
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, VOTE)
    press(app, f"vote.{ballot}.for")
    do(small_world.secretary, close_ballot, ballot_id=ballot)

    press(app, f"vote.{ballot}.confirm")

    assert not app.exception
    assert "现在没有需要您表决的议题" in words(app)


def test_a_sign_in_that_ended_in_the_middle_of_a_ballot_leads_to_the_form(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, items = in_session(small_world)
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.NAMED)
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, VOTE)
    press(app, f"vote.{ballot}.for")
    sign_in_as(monkeypatch, small_world[Role.VOLUNTEER].id)

    press(app, f"vote.{ballot}.confirm")

    assert not app.exception
    assert "不对您的角色开放" in words(app)
