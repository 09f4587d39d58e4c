"""党支部: the list, and the forms that found, change, close and open one again."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.forms import Filling, form
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import dated, near
from components.wording.terms import term
from db.actions.members.branches import amend_branch, close_branch, found_branch, reopen_branch
from db.queries.members.branches import BranchRow
from db.terms import BranchKind


def branches_table(found: Sequence[BranchRow], *, many: bool) -> None:
    """The branches; the first cell leads to the members of one."""
    rows(
        [
            {
                "id": one.id,
                "name": f"{one.community} · {one.name}" if many else one.name,
                "kind": term(one.kind),
                "secretary": _("{name}（账号已停用或调走）", name=one.secretary)
                if one.secretary_gone
                else one.secretary,
                "members": one.members,
                "since": near(one.since),
                "closed": near(one.closed_on) if one.closed_on else "",
            }
            for one in found
        ],
        [
            Column("name", _("党支部")),
            Column("kind", _("类别"), "nowrap"),
            Column("secretary", _("支部书记")),
            Column("members", _("在册党员"), "number", total=True),
            Column("since", _("建立"), "nowrap"),
            *([Column("closed", _("撤销"), "nowrap")] if any(one.closed_on for one in found) else []),
        ],
        key="members.branches",
        page="members",
        name="branch",
        empty=_("还没有党支部。先建一个，再登记党员。"),
        caption=_("党支部"),
    )


def found_form(accounts: Mapping[int, str]) -> Request | None:
    """A new branch."""
    with form("found_branch", border=False) as filling:
        left, right = st.columns(2)
        with left:
            name = filling.line("name", _("支部名称"), most=40)
        with right:
            secretary = _secretary(filling, accounts, None)
        kind = filling.choice("kind", _("类别"), list(BranchKind), few=True, start=BranchKind.COMMUNITY)
        pressed = filling.submit(_("建立党支部"), icon=":material/add:")
    values = {"name": name, "kind": kind, "secretary_id": secretary}
    return Request(filling, found_branch, _("党支部已建立"), values) if pressed else None


def _secretary(filling: Filling, accounts: Mapping[int, str], start: int | None) -> int | None:
    chosen: int | None = filling.choice(
        "secretary_id", _("支部书记的账号（可不选）"), list(accounts), start=start,
        show=lambda one: accounts.get(one, str(one)),
    )  # fmt: skip
    return chosen


def choose_branch(found: Sequence[BranchRow]) -> BranchRow | None:
    """Which branch is to be changed."""
    names = {one.id: one for one in found}
    chosen = st.selectbox(
        _("办理哪个党支部"), list(names), format_func=lambda one: names[one].name, index=None,
        key="members.branch", placeholder=_("请选择"),
    )  # fmt: skip
    return names.get(chosen) if chosen is not None else None


def branch_forms(branch: BranchRow, accounts: Mapping[int, str], today: date) -> Request | None:
    """Change, close, or open again."""
    if branch.closed_on is not None:
        with form(f"reopen_branch.{branch.id}") as filling:
            st.caption(_("已于 {day} 撤销。", day=dated(branch.closed_on)))
            pressed = filling.submit(_("恢复党支部"), icon=":material/undo:")
        values: dict[str, object] = {"branch_id": branch.id, "version": branch.version}
        return Request(filling, reopen_branch, _("党支部已恢复"), values) if pressed else None
    request: Request | None = None
    with form(f"amend_branch.{branch.id}") as filling:
        version = filling.seen("version", branch.version)
        left, right = st.columns(2)
        with left:
            name = filling.line("name", _("支部名称"), start=branch.name, most=40)
        with right:
            secretary = _secretary(filling, accounts, branch.secretary_id)
        kind = filling.choice("kind", _("类别"), list(BranchKind), few=True, start=branch.kind)
        none = branch.secretary_id is not None and filling.yes("no_secretary", _("暂时没有书记"))
        if filling.submit(_("保存"), icon=":material/save:"):
            values = {"branch_id": branch.id, "version": version, "name": name, "kind": kind}
            values["secretary_id"] = None if none else secretary
            request = Request(filling, amend_branch, _("已保存"), values)
    with form(f"close_branch.{branch.id}") as filling:
        st.caption(_("还有党员的支部不能撤销：先给他们换支部。"))
        on = filling.day("on", _("最后一天"), start=today, least=branch.since, most=today)
        if filling.submit(_("撤销党支部"), icon=":material/block:"):
            values = {"branch_id": branch.id, "version": branch.version, "on": on}
            request = Request(filling, close_branch, _("党支部已撤销"), values)
    return request
