"""100,000 ballots over 50 options, every method, next to abcvoting and pyrankvote on the same ballots in the same run.

    python -m tests.load.measure_tally

Both start from the same patterns, as they come out of the database, and end with the winners. What a library needs to
make its own ballots out of them and what it needs to count these are shown apart; here reading is part of the counting.
Both compute on one core, so processor time is compared: what else the machine does at that moment does not count. Where
neither library knows the method, the same sum as one plain loop over the ballots stands in for it.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyrankvote

from db.rules.voting.question import Option, Question
from db.rules.voting.tally import Tally, tally
from db.terms import BudgetRule, QuestionKind
from tests.load.ground import Ground
from tests.load.report import Report
from tests.rules.voting import oracles

OPTIONS, PLACES = 50, 5
MOST_SECONDS = 60
"""Where the other one would need longer than this for all, it gets only some, and its time is multiplied up."""
PLAIN = "plain loop"

Winners = frozenset[int]


@dataclass(frozen=True, slots=True)
class Size:
    """Ballots of every method, and how many of them the other one gets first."""

    ballots: int = 100_000
    first: int = 20_000


FULL, SMALLEST = Size(), Size(ballots=8, first=4)


@dataclass(frozen=True, slots=True)
class Contest:
    """One method: its question, the ballots, and how the other one counts some of them."""

    name: str
    question: Question
    patterns: list[str]
    other: str
    prepare: Callable[[list[str]], Callable[[], Winners]]
    """Turns patterns into the other's own ballots, and gives what counts them."""


def _options(costs: Iterable[int] = ()) -> tuple[Option, ...]:
    known = list(costs) or [0] * OPTIONS
    return tuple(Option(number, f"{number}", cost) for number, cost in enumerate(known, 1))


def _numbers(pattern: str) -> list[int]:
    return [int(part) for part in pattern.replace(">", ",").split(",")]


# --- the others ---------------------------------------------------------------------------------------


def _abcvoting(rule: str, places: int, **more: object) -> Callable[[list[str]], Callable[[], Winners]]:
    def prepare(patterns: list[str]) -> Callable[[], Winners]:
        profile = oracles.Profile(OPTIONS)
        profile.add_voters([{number - 1 for number in _numbers(pattern)} for pattern in patterns])

        def count() -> Winners:
            (committee,) = oracles.abcrules.compute(rule, profile, places, resolute=True, **more)
            return frozenset(number + 1 for number in committee)

        return count

    return prepare


def _pyrankvote(places: int) -> Callable[[list[str]], Callable[[], Winners]]:
    def prepare(patterns: list[str]) -> Callable[[], Winners]:
        people = {number: pyrankvote.Candidate(str(number)) for number in range(1, OPTIONS + 1)}
        ballots = [pyrankvote.Ballot([people[number] for number in _numbers(pattern)]) for pattern in patterns]

        def count() -> Winners:
            if places == 1:
                result = pyrankvote.instant_runoff_voting(list(people.values()), ballots)
            else:
                result = pyrankvote.single_transferable_vote(list(people.values()), ballots, places)
            return frozenset(int(winner.name) for winner in result.get_winners())

        return count

    return prepare


def _loop_of_scores(patterns: list[str]) -> Callable[[], Winners]:
    ballots = [_numbers(pattern) for pattern in patterns]

    def count() -> Winners:
        points: Counter[int] = Counter()
        for ballot in ballots:
            for number, score in enumerate(ballot, 1):
                points[number] += score
        return frozenset(number for number, _ in points.most_common(PLACES))

    return count


def _loop_of_projects(costs: list[int], budget: int) -> Callable[[list[str]], Callable[[], Winners]]:
    def prepare(patterns: list[str]) -> Callable[[], Winners]:
        ballots = [_numbers(pattern) for pattern in patterns]

        def count() -> Winners:
            votes: Counter[int] = Counter()
            for ballot in ballots:
                votes.update(ballot)
            left, taken = budget, set()
            for number, _ in votes.most_common():
                if costs[number - 1] <= left:
                    left -= costs[number - 1]
                    taken.add(number)
            return frozenset(taken)

        return count

    return prepare


# --- the ballots --------------------------------------------------------------------------------------


def contests(size: Size) -> list[Contest]:
    """Seeded, all ballots different or nearly so: the hard case, since equal ballots are counted once."""
    luck = np.random.default_rng(2009)
    liked = luck.random((size.ballots, OPTIONS)) < luck.uniform(0.1, 0.6, OPTIONS)
    liked[~liked.any(axis=1), 0] = True
    approvals = [",".join(map(str, np.flatnonzero(row) + 1)) for row in liked]
    scores = [",".join(map(str, row)) for row in luck.integers(0, 11, (size.ballots, OPTIONS)).tolist()]
    liking = luck.gumbel(size=(size.ballots, OPTIONS)) + np.linspace(1, 0, OPTIONS)
    rankings = [">".join(map(str, row)) for row in (np.argsort(-liking, axis=1) + 1).tolist()]
    costs, budget = luck.integers(5_000, 200_000, OPTIONS).tolist(), 1_000_000
    kind, shares = QuestionKind, BudgetRule.EQUAL_SHARES
    return [
        Contest(
            f"choose, {PLACES} places",
            Question(kind.CHOOSE, _options(), seats=PLACES, most=OPTIONS),
            approvals, "abcvoting AV", _abcvoting("av", PLACES),
        ),
        Contest("score 0–10", Question(kind.SCORE, _options(), seats=PLACES), scores, PLAIN, _loop_of_scores),
        Contest("instant run-off", Question(kind.RANK, _options()), rankings, "pyrankvote", _pyrankvote(1)),
        Contest(
            f"transferable vote, {PLACES} places",
            Question(kind.RANK, _options(), seats=PLACES),
            rankings, "pyrankvote", _pyrankvote(PLACES),
        ),
        Contest(
            "budget by votes",
            Question(kind.BUDGET, _options(costs), budget=budget),
            approvals, PLAIN, _loop_of_projects(costs, budget),
        ),
        Contest(
            "equal shares, every project costs 1",
            Question(kind.BUDGET, _options([1] * OPTIONS), budget=PLACES, budget_rule=shares),
            approvals, "abcvoting MES, floats",
            _abcvoting("equal-shares-without-completion", PLACES, algorithm="float-fractions"),
        ),
    ]  # fmt: skip


# --- the measure --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds of the processor for all ballots, and whether both gave the same winners."""

    ours: float
    reading: float
    counting: float
    same: bool
    counted: int
    """How many ballots the other one really counted."""


def _ours(question: Question, patterns: list[str]) -> tuple[Tally, float]:
    start = time.process_time()
    count = tally(question, Counter(patterns))
    return count, time.process_time() - start


def _theirs(contest: Contest, patterns: list[str]) -> tuple[Winners, float, float]:
    start = time.process_time()
    count = contest.prepare(patterns)
    ready = time.process_time()
    winners = count()
    return winners, ready - start, time.process_time() - ready


def compare(contest: Contest, first: int) -> Found:
    """Both on all ballots, or on a part of them where the other one is too slow. Ours is the middle of three runs."""
    counts = [_ours(contest.question, contest.patterns) for _ in range(3)]
    ours, seconds = counts[0][0], sorted(took for _, took in counts)[1]
    few = contest.patterns[:first]
    winners, reading, counting = _theirs(contest, few)
    times = len(contest.patterns) / len(few)
    if (reading + counting) * times > MOST_SECONDS:
        same = frozenset(tally(contest.question, Counter(few)).winners) == winners
        return Found(seconds, reading * times, counting * times, same, len(few))
    winners, reading, counting = _theirs(contest, contest.patterns)
    same = frozenset(ours.winners) == winners and not ours.tied
    return Found(seconds, reading, counting, same, len(contest.patterns))


async def measure(_here: Ground | None, _scale: int, report: Report, size: Size = FULL) -> None:
    """A row per method; ten times faster with the same answer is wanted wherever a library knows the method."""
    report.say(
        f"\n{size.ballots:,} ballots, {OPTIONS} options, nearly all ballots different; seconds of one processor, both"
        " from the same patterns to the winners.\n"
    )
    report.table(
        [
            "Method",
            "Here",
            "Next to",
            "Reads",
            "Counts",
            "Both, to here",
            "Counts, to here",
            "Same winners",
            "Of ballots",
        ]
    )
    for contest in contests(size):
        found = compare(contest, size.first)
        ratio = (found.reading + found.counting) / found.ours
        ballots = f"{found.counted:,}" + ("" if found.counted == size.ballots else ", multiplied up")
        report.row(
            contest.name, found.ours, contest.other, found.reading, found.counting,
            f"{ratio:.1f} ×", f"{found.counting / found.ours:.1f} ×", "yes" if found.same else "**no**", ballots,
        )  # fmt: skip
        if contest.other != PLAIN:
            report.target(
                f"tally: {contest.name}, next to {contest.other}",
                "≥ 10 × as fast, same winners",
                f"{ratio:.1f} ×, {'same' if found.same else 'other'} winners",
                ratio >= 10 and found.same,
            )


def main() -> None:
    report = Report(date.today())  # noqa: DTZ011 - the day on which somebody sits here and measures
    asyncio.run(measure(None, 1, report))
    report.targets()


if __name__ == "__main__":
    main()
