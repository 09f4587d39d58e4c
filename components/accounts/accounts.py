"""What the account page draws: the list, the fields of an account, and a one-time password that is shown once."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components.forms import Filling
from components.wording import _
from components.wording.dates import short_day, today
from components.wording.terms import term
from db.actions.accounts.accounts import ABOVE_COMMUNITIES
from db.passwords import one_time_password
from db.queries.accounts.accounts import AccountRow, CommunityChoice
from db.terms import Role

_ISSUED = "_issued_password"


@dataclass(frozen=True, slots=True)
class AccountFields:
    name: str
    role: Role | None
    community_id: int | None
    sees_restricted: bool


def account_table(rows: Sequence[AccountRow]) -> None:
    """All accounts in one table."""
    frame = pd.DataFrame(
        {
            _("姓名"): [row.name for row in rows],
            _("用户名"): [row.username for row in rows],
            _("角色"): [term(row.role) for row in rows],
            _("社区"): [row.community or "—" for row in rows],
            _("状态"): [state_of(row) for row in rows],
            _("最近使用"): [short_day(today(row.last_seen_at)) if row.last_seen_at else "—" for row in rows],
        }
    )
    st.dataframe(frame, hide_index=True, key="accounts.table", width="stretch")


def state_of(row: AccountRow) -> str:
    if row.disabled:
        return _("已停用")
    return _("待改密码") if row.must_change_password else _("正常")


def account_fields(
    filling: Filling, communities: Sequence[CommunityChoice], row: AccountRow | None = None
) -> AccountFields:
    """Name, role, community and access to restricted cases; the present values when there is a row."""
    names = {choice.id: choice.name for choice in communities}
    name = filling.line("name", _("姓名"), start=row.name if row else "")
    role = filling.choice("role", _("角色"), list(Role), start=row.role if row else None)
    community_id = filling.choice(
        "community_id",
        _("社区"),
        list(names),
        start=row.community_id if row else None,
        show=lambda choice: names.get(choice, "—"),
        help=_("街道管理员、审计员和区级查看不用选。"),
    )
    sees_restricted = filling.yes(
        "sees_restricted",
        _("可看受限个案"),
        start=row.sees_restricted if row else False,
        help=_("只给专项服务的指定人员。"),
    )
    return AccountFields(name, role, None if role in ABOVE_COMMUNITIES else community_id, sees_restricted)


def password_for(request_key: str) -> str:
    """The one-time password of one submit: a repeated submit must not show another one than was stored."""
    made: str = st.session_state.setdefault(f"_password.{request_key}", one_time_password())
    return made


def remember_issued(request_key: str, who: str) -> None:
    """Show it in the next run, and only in that one."""
    st.session_state[_ISSUED] = (who, st.session_state.pop(f"_password.{request_key}"))


def show_issued() -> None:
    """The password that was just issued; gone with the next click."""
    issued: tuple[str, str] | None = st.session_state.pop(_ISSUED, None)
    if issued is None:
        return
    with st.container(border=True, key="accounts.issued"):
        st.subheader(_("一次性密码，只显示这一次"))
        st.text(_("请当面或电话告诉 {who}。第一次进入时必须改掉。", who=issued[0]))
        st.code(issued[1], language=None)
