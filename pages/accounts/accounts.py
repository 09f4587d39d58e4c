"""The subdistrict administrator's list of accounts: create, change, disable, and issue one-time passwords."""

import streamlit as st

from components.access import require
from components.accounts.accounts import account_buttons, account_head, account_list, new_form, show_issued
from components.acting import Request, run
from components.address import back_to_list, filter_words, object_in_address
from components.admin.leaving import change_form, leave_form
from components.detail import new, nothing_here, title_row
from components.refusals.shown import sentence
from components.wording import _
from db.engine import reading
from db.errors import NotFound
from db.queries.accounts.accounts import accounts, communities, count_accounts
from db.queries.accounts.names import former_names
from db.queries.admin.open_work import heirs, open_work
from db.rules.permissions import Permission

AT_ONCE = 100

user, wanted = require(Permission.MANAGE_ACCOUNTS), object_in_address()
request: Request | None = None
if wanted is not None:
    back_to_list(_("全部账号"))
    show_issued()
    with reading(user) as session:
        found, homes = accounts(session, only=wanted), communities(session)
        work, able = open_work(session, wanted), heirs(session, wanted)
        former = former_names(session, wanted)
    if not found:
        nothing_here(sentence(NotFound(what="account", id=wanted)))
    row = found[0]
    account_head(row, former)
    request = change_form(row, homes, work, able)
    request = account_buttons(row) or request
    request = leave_form(row, work, able) or request
else:
    title = title_row(_("账号"))
    show_issued()
    words = filter_words(_("查找"), _("姓名或用户名"))
    with reading(user) as session:
        found, total = accounts(session, words=words, limit=AT_ONCE), count_accounts(session, words=words)
        homes = communities(session)
    account_list(found)
    st.caption(
        _("共 {total} 个账号。", total=total)
        if total <= AT_ONCE
        else _("共 {total} 个账号，显示前 {shown} 个；请用查找缩小范围。", total=total, shown=AT_ONCE)
    )
    with title, new(_("新建账号"), "person_add") as menu:
        if menu.open:
            request = new_form(homes)
run(user, request)
