"""How good and how quick the suggestions of likely twins are: the labelled pairs, and 240 candidates while typing.

python -m tests.load.measure_twins
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.rules.needs.twins import Sketch, likely_twins
from tests.load.report import Report
from tests.rules.needs.twin_pairs import HELD_BACK, LEAST, TRIED, Pair, precision_and_recall


@dataclass(frozen=True, slots=True)
class Size:
    """Needs that are compared with while somebody types."""

    candidates: int = 240


FULL, SMALLEST = Size(), Size(candidates=2)


async def measure(_here: Any, _scale: int, report: Report, size: Size = FULL) -> None:
    """Precision and recall of both sets, and the time of one look while somebody types."""
    report.say("\n### Likely twins: invented pairs labelled by hand\n")
    report.table(["Pairs", "", "Precision %", "Recall %"])
    for name, pairs in (("the rule was made with", TRIED), ("held back", HELD_BACK)):
        precision, recall = precision_and_recall(pairs)
        report.row(name, len(pairs), precision, recall)
        report.target(
            f"twins {name}, at {LEAST} points", "precision ≥ 80 %, recall ≥ 90 %",
            f"{precision} %, {recall} %", precision >= 80 and recall >= 90,
        )  # fmt: skip
    first, again = _look(TRIED + HELD_BACK, size)
    report.row(f"{size.candidates} candidates, first look", "", f"{1000 * first:.0f} ms", "")
    report.row(f"{size.candidates} candidates, the next key", "", f"{1000 * again:.0f} ms", "")


def _look(pairs: Sequence[Pair], size: Size) -> tuple[float, float]:
    texts = [text for pair in pairs for text in pair[1:3]][: size.candidates]
    known = [Sketch(number, text, 1, "3幢", 2, date(2026, 3, 1)) for number, text in enumerate(texts, 1)]
    times = []
    for typed in ("楼道的灯坏了好几天", "楼道的灯坏了好几天了，看不见"):
        began = time.perf_counter()
        likely_twins(Sketch(0, typed, 1, "3幢", None, date(2026, 3, 1)), known)
        times.append(time.perf_counter() - began)
    return times[0], times[1]


def main() -> None:
    report = Report(date.today())  # noqa: DTZ011 - the day on which somebody sits here and measures
    asyncio.run(measure(None, 1, report))
    report.targets()


if __name__ == "__main__":
    main()
