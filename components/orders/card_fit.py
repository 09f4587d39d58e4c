"""What fits on a contact card: sizes are tried from the largest, descriptions are shortened, a number never is.

Widths are those of the fonts that offices have: a Chinese character is as wide as it is high, a letter or digit at most
three quarters of that, in bold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Block:
    """Somebody to call: who it is, what for, and the number or what stands in its place."""

    who: str
    does: str
    call: str
    own: bool
    """The number is this helper's own."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """One way to set a card; `beside` puts the number on the line of its name, `lines` is the room of a description."""

    name: float
    number: float
    lines: int
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Room for print, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """Helpers as they are set, and whether all of them stand within the room."""

    sizes: Sizes
    blocks: tuple[Block, ...]
    left: float
    """Height that is left below them, in points; less than nothing where they do not fit."""


def step(size: float) -> float:
    """From one line to the next."""
    return size * 1.22


def fitted(blocks: Sequence[Block], area: Area, desk: str, ways: Sequence[Sizes]) -> Fitted:
    """The first way in which all blocks and the desk's number fit; the last one when none does."""
    made = None
    for way in ways:
        made = _set(blocks, area, desk, way)
        if made.left >= 0 and width_of(desk, way.number) <= area.width:
            break
    if made is None:
        raise ValueError("a card needs a way to be set")
    return made


def _set(blocks: Sequence[Block], area: Area, desk: str, way: Sizes) -> Fitted:
    placed, height = [], 0.0
    if desk:
        height += step(way.number) * lines_of(desk, way.number, area.width)
    for one in blocks:
        does, taken = _place(one, area.width, way)
        placed.append(Block(one.who, does, one.call, one.own))
        height += taken
    return Fitted(way, tuple(placed), area.height - height)


def _place(one: Block, width: float, way: Sizes) -> tuple[str, float]:
    """The description as it is set, and the height of the whole block."""
    size = way.number if one.own else way.name
    call = step(size) * lines_of(one.call, size, width)
    if way.beside:
        used = width_of(f"{one.who}  ", way.name) + width_of(one.call, size)
        if used <= width:
            return shortened(one.does, LEAST, width - used - width_of("  ", LEAST)), call
        return "", step(way.name) * lines_of(one.who, way.name, width) + call
    used = width_of(f"{one.who}  ", way.name)
    room = max(0.0, width * ceil(used / width) - used) + (way.lines - 1) * width
    does = shortened(one.does, way.name, room / 1.125 if way.lines > 1 else room)
    head = f"{one.who}  {does}" if does else one.who
    return does, step(way.name) * lines_of(head, way.name, width) + call
