"""`make bench`: what the app costs, in one run on a running server, as ratios to its emptiest page.

    python -m tests.load.bench [--scale 100] [--folder DIR] [--report docs/benchmarks.md] [--only pages,screens,...]

Counts (elements, statements, bytes) are asserted in `test_budgets.py`; times are only printed here. Ratios travel from
machine to machine, milliseconds do not.
"""

import argparse
import asyncio
import tempfile
from datetime import date
from pathlib import Path

from tests.load import (
    measure_console,
    measure_form,
    measure_imports,
    measure_pages,
    measure_screens,
    measure_slips,
    measure_tally,
    measure_twins,
    measure_wire,
)
from tests.load.ground import Ground, ground
from tests.load.report import Report

PARTS = {
    "pages": measure_pages.measure,
    "screens": measure_screens.measure,
    "form": measure_form.measure,
    "wire": measure_wire.measure,
    "slips": measure_slips.measure,
    "console": measure_console.measure,
    "tally": measure_tally.measure,
    "imports": measure_imports.measure,
    "twins": measure_twins.measure,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--scale", type=int, default=100, help="the larger size, in multiples of the demo")
    arguments.add_argument("--folder", type=Path, help="keep the filled databases here for the next bench")
    arguments.add_argument("--report", type=Path, help="write the tables here, too")
    arguments.add_argument("--only", default=",".join(PARTS), help=f"parts to measure: {', '.join(PARTS)}")
    chosen = arguments.parse_args()
    report = Report(date.today())  # noqa: DTZ011 - the day on which somebody sits here and measures
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        root = chosen.folder or Path(scratch)
        for scale in dict.fromkeys((1, chosen.scale)):
            with ground(root / f"scale-{scale}", scale) as here:
                report.ground(scale, here.needs)
                asyncio.run(_measure(here, scale, chosen.scale, chosen.only.split(","), report))
    report.targets()
    if chosen.report:
        chosen.report.write_text(report.text(), encoding="utf-8")


async def _measure(here: Ground, scale: int, largest: int, parts: list[str], report: Report) -> None:
    for name in parts:
        # The larger database matters to pages; screens, form and wire are measured once, on the smaller one.
        if name == "pages" or scale != largest or largest == 1:
            await PARTS[name](here, scale, report)


if __name__ == "__main__":
    main()
