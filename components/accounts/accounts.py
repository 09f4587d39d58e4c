"""The account page: the list, the forms of an account, and a one-time password that is shown once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from components.acting import Request
from components.asking import ask
from components.detail import head
from components.forms import Filling, Pressed, form, press
from components.lists import Column, Marked, rows
from components.refusals.shown import refusals_shown
from components.wording import _, safe, side_by_side
from components.wording.dates import near, today
from components.wording.terms import sign, term
from db.actions.accounts.accounts import (
    ABOVE_COMMUNITIES,
    create_account,
    enable_account,
    issue_password,
)
from db.actions.accounts.second_factor import reset_second_factor
from db.passwords import hashed, one_time_password
from db.queries.accounts.accounts import AccountRow, CommunityChoice
from db.terms import Role

_ISSUED = "_issued_password"


@dataclass(frozen=True, slots=True)
class AccountFields:
    """What the form says of an account."""

    name: str
    role: Role | None
    community_id: int | None
    sees_restricted: bool


def account_list(found: Sequence[AccountRow]) -> None:
    """The accounts; a row leads to what can be done with it."""
    rows(
        [
            {
                "id": row.id,
                "name": row.name,
                "username": row.username,
                "role": term(row.role),
                "community": row.community or "—",
                "state": state_of(row),
                "seen": near(row.last_seen_at and today(row.last_seen_at)),
            }
            for row in found
        ],
        [
            Column("name", _("姓名")),
            Column("username", _("用户名")),
            Column("role", _("角色"), "nowrap"),
            Column("community", _("社区"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("seen", _("最近使用"), "nowrap"),
        ],
        key="accounts.list",
        empty=_("没有找到账号。换个姓名或用户名试试。"),
        caption=_("账号"),
        page="accounts",
    )


def account_head(row: AccountRow, former: Sequence[str]) -> None:
    """Whose it is, what it may do, whether it can be used, and under which other names this person signed."""
    state = state_of(row)
    seen = _("最近使用 {on}", on=near(today(row.last_seen_at))) if row.last_seen_at else ""
    word = sign(state.word, state.colour) if isinstance(state, Marked) else state
    place = " · ".join(part for part in (term(row.role), row.community, seen) if part)
    head(row.name, number=row.username, marks=[word], about=place)
    if former:  # Papers keep the name of their day.
        st.caption(safe(_("签过字的材料上的名字：{names}。改名不改已签的材料。", names=side_by_side(former))))


def state_of(row: AccountRow) -> Marked | str:
    """Whether the account can be used; only what is not as usual is marked."""
    if row.disabled:
        return Marked(_("已停用"), "gray")
    return Marked(_("待改密码"), "orange") if row.must_change_password else _("在用")


def account_buttons(row: AccountRow) -> Request | None:
    """Issue a one-time password, or turn an account on again."""
    with st.container(horizontal=True):
        issue = ask(
            f"account.{row.id}.issue", _("发一次性密码"),
            _("原来的密码马上失效，对方所有设备都会退出。新密码只显示一次，请当面或电话告诉对方。"), _("发密码"),
            icon=":material/key:",
        )  # fmt: skip
        turn = row.disabled and press(f"account.{row.id}.turn", _("恢复使用"), icon=":material/lock_open:")
        reset = row.second_factor and ask(
            f"account.{row.id}.reset", _("重置二次验证"),
            _("对方的验证器和备用码都失效，所有设备都会退出；下次登录只要密码，再由对方重新开启。"), _("取消二次验证"),
            icon=":material/phonelink_erase:",
        )  # fmt: skip
    if issue:
        return _with_password(issue, issue_password, {"account_id": row.id}, username=row.username, name=row.name)
    if reset:
        said = _("二次验证已取消，对方所有设备都已退出。请提醒对方重新开启。")
        return Request(reset, reset_second_factor, said, {"account_id": row.id})
    if turn:
        return Request(turn, enable_account, _("已恢复使用。"), {"account_id": row.id})
    return None


def new_form(communities: Sequence[CommunityChoice]) -> Request | None:
    """Create an account with a one-time password."""
    with form("account_new", border=False) as filling:
        username = filling.line("username", _("用户名"), help=_("小写字母、数字或汉字，至少 2 个字，全系统不重复。"))
        fields = account_fields(filling, communities)
        pressed = filling.submit(_("新建并发一次性密码"))
    values = {"username": username, **asdict(fields)}
    return _with_password(filling, create_account, values, username=username, name=fields.name) if pressed else None


def _with_password(
    at: Pressed, act: Callable[..., object], values: Mapping[str, object], *, username: str, name: str
) -> Request | None:
    """The request that stores a one-time password and shows it once; None when the password cannot be taken."""
    secret = _password_for(at.request_key)
    request: Request | None = None
    with refusals_shown(at):
        kept = {**values, "password_hash": hashed(secret, username=username)}
        request = Request(at, act, values=kept, after=lambda _result: _remember_issued(at.request_key, name))
    return request


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


def _password_for(request_key: str) -> str:
    """The one-time password of one submit: a repeated submit must not show another one than was stored."""
    made: str = st.session_state.setdefault(f"_password.{request_key}", one_time_password())
    return made


def _remember_issued(request_key: str, who: str) -> None:
    """Show it in the next run, and only in that one."""
    st.session_state[_ISSUED] = (who, st.session_state.pop(f"_password.{request_key}"))


def show_issued() -> None:
    """The password that was just issued; gone with the next click."""
    issued: tuple[str, str] | None = st.session_state.pop(_ISSUED, None)
    if issued is None:
        return
    with st.container(border=True, key="accounts.issued"):
        st.header(_("一次性密码，只显示这一次"))
        st.text(_("请当面或电话告诉 {who}。第一次进入时必须改掉。", who=issued[0]))
        st.code(issued[1], language=None)
