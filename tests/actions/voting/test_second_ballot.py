"""A tie for some of several places: the others are filled, and only the contested ones are voted on again."""

from typing import Any

import pytest

from db.actions.meetings.meetings import close_meeting, postpone_item
from db.actions.voting.voting import cancel_ballot, close_ballot, open_ballot
from db.engine import as_system, reading
from db.errors import BadInput
from db.models import AgendaItem, Ballot, Meeting
from db.queries.council.notices import items_to_post
from db.queries.meetings.meetings import sitting
from db.queries.meetings.papers import paper_record
from db.queries.voting.ballots import ballot_file
from db.rules.meetings.sitting import Item
from db.rules.voting.ballot_file import read, recount, write
from db.rules.voting.house_rule import HouseRule
from db.rules.voting.question import Option, Question
from db.rules.voting.result import result_from_json
from db.terms import ItemState, NeedStage, Outcome, QuestionKind, TieRule, VoteMethod
from tests.builders.meetings import in_session, need_behind
from tests.builders.voting import ask, count_paper
from tests.builders.world import NOW, World, do, row

TWO_SEATS = Question(QuestionKind.CHOOSE, (Option(1, "甲"), Option(2, "乙"), Option(3, "丙")), seats=2, most=2)
A_FIRST = {"1,2": 6, "1,3": 6}
"""Twelve ballots: 甲 12, 乙 6, 丙 6."""


def asked_in_session(world: World, tie: TieRule) -> tuple[int, int]:
    """A meeting of twelve with one item that fills two places; its id and the item's."""
    meeting, items = in_session(world, present=12)
    ask(items[0], TWO_SEATS)
    with as_system("test") as session:
        stored = session.get_one(Meeting, meeting)
        stored.rule = {**(stored.rule or {}), "tie": tie.value}
        assert HouseRule.from_json(stored.rule).tie is tie
    return meeting, items[0]


def voted(world: World, item: int, sheet: dict[str, int]) -> tuple[int, dict[str, Any]]:
    """A ballot on paper, counted and announced; its id and what closing returned."""
    ballot: int = do(world.secretary, open_ballot, item_id=item, method=VoteMethod.PAPER)
    count_paper(world, ballot, sheet)
    return ballot, do(world.secretary, close_ballot, ballot_id=ballot)


def seen(world: World, meeting: int) -> Item:
    with reading(world.secretary) as session:
        return sitting(session, meeting, now=NOW).items[0]


@pytest.mark.parametrize("tie", [TieRule.VOTE_AGAIN, TieRule.BACK_TO_DISCUSSION])
def test_the_second_ballot_is_between_the_tied_for_the_place_that_is_left(world: World, tie: TieRule) -> None:
    meeting, item = asked_in_session(world, tie)
    _, first = voted(world, item, A_FIRST)

    second, decided = voted(world, item, {"1": 5, "2": 7})

    question = Question.from_json(row(world, Ballot, second).question)
    assert (first["outcome"], decided) == (Outcome.TIE, {"outcome": Outcome.PASSED, "round": 2})
    assert ([one.title for one in question.options], question.seats) == (["乙", "丙"], 1)
    assert row(world, AgendaItem, item).state is ItemState.PASSED
    assert seen(world, meeting).elected == ("甲", "丙")


def test_a_second_ballot_takes_no_vote_for_who_is_elected_already(world: World) -> None:
    _, item = asked_in_session(world, TieRule.VOTE_AGAIN)
    voted(world, item, A_FIRST)
    second: int = do(world.secretary, open_ballot, item_id=item, method=VoteMethod.PAPER)

    for sheet in ({"3": 12}, {"1,2": 12}):
        with pytest.raises(BadInput):
            count_paper(world, second, sheet)


def test_a_tie_that_fails_leaves_only_its_own_place_empty(world: World) -> None:
    meeting, item = asked_in_session(world, TieRule.NOT_PASSED)

    _, decided = voted(world, item, A_FIRST)

    assert decided["outcome"] == Outcome.PASSED
    assert row(world, AgendaItem, item).state is ItemState.PASSED
    assert seen(world, meeting).elected == ("甲",)


def test_a_void_second_ballot_is_held_again_between_the_same(world: World) -> None:
    _, item = asked_in_session(world, TieRule.VOTE_AGAIN)
    voted(world, item, A_FIRST)
    void = do(world.secretary, open_ballot, item_id=item, method=VoteMethod.PAPER)
    do(world.secretary, cancel_ballot, ballot_id=void, reason="发错了票")

    third, decided = voted(world, item, {"1": 7, "2": 5})

    assert row(world, Ballot, third).question == row(world, Ballot, void).question
    assert decided["outcome"] == Outcome.PASSED


def test_a_third_ballot_follows_a_second_tie(world: World) -> None:
    meeting, item = asked_in_session(world, TieRule.VOTE_AGAIN)
    voted(world, item, A_FIRST)
    _, second = voted(world, item, {"1": 6, "2": 6})

    _, third = voted(world, item, {"1": 4, "2": 8})

    assert (second["outcome"], third) == (Outcome.TIE, {"outcome": Outcome.PASSED, "round": 3})
    assert seen(world, meeting).elected == ("甲", "丙")


@pytest.mark.parametrize("way", ["close", "postpone"])
def test_who_was_elected_is_not_lost_when_the_rest_is_left_to_another_meeting(world: World, way: str) -> None:
    meeting, item = asked_in_session(world, TieRule.BACK_TO_DISCUSSION)
    voted(world, item, A_FIRST)

    if way == "close":
        do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)
    else:
        do(world.secretary, postpone_item, item_id=item, reason="余下一席下次再选")

    stored = row(world, AgendaItem, item)
    with reading(world.secretary) as session:
        waiting = items_to_post(session)
        points = [point.words for point in sitting(session, meeting, now=NOW).points]
    assert (stored.state, stored.outcome) == (ItemState.PASSED, Outcome.PASSED)
    assert need_behind(world, item).stage is NeedStage.ON_AGENDA
    assert [one.item_id for one in waiting] == [item]
    assert points == ([] if way == "close" else ["余下一席下次再选"])


def test_a_tie_for_every_place_is_postponed_as_ever(world: World) -> None:
    meeting, item = asked_in_session(world, TieRule.BACK_TO_DISCUSSION)
    voted(world, item, {"1": 4, "2": 4, "3": 4})

    do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)

    assert row(world, AgendaItem, item).state is ItemState.POSTPONED


def test_every_ballot_is_counted_again_from_its_own_file_and_both_stand_on_the_sheet(world: World) -> None:
    meeting, item = asked_in_session(world, TieRule.VOTE_AGAIN)
    ballots = [voted(world, item, sheet)[0] for sheet in (A_FIRST, {"1": 5, "2": 7})]

    with reading(world.secretary) as session:
        files = [write(ballot_file(session, ballot)) for ballot in ballots]
        record, notice = paper_record(session, meeting), items_to_post(session)[0]
    results = [recount(read(text), text).result for text in files]

    assert [getattr(result, "outcome", None) for result in results] == [Outcome.TIE, Outcome.PASSED]
    assert [row(world, Ballot, ballot).file_hash for ballot in ballots] == [
        recount(read(text), text).digest for text in files
    ]
    assert result_from_json(row(world, AgendaItem, item).decision) == results[1]
    assert [(one.round, one.verdict) for one in record.earlier[item]] == [(1, results[0])]
    assert notice.question == read(files[1]).question
