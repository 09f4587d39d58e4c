"""The own password: on a page of its own, and in place of every page while a one-time password is in use."""

import streamlit as st

from components.access import forget_run
from components.accounts.sign_in import proven_password
from components.forms import announce, form
from components.refusals.shown import refusals_shown
from components.wording import _
from db.actions.accounts.accounts import change_own_password
from db.engine import carry_out, reading
from db.errors import Refused
from db.passwords import hashed
from db.queries.accounts.accounts import own_password
from db.queries.accounts.own import known_names
from db.rules.permissions import Actor


def password_form(user: Actor) -> None:
    """Ask for the present and the new password, and change it."""
    with reading(user) as session:
        account = own_password(session, user.id)

    if user.must_change_password:
        st.title(_("修改密码"))
        st.info(_("您正在使用一次性密码。请先设一个自己的密码，再继续。"), icon=":material/key:")
    with st.container(width=520), form("password") as filling:
        now_in_use = filling.line("current", _("现在的密码"), type="password", autocomplete="current-password")
        wanted = filling.line(
            "password",
            _("新密码"),
            type="password",
            autocomplete="new-password",
            help=_("至少 10 个字符；最多 72 字节，约 24 个汉字。可以用一句话，好记又安全。"),
        )
        again = filling.line("again", _("再输一次新密码"), type="password", autocomplete="new-password")
        pressed = filling.submit(_("保存新密码"), wide=True)
    if pressed:
        with refusals_shown(filling) as shown:
            with reading(user) as session:
                names = known_names(session, user.id)
            new_hash = hashed(wanted, username=account.username, names=names)
            if wanted.strip() != again.strip():
                raise Refused("passwords_differ")
            proven_password(account.username, now_in_use)
            if wanted.strip() == now_in_use.strip():
                raise Refused("password_reused")
            carry_out(user, filling.request_key, change_own_password, password_hash=new_hash, version=account.version)
            filling.done()
        if shown.ok:
            forget_run()
            announce(_("密码已改。其他设备上的登录都已退出。"))
            st.rerun()
