"""Where names stand beside places that lie close together on a map, so that one covers little of another."""

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

CUT = 20
"""So much worse it is to lose a part of a name at the edge than to cover one: nobody can guess what is cut off."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where the line of a name begins, ends or has its middle, by `anchor`, and its foot; pixels."""

    x: float
    y: float
    anchor: str
    """"start", "left" (it ends there) or "middle": classes of the map's style."""
    box: Box


def width_of(words: str) -> float:
    """About how many pixels wide a line of 12 px is."""
    return sum(12 if ord(letter) > 255 else 6.6 for letter in words)


def beside(places: Sequence[tuple[float, float, str]], width: float, height: float) -> list[Side]:
    """For each place (x, y, name) the side on which its name covers least of places and of names before it.

    A name left of, above or below its place gives way to another; none is left out. Where all sides are free it stands
    towards the middle of the map, of `width` and `height` pixels.
    """
    field = (0.0, 0.0, width, height)
    taken: list[Box] = [(x - 8, y - 9, x + 8, y + 5) for x, y, _name in places]
    found: list[Side] = []
    for x, y, name in places:
        costs = [(CUT * _outside(side.box, field) + sum(covered(side.box, other) for other in taken), side)
                 for side in _sides(x, y, width_of(name), turned=x > width * 0.7)]  # fmt: skip
        found.append(min(costs, key=lambda one: one[0])[1])
        taken.append(found[-1].box)
    return found


def covered(one: Box, other: Box) -> float:
    """How much of two boxes lies one above the other, in square pixels."""
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def _outside(box: Box, field: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) - covered(box, field)


def _sides(x: float, y: float, wide: float, *, turned: bool) -> list[Side]:
    right = Side(x + 10, y - 3, "start", (x + 10, y - 14, x + 10 + wide, y))
    left = Side(x - 10, y - 3, "left", (x - 10 - wide, y - 14, x - 10, y))
    above = Side(x, y - 17, "middle", (x - wide / 2, y - 28, x + wide / 2, y - 14))
    below = Side(x, y + 17, "middle", (x - wide / 2, y + 6, x + wide / 2, y + 20))
    return [left, right, above, below] if turned else [right, left, above, below]
