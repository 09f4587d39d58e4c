"""Count an exported ballot file again: no database, no settings, no key; only the file and the rules.

The forms of other programs (`db.rules.voting.forms`) are counted, too. They know nothing of the electorate: what is
said of them is who wins, not whether a meeting could decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.rules.voting.account_words import account_words, fault_words
from db.rules.voting.ballot_file import FIRST_LINE, BadBallotFile, BallotFile, Recount, digest, read, recount
from db.rules.voting.forms import blt, pabulib, table
from db.rules.voting.forms.poll import NO_TITLE, Poll, told_apart
from db.rules.voting.house_rule import Threshold
from db.rules.voting.outcome_words import Translator, counted_parts, plain, result_sentence, way_words
from db.rules.voting.question import MOTION, Option, Question, QuestionMisuse
from db.rules.voting.tally import OptionCount, Round, Tally, motion_counts
from db.rules.voting.verdict import Verdict
from db.terms import BudgetRule, Completion, QuestionKind, RankRule

RULES = ("exact", "scottish", *pabulib.RULES)
"""What `--rule` may say: the rules of rankings, then those of budgets."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says who counts a file that does not say it itself; a plain table says nothing but the ballots."""

    kind: QuestionKind | None = None
    seats: int | None = None
    most: int | None = None
    threshold: Threshold | None = None
    budget: int | None = None
    rule: str = ""

    def refuse_beside(self, what: str, *fitting: str) -> None:
        """Raise Unfitting where something is told that is not of `fitting`: it would be passed over silently."""
        names = {"kind": "--kind", "seats": "--seats", "most": "--most", "threshold": "--at-least/--more-than",
                 "budget": "--budget", "rule": "--rule"}  # fmt: skip
        told = [
            option for name, option in names.items() if name not in fitting and getattr(self, name) not in (None, "")
        ]
        if told:
            raise Unfitting(f"{'、'.join(told)} 不能用于{what}，请去掉。")


class Unfitting(ValueError):
    """What is said beside a file and does not go with it, in one sentence."""


def at_least(share: str) -> Threshold:
    """A share of the valid votes as it is typed, 1/2; ValueError for anything else."""
    numerator, denominator = map(int, share.split("/"))
    return Threshold(numerator, denominator, strict=False)


def more_than(share: str) -> Threshold:
    """The same, to be exceeded."""
    return replace(at_least(share), strict=True)


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
        line = stored.count(b"\n", 0, wrong.start) + 1
        raise BadBallotFile(line, "不是 UTF-8 编码；用电子表格另存时请选“CSV UTF-8”") from None


# --- forms of other programs --------------------------------------------------------------------------


def is_ours(path: Path, told: Told) -> bool:
    """Whether a file is to be read as a ballot file: by its first line, or because nothing says that it is another."""
    if path.suffix.lower() in (".blt", ".pb"):
        return False
    with path.open("rb") as file:
        begins = file.readline(100).decode("utf-8", "replace").removeprefix("\ufeff")
    if begins.startswith(FIRST_LINE.rstrip("0123456789")):
        told.refuse_beside("选票文件（它自己写明了怎样计票）")
        return True
    return told.kind is None and not table.is_table(begins)


def recount_form(path: Path, told: Told) -> list[str]:
    """Count a BLT file, a .pb file or a plain table, and say what came out. Raises OSError, and BadBallotFile with the
    line that cannot be read.
    """
    text = _text(path)
    poll = _poll(path, text, told)
    poll = replace(poll, question=told_apart(poll.question))
    try:
        counted = pabulib.count(poll)
    except ValueError:
        raise Unfitting("选票总数太大，不能计票。") from None
    said = [path.name if poll.title == NO_TITLE else poll.title, *_ballots_in(poll, counted)]
    if poll.question.kind is QuestionKind.MOTION:
        votes_for, against, abstain = motion_counts(poll.ballots)
        said.append(f"赞成{votes_for}票、反对{against}票、弃权{abstain}票")
    else:
        said.append(_options(poll.question, counted.options))
        said += [_round(place, one) for place, one in enumerate(counted.rounds, 1)]
        said.append("；".join([*counted_parts(counted, poll.question, _words(poll)), *_nobody(counted)]) + "。")
    said += _as_the_file_says(poll, counted)
    return [_harmless(line) for line in [*said, f"SHA-256:{digest(text)}"]]


def _poll(path: Path, text: str, told: Told) -> Poll:
    if path.suffix.lower() == ".blt":
        told.refuse_beside(" BLT 文件（它自己写明了名额）", "rule")
        return blt.read(text, _rank_rule(told))
    if path.suffix.lower() == ".pb":
        told.refuse_beside(" Pabulib 文件（它自己写明了预算）", "rule")
        return pabulib.read(text, _giving(told) if told.rule else None)
    if told.kind is None:
        raise Unfitting(f"表格没有写明怎样表决，请用 --kind 说明：{'、'.join(QuestionKind)}。")
    told.refuse_beside(f" {told.kind} 的表格", "kind", *_FITTING[told.kind])
    if told.kind is QuestionKind.MOTION:
        return table.read(text, MOTION)
    return table.read(text, _question(told, told.kind, table.titles(text, with_cost="budget" in _FITTING[told.kind])))


_FITTING = {
    QuestionKind.MOTION: (),
    QuestionKind.CHOOSE: ("seats", "most", "threshold"),
    QuestionKind.SCORE: ("seats",),
    QuestionKind.RANK: ("seats", "rule"),
    QuestionKind.BUDGET: ("budget", "rule"),
}
"""What may be told of a table, by what was asked."""


def _question(told: Told, kind: QuestionKind, options: tuple[Option, ...]) -> Question:
    giving = _giving(told) if kind is QuestionKind.BUDGET else pabulib.RULES["greedy"]
    if kind is QuestionKind.BUDGET and not told.budget:
        raise Unfitting("预算表格没有写明总额，请用 --budget 说明（从 1 起的整数元）。")
    try:
        return Question(
            kind, options, seats=1 if told.seats is None else told.seats,
            most=len(options) if told.most is None else told.most, threshold=told.threshold, budget=told.budget or 0,
            budget_rule=giving[0], completion=giving[1],
            rank_rule=_rank_rule(told) if kind is QuestionKind.RANK else RankRule.EXACT, named=True,
        )  # fmt: skip
    except QuestionMisuse:
        raise Unfitting(f"--seats、--most 应从 1 到选项数 {len(options)}，--budget 应从 1 起。") from None


def _rank_rule(told: Told) -> RankRule:
    if told.rule and told.rule not in set(RankRule):
        raise Unfitting(f"排序票的 --rule 是 {'、'.join(RankRule)} 之一。")
    return RankRule(told.rule) if told.rule else RankRule.EXACT


def _giving(told: Told) -> tuple[BudgetRule, Completion]:
    if told.rule and told.rule not in pabulib.RULES:
        raise Unfitting(f"预算的 --rule 是 {'、'.join(pabulib.RULES)} 之一。")
    return pabulib.RULES[told.rule or "greedy"]


def _words(poll: Poll) -> Translator:
    """The translator of a sentence whose amounts may be in parts of a yuan, and whose counts may be points."""

    def said(text: str, /, **values: Any) -> str:
        if poll.points is not None:
            text = text.replace("{count}票", "{count}分").replace("按得票", "按得分")
        amounts = {name: values[name] for name in ("cost", "budget", "spent", "left", "raised") if name in values}
        return plain(text, **values | {name: _decimal(amount, poll.unit) for name, amount in amounts.items()})

    return said


def _nobody(counted: Tally) -> list[str]:
    return [] if counted.winners or counted.tied else ["没有一项入选"]


def _ballots_in(poll: Poll, counted: Tally) -> list[str]:
    said = [f"有效{counted.valid}张（其中弃权{counted.abstained}张）"]
    if poll.announced not in (None, counted.valid):
        said.append(f"文件写明有{poll.announced}张选票（num_votes），读到{counted.valid}张：文件可能不全")
    if poll.twice:
        how = "只算一次" if poll.points is None else "分数相加"
        said.append(f"{poll.twice}张选票把同一项写了不止一次，{how}")
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
    sure, some = set(counted.winners), set(counted.tied)
    said = "与文件里的入选标记一致" if theirs == sure else "与文件里的入选标记不一致"
    if some & theirs and sure <= theirs <= sure | some:
        said = "文件里的入选标记是这个平票的一种结果"
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
