"""经过: what happened to a project, in sentences, newest first."""

from collections.abc import Sequence

from components.detail import Step, happened
from components.wording import _
from components.wording.happenings import happening
from db.queries.projects.page import LifeLine


def life(lines: Sequence[LifeLine]) -> None:
    """The life of a project as one block."""
    happened(
        [Step(line.at, happening(line.kind, line.values), line.actor, line.note) for line in reversed(lines)],
        key="project.life",
        caption=_("经过"),
    )
