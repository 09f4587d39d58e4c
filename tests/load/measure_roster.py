"""How good and how quick a proposed roster is, next to the greedy filling of the same question.

python -m tests.load.measure_roster
"""

import asyncio
import random
import statistics
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from db.rules.orders.dispatch import SLOTS
from db.rules.rota.greedy import breaks, candidates_of, greedy
from db.rules.rota.proposal import propose
from db.rules.rota.proposal_input import Asked, Filling, Helper, Limits, Need, loads_of, score
from db.rules.zone import CHINA
from tests.load.report import Report

SKILLS = ("英语", "急救", "手语")
FAR = 0.01
"""How far from the best an answer may be that is not proven."""


@dataclass(frozen=True, slots=True)
class Size:
    """People and slots, and how many questions of each kind."""

    people: int = 200
    slots: int = 600
    seeds: int = 2


FULL, SMALLEST = Size(), Size(people=8, slots=12, seeds=1)
KINDS: dict[str, dict[str, Any]] = {
    "every place can be filled": {"posts": 7, "free": 0.35},
    "few half days": {"posts": 7, "free": 0.15},
    "more work than people": {"posts": 20, "free": 0.35},
}


def question(size: Size, seed: int, *, posts: int, free: float) -> Asked:
    """Invented people and slots: three shifts a day at each post, skills at the first three, twenty pairs."""
    rng = random.Random(seed)
    helpers = tuple(
        Helper(
            number,
            frozenset(half for half in SLOTS if rng.random() < free),
            tuple(skill for skill in SKILLS if rng.random() < 0.3),
            likes=frozenset(post for post in range(posts) if rng.random() < 0.2),
        )
        for number in range(1, size.people + 1)
    )
    first, needs = datetime(2027, 2, 1, tzinfo=CHINA), []
    for number in range(size.slots):
        day, rest = divmod(number, 3 * posts)
        shift, post = divmod(rest, posts)
        starts = first + timedelta(days=day, hours=(7, 13, 18)[shift])
        skill = SKILLS[post] if post < len(SKILLS) else ""
        needs.append(Need(number + 1, post, starts, starts + timedelta(hours=4), 1, skill))
    together = tuple((one, one + 1) for one in range(1, min(41, size.people), 2))
    return Asked(helpers, tuple(needs), Limits(per_week=2), together)


def spread(asked: Asked, filling: Filling) -> str:
    """Fewest and most turns a person, and their standard deviation."""
    loads = list(loads_of(asked, filling).values())
    return f"{min(loads)}–{max(loads)}, {statistics.pstdev(loads):.2f}"


async def measure(_here: Any, _scale: int, report: Report, size: Size = FULL) -> None:
    """Places left open, spread of load, seconds: by hand's rule and by the solver, question by question."""
    report.say(f"\n### A roster: {size.people} people, {size.slots} slots\n")
    report.table(["Question", "open: greedy", "open", "turns: greedy", "turns", "s: greedy", "s", "CPU s", ""])
    worst, good = 0.0, True
    for kind, values in KINDS.items():
        for seed in range(1, size.seeds + 1):
            asked = question(size, seed, **values)
            began = time.perf_counter()
            start = greedy(asked, candidates_of(asked))
            by_hand = time.perf_counter() - began
            worked = time.process_time()
            found = propose(asked)
            worked = time.process_time() - worked
            took = time.perf_counter() - began - by_hand
            worst = max(worst, took)
            good = good and not breaks(asked, found.filling) and (found.proven or (found.full and found.gap <= FAR))
            said = "proven" if found.proven else f"within {100 * found.gap:.1f} %"
            opens = (score(asked, start).open, found.score.open)
            report.row(kind, *opens, spread(asked, start), spread(asked, found.filling), by_hand, took, worked, said)
    report.target(
        f"roster of {size.people} × {size.slots}", "proven or within 1 %, 10 s on two cores",
        f"{'all' if good else 'not all'}, {worst:.1f} s at most", good and worst <= 10,
    )  # fmt: skip


def main() -> None:
    report = Report(date.today())  # noqa: DTZ011 - the day on which somebody sits here and measures
    asyncio.run(measure(None, 1, report))
    report.targets()


if __name__ == "__main__":
    main()
