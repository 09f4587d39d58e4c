"""The form of an empty database: who runs the server founds the subdistrict and its first administrator."""

from collections.abc import Sequence

import streamlit as st

from components.accounts.first_run_code import CODE
from components.accounts.sign_in import mark
from components.acting import announce
from components.forms import form
from components.refusals.shown import refusals_shown
from components.wording import _
from db.actions.accounts.accounts import found_subdistrict
from db.engine import utc_now
from db.errors import BadInput, Problem, Refused
from db.passwords import PasswordHash, hashed, nobodys_hash
from db.together import Together, amiss, before_writing


def first_run_form() -> None:
    """Draw it and, with the right code, create what the first need takes."""
    with st.container(horizontal_alignment="center"), st.container(width=560):
        mark()
        st.title(_("第一次使用"))
        st.write(_("系统里还没有账号。请填写街道、第一个社区和第一位管理员；其他内容以后都能改。"))
        with form("first_run") as filling:
            code = filling.line(
                "code_of_first_run", _("首次启动代码"), help=_("启动本系统的终端窗口里显示的 12 位代码。")
            )
            subdistrict = filling.line("subdistrict", _("街道名称"), most=200)
            district = filling.line("district", _("所在区（县）"), most=200)
            community = filling.line("community", _("第一个社区"))
            short = filling.line(
                "code", _("社区代号"), help=_("编号开头的字母，例如 CL，以后的编号就像 CL-2026-0031。")
            )
            place = filling.line("place", _("社区里的一个小区"))
            name = filling.line("name", _("管理员姓名"))
            username = filling.line("username", _("管理员用户名"), help=_("小写字母、数字或汉字，至少 2 个字。"))
            password = filling.line(
                "password", _("管理员密码"), type="password", autocomplete="new-password",
                help=_("至少 10 个字符；最多 72 字节，约 24 个汉字。可以用一句话，好记又安全。"),
            )  # fmt: skip
            again = filling.line("again", _("再输一次密码"), type="password", autocomplete="new-password")
            pressed = filling.submit(_("建立系统"), wide=True)
        if pressed:
            names = [subdistrict, district, community, short, place, name]
            with refusals_shown(filling) as shown, Together():
                _checked_first(code, [*names, username, password, again])
                new_hash = _new_hash(password, again, username=username, names=names)
                found_subdistrict(
                    subdistrict=subdistrict, district=district, community=community, code=short, place=place,
                    username=username, name=name, password_hash=new_hash, now=utc_now(),
                )  # fmt: skip
                CODE.forget()
                filling.done()
            if shown.ok:
                announce(_("系统已建好，请用刚才的用户名和密码登录。"))
                st.rerun()


FIELDS = ("subdistrict", "district", "community", "code", "place", "name", "username", "password", "again")


def _checked_first(code: str, typed: Sequence[str]) -> None:
    """What is empty is told at its field, and a wrong code at its own; an empty code is no try.

    Without the right code nothing that was typed is looked at, and no password costs a hash.
    """
    for field, text in zip(("code_of_first_run", *FIELDS), (code, *typed), strict=True):
        if not text.strip():
            amiss(BadInput(field, Problem.EMPTY), None)
    if code.strip() and CODE.accepts(code):
        return
    if code.strip():
        amiss(BadInput("code_of_first_run", Problem.WRONG_CODE), None)
    before_writing()


def _new_hash(password: str, again: str, *, username: str, names: list[str]) -> PasswordHash:
    """The hash of what was typed twice; what is wrong with it is told together with the other fields."""
    if not again.strip():
        amiss(BadInput("again", Problem.EMPTY), None)
    elif password.strip() != again.strip():
        raise Refused("passwords_differ")
    try:
        return hashed(password, username=username, names=names)
    except BadInput as wrong:
        return amiss(wrong, nobodys_hash())
