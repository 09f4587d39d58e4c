"""Every user looks after the own account here: password, second factor, where it is signed in.

A user with a one-time password must change it first.
"""

import streamlit as st

from components.access import require
from components.accounts.own_sign_ins import sign_ins_part
from components.accounts.password import password_form
from components.accounts.second_factor import second_factor_part
from components.acting import run
from components.wording import _
from db.engine import reading, utc_now
from db.queries.accounts.accounts import own_password
from db.queries.accounts.own import own_factor, own_sign_ins
from db.rules.permissions import Permission

user = require(Permission.CHANGE_OWN_PASSWORD)
with reading(user) as session:
    username = own_password(session, user.id).username
    factor = own_factor(session, user.id)
    found = own_sign_ins(session, user.id, now=utc_now())

st.title(_("我的账号"))
password_tab, factor_tab, sign_in_tab = st.tabs([_("密码"), _("二次验证"), _("我的登录")])
with password_tab:
    password_form(user)
with factor_tab:
    request = second_factor_part(user, username, factor)
with sign_in_tab:
    request = sign_ins_part(found, user.sign_in_id) or request
run(user, request)
st.page_link("about.py", label=_("关于"), icon=":material/info:")
