"""项目清单: the portfolio as one block."""

from collections.abc import Sequence

from components.lists import Column, rows
from components.projects.frame import light_reason
from components.wording import _
from components.wording.dates import day, percent_of
from components.wording.terms import term
from db.queries.projects.projects import ProjectRow


def project_list(projects: Sequence[ProjectRow], *, communities: bool) -> None:
    """Projects with light, reason and progress."""
    columns = [
        Column("title", _("项目")),
        Column("state", _("状态"), "nowrap"),
        Column("light", _("灯号"), "nowrap"),
        Column("reason", _("原因")),
        Column("done", _("完成/计划应到"), "number"),
        Column("leader", _("负责人"), "nowrap"),
        Column("due", _("完成时限"), "nowrap"),
        Column("kind", _("类别")),
    ]
    if communities:
        columns.insert(1, Column("community", _("社区"), "nowrap"))
    rows(
        [_line(project) for project in projects],
        columns,
        key="projects.list",
        page="project",
        empty=_("没有符合条件的项目。议题公示期满后，到“立项”从通过的需求设立项目。"),
        caption=_("项目"),
    )


def _line(project: ProjectRow) -> dict[str, object]:
    values = project.light.values if project.light else None
    return {
        "id": project.id,
        "title": project.title,
        "community": project.community,
        "state": project.state,
        "light": project.light.light if project.light else "",
        "reason": light_reason(project.light),
        "done": "—" if values is None else f"{percent_of(values.progress)} / {percent_of(values.planned)}",
        "leader": project.leader,
        "due": day(project.due_on),
        "kind": term(project.kind),
    }
