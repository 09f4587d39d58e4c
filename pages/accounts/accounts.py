"""The subdistrict administrator's list of accounts: create, change, disable, and issue one-time passwords."""

import streamlit as st

from components.access import require
from components.accounts.accounts import (
    account_buttons,
    account_table,
    names_line,
    new_form,
    show_issued,
    state_of,
)
from components.acting import run
from components.admin.leaving import change_form, leave_form
from components.detail import new, title_row
from components.wording import _
from components.wording.terms import term
from db.engine import reading
from db.queries.accounts.accounts import accounts, communities, count_accounts
from db.queries.accounts.names import former_names
from db.queries.admin.open_work import heirs, open_work
from db.rules.permissions import Permission

AT_ONCE = 100

user = require(Permission.MANAGE_ACCOUNTS)
title = title_row(_("账号"))
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
    placeholder=_("选择一个账号，或在上面新建"),
    format_func=lambda key: f"{by_id[key].name} · {by_id[key].username} · {term(by_id[key].role)}",
)

request = None
if chosen is not None:
    row = by_id[chosen]
    st.caption(_("状态：{state}", state=state_of(row)))
    with reading(user) as session:
        names_line(former_names(session, row.id))
        work, able = open_work(session, row.id), heirs(session, row.id)
    request = change_form(row, homes, work, able)
    request = account_buttons(row) or request
    request = leave_form(row, work, able) or request
with title, new(_("新建账号"), "person_add"):
    request = new_form(homes) or request
run(user, request)
