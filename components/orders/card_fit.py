"""What fits on a contact card: sizes are tried from the largest, descriptions are shortened, a number never is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from components.text_height import LEAST, lines_of, shortened, step, width_of


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
