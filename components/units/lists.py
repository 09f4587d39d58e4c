"""三张清单: needs, resources, projects side by side, and the matches, each with its reasons and its request form."""

from collections.abc import Sequence

import streamlit as st

from components.lists import Column, rows
from components.units.words import amount_words
from components.wording import _, noted, side_by_side
from components.wording.terms import term
from db.queries.units.lists import Lists, MatchLine


def match_table(found: Sequence[MatchLine]) -> None:
    """The best matches; a click opens the request, filled in."""
    rows(
        [
            {
                "match": match_code(line),
                "number": line.number,
                "title": line.title,
                "resource": line.resource.name,
                "unit": line.resource.unit,
                "why": _why(line),
            }
            for line in found
        ],
        [
            Column("number", _("需求或项目"), "nowrap"),
            Column("title", _("什么事")),
            Column("resource", _("可用的资源")),
            Column("unit", _("单位")),
            Column("why", _("为什么合适"), "wide"),
        ],
        key="lists.matches",
        page="resource",
        name="match",
        value="match",
        empty=_("暂时没有对得上的。给资源写上类别、特长和“能帮上什么忙”，这里就会配对。"),
        caption=_("匹配建议"),
    )


def match_code(line: MatchLine) -> str:
    """What the address of the request form holds: resource, and the need or project."""
    about = f"n{line.need_id}" if line.need_id is not None else f"p{line.project_id}"
    return f"{line.resource.id}-{about}"


def _why(line: MatchLine) -> str:
    said = [term(reason) for reason in line.match.reasons]
    if line.match.shared:
        said.append(side_by_side(line.match.shared[:4]))
    return " · ".join(said)


def three(lists: Lists) -> None:
    """The three lists side by side; one below the other on a phone."""
    left, middle, right = st.columns(3)
    with left:
        st.header(_("需求清单"), anchor=False)
        rows(
            [{"id": one.id, "title": f"{one.number} {one.title}", "more": one.category} for one in lists.needs],
            [Column("title", _("需求")), Column("more", _("类别"))],
            key="lists.needs", page="need", empty=_("没有在办的需求。"), caption=_("需求清单"),
        )  # fmt: skip
    with middle:
        st.header(_("资源清单"), anchor=False)
        rows(
            [
                {
                    "id": one.id,
                    "title": noted(one.name, one.unit),
                    "more": amount_words(one.kind, one.amount, one.measure),
                }
                for one in lists.resources
            ],
            [Column("title", _("资源")), Column("more", _("数量"))],
            key="lists.resources", page="resource", empty=_("还没有登记资源。"), caption=_("资源清单"),
        )  # fmt: skip
    with right:
        st.header(_("项目清单"), anchor=False)
        rows(
            [{"id": one.id, "title": f"{one.number} {one.title}", "more": one.state} for one in lists.projects],
            [Column("title", _("项目")), Column("more", _("状态"), "nowrap")],
            key="lists.projects", page="project", empty=_("没有在推进的项目。"), caption=_("项目清单"),
        )  # fmt: skip
