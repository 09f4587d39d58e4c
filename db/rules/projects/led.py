"""The round of a year of secretary-led projects: how many stand where, by direction (docs/domain.md 2, A1-01)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from db.terms import ProjectDirection, ProjectState

STATES = {
    ProjectState.SET_UP: "set_up",
    ProjectState.RUNNING: "running",
    ProjectState.HANDED_IN: "handed_in",
    ProjectState.REWORK: "running",
    ProjectState.ACCEPTED: "accepted",
    ProjectState.STOPPED: "stopped",
}
"""Where a project is counted: rework is work."""


@dataclass(slots=True)
class Tally:
    """Projects of a direction, or of all, by where they stand."""

    set_up: int = 0
    running: int = 0
    handed_in: int = 0
    accepted: int = 0
    stopped: int = 0

    @property
    def standing(self) -> int:
        """Set up and not stopped: what counts against the plan of the year."""
        return self.set_up + self.running + self.handed_in + self.accepted


Row = tuple[ProjectDirection | None, ProjectState]


def tally(projects: Iterable[Row]) -> dict[ProjectDirection | None, Tally]:
    """A tally of each direction, those without a project too; None is for projects without one, if there are any."""
    found: dict[ProjectDirection | None, Tally] = {direction: Tally() for direction in ProjectDirection}
    for direction, state in projects:
        one = found.setdefault(direction, Tally())
        name = STATES[state]
        setattr(one, name, getattr(one, name) + 1)
    return found


def together(parts: Iterable[Tally]) -> Tally:
    """All directions in one."""
    whole = Tally()
    for part in parts:
        for one in fields(part):
            setattr(whole, one.name, getattr(whole, one.name) + getattr(part, one.name))
    return whole


def missing(planned: int | None, standing: int) -> int:
    """How many projects the plan of the year still lacks; 0 without a plan."""
    return max(0, (planned or 0) - standing)
