"""Rankings as BLT, the form of OpenSTV, OpaVote, OpenTally and their kin: numbers, then names in quotation marks.

    4 2          options and places
    -3           an option that withdrew (read only)
    5 1 2 4 0    five ballots that rank 1, 2, 4; `5 0` prefers nothing
    0            the end of the ballots
    "东门"       the options in the order of their numbers, then the title

Names have no way of writing a quotation mark: a typographic one stands for it. Lines that begin with # are notes.
"""

import re
from collections.abc import Iterator
from typing import Final

from db.rules.voting.ballot_file import BadBallotFile
from db.rules.voting.forms.poll import NO_TITLE, Poll, numbered
from db.rules.voting.question import ABSTAIN, Option, Question, numbers_of
from db.terms import QuestionKind, RankRule

_NAME: Final = re.compile(r'"([^"]*)"')
_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_Lines = Iterator[tuple[int, str]]


def write(poll: Poll) -> str:
    """A poll of rankings as text."""
    question = poll.question
    lines = [f"{len(question.options)} {question.seats}"]
    for pattern, count in poll.ballots.items():
        lines.append(" ".join([str(count), *map(str, numbers_of(pattern)), "0"]))
    lines += ["0", *(_quoted(option.title) for option in question.options), _quoted(poll.title)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "”") + '"'


def read(text: str, rule: RankRule = RankRule.EXACT) -> Poll:
    """Read a BLT file; it does not say by which rule it is counted. Raises BadBallotFile."""
    lines = _lines(text)
    number, first = next(lines, (1, ""))
    size = first.split()
    if len(size) != 2 or not all(_WHOLE.fullmatch(part) for part in size):
        raise BadBallotFile(number, "the first line has two numbers: options and places")
    options, seats = map(int, size)
    numbered(number, options)
    if not 1 <= seats <= options:
        raise BadBallotFile(number, "more places than options, or none")
    ballots = _ballots(lines, options)
    names = [(line, _NAME.fullmatch(said)) for line, said in lines]
    if len(names) < options:
        raise BadBallotFile(text.count("\n") + 1, "fewer names than options")
    for line, name in names:
        if name is None:
            raise BadBallotFile(line, "behind the ballots stand names in quotation marks")
    titles = [name[1].strip() for _line, name in names if name]
    question = Question(
        QuestionKind.RANK,
        tuple(Option(place, title) for place, title in enumerate(titles[:options], 1)),
        seats=seats, most=options, rank_rule=rule, named=True,
    )  # fmt: skip
    return Poll(titles[options] if len(titles) > options else NO_TITLE, question, ballots)


def _lines(text: str) -> _Lines:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        said = line.strip()
        if said and not said.startswith("#"):
            yield number, said


def _ballots(lines: _Lines, options: int) -> dict[str, int]:
    ballots: dict[str, int] = {}
    withdrawn: set[int] = set()
    for number, said in lines:
        if said == "0":
            return ballots
        parts = said.split()
        if not ballots and all(part.startswith("-") and _WHOLE.fullmatch(part[1:]) for part in parts):
            withdrawn |= {int(part[1:]) for part in parts}
            continue
        if not all(_WHOLE.fullmatch(part) for part in parts) or len(parts) < 2 or parts[-1] != "0":
            raise BadBallotFile(number, "a ballot is a count, options from the best on, and a 0; no equal ranks")
        count, *ranked = map(int, parts[:-1])
        if len(set(ranked)) < len(ranked) or not all(1 <= one <= options for one in ranked):
            raise BadBallotFile(number, "a ballot ranks each option once at most, and only those that there are")
        pattern = ">".join(str(one) for one in ranked if one not in withdrawn) or ABSTAIN
        if count:
            ballots[pattern] = ballots.get(pattern, 0) + count
    raise BadBallotFile(1, "no line with a 0 alone ends the ballots")
