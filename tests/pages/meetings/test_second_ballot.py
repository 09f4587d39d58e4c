"""The chair's pages after a tie for some of several places: what is asked next, and what the sheet says."""

import pytest

from db.actions.voting.voting import close_ballot, open_ballot
from db.engine import as_system
from db.models import Meeting
from db.rules.voting.question import Option, Question
from db.terms import QuestionKind, TieRule, VoteMethod
from tests.builders.meetings import in_session
from tests.builders.voting import ask, count_paper
from tests.builders.world import World, do
from tests.support.signed_in import open_app, words

MEETING = "meetings/meeting.py"


def test_the_console_asks_next_for_what_is_contested(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world, present=12)
    ask(items[0], Question(QuestionKind.CHOOSE, (Option(1, "甲点位"), Option(2, "乙点位"), Option(3, "丙点位")), 2, 2))
    with as_system("test") as session:
        stored = session.get_one(Meeting, meeting)
        stored.rule = {**(stored.rule or {}), "tie": TieRule.VOTE_AGAIN.value}
    ballot = do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.PAPER)
    count_paper(small_world, ballot, {"1,2": 6, "1,3": 6})
    do(small_world.secretary, close_ballot, ballot_id=ballot)

    said = words(open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting)))

    assert "“甲点位”12 票入选（名额 2 个）；“乙点位”6 票、“丙点位”6 票争最后 1 个名额：同票" in said
    assert "同票再次表决" in said
    assert "此前已入选：甲点位" in said
    assert "1. 乙点位" in said
