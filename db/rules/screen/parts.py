"""The parts of the rotation: which ones a community shows, and how they are kept."""

from collections.abc import Iterable

from db.terms import ScreenPart

P = ScreenPart
USUAL = (P.STAGES, P.PROJECTS, P.MONTH, P.STATIONS, P.FIGURES, P.ACTIVITIES)
"""What rotates until somebody chooses: all but the wall, because no name is in any of them."""
ROTAS_MOST = 4
"""So many rotas are chosen at most: each is a slide a day, and the rotation has to come round."""


def kept_as(parts: Iterable[ScreenPart], rotas: Iterable[int] = ()) -> str:
    """The chosen parts as one text, in the order of the rotation, each once; the chosen rotas behind the station."""
    wanted = set(parts)
    which = "".join(f":{one}" for one in sorted(set(rotas)))
    return ",".join(part.value + (which if part is P.STATIONS else "") for part in P if part in wanted)


def parts_of(kept: str | None) -> tuple[ScreenPart, ...]:
    """The parts of a kept choice; those of no choice; a part that is known no more is left out."""
    if kept is None:
        return USUAL
    names = [one.partition(":")[0] for one in kept.split(",")]
    return tuple(part for part in P if part.value in names)


def rotas_of(kept: str | None) -> tuple[int, ...]:
    """The ids of the rotas that were chosen for the station; none: the largest ones are shown."""
    for one in (kept or "").split(","):
        name, _colon, which = one.partition(":")
        if name == P.STATIONS:
            return tuple(int(number) for number in which.split(":") if number.isdecimal())
    return ()
