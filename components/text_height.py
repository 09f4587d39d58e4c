"""How wide and how high a text is on paper, without a font at hand: for rows of a workbook, cards and ballots.

Spreadsheets do not fit merged cells by themselves, and LibreOffice fits no row of a file that says nothing of heights;
a card may cut no number. Letters are as wide as in the fonts that offices have: a reckoning that errs leaves a little
air, never a line that is cut. Columns of a workbook are as wide as Excel says (digits of the usual font), all else is
points.
"""

import re
from functools import lru_cache
from unicodedata import east_asian_width

POINTS = 5.25
"""Of one unit of width: a digit of seven pixels."""
LINE = 1.36
"""Height of a line by its type size, of the tallest of the usual Chinese fonts."""
ROOM = 4.0
"""Points above and below the lines together."""
LEAST = 12.0
"""Points; nothing that a resident holds is smaller."""
MORE = "…"
HIGHEST = 409.0
"""Excel has no higher row."""
_WIDE, _CAPITAL, _NARROW, _DIGIT = 1.0, 0.72, 0.6, 0.56
"""Widths of letters by the type size: East Asian, capital, other Latin ones and those of numbers and days."""
LOOKED_BACK = 4
_ENDS = "\n。！？；"
_CLOSING = "，。、；：？！）》〉】」』”’…—％"
_UNITS = re.compile(rf"\r?\n|[^\S\r\n]+|[!-~\u00a0-\u024f]+[{_CLOSING}]*|[^\n][{_CLOSING}]*")


@lru_cache(maxsize=8192)
def _letter(letter: str) -> float:
    if east_asian_width(letter) in "WFA":
        return _WIDE
    if letter in "0123456789-":
        return _DIGIT
    return _CAPITAL if letter.isupper() or letter in "@%&" else _NARROW


def broken(text: str, width: float, size: float) -> list[str]:
    """The text as it breaks into lines in a column of a workbook; the lines together are the text."""
    return _broken(text, width * POINTS / size - 0.1)


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines a text takes on paper, in points."""
    return len(_broken(text, width / size))


def width_of(text: str, size: float) -> float:
    """How wide a line of text is, in points."""
    return size * sum(map(_letter, text))


def step(size: float) -> float:
    """From one line to the next on a card, in points."""
    return size * 1.22


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


def _broken(text: str, room: float) -> list[str]:
    """Lines of `room` Chinese characters."""
    most = max(1.0, room)
    lines, line, filled = [], "", 0.0
    for unit in _UNITS.findall(text):
        if unit.endswith("\n"):
            lines.append(line + unit)
            line, filled = "", 0.0
            continue
        long = sum(map(_letter, unit))
        if filled and filled + long > most:
            lines.append(line)
            line, filled = "", 0.0
        while long > most and len(unit) > 1:  # one word that is wider than the cell is cut
            cut = max(1, int(len(unit) * most / long))
            lines.append(unit[:cut])
            unit = unit[cut:]
            long = sum(map(_letter, unit))
        line, filled = line + unit, filled + long
    return [*lines, line]


def height_of(lines: int, size: float) -> float:
    """Points that so many lines take."""
    return round(min(HIGHEST, lines * size * LINE + ROOM), 1)


def lines_within(height: float, size: float) -> int:
    """How many lines a row of this height holds, at least one."""
    return max(1, int((height - ROOM) / (size * LINE)))


def pieces(text: str, width: float, size: float, most: float) -> list[str]:
    """The text in pieces of which each fits a row of at most so many points; most texts are one piece.

    A piece ends with a sentence where one ends in its last lines.
    """
    held = lines_within(most, size)
    made, left = [], text
    while len(left) > held and len(lines := broken(left, width, size)) > held:
        whole, last = "".join(lines[:held]), "".join(lines[held - min(held - 1, LOOKED_BACK) : held])
        end = max(last.rfind(mark) for mark in _ENDS) + 1
        cut = len(whole) - (len(last) - end if end else 0)
        made.append(left[:cut])
        left = left[cut:]
    return [*made, left]
