"""经过: what happened to a project, in sentences, newest first."""

from collections.abc import Sequence

from components.lists import Column, rows
from components.wording import _
from components.wording.dates import near
from components.wording.happenings import happening
from db.queries.projects.page import LifeLine


def life(lines: Sequence[LifeLine]) -> None:
    """The life of a project as one block."""
    rows(
        [
            {
                "id": line.id,
                "what": happening(line.kind, line.values),
                "note": line.note,
                "who": line.actor,
                "at": near(line.at),
            }
            for line in lines
        ],
        [
            Column("what", _("经过")),
            Column("note", _("说明")),
            Column("who", _("经办"), "nowrap"),
            Column("at", _("时间"), "nowrap"),
        ],
        key="project.life",
        empty=_("还没有记录。"),
        caption=_("经过"),
    )
