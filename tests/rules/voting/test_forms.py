"""Ballots in the forms of other programs: what is written is read back, and damage is told with its line."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting.ballot_file import BLANK, BadBallotFile, BallotFile, BallotLine
from db.rules.voting.decision import PRESETS, Electorate, Preset
from db.rules.voting.forms import blt, pabulib, table
from db.rules.voting.forms.poll import Poll, poll_of
from db.rules.voting.question import ABSTAIN, MOTION, Option, Question, pattern_of
from db.rules.voting.tally import tally
from db.terms import BudgetRule, Completion, QuestionKind, RankRule, VoteMethod

TITLES = ("东门", '“南门”"', "广场, 北")
RANK = Question(QuestionKind.RANK, tuple(Option(n, t) for n, t in enumerate(TITLES, 1)), seats=2, most=3, named=True)
BUDGET = Question(
    QuestionKind.BUDGET, tuple(Option(n, t, n * 1000) for n, t in enumerate(TITLES, 1)), most=3, budget=4000,
    budget_rule=BudgetRule.EQUAL_SHARES, completion=Completion.RAISED_BY_VOTES, named=True,
)  # fmt: skip
SCORE = Question(QuestionKind.SCORE, RANK.options, seats=2)
orders = st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True)
counts = st.integers(1, 50)


def ballots(question: Question) -> st.SearchStrategy[dict[str, int]]:
    scores = st.lists(st.none() | st.integers(0, 10), min_size=3, max_size=3).filter(lambda given: given != [None] * 3)
    said = scores if question.kind is QuestionKind.SCORE else orders
    patterns = st.one_of(said.map(lambda one: pattern_of(question, one)), st.just(ABSTAIN))
    return st.dictionaries(patterns, counts, max_size=6)


@given(ballots(RANK), st.sampled_from(RankRule))
def test_rankings_come_back_from_blt(given_ballots: dict[str, int], rule: RankRule) -> None:
    again = blt.read(blt.write(Poll("第1次会议", RANK, given_ballots)), rule)

    assert (again.title, again.ballots, again.question.rank_rule) == ("第1次会议", given_ballots, rule)
    assert [option.title for option in again.question.options] == [title.replace('"', "”") for title in TITLES]
    assert again.question.seats == 2


@given(ballots(BUDGET))
def test_budgets_come_back_from_pabulib_without_their_abstentions(given_ballots: dict[str, int]) -> None:
    again = pabulib.read(pabulib.write(Poll("公益金", BUDGET, given_ballots), 2026))

    assert again.ballots == {pattern: count for pattern, count in given_ballots.items() if pattern != ABSTAIN}
    assert again.question == BUDGET
    won = tally(BUDGET, given_ballots).winners
    assert {number for number, mark in (again.selected or {}).items() if mark} == set(won)


@given(st.data(), st.sampled_from([RANK, BUDGET, SCORE]))
def test_every_question_comes_back_from_a_table(data: st.DataObject, question: Question) -> None:
    given_ballots = data.draw(ballots(question))
    text = table.write(Poll("", question, given_ballots))

    again = table.read("\ufeff" + text, question)

    assert again.ballots == given_ballots
    assert table.titles(text, with_cost=question.kind is QuestionKind.BUDGET) == question.options
    assert all(len(row) == 4 for row in csv.reader(StringIO(text)))


def test_a_motion_is_a_table_of_two_columns() -> None:
    text = table.write(Poll("", MOTION, {"for": 7, "against": 2, ABSTAIN: 1}))

    assert text == "count,赞成,反对\n7,1,\n2,,1\n1,,\n"
    assert table.read(text, MOTION).ballots == {"for": 7, "against": 2, ABSTAIN: 1}


def test_nobodys_ballot_is_found_in_the_forms_of_others() -> None:
    """Codes and seats stay in the ballot file; blank papers are in the books only."""
    lines = (
        BallotLine(VoteMethod.SLIP, "7KQ2", "3>1", 1),
        BallotLine(VoteMethod.NAMED, "16", "3>1", 1),
        BallotLine(VoteMethod.PAPER, "", BLANK, 2),
    )
    issued = tuple((way, 9) for way in (VoteMethod.SLIP, VoteMethod.NAMED, VoteMethod.PAPER))
    people = Electorate(16, 0, 14)
    file = BallotFile("会议", "放哪里", 1, RANK, PRESETS[Preset.COUNCIL], people, False, 0, issued, lines)

    poll = poll_of(file)

    assert poll.ballots == {"3>1": 2}
    assert "7KQ2" not in blt.write(poll) + table.write(poll)


HEAD = "META\nkey;value\ndescription;旧城\nbudget;{budget}\nvote_type;{kind}\nrule;{rule}\nPROJECTS\n"
PROJECTS = "project_id;cost;votes;name;selected\nA;600;3;灯;1\nB;500,50;2;椅;0\nC;300;2;树;2\n"


def real_file(votes: str, kind: str = "approval", rule: str = "greedy", budget: str = "1000") -> str:
    return HEAD.format(budget=budget, kind=kind, rule=rule) + PROJECTS + "VOTES\n" + votes


def test_what_real_files_do_is_understood() -> None:
    """A project twice in one vote, a vote for nothing, `selected` of 2, a cost with cents, a sex in between."""
    text = real_file("voter_id;sex;vote\n1;F;A,A,B\n2;M;A,C\n3;;\n4;F;C,A\n")

    poll = pabulib.read(text)
    count = pabulib.count(poll)

    assert poll.ballots == {"1,2": 1, "1,3": 2, ABSTAIN: 1}
    assert (poll.twice, poll.selected) == (1, {1: 1, 2: 0, 3: 2})
    assert [option.cost for option in poll.question.options] == [60000, 50050, 30000]
    assert (count.winners, count.spent) == ((1, 3), 90000)


def test_points_are_counted_by_the_most_points() -> None:
    poll = pabulib.read(real_file("voter_id;vote;points\n1;A,B;1,9\n2;C;3\n", kind="cumulative"))

    count = pabulib.count(poll)

    assert [option.count for option in count.options] == [1, 9, 3]
    assert count.winners == (2, 3)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("3\n", 1),
        ("2 3\n0\n", 1),
        ("2 1\n1 1=2 0\n0\n", 2),
        ("2 1\n1 1 1 0\n0\n", 2),
        ("2 1\n# note\n1 3 0\n0\n", 3),
        ("2 1\n1 1 2\n", 2),
        ('2 1\n1 1 0\n0\n"a"\n', 4),
        ('2 1\n0\n"a"\nb\n', 4),
    ],
)
def test_a_damaged_blt_file_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BadBallotFile) as told:
        blt.read(text)

    assert told.value.line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("PB\n", 1),
        (real_file("voter_id;vote\n1;A,D\n"), 14),
        (real_file("voter_id;vote\n1;A\n", kind="ordinal"), 5),
        (real_file("voter_id;vote\n1;A\n", budget="much"), 4),
        (real_file("voter_id;vote;points\n1;A;x\n", kind="cumulative"), 14),
        (real_file("voter_id;vote;points\n1;A;1\n", kind="cumulative", rule="equalshares"), 5),
    ],
)
def test_a_damaged_pabulib_file_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BadBallotFile) as told:
        pabulib.read(text)

    assert told.value.line == line


@pytest.mark.parametrize("row", ["x,1,2,3", "1,1,2", "1,1,1,2", "1,2,,", "1,a,,", "1,1,3,"])
def test_a_damaged_table_is_told_with_its_line(row: str) -> None:
    with pytest.raises(BadBallotFile) as told:
        table.read(f"count,东门,南门,广场\n2,1,2,3\n{row}\n", RANK)

    assert told.value.line == 3


def refused(read: Callable[[str], Poll], text: str) -> BadBallotFile | None:
    try:
        read(text)
    except BadBallotFile as told:
        return told
    return None


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (blt.read, pabulib.read, lambda said: table.read(said, RANK)):
        told = refused(read, text)
        assert told is None or told.line >= 1
