"""The wall on the screen: what fits on a page in type that is read across a room, and which pages come now.

Widths are in characters of full width; a letter or digit of half width is reckoned as six tenths.
"""

from collections.abc import Sequence
from math import ceil
from unicodedata import east_asian_width

ROWS = 4
"""Promises on a page at most."""
LINES = 8
"""Lines on a page at 64 px of 1080."""
WIDTH = 27
"""Characters of a line at 64 px of 1920, less one for the edge."""
PAGES = 6
"""Pages of the wall in one round, so that the other parts come again soon."""


def width_of(words: str) -> float:
    """How wide a text is, in characters of full width."""
    return sum(1.0 if east_asian_width(one) in "WFA" else 0.6 for one in words)


def lines_of(words: str) -> int:
    """Lines that a text takes; an empty one takes one, too."""
    return max(1, ceil(width_of(words) / WIDTH))


def shortened(words: str, lines: int, width: int = WIDTH) -> str:
    """The text, or its beginning with an ellipsis when it takes more lines of that width."""
    if width_of(words) <= lines * width:
        return words
    room = lines * width - 1.0
    kept = ""
    for one in words:
        room -= width_of(one)
        if room < 0:
            break
        kept += one
    return f"{kept}…"


def pages(heights: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Positions of the rows by page, in their order: four rows and eight lines at most."""
    made: list[list[int]] = []
    left = 0
    for at, height in enumerate(heights):
        if not made or len(made[-1]) == ROWS or height > left:
            made.append([])
            left = LINES
        made[-1].append(at)
        left -= height
    return tuple(tuple(page) for page in made)


def now_turning(count: int, turn: int) -> range:
    """Which of `count` pages come in this turn: neighbours, as many as fit a round; every page has its turn."""
    rounds = max(1, ceil(count / PAGES))
    begin, at = count // rounds, turn % rounds
    more = count - begin * rounds
    first = at * begin + min(at, more)
    return range(first, first + begin + (1 if at < more else 0))
