"""A proof of printed papers: pages, smallest letters, empty pages, lines over each other, ASCII marks among Chinese."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.pdf_files import PrintedLine, printed

_ASCII_MARK = re.compile(r"[\u4e00-\u9fff][,;:?!()][\u4e00-\u9fff]")
WIDE, HIGH = 420, 420
"""Millimetres: the long side of A3."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What can be told of a printed paper without looking at it."""

    pages: int
    smallest: float
    """Points."""
    empty_pages: int
    overlapping: int
    """Pairs of lines that stand in each other: rows too low for their text."""
    outside: int
    """Lines that begin or end beyond the paper."""
    ascii_marks: int

    @property
    def faults(self) -> tuple[int, int, int, int]:
        return self.empty_pages, self.overlapping, self.outside, self.ascii_marks


def proof(pdf: Path) -> Proof:
    """Read a PDF as an office printed it."""
    pages = printed(pdf)
    everything = [one for page in pages for one in page]
    return Proof(
        pages=len(pages),
        smallest=round(min((one.size for one in everything), default=0), 1),
        empty_pages=sum(not [one for one in page if not re.fullmatch(r"[—\d第页共/ ]*", one.text)] for page in pages),
        overlapping=sum(_overlaps(page) for page in pages),
        outside=sum(one.left < 0 or one.top < 0 or one.right > WIDE or one.bottom > HIGH for one in everything),
        ascii_marks=sum(len(_ASCII_MARK.findall(one.text)) for one in everything),
    )


def _overlaps(page: Sequence[PrintedLine]) -> int:
    ordered, found = sorted(page, key=lambda one: one.top), 0
    for place, upper in enumerate(ordered):
        for lower in ordered[place + 1 :]:
            if lower.top >= upper.bottom:
                break
            shared = min(upper.bottom, lower.bottom) - lower.top
            beside = lower.left >= upper.right or upper.left >= lower.right
            # Letters of one line that differ in height, such as a mark and a character, are no overlap.
            apart = abs((upper.top + upper.bottom) - (lower.top + lower.bottom)) / 2
            found += not beside and apart > 0.7 and shared > 0.5
    return found
