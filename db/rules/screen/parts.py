"""The parts of the rotation: which ones a community shows, and how they are kept."""

from collections.abc import Iterable

from db.terms import ScreenPart

P = ScreenPart
USUAL = (P.STAGES, P.PROJECTS, P.MONTH, P.STATIONS)
"""What rotates until somebody chooses: no name is in any of them."""


def kept_as(parts: Iterable[ScreenPart]) -> str:
    """The chosen parts as one text, in the order of the rotation, each once."""
    wanted = set(parts)
    return ",".join(part.value for part in P if part in wanted)


def parts_of(kept: str | None) -> tuple[ScreenPart, ...]:
    """The parts of a kept choice; those of no choice; a part that is known no more is left out."""
    if kept is None:
        return USUAL
    names = kept.split(",")
    return tuple(part for part in P if part.value in names)
