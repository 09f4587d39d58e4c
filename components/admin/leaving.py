"""Somebody changes role or leaves: what they have in hand, to whom it goes, and the two forms that do it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import streamlit as st

from components.accounts.accounts import account_fields
from components.acting import Request
from components.forms import Filling, form
from components.wording import _, in_a_row
from components.wording.terms import term
from db.actions.admin.leaving import change_account, disable_account
from db.queries.accounts.accounts import AccountRow, CommunityChoice
from db.queries.admin.open_work import Heir, Work
from db.terms import OpenWork


def work_in_hand(work: Mapping[OpenWork, Work]) -> None:
    """Name what somebody has in hand, by kind."""
    lines = [
        _("{kind} {n} 项：{names}", kind=term(kind), n=of.count, names=in_a_row(of.named))
        if of.named
        else _("{kind} {n} 项", kind=term(kind), n=of.count)
        for kind, of in work.items()
    ]
    st.text("\n".join(lines))


def _heirs(
    filling: Filling, work: Mapping[OpenWork, Work], heirs: Mapping[OpenWork, Sequence[Heir]]
) -> dict[str, int | None]:
    """Who goes on with what is handed to somebody; only asked where there is such work."""
    asked = {
        OpenWork.PATCHES: ("patches_to", _("片区交给谁")),
        OpenWork.PROJECTS: ("projects_to", _("项目交给谁牵头")),
    }
    chosen: dict[str, int | None] = {}
    for kind, (name, label) in asked.items():
        if kind in work:
            names = {one.id: f"{one.name} · {term(one.role)}" for one in heirs[kind]}
            chosen[name] = filling.choice(
                name, label, list(names), show=names.__getitem__, placeholder=_("先空着"),
                help=_("不选就先空着，社区书记的“今日”会提示。"),
            )  # fmt: skip
    return chosen


def change_form(
    row: AccountRow,
    communities: Sequence[CommunityChoice],
    work: Mapping[OpenWork, Work],
    heirs: Mapping[OpenWork, Sequence[Heir]],
) -> Request | None:
    """Change name, role, community and access of an account; asks for heirs when there is work in hand."""
    with form(f"account.{row.id}") as filling:
        fields = account_fields(filling, communities, row)
        handed: dict[str, int | None] = {}
        if work and not row.disabled:
            st.caption(_("换角色或换社区后不能再办的工作，会移交或放回：片区和项目交给选定的人，其余放回待派。"))
            handed = _heirs(filling, work, heirs)
        pressed = filling.submit(_("保存修改"))
    values = {"account_id": row.id, "version": row.version, **asdict(fields), **handed}
    return Request(filling, change_account, _("已保存，对方下一次操作就生效。"), values) if pressed else None


def leave_form(
    row: AccountRow, work: Mapping[OpenWork, Work], heirs: Mapping[OpenWork, Sequence[Heir]]
) -> Request | None:
    """Turn an account off: what is in hand first, then to whom it goes, then one press."""
    if row.disabled:
        return None
    with st.expander(_("停用账号"), icon=":material/block:"), form(f"account.{row.id}.leave", border=False) as filling:
        if work:
            st.markdown(_("手上还有这些工作，停用时一并移交或放回："))
            work_in_hand(work)
            st.caption(_("岗位、订单、定期服务和专项帮扶放回待派；片区和项目交给选定的人。"))
        else:
            st.caption(_("手上没有在办的工作。"))
        handed = _heirs(filling, work, heirs)
        pressed = filling.submit(_("停用并移交") if work else _("停用账号"), icon=":material/block:")
    values = {"account_id": row.id, **handed}
    return Request(filling, disable_account, _("已停用，对方所有设备都已退出。"), values) if pressed else None
