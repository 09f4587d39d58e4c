"""Ballots as a plain table that any spreadsheet opens: one row per way of filling a ballot, one column per option.

    count,东门,南门,广场          count,健身角 | 30000,长廊 | 25000
    5,1,3,2                     6,1,1
    2,,1,                       1,,

`count` equal ballots say this: 1 at what was chosen, the place of a ranking, the score; nothing where nothing was said.
A row without anything is an abstention. The options of a motion are 赞成 and 反对, those of a budget carry their cost
as it is typed in the form. What was asked beside that (places, threshold, budget, rule) is said by whoever counts it.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from db.rules.voting.ballot_file import BadBallotFile
from db.rules.voting.forms.poll import NO_TITLE, Poll, numbered, whole
from db.rules.voting.question import ABSTAIN, BadPattern, Option, Question, numbers_of, pattern_of, scores_of
from db.terms import Choice, QuestionKind

FIRST: Final = "count"
NO_CSV: Final = "不是一行 CSV：引号不成对，或一格太长"
_WHY: Final = {
    "none_chosen": "全写 0 的选票：弃权的一行请空着",
    "too_many": "选的项数超过每人可选的项数",
    "bad_score": "分数应从 0 到 10",
}
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
    head = _head(text)
    if not head or head[0].strip() != FIRST:
        raise BadBallotFile(1, f"第一列应名为“{FIRST}”，其余各列是选项，用半角逗号隔开")
    found = []
    for number, cell in enumerate(head[1:], 1):
        title, bar, money = cell.rpartition("|") if with_cost else (cell, "", "0")
        cost = whole(money.strip())
        if with_cost and (not bar or not cost):
            raise BadBallotFile(1, f"第{number + 1}列应写成“名称 | 金额”，金额为从 1 起的整数元")
        if not title.strip():
            raise BadBallotFile(1, f"第{number + 1}列没有名称")
        found.append(Option(number, title.strip(), cost or 0))
    numbered(1, len(found))
    return tuple(found)


def is_table(text: str) -> bool:
    """Whether a text begins like one."""
    first = next(iter(text.removeprefix("\ufeff").splitlines()), "")
    return re.match(rf'\s*"?{FIRST}\b', first) is not None


def _head(text: str) -> list[str]:
    """The names of the columns; a spreadsheet leaves empty ones at the end."""
    try:
        head = next(csv.reader(io.StringIO(text.removeprefix("\ufeff"))), [])
    except csv.Error:
        raise BadBallotFile(1, NO_CSV) from None
    while head and not head[-1].strip():
        head.pop()
    return head


def read(text: str, question: Question) -> Poll:
    """Read the rows of a table that answers this question; raises BadBallotFile."""
    ballots: dict[str, int] = {}
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    width = 1 + (len(MOTION_WORDS) if question.kind is QuestionKind.MOTION else len(question.options))
    _check_head(question, _head(text))
    try:
        next(reader, None)
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            count = whole(cells[0])
            if len(cells) < width or any(cells[width:]) or count is None:
                raise BadBallotFile(reader.line_num, f"一行应有 {width} 格，第一格是张数（整数）")
            pattern = _pattern(reader.line_num, question, cells[1:width])
            ballots[pattern] = ballots.get(pattern, 0) + count
    except csv.Error:
        raise BadBallotFile(reader.line_num, NO_CSV) from None
    return Poll(NO_TITLE, question, ballots)


def _check_head(question: Question, cells: Sequence[str]) -> None:
    if question.kind is QuestionKind.MOTION and [cell.strip() for cell in cells] != [FIRST, *MOTION_WORDS]:
        raise BadBallotFile(1, f"动议的各列应为“{','.join([FIRST, *MOTION_WORDS])}”")


def _pattern(line: int, question: Question, cells: Sequence[str]) -> str:
    said = [whole(cell) for cell in cells]
    if any(cell and one is None for cell, one in zip(cells, said, strict=True)):
        raise BadBallotFile(line, "格子里只能是整数，或者空着")
    if question.kind not in (QuestionKind.RANK, QuestionKind.SCORE) and any(
        one is not None and one > 1 for one in said
    ):
        raise BadBallotFile(line, "选了的格子里是 1，没选的空着或写 0")
    if not any(cell is not None for cell in said):
        return ABSTAIN
    if question.kind is QuestionKind.MOTION:
        words = [word for word, one in zip(MOTION_WORDS.values(), said, strict=True) if one]
        if len(words) != 1:
            raise BadBallotFile(line, "赞成和反对最多一格写 1")
        return words[0]
    try:
        return pattern_of(question, said if question.kind is QuestionKind.SCORE else _numbers(line, question, said))
    except BadPattern as wrong:
        raise BadBallotFile(line, _WHY.get(wrong.reason, "这道题目没有这种填法")) from None


def _numbers(line: int, question: Question, said: Sequence[int | None]) -> list[int]:
    if question.kind is not QuestionKind.RANK:
        return [number for number, one in enumerate(said, 1) if one]
    placed = sorted((place, number) for number, place in enumerate(said, 1) if place is not None)
    if [place for place, _number in placed] != list(range(1, len(placed) + 1)):
        raise BadBallotFile(line, "排序应从 1 起连续，每个名次一次，不能并列")
    return [number for _place, number in placed]
