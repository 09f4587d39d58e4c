"""`make bench`: what the app costs, in one run beside a bare Streamlit app with the same navigation and theme.

    python -m tests.load.bench [--scale 100] [--folder DIR] [--report docs/benchmarks.md] [--only pages,screens,...]
                              [--before CHECKOUT]
    python -m tests.load.bench --smallest       # does every part still run? the figures say nothing

Counts (elements, statements, bytes) are asserted in `test_budgets.py`; times are only printed here. Ratios travel from
machine to machine, milliseconds do not.
"""

import argparse
import asyncio
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from tests.load import (
    measure_console,
    measure_form,
    measure_imports,
    measure_pages,
    measure_roster,
    measure_screens,
    measure_slips,
    measure_start,
    measure_tally,
    measure_twins,
    measure_wall,
    measure_wire,
)
from tests.load.ground import Ground, ground
from tests.load.report import Report

PARTS: dict[str, Any] = {
    "pages": measure_pages,
    "screens": measure_screens,
    "form": measure_form,
    "wire": measure_wire,
    "start": measure_start,
    "slips": measure_slips,
    "console": measure_console,
    "tally": measure_tally,
    "imports": measure_imports,
    "twins": measure_twins,
    "roster": measure_roster,
    "wall": measure_wall,
}
"""Each is a module with `measure` and its sizes FULL and SMALLEST."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scale", type=int, default=100, help="the larger size, in multiples of the demo")
    arguments.add_argument("--folder", type=Path, help="keep the filled databases here for the next bench")
    arguments.add_argument("--report", type=Path, help="write the tables here, too")
    arguments.add_argument("--only", default=",".join(PARTS), help=f"parts to measure: {', '.join(PARTS)}")
    arguments.add_argument("--before", type=Path, help="a checkout of an earlier build of the same schema, for pages")
    arguments.add_argument("--smallest", action="store_true", help="run every part once, as small as it goes")
    chosen = arguments.parse_args()
    if chosen.smallest:
        chosen.scale = 1
    report = Report(date.today())  # noqa: DTZ011 - the day on which somebody sits here and measures
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        root = chosen.folder or Path(scratch)
        for scale in dict.fromkeys((1, chosen.scale)):
            with ground(root / f"scale-{scale}", scale, chosen.before) as here:
                report.ground(scale, here.needs)
                for name in chosen.only.split(","):
                    # The larger database matters to pages; the others are measured once, on the smaller one.
                    if name == "pages" or scale == 1:
                        asyncio.run(measure(name, here, scale, report, smallest=chosen.smallest))
    report.targets()
    if chosen.report:
        chosen.report.write_text(report.text(), encoding="utf-8")


async def measure(name: str, here: Ground, scale: int, report: Report, *, smallest: bool) -> None:
    """One part at its full or its smallest size."""
    part = PARTS[name]
    await part.measure(here, scale, report, part.SMALLEST if smallest else part.FULL)


if __name__ == "__main__":
    main()
