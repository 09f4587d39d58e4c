"""Budgets as .pb, the form of Pabulib (pabulib.org/format): META, PROJECTS and VOTES, cells between semicolons.

Written: approvals, a running number for a voter (the ballots stand in the order of what they say), no abstentions,
which the form does not know. `selected` is 1 of what won here.

Read: approval and choose-1 files by votes and by equal shares, cumulative and scoring files by their points. Real files
name a project twice in one vote now and then: it counts once, and the recount tells how often. `selected` is 1 of what
was chosen, but also 2 and 3, each city in its own sense.
"""

import csv
import io
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from db.rules.voting.ballot_file import BadBallotFile
from db.rules.voting.forms.poll import NO_TITLE, Poll, in_numbers, numbered
from db.rules.voting.question import ABSTAIN, Option, Question, numbers_of
from db.rules.voting.tally import Tally, tally
from db.rules.voting.tally_by_votes import ByVotes
from db.rules.voting.tally_parts import option_counts
from db.rules.voting.tally_ways import follow
from db.terms import BudgetRule, Completion, QuestionKind

RULES: Final[Mapping[str, tuple[BudgetRule, Completion]]] = {
    "greedy": (BudgetRule.BY_VOTES, Completion.NONE),
    "equalshares": (BudgetRule.EQUAL_SHARES, Completion.NONE),
    "equalshares/u": (BudgetRule.EQUAL_SHARES, Completion.BY_VOTES),
    "equalshares/add1": (BudgetRule.EQUAL_SHARES, Completion.RAISED),
    "equalshares/add1u": (BudgetRule.EQUAL_SHARES, Completion.RAISED_BY_VOTES),
}
"""What META calls a rule. Ours counts an approval as one; that of most cities with equal shares counts the cost."""
APPROVALS: Final = frozenset({"approval", "choose-1"})
POINTS: Final = frozenset({"cumulative", "scoring"})
_SECTIONS: Final = ("META", "PROJECTS", "VOTES")
_Row = tuple[int, dict[str, str]]
"""A line and its cells by the names of the columns."""


def write(poll: Poll, year: int) -> str:
    """A budget poll as text; the numbers of the projects are their ids."""
    question, given = poll.question, in_numbers(poll.ballots)
    counted = tally(question, poll.ballots)
    rule = next(name for name, means in RULES.items() if means == (question.budget_rule, question.completion))
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\n")
    rows.writerows(
        [
            ["META"], ["key", "value"], ["description", poll.title], ["country", "China"], ["unit", poll.title],
            ["instance", year], ["num_projects", len(question.options)], ["num_votes", sum(given.values())],
            ["budget", question.budget], ["vote_type", "approval"], ["rule", rule],
            ["date_begin", year], ["date_end", year], ["language", "zh"],
            ["PROJECTS"], ["project_id", "cost", "votes", "name", "selected"],
        ]
    )  # fmt: skip
    for option, counts in zip(question.options, counted.options, strict=True):
        rows.writerow([option.number, option.cost, counts.count, option.title, int(counts.won)])
    rows.writerows([["VOTES"], ["voter_id", "vote"]])
    voter = 0
    for pattern, count in given.items():
        for _ in range(count):
            voter += 1
            rows.writerow([voter, ",".join(map(str, numbers_of(pattern)))])
    return text.getvalue()


def read(text: str, rule: tuple[BudgetRule, Completion] | None = None) -> Poll:
    """Read a .pb file, to be counted by `rule` or by what it names itself; raises BadBallotFile."""
    meta_rows, projects, votes = _sections(text)
    meta = {row["key"].strip(): row.get("value", "").strip() for _line, row in meta_rows if "key" in row}
    kind = meta.get("vote_type", "")
    if kind not in APPROVALS | POINTS:
        raise BadBallotFile(
            1, f"votes of the type {kind[:40]!a} are not counted: {', '.join(sorted(APPROVALS | POINTS))}"
        )
    numbered(projects[0][0] if projects else 1, len(projects))
    costs = [_money(line, row.get("cost", "")) for line, row in projects]
    budget = _money(1, meta.get("budget", ""))
    cents = any(one.denominator > 1 for one in (budget, *costs))
    number_of = {row.get("project_id", "").strip(): place for place, (_line, row) in enumerate(projects, 1)}
    if len(number_of) < len(projects):
        raise BadBallotFile(projects[0][0], "two projects have the same project_id")
    giving, completion = rule or RULES.get(meta.get("rule", "").lower(), RULES["greedy"])
    if kind in POINTS and giving is not BudgetRule.BY_VOTES:
        raise BadBallotFile(1, "points are counted by votes only")
    options = tuple(
        Option(place, row.get("name", "").strip() or row["project_id"].strip(), int(cost * (100 if cents else 1)))
        for place, ((_line, row), cost) in enumerate(zip(projects, costs, strict=True), 1)
    )
    question = Question(
        QuestionKind.BUDGET, options, most=len(options), budget=int(budget * (100 if cents else 1)),
        budget_rule=giving, completion=completion, named=True,
    )  # fmt: skip
    ballots, points, twice = _votes(votes, number_of, with_points=kind in POINTS)
    selected = {
        place: int(row["selected"])
        for place, (_line, row) in enumerate(projects, 1)
        if row.get("selected", "").strip().isdecimal()
    }
    title = meta.get("description") or meta.get("unit") or NO_TITLE
    return Poll(title, question, ballots, points if kind in POINTS else None, selected or None, twice)


def count(poll: Poll) -> Tally:
    """Who wins: of approvals by the question's rule, of points by the most points."""
    if poll.points is None:
        return tally(poll.question, poll.ballots)
    costs = {option.number: option.cost for option in poll.question.options}
    taken = follow(ByVotes(poll.points, costs, poll.question.budget))
    return Tally(
        valid=sum(poll.ballots.values()),
        abstained=poll.ballots.get(ABSTAIN, 0),
        options=option_counts(poll.points, taken.winners),
        winners=taken.winners,
        tied=taken.tied,
        spent=sum(costs[number] for number in taken.winners),
    )


def _sections(text: str) -> tuple[list[_Row], list[_Row], list[_Row]]:
    found: dict[str, list[_Row]] = {name: [] for name in _SECTIONS}
    section = ""
    names: list[str] = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if cells[0].strip() in _SECTIONS and not any(cells[1:]):
                section, names = cells[0].strip(), []
            elif not section:
                raise BadBallotFile(reader.line_num, "the first line is META")
            elif not names:
                names = [cell.strip() for cell in cells]
            else:
                found[section].append((reader.line_num, dict(zip(names, cells, strict=False))))
    except csv.Error:
        raise BadBallotFile(reader.line_num, "not a line of cells between semicolons") from None
    if section != "VOTES":
        raise BadBallotFile(max(1, reader.line_num), "META, PROJECTS and VOTES, in this order")
    return found["META"], found["PROJECTS"], found["VOTES"]


def _money(line: int, said: str) -> Fraction:
    """An amount, to the hundredth; the comma of some countries is a point."""
    try:
        amount = Fraction(said.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise BadBallotFile(line, "a cost or the budget is no number") from None
    if not 0 < amount < 10**15 or 100 % amount.denominator:
        raise BadBallotFile(line, "a cost or the budget is not above zero, or finer than a hundredth")
    return amount


def _votes(
    votes: list[_Row], number_of: Mapping[str, int], *, with_points: bool
) -> tuple[dict[str, int], dict[int, int], int]:
    ballots: dict[str, int] = {}
    points = dict.fromkeys(number_of.values(), 0)
    twice = 0
    for line, row in votes:
        named = [part.strip() for part in row.get("vote", "").split(",") if part.strip()]
        if not set(named) <= set(number_of):
            raise BadBallotFile(line, "a vote for a project that there is not")
        twice += len(set(named)) < len(named)
        numbers = sorted({number_of[part] for part in named})
        pattern = ",".join(map(str, numbers)) or ABSTAIN
        ballots[pattern] = ballots.get(pattern, 0) + 1
        given = row.get("points", "").split(",") if with_points else []
        if with_points and (len(given) != len(named) or not all(part.strip().isdecimal() for part in given)):
            raise BadBallotFile(line, "as many points as projects, in whole numbers")
        for part, worth in zip(named, given, strict=False):
            points[number_of[part]] += int(worth)
    return ballots, points, twice
