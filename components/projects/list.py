"""项目清单: the portfolio as one block."""

from collections.abc import Sequence

import streamlit as st

from components.lists import Column, rows
from components.projects.frame import light_reason
from components.wording import _, safe
from components.wording.dates import near, percent_of
from components.wording.terms import term
from db.queries.projects.livelihood import LivelihoodRow
from db.queries.projects.projects import ProjectRow
from db.terms import ProjectDirection, ProjectKind


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


def kind_words(kind: ProjectKind, direction: ProjectDirection | None) -> str:
    """The kind, of a secretary-led project with its direction."""
    return term(kind) + (f" · {term(direction)}" if direction else "")


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
        "due": near(project.due_on),
        "kind": kind_words(project.kind, project.direction),
    }


def livelihood_list(projects: Sequence[LivelihoodRow], *, communities: bool) -> None:
    """民生实事 with the member who leads each."""
    led = sum(bool(project.branch) for project in projects)
    st.markdown(safe(_("民生实事 {n} 个，其中党员牵头 {led} 个", n=len(projects), led=led)))
    columns = [
        Column("title", _("项目")),
        Column("leader", _("负责人"), "nowrap"),
        Column("member", _("党员牵头")),
        Column("state", _("状态"), "nowrap"),
        Column("light", _("灯号"), "nowrap"),
        Column("reason", _("原因")),
        Column("due", _("完成时限"), "nowrap"),
    ]
    if communities:
        columns.insert(1, Column("community", _("社区"), "nowrap"))
    rows(
        [
            {
                "id": project.id,
                "title": project.title,
                "community": project.community,
                "leader": project.leader,
                "member": project.branch or "—",
                "state": project.state,
                "light": project.light.light if project.light else "",
                "reason": light_reason(project.light),
                "due": near(project.due_on),
            }
            for project in projects
        ],
        columns,
        key="livelihood.list",
        page="project",
        empty=_("还没有民生实事项目。到“立项”选“民生实事”。"),
        caption=_("民生实事"),
    )
    st.caption(_("党员牵头：负责人今天在党员名册上，写所在支部。与“成效”里的口径一致。"))
