"""Count an exported ballot file again: no database, no settings, no key; only the file and the rules.

The forms of other programs (`db.rules.voting.forms`) are counted, too. They know nothing of the electorate: what is
said of them is who wins, not whether a meeting could decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.rules.voting.account_words import account_words, fault_words
from db.rules.voting.ballot_file import BadBallotFile, BallotFile, Recount, digest, read, recount
from db.rules.voting.forms import blt, pabulib, table
from db.rules.voting.forms.poll import NO_TITLE, Poll
from db.rules.voting.outcome_words import counted_parts, plain, result_sentence, way_words
from db.rules.voting.question import MOTION, Question, QuestionMisuse
from db.rules.voting.tally import OptionCount, Round, Tally, motion_counts
from db.rules.voting.verdict import Verdict
from db.terms import BudgetRule, Completion, QuestionKind, RankRule

RULES = ("exact", "scottish", *pabulib.RULES)
"""What `--rule` may say: the rules of rankings, then those of budgets."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says who counts a file that does not say it itself; a plain table says nothing but the ballots."""

    kind: QuestionKind | None = None
    seats: int = 1
    budget: int = 0
    rule: str = ""


def recount_file(path: Path) -> tuple[BallotFile, Recount]:
    """Read a file and count it. Raises OSError, and BadBallotFile with the line that cannot be read."""
    text = _text(path)
    file = read(text)
    return file, recount(file, text)


def _text(path: Path) -> str:
    stored = path.read_bytes()
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise BadBallotFile(stored.count(b"\n", 0, wrong.start) + 1, "not UTF-8") from None


# --- forms of other programs --------------------------------------------------------------------------


def is_ours(path: Path) -> bool:
    """Whether a file is to be read as a ballot file: by its first line, or because nothing else ends like it."""
    if path.suffix.lower() in (".blt", ".pb"):
        return False
    with path.open("rb") as file:
        return not file.readline(20).removeprefix(b"\xef\xbb\xbf").startswith(table.FIRST.encode())


def recount_form(path: Path, told: Told) -> list[str]:
    """Count a BLT file, a .pb file or a plain table, and say what came out. Raises OSError, and BadBallotFile with the
    line that cannot be read.
    """
    text = _text(path)
    poll = _poll(path, text, told)
    try:
        counted = pabulib.count(poll)
    except ValueError as wrong:
        raise BadBallotFile(1, str(wrong)) from None
    said = [path.name if poll.title == NO_TITLE else poll.title, *_ballots_in(poll, counted)]
    if poll.question.kind is QuestionKind.MOTION:
        votes_for, against, abstain = motion_counts(poll.ballots)
        said.append(f"赞成{votes_for}票、反对{against}票、弃权{abstain}票")
    else:
        said.append(_options(poll.question, counted.options))
        said += [_round(place, one) for place, one in enumerate(counted.rounds, 1)]
        said.append("；".join(counted_parts(counted, poll.question, plain)) + "。")
    said += _as_the_file_says(poll, counted)
    return [_harmless(line) for line in [*said, f"SHA-256:{digest(text)}"]]


def _poll(path: Path, text: str, told: Told) -> Poll:
    rank_rule, giving = _rules(told)
    if path.suffix.lower() == ".blt":
        return blt.read(text, rank_rule)
    if path.suffix.lower() == ".pb":
        return pabulib.read(text, giving if told.rule else None)
    if told.kind is None:
        raise BadBallotFile(1, "a plain table does not say what was asked: give --kind")
    if told.kind is QuestionKind.MOTION:
        return table.read(text, MOTION)
    options = table.titles(text, with_cost=told.kind is QuestionKind.BUDGET)
    try:
        question = Question(
            told.kind, options, seats=told.seats, most=len(options), budget=told.budget,
            budget_rule=giving[0], completion=giving[1], rank_rule=rank_rule, named=True,
        )  # fmt: skip
    except QuestionMisuse as wrong:
        raise BadBallotFile(1, str(wrong)) from None
    return table.read(text, question)


def _rules(told: Told) -> tuple[RankRule, tuple[BudgetRule, Completion]]:
    ranking = RankRule(told.rule) if told.rule in set(RankRule) else RankRule.EXACT
    return ranking, pabulib.RULES.get(told.rule, pabulib.RULES["greedy"])


def _ballots_in(poll: Poll, counted: Tally) -> list[str]:
    said = [f"有效{counted.valid}张（其中弃权{counted.abstained}张）"]
    if poll.twice:
        said.append(f"{poll.twice}张选票把同一项写了不止一次，只算一次")
    return said


def _round(place: int, one: Round) -> str:
    held = "、".join(f"{number}号 {_decimal(upper, lower)}" for number, upper, lower in one.held)
    what = [f"当选 {number}" for number in one.elected]
    what += [f"转移余票 {one.handed_on}"] if one.handed_on else []
    what += [f"淘汰 {number}" for number in one.excluded]
    return "；".join([f"第{place}轮 {held}", *what])


def _decimal(upper: int, lower: int) -> str:
    """To five decimals, cut; an exact fraction may have more."""
    whole, rest = divmod(upper * 100_000 // lower, 100_000)
    return f"{whole}.{rest:05d}".rstrip("0").rstrip(".")


def _as_the_file_says(poll: Poll, counted: Tally) -> list[str]:
    """Whether a file that tells what was chosen agrees."""
    if poll.selected is None:
        return []
    theirs = {number for number, mark in poll.selected.items() if mark}
    marks = sorted({mark for mark in poll.selected.values() if mark > 1})
    said = "与文件里的入选标记一致" if theirs == set(counted.winners) else "与文件里的入选标记不一致"
    return [said + (f"（文件里还有标记{'、'.join(map(str, marks))}）" if marks else "")]


# --- what is said of a ballot file --------------------------------------------------------------------


def lines(file: BallotFile, again: Recount) -> list[str]:
    """What `python -m db recount` prints: title, accounts of every way, the outcome or what is wrong, the hash."""
    said = [file.title, plain("动议：{motion}（第{round}轮表决）", motion=file.motion, round=file.round)]
    for account in file.accounts():
        said.append(f"{way_words(account.way, plain)}：")
        said += [f"  {equation}" for equation in account_words(account, file.question, plain)]
    if not again.balanced:
        said.append("账目不平，没有结果：")
        said += [
            f"  {way_words(way, plain)}：{fault_words(fault, plain)}"
            for way, faults in again.faults
            for fault in faults
        ]
        if again.excess:
            said.append(f"  收回的票比在场可表决的{file.people.voting}人多{again.excess}张")
    elif again.result is not None:
        if isinstance(again.result, Verdict):
            said.append(_counts(file, again.result))
        said.append(result_sentence(again.result, file.question, file.rule, plain))
    said.append(f"SHA-256:{again.digest}")
    return [_harmless(line) for line in said]


def _harmless(line: str) -> str:
    """A file may come from anybody: nothing in it may steer the terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line)


def _counts(file: BallotFile, verdict: Verdict) -> str:
    """What every option got, the ones that lost too."""
    return _options(file.question, verdict.tally.options)


def _options(question: Question, options: Sequence[OptionCount]) -> str:
    counts = [f"{question.option(option.number).title} {option.count}" for option in options]
    return "各项计数：" + "、".join(counts)
