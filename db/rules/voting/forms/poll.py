"""Ballots in the forms that other programs read, and what is read from them: the question and a count per pattern.

Less than the ballot file: no ways of voting, no codes or seats, no blank or spoilt ballots, no electorate. So nobody's
ballot can be found in them, and what is counted from them is who wins, never whether there was a quorum.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from db.rules.voting.ballot_file import BadBallotFile, BallotFile
from db.rules.voting.question import ABSTAIN, MOST_OPTIONS, Question

NO_TITLE = "?"
_NUMBER: Final = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Poll:
    """What was asked and what was answered. `ballots` as in `db.rules.voting.tally`, abstentions included."""

    title: str
    question: Question
    ballots: Mapping[str, int]
    points: Mapping[int, int] | None = None
    """Of a budget whose voters gave points: all that each project got; `ballots` then name what got any."""
    selected: Mapping[int, int] | None = None
    """What the file itself says became of each project: 0 not chosen, any other number chosen in some sense."""
    twice: int = 0
    """Ballots that name an option more than once; it counts once, and of points all of them."""
    unit: int = 1
    """Into how many parts the costs divide one yuan: 100 where a file has cents."""
    announced: int | None = None
    """How many ballots the file itself says that it has."""


def poll_of(file: BallotFile) -> Poll:
    """The valid ballots of a ballot file, all ways together, as one poll."""
    ballots: dict[str, int] = {}
    for account in file.accounts():
        for pattern, count in account.choices.items():
            ballots[pattern] = ballots.get(pattern, 0) + count
    return Poll(" ".join(f"{file.title} {file.motion}".split()), file.question, dict(sorted(ballots.items())))


def in_numbers(ballots: Mapping[str, int]) -> dict[str, int]:
    """The ballots that prefer something."""
    return {pattern: count for pattern, count in ballots.items() if pattern != ABSTAIN}


def numbered(line: int, count: int) -> None:
    """Raises BadBallotFile where a file has more options than a question, or only one."""
    if not 2 <= count <= MOST_OPTIONS:
        raise BadBallotFile(line, f"能计票的是 2 到 {MOST_OPTIONS} 个选项，这里有 {count} 个")


def whole(cell: str) -> int | None:
    """A whole number of at most nine digits, also of full width; None for anything else."""
    return int(cell) if _NUMBER.fullmatch(cell) else None


def told_apart(question: Question) -> Question:
    """The same question in which every option has a name of its own: two of one name, or none, bear their number."""
    often = Counter(option.title for option in question.options)
    return replace(
        question,
        options=tuple(
            option
            if option.title and often[option.title] == 1
            else replace(option, title=f"{option.title}（{option.number}号）")
            for option in question.options
        ),
    )
