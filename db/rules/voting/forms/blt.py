"""Rankings as BLT, the form of OpenSTV, OpaVote, OpenTally and their kin: numbers, then names in quotation marks.

    4 2          options and places
    -3           an option that withdrew (read only)
    5 1 2 4 0    five ballots that rank 1, 2, 4; `5 0` prefers nothing
    0            the end of the ballots
    "东门"       the options in the order of their numbers, then the title

Names have no way of writing a quotation mark: a typographic one stands for it; nor have they a line end. What stands
behind a # is a note.
"""

import re
from collections.abc import Iterator
from typing import Final

from db.rules.voting.ballot_file import BadBallotFile
from db.rules.voting.forms.poll import NO_TITLE, Poll, numbered
from db.rules.voting.question import ABSTAIN, Option, Question, numbers_of
from db.terms import QuestionKind, RankRule

_NAME: Final = re.compile(r'"([^"]*)"\s*(?:#.*)?')
_NOTE: Final = re.compile(r"#.*")
_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
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
    # Every character at which any reader begins a new line; a blank one stands for it.
    return '"' + " ".join(text.replace('"', "”").splitlines()) + '"'


def read(text: str, rule: RankRule = RankRule.EXACT) -> Poll:
    """Read a BLT file; it does not say by which rule it is counted. Raises BadBallotFile."""
    lines = _lines(text)
    number, first = next(lines, (1, ""))
    size = _NOTE.sub("", first).split()
    if len(size) != 2 or not all(_WHOLE.fullmatch(part) for part in size):
        raise BadBallotFile(number, "第一行应是两个数：选项数和名额")
    options, seats = map(int, size)
    numbered(number, options)
    if not 1 <= seats <= options:
        raise BadBallotFile(number, "名额应从 1 到选项数")
    last = len(_LINE_END.split(text.rstrip()))
    ballots = _ballots(lines, options, last)
    names = [(line, _NAME.fullmatch(said)) for line, said in lines]
    for line, name in names:
        if name is None:
            raise BadBallotFile(line, "选票之后应是名称，一行一个，写在半角双引号里")
    if len(names) < options:
        raise BadBallotFile(last, f"应有 {options} 个选项的名称，只有 {len(names)} 个")
    titles = [name[1].strip() for _line, name in names if name]
    question = Question(
        QuestionKind.RANK,
        tuple(Option(place, title) for place, title in enumerate(titles[:options], 1)),
        seats=seats, most=options, rank_rule=rule, named=True,
    )  # fmt: skip
    return Poll(titles[options] if len(titles) > options else NO_TITLE, question, ballots)


def _lines(text: str) -> _Lines:
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1):
        said = line.strip()
        if said and not said.startswith("#"):
            yield number, said


def _ballots(lines: _Lines, options: int, last: int) -> dict[str, int]:
    ballots: dict[str, int] = {}
    withdrawn: set[int] = set()
    begun = False
    for number, said in lines:
        parts = _NOTE.sub("", said).split()
        if parts == ["0"]:
            return ballots
        if not begun and all(part.startswith("-") for part in parts):
            withdrawn |= _withdrawn(number, parts, options)
            continue
        begun = True
        count, *ranked = _ballot(number, parts, options)
        pattern = ">".join(str(one) for one in ranked if one not in withdrawn) or ABSTAIN
        if count:
            ballots[pattern] = ballots.get(pattern, 0) + count
    raise BadBallotFile(last, "没有单独一行的 0 表示选票结束")


def _withdrawn(number: int, parts: list[str], options: int) -> set[int]:
    if not all(_WHOLE.fullmatch(part[1:]) and 1 <= int(part[1:]) <= options for part in parts):
        raise BadBallotFile(number, f"退出的选项写成负的编号，从 -1 到 -{options}")
    return {int(part[1:]) for part in parts}


def _ballot(number: int, parts: list[str], options: int) -> list[int]:
    """The count and whom it ranks."""
    if not all(_WHOLE.fullmatch(part) for part in parts) or len(parts) < 2 or parts[-1] != "0":
        raise BadBallotFile(number, "一行选票是：张数、从最优先起的选项编号、0；只用半角整数，不能并列")
    found = list(map(int, parts[:-1]))
    ranked = found[1:]
    if len(set(ranked)) < len(ranked) or not all(1 <= one <= options for one in ranked):
        raise BadBallotFile(number, f"一张选票里每个选项最多写一次，编号从 1 到 {options}")
    return found
