"""The own password: on a page of its own, and in place of every page while a one-time password is in use."""

import streamlit as st

from components.access import forget_run
from components.accounts.sign_in import proven_password
from components.acting import announce
from components.forms import Filling, form
from components.refusals.shown import refusals_shown
from components.wording import _
from db.actions.accounts.accounts import change_own_password
from db.engine import carry_out, reading, utc_now
from db.errors import BadInput, Problem, Refused
from db.passwords import hashed, matches
from db.queries.accounts.accounts import own_password
from db.queries.accounts.own import just_signed_in, known_names
from db.rules.permissions import Actor


def password_form(user: Actor) -> None:
    """Ask for the present and the new password, and change it.

    Who signed in minutes ago with a one-time password has proven it by that very sign-in, since every new one ends the
    sign-ins of before: it is not asked for a second time, and nothing of it is kept for that.
    """
    with reading(user) as session:
        account = own_password(session, user.id)
        proven = user.must_change_password and just_signed_in(session, user.sign_in_id, now=utc_now())

    if user.must_change_password:
        st.title(_("修改密码"))
        st.info(_("您正在使用一次性密码。请先设一个自己的密码，再继续。"), icon=":material/key:")
    with st.container(width=520), form("password") as filling:
        now_in_use = "" if proven else _present(filling)
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
            if not proven:
                if not now_in_use.strip():
                    raise BadInput("current", Problem.EMPTY)
                proven_password(account.username, now_in_use)
            if matches(wanted, account.password_hash):
                raise Refused("password_reused")
            carry_out(user, filling.request_key, change_own_password, password_hash=new_hash, version=account.version)
            filling.done()
        if shown.ok:
            forget_run()
            announce(_("密码已改。其他设备上的登录都已退出。"))
            st.rerun()


def _present(filling: Filling) -> str:
    return filling.line("current", _("现在的密码"), type="password", autocomplete="current-password")
