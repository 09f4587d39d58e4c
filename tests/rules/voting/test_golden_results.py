"""Results stay readable: every shape of a stored result, as `golden_results.json` holds it, one of each kind."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.rules.voting.decision import PRESETS, AreaVotes, Decision, Electorate, Preset, decide
from db.rules.voting.house_rule import MORE_THAN_HALF
from db.rules.voting.question import ABSTAIN, Option, Question
from db.rules.voting.result import Result, result_from_json, result_to_json
from db.rules.voting.tally import tally
from db.rules.voting.verdict import Verdict, judge
from db.terms import BudgetRule, Completion, MajorityBase, QuestionKind, RankRule, TieRule

GOLDEN: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("golden_results.json").read_text(encoding="utf-8")
)
COUNCIL = PRESETS[Preset.COUNCIL]
OWNERS = PRESETS[Preset.OWNERS_GENERAL]
CHOOSE, SCORE, RANK, BUDGET = QuestionKind.CHOOSE, QuestionKind.SCORE, QuestionKind.RANK, QuestionKind.BUDGET


def motion(votes: tuple[int, int, int], present: int = 14, rule: Any = COUNCIL, **more: Any) -> Decision:
    favour, against, abstain = votes
    return decide(rule, due=16, present=present, votes_for=favour, votes_against=against, votes_abstain=abstain, **more)


def asked(kind: QuestionKind, count: int = 4, **more: Any) -> Question:
    costs = (3000, 5000, 2000, 4000, 1000)
    return Question(kind, tuple(Option(n, f"{n}号", costs[n - 1]) for n in range(1, count + 1)), **more)


def counted(question: Question, ballots: Mapping[str, int], rule: Any = COUNCIL, **more: Any) -> Verdict:
    people = Electorate(16, 1, more.pop("present", 15), 1)
    return judge(rule, question, people, tally(question, ballots), **{"blank": 0, "spoilt": 0} | more)


RESULTS: dict[str, Result] = {
    "motion passed": motion((8, 4, 2)),
    "motion not passed": motion((6, 5, 3)),
    "motion tied": motion((7, 7, 0)),
    "motion tied, voted on again": motion((7, 7, 0), rule=replace(COUNCIL, tie=TieRule.VOTE_AGAIN)),
    "motion tied, that is lost": motion((7, 7, 0), rule=replace(COUNCIL, tie=TieRule.NOT_PASSED)),
    "motion without a quorum": motion((8, 1, 1), present=10),
    "motion without a vote": motion((0, 0, 0)),
    "motion with blank and spoilt ballots": motion((7, 2, 1), blank=2, spoilt=1),
    "motion with recused members": motion((8, 3, 1), recused_due=2, recused_present=1),
    "motion that only advises": motion((8, 4, 2), rule=replace(COUNCIL, advisory=True)),
    "motion by all members": motion((9, 4, 1), rule=PRESETS[Preset.COUNCIL_MEMBERS_MAJORITY]),
    "motion by two thirds": motion((9, 4, 1), rule=PRESETS[Preset.COUNCIL_TWO_THIRDS]),
    "motion by valid votes": motion((6, 3, 2), rule=replace(COUNCIL, majority_base=MajorityBase.VALID)),
    "motion of owners without areas": motion((10, 2, 1), rule=OWNERS, spoilt=1),
    "motion carried by heads and area": motion((10, 2, 1), rule=OWNERS, area=AreaVotes(10_000, 6_000, 900, 300, 50)),
    "motion not carried by area": motion((10, 2, 1), rule=OWNERS, area=AreaVotes(10_000, 3_000, 4_000, 300)),
    "motion without a quorum of area": motion((10, 2, 1), rule=OWNERS, area=AreaVotes(10_000, 3_000, 900, 300)),
    "motion kept before blank, spoilt and area were": motion((8, 4, 2)),
    "one of n": counted(asked(CHOOSE), {"1": 8, "2": 4, "3": 2}),
    "k of n with abstentions, blank and spoilt": counted(
        asked(CHOOSE, seats=2, most=3), {"1,2": 5, "1,3": 3, "2,3,4": 2, ABSTAIN: 1}, blank=1, spoilt=1
    ),
    "k of n with a share that one misses": counted(
        asked(CHOOSE, seats=2, most=2, threshold=MORE_THAN_HALF), {"1,2": 6, "1,3": 4, "4": 3}
    ),
    "k of n tied for the last place": counted(asked(CHOOSE, seats=2, most=2), {"1,2": 4, "1,3": 4}),
    "k of n tied for the last place, that is lost": counted(
        asked(CHOOSE, seats=2, most=2), {"1,2": 4, "1,3": 4}, rule=replace(COUNCIL, tie=TieRule.NOT_PASSED)
    ),
    "one of n tied, voted on again": counted(
        asked(CHOOSE), {"1": 6, "2": 6}, rule=replace(COUNCIL, tie=TieRule.VOTE_AGAIN)
    ),
    "one of n in the second ballot": counted(asked(CHOOSE, 2), {"1": 8, "2": 6}),
    "one of n without a quorum": counted(asked(CHOOSE), {"1": 6, "2": 2}, present=9),
    "only abstentions": counted(asked(CHOOSE), {ABSTAIN: 12}),
    "options that only advise": counted(asked(CHOOSE), {"2": 12}, rule=replace(COUNCIL, advisory=True)),
    "options by those taking part": counted(
        asked(CHOOSE), {"2": 12}, rule=replace(COUNCIL, majority_base=MajorityBase.PARTICIPATING), spoilt=1
    ),
    "scores": counted(asked(SCORE, 3, seats=1), {"10,4,0": 5, "8,-,7": 4, ABSTAIN: 1}),
    "scores tied": counted(asked(SCORE, 3, seats=1), {"5,5,0": 7}),
    "ranking for one place": counted(asked(RANK, most=4), {"1>2>3": 5, "2>3": 4, "3>2": 3, "4": 2}),
    "ranking for one place tied": counted(asked(RANK, 3, most=3), {"1>2": 6, "2>1": 6}),
    "ranking for two places": counted(asked(RANK, 5, seats=2, most=5), {"1>2>3": 7, "2>1": 2, "3>4": 3, "5>3": 2}),
    "ranking for two places tied": counted(asked(RANK, 3, seats=2, most=3), {"1": 6, "2": 3, "3": 3}),
    "budget by votes": counted(asked(BUDGET, 5, most=5, budget=8000), {"1,2": 6, "2,3": 4, "4,5": 3, "5": 1}),
    "budget by votes tied": counted(asked(BUDGET, 4, most=4, budget=6000), {"1": 5, "2": 5, "3": 2}),
    "budget by equal shares": counted(
        asked(BUDGET, 5, most=5, budget=8000, budget_rule=BudgetRule.EQUAL_SHARES), {"1,3": 6, "2,3": 4, "4,5": 4}
    ),
    "budget by equal shares tied": counted(
        asked(BUDGET, 3, most=3, budget=3000, budget_rule=BudgetRule.EQUAL_SHARES), {"1": 2, "1,3": 4}
    ),
    "ranking for two places by the Scottish rule": counted(
        asked(RANK, 5, seats=2, most=5, rank_rule=RankRule.SCOTTISH), {"1>2>3": 7, "2>1": 2, "3>4": 3, "5>3": 2}
    ),
    "budget by equal shares, filled by votes": counted(
        asked(BUDGET, 5, most=5, budget=8000, budget_rule=BudgetRule.EQUAL_SHARES, completion=Completion.BY_VOTES),
        {"1,3": 6, "2,3": 4, "4,5": 4},
    ),
    "budget by equal shares, raised": counted(
        asked(BUDGET, 5, most=5, budget=8000, budget_rule=BudgetRule.EQUAL_SHARES, completion=Completion.RAISED),
        {"1,3": 6, "2,3": 4, "4,5": 4},
    ),
}
OLDER = "motion kept before blank, spoilt and area were"


def test_the_golden_file_holds_every_result() -> None:
    assert list(GOLDEN) == list(RESULTS)


@pytest.mark.parametrize("name", RESULTS)
def test_a_stored_result_reads_as_it_was_counted(name: str) -> None:
    assert result_from_json(GOLDEN[name]) == RESULTS[name]


@pytest.mark.parametrize("name", [name for name in RESULTS if name != OLDER])
def test_a_result_is_stored_as_ever(name: str) -> None:
    assert json.dumps(result_to_json(RESULTS[name])) == json.dumps(GOLDEN[name])
