"""The ballot file: everything needed to count one ballot again, as text that anybody can read (docs/ballot-file.md).

The same ballots always give the same bytes, so the SHA-256 of the file can stand in the minutes. Nothing in it says
when or in which order people voted; a secret vote stands under its check code, which only its own voter knows.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn

from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.decision import AreaVotes, Decision, DecisionMisuse, Electorate, HouseRule, decide
from db.rules.voting.question import BadPattern, Question, canonical
from db.rules.voting.result import Result
from db.rules.voting.tally import tally
from db.rules.voting.verdict import judge
from db.terms import Choice, QuestionKind, VoteMethod

FIRST_LINE: Final = "# yiqilai-ballots 1"
COLUMNS: Final = ("way", "code", "choice", "count", "area")
BLANK: Final = "blank"
"""A ballot that came in empty."""
SPOILT: Final = "spoilt"
"""A ballot that came in and says nothing that counts."""
BY_NAME: Final = frozenset({VoteMethod.NAMED, VoteMethod.ASSISTED})
"""Ways whose code is a seat number: nobody votes in both."""
_HEADER: Final = ("title", "motion", "round", "question", "rule", "electorate", "owners_matter", "area_due", "issued")
_CODE: Final = re.compile(r"[0-9A-Za-z-]{0,40}")
_WHOLE: Final = re.compile(r"[0-9]{1,15}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class BadBallotFile(ValueError):
    """A file that cannot be read: the line, counted from 1, and what is wrong with it, in Chinese as the result is."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"第{line}行：{reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class BallotLine:
    """`count` equal ballots of one way. `code` is the seat number of a named vote, the check code of a slip, and
    empty of hands and paper; `choice` a pattern of `db.rules.voting.question`, "blank" or "spoilt"; `area` the
    exclusive floor area behind these ballots in 0.01 m², 0 where nobody asks for it.
    """

    way: VoteMethod
    code: str
    choice: str
    count: int
    area: int = 0


@dataclass(frozen=True, slots=True)
class BallotFile:
    """One ballot with its question, its rule and its electorate. `area_due` in 0.01 m², 0 when it is not known."""

    title: str
    motion: str
    round: int
    question: Question
    rule: HouseRule
    people: Electorate
    owners_matter: bool
    area_due: int
    issued: tuple[tuple[VoteMethod, int], ...]
    ballots: tuple[BallotLine, ...]

    def accounts(self) -> tuple[BallotAccount, ...]:
        """The accounts of every way that was offered or came in, in the order of the ways."""
        issued = dict(self.issued)
        ways = {*issued, *(line.way for line in self.ballots)}
        return tuple(_account_of(way, issued.get(way, 0), self.ballots) for way in VoteMethod if way in ways)


def _account_of(way: VoteMethod, issued: int, ballots: Iterable[BallotLine]) -> BallotAccount:
    counted: dict[str, int] = {}
    for line in ballots:
        if line.way is way:
            counted[line.choice] = counted.get(line.choice, 0) + line.count
    blank, spoilt = counted.pop(BLANK, 0), counted.pop(SPOILT, 0)
    valid = sum(counted.values())
    return BallotAccount(way, issued, valid + blank + spoilt, valid, blank, spoilt, counted)


# --- writing ------------------------------------------------------------------------------------------


def write(file: BallotFile) -> str:
    """The file as canonical text: the same ballots, in whatever order they are given, give the same characters."""
    people = file.people
    values: dict[str, object] = {
        "title": file.title,
        "motion": file.motion,
        "round": file.round,
        "question": file.question.to_json(),
        "rule": file.rule.to_json(),
        "electorate": {
            "due": people.due,
            "recused": people.recused,
            "present": people.present,
            "recused_present": people.recused_present,
        },
        "owners_matter": file.owners_matter,
        "area_due": file.area_due,
        "issued": {way.value: count for way, count in file.issued},
    }
    text = io.StringIO()
    text.write(FIRST_LINE + "\n")
    for name in _HEADER:
        text.write(f"# {name}: {_json(values[name])}\n")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows((line.way.value, line.code, line.choice, line.count, line.area) for line in _sorted(file.ballots))
    return text.getvalue()


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Half a character pair has no UTF-8; written as an escape it is read back as it was.
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _sorted(ballots: Iterable[BallotLine]) -> list[BallotLine]:
    """Lines without a code that say the same are one line; then by way, code and choice, as plain text."""
    merged: dict[tuple[str, str, str], BallotLine] = {}
    single: list[BallotLine] = []
    for line in ballots:
        if line.code:
            single.append(line)
        elif line.count:
            key = (line.way.value, line.code, line.choice)
            before = merged.get(key)
            merged[key] = (
                BallotLine(line.way, "", line.choice, before.count + line.count, before.area + line.area)
                if before
                else line
            )
    return sorted([*single, *merged.values()], key=lambda line: (line.way.value, line.code, line.choice))


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal: what `sha256sum` says of the file."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- reading ------------------------------------------------------------------------------------------


def read(text: str) -> BallotFile:
    """Read a file written by `write`; raises BadBallotFile on anything else, never another error."""
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    if lines[0] != FIRST_LINE:
        saved = "，电子表格另存过的不能再计票" if lines[0].strip('",').startswith(FIRST_LINE) else ""
        raise BadBallotFile(1, f"不是选票文件：第一行应为“{FIRST_LINE}”{saved}")
    stored, body = _header(lines)
    question, rule = _parsed(stored, "question", Question.from_json), _parsed(stored, "rule", HouseRule.from_json)
    ballots, area_due = _ballots(lines, body, question), _count(stored, "area_due")
    if area_due and sum(line.area for line in ballots) > area_due:
        raise BadBallotFile(stored["area_due"][0], "选票的面积之和大于 area_due")
    return BallotFile(
        title=_text(stored, "title"),
        motion=_text(stored, "motion"),
        round=_count(stored, "round"),
        question=question,
        rule=rule,
        people=_people(stored),
        owners_matter=_yes_no(stored, "owners_matter"),
        area_due=area_due,
        issued=_issued(stored),
        ballots=ballots,
    )


_Stored = Mapping[str, tuple[int, Any]]
"""The header: name → (line number, value)."""


def _header(lines: list[str]) -> tuple[_Stored, int]:
    """The values of the header and the index of the line of column names."""
    stored: dict[str, tuple[int, Any]] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.startswith("#"):
            missing = [name for name in _HEADER if name not in stored]
            if missing:
                raise BadBallotFile(number, f"文件头缺少 {'、'.join(missing)}")
            if line != ",".join(COLUMNS):
                raise BadBallotFile(number, f"文件头之后应是列名“{','.join(COLUMNS)}”")
            return stored, number - 1
        name, colon, value = line[1:].partition(":")
        name = name.strip()
        if not colon or name not in _HEADER or name in stored:
            raise BadBallotFile(number, f"文件头里不认识或重复的一行：{name[:40]!r}")
        stored[name] = (number, _value(number, value))
    raise BadBallotFile(len(lines), "文件头没有写完，文件就结束了")


def _value(number: int, text: str) -> Any:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise BadBallotFile(number, "冒号后面的内容不是 JSON") from None


def _parsed(stored: _Stored, name: str, parse: Any) -> Any:
    number, value = stored[name]
    if not isinstance(value, dict):
        raise BadBallotFile(number, f"{name} 应是一个 JSON 对象")
    try:
        return parse(value)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as wrong:
        raise BadBallotFile(number, f"{name} 的内容不成立（{str(wrong)[:200]!a}）") from None


def _text(stored: _Stored, name: str) -> str:
    number, value = stored[name]
    if not isinstance(value, str):
        raise BadBallotFile(number, f"{name} 应是文字")
    return value


def _yes_no(stored: _Stored, name: str) -> bool:
    number, value = stored[name]
    if not isinstance(value, bool):
        raise BadBallotFile(number, f"{name} 应是 true 或 false")
    return value


def _count(stored: _Stored, name: str) -> int:
    number, value = stored[name]
    return _whole(number, name, value)


def _whole(number: int, name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**15:
        raise BadBallotFile(number, f"{name} 应是从 0 起的整数")
    return value


def _people(stored: _Stored) -> Electorate:
    number, value = stored["electorate"]
    names = ("due", "recused", "present", "recused_present")
    if not isinstance(value, dict) or set(value) != set(names):
        raise BadBallotFile(number, f"electorate 应正好有 {'、'.join(names)}")
    try:
        return Electorate(*(_whole(number, name, value[name]) for name in names))
    except DecisionMisuse as wrong:
        raise BadBallotFile(number, f"electorate 的人数不成立（{wrong}）") from None


def _issued(stored: _Stored) -> tuple[tuple[VoteMethod, int], ...]:
    number, value = stored["issued"]
    if not isinstance(value, dict) or not set(value) <= {way.value for way in VoteMethod}:
        raise BadBallotFile(number, f"issued 只能写表决方式：{'、'.join(VoteMethod)}")
    return tuple(
        (way, _whole(number, f"issued 的 {way.value}", value[way.value])) for way in VoteMethod if way.value in value
    )


def _ballots(lines: list[str], body: int, question: Question) -> tuple[BallotLine, ...]:
    found: list[BallotLine] = []
    seen: set[tuple[object, str, str]] = set()
    for number, text in enumerate(lines[body + 1 :], body + 2):
        if not text and number == len(lines):
            break  # what stands after the last line end
        line = _ballot(number, text, question)
        # A code is one person's: it stands once, of named and assisted votes once in both together.
        who = ("by name" if line.way in BY_NAME else line.way, line.code, "" if line.code else line.choice)
        if who in seen:
            raise BadBallotFile(number, "这个核对码或席位号（没有号码的，这种填法）前面已经有过一行")
        seen.add(who)
        found.append(line)
    return tuple(found)


def _ballot(number: int, text: str, question: Question) -> BallotLine:
    try:
        cells = next(csv.reader([text], strict=True), [])
    except csv.Error:
        raise BadBallotFile(number, "引号不成对，不是一行 CSV") from None
    if len(cells) != len(COLUMNS):
        raise BadBallotFile(number, f"应有 {len(COLUMNS)} 格：{'、'.join(COLUMNS)}")
    way, code, choice, count, area = cells
    if way not in {known.value for known in VoteMethod}:
        raise BadBallotFile(number, f"不认识的表决方式，应是 {'、'.join(VoteMethod)} 之一")
    if not _CODE.fullmatch(code):
        raise BadBallotFile(number, "核对码或席位号只能是字母、数字和连字符")
    if not (_WHOLE.fullmatch(count) and _WHOLE.fullmatch(area)) or int(count) < 1:
        raise BadBallotFile(number, "count 应是从 1 起的整数，area 应是从 0 起的整数")
    if code and int(count) != 1:
        raise BadBallotFile(number, "一个核对码或席位号只能是一张票")
    _check_choice(number, choice, question)
    return BallotLine(VoteMethod(way), code, choice, int(count), int(area))


def _check_choice(number: int, choice: str, question: Question) -> None:
    if choice in (BLANK, SPOILT):
        return
    try:
        well = canonical(question, choice) == choice
    except BadPattern:
        well = False
    if not well:
        raise BadBallotFile(number, "这道题目没有这种填法")


# --- counting again -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recount:
    """What counting again gave; no result where `faults` or `excess` say that the accounts do not balance."""

    result: Result | None
    faults: tuple[tuple[VoteMethod, tuple[str, ...]], ...]
    """Of each way whose accounts do not balance, the equations that fail (`db.rules.voting.ballot_account`)."""
    digest: str
    excess: int = 0
    """How many more ballots came in than people were entitled and present."""

    @property
    def balanced(self) -> bool:
        """Whether the accounts balance, so that there is a result."""
        return not self.faults and not self.excess


def recount(file: BallotFile, text: str) -> Recount:
    """Count a ballot file again; `text` is the file as it was read, for its hash.

    A matter that only the owners can decide stays advisory, whatever the house rule says.
    """
    accounts = file.accounts()
    faults = tuple((way.way, way.faults()) for way in accounts if way.faults())
    excess = max(0, sum(way.returned for way in accounts) - file.people.voting)
    if faults or excess:
        return Recount(None, faults, digest(text), excess)
    ballots: dict[str, int] = {}
    for way in accounts:
        for pattern, count in way.choices.items():
            ballots[pattern] = ballots.get(pattern, 0) + count
    blank, spoilt = sum(way.blank for way in accounts), sum(way.spoilt for way in accounts)
    if file.question.kind is QuestionKind.MOTION:
        result: Result = _decide(file, ballots, blank, spoilt)
    else:
        counted = tally(file.question, ballots)
        result = judge(file.rule, file.question, file.people, counted, blank=blank, spoilt=spoilt)
    return Recount(replace(result, advisory=result.advisory or file.owners_matter), (), digest(text))


def _decide(file: BallotFile, ballots: Mapping[str, int], blank: int, spoilt: int) -> Decision:
    people = file.people
    return decide(
        file.rule,
        due=people.due,
        present=people.present,
        recused_due=people.recused,
        recused_present=people.recused_present,
        votes_for=ballots.get(Choice.FOR, 0),
        votes_against=ballots.get(Choice.AGAINST, 0),
        votes_abstain=ballots.get(Choice.ABSTAIN, 0),
        blank=blank,
        spoilt=spoilt,
        area=_area(file),
    )


def _area(file: BallotFile) -> AreaVotes | None:
    """The floor area behind the votes; None when the area of all owners is not known."""
    if not file.area_due:
        return None
    areas: dict[str, int] = {}
    for line in file.ballots:
        areas[line.choice] = areas.get(line.choice, 0) + line.area
    return AreaVotes(
        due=file.area_due,
        votes_for=areas.get(Choice.FOR, 0),
        votes_against=areas.get(Choice.AGAINST, 0),
        votes_abstain=areas.get(Choice.ABSTAIN, 0),
        invalid=areas.get(BLANK, 0) + areas.get(SPOILT, 0),
    )
