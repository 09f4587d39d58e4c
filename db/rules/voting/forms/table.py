"""Ballots as a plain table that any spreadsheet opens: one row per way of filling a ballot, one column per option.

    count,东门,南门,广场          count,健身角 | 30000,长廊 | 25000
    5,1,3,2                     6,1,1
    2,,1,                       1,,

`count` equal ballots say this: 1 at what was chosen, the place of a ranking, the score; nothing where nothing was said.
A row without anything is an abstention. The options of a motion are 赞成 and 反对, those of a budget carry their cost
as it is typed in the form. What was asked beside that (places, budget, rule) is said by whoever counts it.
"""

import csv
import io
from collections.abc import Sequence
from typing import Final

from db.rules.voting.ballot_file import BadBallotFile
from db.rules.voting.forms.poll import NO_TITLE, Poll, numbered
from db.rules.voting.question import ABSTAIN, BadPattern, Option, Question, numbers_of, pattern_of, scores_of
from db.terms import Choice, QuestionKind

FIRST: Final = "count"
MOTION_WORDS: Final = {"赞成": Choice.FOR.value, "反对": Choice.AGAINST.value}


def write(poll: Poll) -> str:
    """A poll as text, without the byte-order mark that a spreadsheet wants in front."""
    question = poll.question
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([FIRST, *_titles(question)])
    rows.writerows([count, *_cells(question, pattern)] for pattern, count in poll.ballots.items())
    return text.getvalue()


def _titles(question: Question) -> list[str]:
    if question.kind is QuestionKind.MOTION:
        return list(MOTION_WORDS)
    if question.kind is QuestionKind.BUDGET:
        return [f"{option.title} | {option.cost}" for option in question.options]
    return [option.title for option in question.options]


def _cells(question: Question, pattern: str) -> list[object]:
    if question.kind is QuestionKind.MOTION:
        return ["1" if pattern == word else "" for word in MOTION_WORDS.values()]
    if question.kind is QuestionKind.SCORE:
        return ["" if score is None else score for score in scores_of(pattern, len(question.options))]
    named = numbers_of(pattern)
    if question.kind is QuestionKind.RANK:
        return [named.index(number) + 1 if number in named else "" for number in question.numbers]
    return ["1" if number in named else "" for number in question.numbers]


def titles(text: str, *, with_cost: bool) -> tuple[Option, ...]:
    """The options that the first line names; raises BadBallotFile."""
    head = next(csv.reader(io.StringIO(text.removeprefix("\ufeff"))), [])
    if not head or head[0].strip() != FIRST:
        raise BadBallotFile(1, f'the first column is "{FIRST}", the others are the options')
    found = []
    for number, cell in enumerate(head[1:], 1):
        title, bar, money = cell.rpartition("|") if with_cost else (cell, "", "0")
        if with_cost and (not bar or not money.strip().isdecimal() or not int(money)):
            raise BadBallotFile(1, "of a budget each column is named: title | cost")
        found.append(Option(number, title.strip(), int(money)))
    numbered(1, len(found))
    return tuple(found)


def read(text: str, question: Question) -> Poll:
    """Read the rows of a table that answers this question; raises BadBallotFile."""
    ballots: dict[str, int] = {}
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    width = 1 + (len(MOTION_WORDS) if question.kind is QuestionKind.MOTION else len(question.options))
    try:
        for cells in reader:
            if reader.line_num == 1:
                _check_head(question, cells)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != width or not cells[0].strip().isdecimal():
                raise BadBallotFile(reader.line_num, f"{width} cells, the first one a whole number")
            pattern = _pattern(reader.line_num, question, [cell.strip() for cell in cells[1:]])
            ballots[pattern] = ballots.get(pattern, 0) + int(cells[0])
    except csv.Error:
        raise BadBallotFile(reader.line_num, "not a line of CSV") from None
    return Poll(NO_TITLE, question, ballots)


def _check_head(question: Question, cells: Sequence[str]) -> None:
    if question.kind is QuestionKind.MOTION and [cell.strip() for cell in cells] != [FIRST, *MOTION_WORDS]:
        raise BadBallotFile(1, f"the columns of a motion are {','.join([FIRST, *MOTION_WORDS])}")


def _pattern(line: int, question: Question, cells: Sequence[str]) -> str:
    if not all(cell.isdecimal() or not cell for cell in cells):
        raise BadBallotFile(line, "cells are whole numbers, or empty")
    said = [int(cell) if cell else None for cell in cells]
    if not any(cell is not None for cell in said):
        return ABSTAIN
    if question.kind is QuestionKind.MOTION:
        words = [word for word, one in zip(MOTION_WORDS.values(), said, strict=True) if one]
        if len(words) != 1:
            raise BadBallotFile(line, "for, against, or neither")
        return words[0]
    try:
        return pattern_of(question, said if question.kind is QuestionKind.SCORE else _numbers(line, question, said))
    except BadPattern as wrong:
        raise BadBallotFile(line, f"a ballot that the question does not allow: {wrong.reason}") from None


def _numbers(line: int, question: Question, said: Sequence[int | None]) -> list[int]:
    if question.kind is not QuestionKind.RANK:
        return [number for number, one in enumerate(said, 1) if one]
    placed = sorted((place, number) for number, place in enumerate(said, 1) if place is not None)
    if [place for place, _number in placed] != list(range(1, len(placed) + 1)):
        raise BadBallotFile(line, "places of a ranking are 1, 2, 3 …, each once")
    return [number for _place, number in placed]
