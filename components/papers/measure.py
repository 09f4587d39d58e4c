"""How much of a text fits on paper, without a font at hand: for cards and ballots that may cut nothing.

Widths are those of the fonts that offices have: a Chinese character is as wide as it is high, a letter or digit at most
seven tenths of that, in bold.
"""

from math import ceil
from unicodedata import east_asian_width

LEAST = 12.0
"""Points; nothing that a resident holds is smaller."""
LETTER = 0.7
MORE = "…"


def width_of(text: str, size: float) -> float:
    """How wide a line of text is, in points."""
    return sum(size * (1.0 if east_asian_width(one) in "WFA" else LETTER) for one in text)


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines a text takes; an eighth is lost where words and numbers are not broken."""
    one = width_of(text, size)
    return 1 if one <= width else ceil(one * 1.125 / width)


def shortened(text: str, size: float, width: float) -> str:
    """As much of a description as is not wider than this; "" where not even two characters would stand there.

    What comes after a dot goes first: of "量血压 · 每周一次" the first half says what the helper does.
    """
    for kept in (text, text.partition(" · ")[0]):
        if width_of(kept, size) <= width:
            return kept
    while kept and width_of(kept + MORE, size) > width:
        kept = kept[:-1]
    return kept.rstrip(" ·、，；（") + MORE if len(kept) > 1 else ""


def step(size: float) -> float:
    """From one line to the next."""
    return size * 1.22
