"""Budgets as .pb, the form of Pabulib (pabulib.org/format): META, PROJECTS and VOTES, cells between semicolons.

Written: approvals, a running number for a voter (the ballots stand in the order of what they say), no abstentions,
which the form does not know. `selected` is 1 of what won here.

Read: approval and choose-1 files by votes and by equal shares, cumulative and scoring files by their points. Real files
name a project twice in one vote now and then: it counts once (its points are added), and the recount tells how often.
`selected` is 1 of what was chosen, but also 2 and 3, each city in its own sense. A file with cents is counted in cents.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from db.rules.voting.ballot_file import BadBallotFile
from db.rules.voting.forms.poll import NO_TITLE, Poll, in_numbers, numbered, whole
from db.rules.voting.question import ABSTAIN, Option, Question, numbers_of
from db.rules.voting.tally import Tally, tally
from db.rules.voting.tally_budget import count_budget
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
_AMOUNT: Final = re.compile(r"(\d{1,15})(?:\.(\d{1,2})0*|,(\d{1,2}))?")
"""The comma of some countries is a point; with three digits behind it nobody knows."""
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
    meta = {row["key"].strip(): (line, row.get("value", "").strip()) for line, row in meta_rows if "key" in row}
    line, kind = meta.get("vote_type", (1, ""))
    if kind not in APPROVALS | POINTS:
        known = "、".join(sorted(APPROVALS | POINTS))
        raise BadBallotFile(line, f"vote_type 是“{kind[:40]}”，能计票的是 {known}")
    numbered(projects[0][0] if projects else 1, len(projects))
    costs = [_money(line, "cost", row.get("cost", "")) for line, row in projects]
    budget = _money(meta.get("budget", (1, ""))[0], "budget", meta.get("budget", (1, ""))[1])
    unit = 100 if any(one.denominator > 1 for one in (budget, *costs)) else 1
    number_of = _numbers(projects)
    giving, completion = rule or RULES.get(meta.get("rule", (1, ""))[1].lower(), RULES["greedy"])
    if kind in POINTS and giving is not BudgetRule.BY_VOTES:
        raise BadBallotFile(line, "打分的选票（cumulative、scoring）只能按得分从高到低计票：--rule greedy")
    options = tuple(
        Option(place, row.get("name", "").strip() or row.get("project_id", "").strip(), int(cost * unit))
        for place, ((_line, row), cost) in enumerate(zip(projects, costs, strict=True), 1)
    )
    question = Question(
        QuestionKind.BUDGET, options, most=len(options), budget=int(budget * unit),
        budget_rule=giving, completion=completion, named=True,
    )  # fmt: skip
    ballots, points, twice = _votes(votes, number_of, kind)
    selected = {
        place: mark
        for place, (_line, row) in enumerate(projects, 1)
        if (mark := whole(row.get("selected", "").strip())) is not None
    }
    title = meta.get("description", (1, ""))[1] or meta.get("unit", (1, ""))[1] or NO_TITLE
    announced = whole(meta.get("num_votes", (1, ""))[1])
    return Poll(title, question, ballots, points if kind in POINTS else None, selected or None, twice, unit, announced)


def _numbers(projects: Sequence[_Row]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, (line, row) in enumerate(projects, 1):
        name = row.get("project_id", "").strip()
        if not name or name in found:
            raise BadBallotFile(line, f"project_id“{name}”前面已经有过" if name else "没有 project_id")
        found[name] = place
    return found


def count(poll: Poll) -> Tally:
    """Who wins: of approvals by the question's rule, of points by the most points."""
    if poll.points is None and poll.unit == 1:
        return tally(poll.question, poll.ballots)
    if poll.points is None:
        given, valid = in_numbers(poll.ballots), sum(poll.ballots.values())
        return count_budget(poll.question, given, valid=valid, abstained=valid - sum(given.values()), yuan=poll.unit)
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
                raise BadBallotFile(reader.line_num, "第一行应是 META")
            elif not names:
                names = [cell.strip() for cell in cells]
            elif any(cells[len(names) :]):
                raise BadBallotFile(reader.line_num, f"应有 {len(names)} 格，多出了几格；名称里的分号要放在双引号里")
            else:
                found[section].append((reader.line_num, dict(zip(names, cells, strict=False))))
    except csv.Error:
        raise BadBallotFile(reader.line_num, "不是用分号隔开的一行：引号不成对，或一格太长") from None
    if section != "VOTES" or "vote" not in names:
        last = max(1, reader.line_num)
        raise BadBallotFile(last, "应依次有 META、PROJECTS、VOTES 三部分，VOTES 的列里要有 vote；也可能是引号不成对")
    return found["META"], found["PROJECTS"], found["VOTES"]


def _money(line: int, name: str, said: str) -> Fraction:
    """An amount above zero, to the hundredth."""
    found = _AMOUNT.fullmatch(said.strip())
    if found is None:
        raise BadBallotFile(line, f"{name} 应是金额，最多两位小数，不写千位分隔：“{said.strip()[:40]}”")
    amount = Fraction(f"{found[1]}.{found[2] or found[3] or 0}")
    if not amount:
        raise BadBallotFile(line, f"{name} 应大于零")
    return amount


def _votes(votes: list[_Row], number_of: Mapping[str, int], kind: str) -> tuple[dict[str, int], dict[int, int], int]:
    ballots: dict[str, int] = {}
    points = dict.fromkeys(number_of.values(), 0)
    twice = 0
    for line, row in votes:
        named = [part.strip() for part in row.get("vote", "").split(",") if part.strip()]
        if not set(named) <= set(number_of):
            raise BadBallotFile(line, "选票里有 PROJECTS 没有的项目")
        if kind == "choose-1" and len(set(named)) > 1:
            raise BadBallotFile(line, "vote_type 是 choose-1，一张选票只能有一个项目")
        twice += len(set(named)) < len(named)
        numbers = sorted({number_of[part] for part in named})
        pattern = ",".join(map(str, numbers)) or ABSTAIN
        ballots[pattern] = ballots.get(pattern, 0) + 1
        for part, worth in zip(named, _points(line, row, len(named)) if kind in POINTS else (), strict=False):
            points[number_of[part]] += worth
    return ballots, points, twice


def _points(line: int, row: Mapping[str, str], count: int) -> list[int]:
    given = [whole(part.strip()) for part in row.get("points", "").split(",") if part.strip()]
    found = [one for one in given if one is not None]
    if len(found) != count or len(given) != count:
        raise BadBallotFile(line, "points 应与 vote 一样多，都是从 0 起的整数")
    return found
