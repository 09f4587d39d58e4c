"""Who is elected however a tie is broken is elected; only the contested rest is voted on again."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting.decision import PRESETS, Electorate, Preset
from db.rules.voting.house_rule import MORE_THAN_HALF
from db.rules.voting.question import ABSTAIN, Option, Question
from db.rules.voting.second_ballot import next_question
from db.rules.voting.tally import tally
from db.rules.voting.verdict import Verdict, judge
from db.terms import BudgetRule, Outcome, QuestionKind, TieRule
from tests.rules.voting.oracles import Outcomes, RankingCount, by_votes, certain_and_open

CHOOSE, SCORE, RANK, BUDGET = QuestionKind.CHOOSE, QuestionKind.SCORE, QuestionKind.RANK, QuestionKind.BUDGET
A, B, C = Option(1, "甲"), Option(2, "乙"), Option(3, "丙")
TWO_SEATS = Question(CHOOSE, (A, B, C), seats=2, most=2)
A_FIRST = {"1,2": 6, "1,3": 6}
"""Twelve ballots: 甲 12, 乙 6, 丙 6."""


def verdict(question: Question, ballots: Mapping[str, int], tie: TieRule = TieRule.VOTE_AGAIN) -> Verdict:
    people = Electorate(30, 0, 30)
    rule = replace(PRESETS[Preset.COUNCIL], tie=tie)
    return judge(rule, question, people, tally(question, ballots), blank=0, spoilt=0)


# --- the second ballot --------------------------------------------------------------------------------


def test_the_second_ballot_asks_only_for_what_is_contested() -> None:
    first = verdict(TWO_SEATS, A_FIRST)

    again = next_question(TWO_SEATS, first)

    assert (first.outcome, first.tally.winners, first.tally.tied) == (Outcome.TIE, (1,), (2, 3))
    assert [(one.number, one.title) for one in again.options] == [(1, "乙"), (2, "丙")]
    assert (again.seats, again.most, again.elected) == (1, 1, ("甲",))


def test_who_was_elected_before_stays_so_when_the_second_ballot_chooses_nobody() -> None:
    again = next_question(TWO_SEATS, verdict(TWO_SEATS, A_FIRST))

    assert verdict(again, {"1": 7, "2": 5}).outcome is Outcome.PASSED
    assert verdict(again, {ABSTAIN: 12}).outcome is Outcome.PASSED
    assert verdict(replace(again, elected=()), {ABSTAIN: 12}).outcome is Outcome.NOT_PASSED


def test_a_second_tie_is_voted_on_a_third_time_with_all_who_were_elected_so_far() -> None:
    question = Question(CHOOSE, tuple(Option(n, f"{n}号") for n in range(1, 6)), seats=3, most=3)
    second = next_question(question, verdict(question, {"1,2,3": 4, "1,4,5": 4}))
    third = next_question(second, verdict(second, {"1,2": 4, "1,3": 4}))

    assert (second.elected, second.seats, len(second.options)) == (("1号",), 2, 4)
    assert [one.title for one in third.options] == ["3号", "4号"]
    assert (third.elected, third.seats) == (("1号", "2号"), 1)


def test_nobody_may_name_more_than_the_places_that_are_left() -> None:
    """As every election law says of a ballot paper, and so that naming all the tied cannot tie them again."""
    question = Question(CHOOSE, (A, B, C), seats=1, most=3)

    assert next_question(question, verdict(question, {"1,2": 8})).most == 1


def test_the_share_that_the_tied_have_met_is_not_asked_for_again() -> None:
    question = replace(TWO_SEATS, seats=1, threshold=MORE_THAN_HALF)

    again = next_question(question, verdict(question, {"1,2": 8, "3": 2}))

    assert [one.title for one in again.options] == ["甲", "乙"]
    assert again.threshold is None
    assert verdict(again, {"1": 5, "2": 4, ABSTAIN: 3}).tally.winners == (1,)


def test_a_budget_that_was_spent_in_part_is_asked_for_what_is_left() -> None:
    options = (Option(1, "甲", 3000), Option(2, "乙", 4000), Option(3, "丙", 4000))
    question = Question(BUDGET, options, budget=8000)

    again = next_question(question, verdict(question, {"1,2": 5, "1,3": 5}))

    assert [(one.title, one.cost) for one in again.options] == [("乙", 4000), ("丙", 4000)]
    assert (again.budget, again.elected) == (5000, ("甲",))


@pytest.mark.parametrize("ballots", [{"1,2": 8, "1": 4}, {ABSTAIN: 12}])
def test_without_a_tie_the_question_stays_as_it_is(ballots: dict[str, int]) -> None:
    assert next_question(TWO_SEATS, verdict(TWO_SEATS, ballots)) == TWO_SEATS
    assert next_question(TWO_SEATS, None) == TWO_SEATS


def test_a_question_keeps_who_was_elected_before_and_older_ones_are_kept_as_ever() -> None:
    again = next_question(TWO_SEATS, verdict(TWO_SEATS, A_FIRST))

    assert Question.from_json(again.to_json()) == again
    assert "elected" not in TWO_SEATS.to_json()
    assert Question.from_json(TWO_SEATS.to_json()).elected == ()


# --- the three tie rules ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tie", "outcome"),
    [
        (TieRule.NOT_PASSED, Outcome.PASSED),
        (TieRule.BACK_TO_DISCUSSION, Outcome.TIE),
        (TieRule.VOTE_AGAIN, Outcome.TIE),
    ],
)
def test_a_tie_that_fails_fails_only_the_contested_places(tie: TieRule, outcome: Outcome) -> None:
    decided = verdict(TWO_SEATS, A_FIRST, tie)

    assert (decided.outcome, decided.tally.winners) == (outcome, (1,))


def test_a_tie_for_everything_still_fails_as_a_whole() -> None:
    assert verdict(TWO_SEATS, {"1": 4, "2": 4, "3": 4}, TieRule.NOT_PASSED).outcome is Outcome.TIE


# --- every way of breaking the tie --------------------------------------------------------------------


def every_way(question: Question, ballots: Mapping[str, int]) -> Outcomes:
    """By brute force: who wins, for every order in which ties may be broken."""
    given_votes = {pattern: count for pattern, count in ballots.items() if pattern != ABSTAIN}
    if question.kind is RANK:
        rankings = {tuple(map(int, pattern.split(">"))): count for pattern, count in given_votes.items()}
        return {frozenset(end.elected) for end in RankingCount.of(rankings, question.seats).run()}
    votes = _votes(question, given_votes)
    if question.kind is BUDGET:
        return by_votes(votes, {one.number: one.cost for one in question.options}, question.budget)
    limit, valid = question.threshold, sum(ballots.values())
    able = [n for n, count in votes.items() if count and (limit is None or limit.met(count, valid))]
    return {
        frozenset(sorted(able, key=lambda number: (-votes[number], order.index(number)))[: question.seats])
        for order in permutations(able)
    }


def _votes(question: Question, ballots: Mapping[str, int]) -> dict[int, int]:
    votes = dict.fromkeys(question.numbers, 0)
    for pattern, count in ballots.items():
        parts = pattern.split(",")
        for number, weight in enumerate(parts, 1) if question.kind is SCORE else ((int(part), "1") for part in parts):
            votes[number] += count * (0 if weight == "-" else int(weight))
    return votes


@st.composite
def tied_votes(draw: st.DrawFn, kind: QuestionKind) -> tuple[Question, dict[str, int]]:
    """Few options and few ballots with few words, so that most of them are tied."""
    size = draw(st.integers(2, 5))
    question = Question(
        kind,
        tuple(Option(number, f"{number}号", draw(st.integers(1, 3))) for number in range(1, size + 1)),
        seats=draw(st.integers(1, size)),
        most=size,
        threshold=draw(st.sampled_from([None, MORE_THAN_HALF])) if kind is CHOOSE else None,
        budget=draw(st.integers(1, 8)) if kind is BUDGET else 0,
    )
    numbers = st.lists(st.sampled_from(range(1, size + 1)), min_size=1, max_size=3, unique=True)
    said: st.SearchStrategy[str] = {
        SCORE: st.lists(st.sampled_from(["0", "1", "2"]), min_size=size, max_size=size).map(",".join),
        RANK: numbers.map(lambda one: ">".join(map(str, one))),
    }.get(kind, numbers.map(lambda one: ",".join(map(str, sorted(one)))))
    return question, dict(Counter(draw(st.lists(said, max_size=8))))


every_kind = pytest.mark.parametrize("kind", [CHOOSE, SCORE, RANK, BUDGET])


@every_kind
@pytest.mark.parametrize("tie", TieRule)
@given(data=st.data())
def test_whoever_wins_however_the_tie_is_broken_is_elected(
    kind: QuestionKind, tie: TieRule, data: st.DataObject
) -> None:
    question, ballots = data.draw(tied_votes(kind))
    sure, contested = certain_and_open(every_way(question, ballots))

    first = verdict(question, ballots, tie)
    again = next_question(question, first)

    names = {question.option(number).title for number in sure}
    assert set(first.tally.winners) == sure
    assert first.outcome is not Outcome.NOT_PASSED or not sure
    if first.outcome is Outcome.TIE and contested:
        assert {one.title for one in again.options} == {question.option(number).title for number in contested}
        assert set(again.elected) == names
        assert kind is BUDGET or again.seats == question.seats - len(sure)
    else:
        assert again == question
    if sure and tie is TieRule.NOT_PASSED:
        assert first.outcome is Outcome.PASSED


@every_kind
@given(data=st.data())
def test_ballots_after_ballots_never_lose_who_was_elected_nor_fill_a_place_twice(
    kind: QuestionKind, data: st.DataObject
) -> None:
    question, ballots = data.draw(tied_votes(kind))
    first = verdict(question, ballots)
    again = next_question(question, first)
    if again == question:
        return
    _, more = data.draw(tied_votes(kind).filter(lambda drawn: len(drawn[0].options) == len(again.options)))
    allowed = {pattern: n for pattern, n in more.items() if kind is not CHOOSE or pattern.count(",") < again.most}

    second = verdict(again, allowed)

    elected = {*again.elected, *(again.option(number).title for number in second.tally.winners)}
    assert {question.option(number).title for number in first.tally.winners} <= elected
    assert second.outcome in (Outcome.TIE, Outcome.PASSED) or not elected
    if kind is BUDGET:
        costs = {one.title: one.cost for one in question.options}
        assert sum(costs[title] for title in elected) <= question.budget
    else:
        assert len(elected) <= question.seats


def test_equal_shares_keep_their_rule_in_the_second_ballot() -> None:
    question = Question(BUDGET, (Option(1, "甲", 3), Option(2, "乙", 3)), budget=3, budget_rule=BudgetRule.EQUAL_SHARES)

    again = next_question(question, verdict(question, {"1,2": 4}))

    assert (again.budget_rule, again.budget, len(again.options)) == (BudgetRule.EQUAL_SHARES, 3, 2)
