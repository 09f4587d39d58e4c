"""The subdistrict administrator's list of accounts: create, change, disable, and issue one-time passwords."""

import streamlit as st

from components.access import require
from components.accounts.accounts import (
    account_fields,
    account_table,
    password_for,
    remember_issued,
    show_issued,
    state_of,
)
from components.forms import announce, form, press
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.terms import term
from db.actions.accounts.accounts import change_account, create_account, disable_account, enable_account, issue_password
from db.engine import carry_out, reading
from db.passwords import hashed
from db.queries.accounts.accounts import accounts, communities, count_accounts
from db.rules.permissions import Permission

AT_ONCE = 100

user = require(Permission.MANAGE_ACCOUNTS)
st.title(_("账号"))
show_issued()
words = st.text_input(
    _("查找"), key="accounts.words", placeholder=_("姓名或用户名"), icon=":material/search:", bind="query-params"
)
with reading(user) as session:
    rows = accounts(session, words=words, limit=AT_ONCE)
    total = count_accounts(session, words=words)
    homes = communities(session)

account_table(rows)
st.caption(
    _("共 {total} 个账号。", total=total)
    if total <= AT_ONCE
    else _("共 {total} 个账号，显示前 {shown} 个；请用查找缩小范围。", total=total, shown=AT_ONCE)
)

by_id = {row.id: row for row in rows}
chosen = st.selectbox(
    _("办理哪个账号"),
    list(by_id),
    index=None,
    key="accounts.chosen",
    placeholder=_("选择一个账号，或在下面新建"),
    format_func=lambda key: f"{by_id[key].name} · {by_id[key].username} · {term(by_id[key].role)}",
)

if chosen is not None:
    row = by_id[chosen]
    st.caption(_("状态：{state}", state=state_of(row)))
    with form(f"account.{row.id}") as filling:
        fields = account_fields(filling, homes, row)
        changed = filling.submit(_("保存修改"))
    if changed:
        with refusals_shown(filling) as told:
            carry_out(
                user, filling.request_key, change_account, account_id=row.id, version=row.version, name=fields.name,
                role=fields.role, community_id=fields.community_id, sees_restricted=fields.sees_restricted,
            )  # fmt: skip
            filling.done()
        if told.ok:
            announce(_("已保存，对方下一次操作就生效。"))
            st.rerun()
    with st.container(horizontal=True):
        issue = press(f"account.{row.id}.issue", _("发一次性密码"), icon=":material/key:")
        turn = press(
            f"account.{row.id}.turn",
            _("恢复使用") if row.disabled else _("停用账号"),
            icon=":material/lock_open:" if row.disabled else ":material/block:",
        )
    if issue:
        secret = password_for(issue.request_key)
        with refusals_shown(issue) as told:
            new_hash = hashed(secret, username=row.username)
            carry_out(user, issue.request_key, issue_password, account_id=row.id, password_hash=new_hash)
            issue.done()
        if told.ok:
            remember_issued(issue.request_key, row.name)
            st.rerun()
    if turn:
        with refusals_shown(turn) as told:
            if row.disabled:
                carry_out(user, turn.request_key, enable_account, account_id=row.id)
            else:
                carry_out(user, turn.request_key, disable_account, account_id=row.id)
            turn.done()
        if told.ok:
            announce(_("已恢复使用。") if row.disabled else _("已停用，对方所有设备都已退出。"))
            st.rerun()

with st.expander(_("新建账号"), icon=":material/person_add:"), form("account_new", border=False) as filling:
    username = filling.line("username", _("用户名"), help=_("小写字母、数字或汉字，至少 2 个字，全系统不重复。"))
    fields = account_fields(filling, homes)
    pressed = filling.submit(_("新建并发一次性密码"))
if pressed:
    secret = password_for(filling.request_key)
    with refusals_shown(filling) as told:
        carry_out(
            user, filling.request_key, create_account, username=username, name=fields.name, role=fields.role,
            community_id=fields.community_id, sees_restricted=fields.sees_restricted,
            password_hash=hashed(secret, username=username),
        )  # fmt: skip
        filling.done()
    if told.ok:
        remember_issued(filling.request_key, fields.name)
        st.rerun()
