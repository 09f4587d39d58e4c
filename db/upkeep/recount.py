"""Count an exported ballot file again: no database, no settings, no key; only the file and the rules."""

from pathlib import Path

from db.rules.voting.account_words import account_words, fault_words
from db.rules.voting.ballot_file import BadBallotFile, BallotFile, Recount, read, recount
from db.rules.voting.outcome_words import plain, result_sentence, way_words
from db.rules.voting.verdict import Verdict


def recount_file(path: Path) -> tuple[BallotFile, Recount]:
    """Read a file and count it. Raises OSError, and BadBallotFile with the line that cannot be read."""
    stored = path.read_bytes()
    try:
        text = stored.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise BadBallotFile(stored.count(b"\n", 0, wrong.start) + 1, "not UTF-8") from None
    file = read(text)
    return file, recount(file, text)


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
    counts = [f"{file.question.option(option.number).title} {option.count}" for option in verdict.tally.options]
    return "各项计数：" + "、".join(counts)
