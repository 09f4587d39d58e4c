"""What the bench found: printed as it comes, kept as Markdown with the targets, misses included."""

import os
import platform
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Target:
    what: str
    wanted: str
    found: str
    met: bool
    counted: bool
    """A count is right on every machine and at every size; the others depend on both."""


@dataclass
class Report:
    """Lines of Markdown, and the targets with what was found."""

    day: date
    lines: list[str] = field(default_factory=list)
    found: list[Target] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    """Figures that a later part compares with."""

    def say(self, line: str = "") -> None:
        print(line, flush=True)
        self.lines.append(line)

    def ground(self, scale: int, needs: int) -> None:
        self.say(f"\n## Demo × {scale}: {needs:,} needs\n")

    def table(self, head: list[str]) -> None:
        self.say("| " + " | ".join(head) + " |")
        self.say("|" + "---|" * len(head))

    def row(self, *cells: object) -> None:
        texts = (f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells)
        self.say(f"| {' | '.join(texts)} |")

    def target(self, what: str, wanted: str, found: str, met: bool, *, counted: bool = False) -> None:
        self.found.append(Target(what, wanted, found, met, counted))

    def targets(self) -> None:
        self.say("\n## Targets\n")
        self.table(["What", "Wanted", "Found", ""])
        for target in self.found:
            self.row(target.what, target.wanted, target.found, "met" if target.met else "**missed**")

    def text(self) -> str:
        """The whole report, with the machine in general words."""
        machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
        head = [
            "# Benchmarks",
            "",
            f"Measured on {self.day:%Y-%m-%d} with `make bench` on {machine}; the client ran on the same",
            "machine. Ratios are of processor time, to a bare Streamlit app with the same navigation, theme and number",
            "of texts (`tests/load/bare`), alternating, medians; they travel, milliseconds do not. Counts are asserted",
            "in `tests/load/test_budgets.py`, times are only printed. Misses are listed as they are.",
        ]
        return "\n".join([*head, *self.lines, ""])
