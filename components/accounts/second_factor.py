"""The second factor of the own account: switched on with an authenticator app, codes on paper, switched off."""

import streamlit as st

from components.accounts.sign_in import proven_password
from components.acting import Request
from components.forms import form, press
from components.qr import show_qr
from components.wording import _
from components.wording.dates import near
from db.actions.accounts.second_factor import (
    code_index,
    renew_recovery_codes,
    start_second_factor,
    stop_second_factor,
)
from db.queries.accounts.own import OwnFactor
from db.rules.accounts.codes import enrolment_address, new_recovery_codes, new_secret
from db.rules.permissions import Actor, Permission

_SECRET, _CODES = "_second_factor.secret", "_second_factor.codes"


def second_factor_part(user: Actor, username: str, factor: OwnFactor | None) -> Request | None:
    """What fits the account: how to switch it on, or what there is and how to switch it off."""
    _show_codes()
    if factor is not None:
        return _in_use(username, factor)
    if not user.may(Permission.USE_SECOND_FACTOR):
        st.text(_("二次验证给街道管理员和社区书记用。"))
        return None
    st.text(_("开启后，登录时除了密码，还要输入手机验证器里的六位数字。别人知道了密码也进不来。"))
    if press("second_factor.begin", _("开启二次验证"), icon=":material/verified_user:"):
        st.session_state.setdefault(_SECRET, new_secret())
    return _enrol(username, st.session_state[_SECRET]) if _SECRET in st.session_state else None


def _enrol(username: str, secret: str) -> Request | None:
    """The QR for the app, and the field that proves that it was read."""
    st.text(_("一、用验证器（微信小程序或应用商店里的任何 TOTP 验证器）扫这个二维码。"))
    show_qr(enrolment_address(secret, username), label=_("验证器的二维码"), key="second_factor.qr")
    st.text(_("扫不了就手工输入这个密钥："))
    st.code(secret, language=None)
    with form("second_factor") as filling:
        code = filling.line("code", _("二、输入验证器现在显示的六位数字"), autocomplete="one-time-code")
        pressed = filling.submit(_("确认开启"))
    if not pressed:
        return None
    codes = _codes_for(filling.request_key)
    values = {"secret": secret, "code": code, "recovery": [code_index(one) for one in codes]}
    return Request(
        filling, start_second_factor, _("二次验证已开启，下次登录起生效。"), values,
        after=lambda _result: _remember(filling.request_key),
    )  # fmt: skip


def _in_use(username: str, factor: OwnFactor) -> Request | None:
    since, left = near(factor.since), factor.codes_left
    st.text(_("{since} 开启。还有 {left} 个备用码没有用过。", since=since, left=left))
    words = {renew_recovery_codes: _("换一套备用码"), stop_second_factor: _("关闭二次验证")}
    with form("second_factor_change") as filling:
        act = filling.choice("what", _("要做什么"), list(words), start=None, show=lambda one: words[one])
        password = filling.line("current", _("现在的密码"), type="password", autocomplete="current-password")
        pressed = filling.submit(_("确定"))
    if not pressed:
        return None
    if act is None:
        filling.problem("what", _("请选择要做什么。"))
        return None
    proof = lambda: proven_password(username, password)  # noqa: E731
    if act is renew_recovery_codes:
        codes = _codes_for(filling.request_key)
        values = {"recovery": [code_index(one) for one in codes]}
        said, after = _("备用码已换，原来的不能再用。"), lambda _result: _remember(filling.request_key)
        return Request(filling, act, said, values, before=proof, after=after)
    return Request(filling, stop_second_factor, _("二次验证已关闭。"), before=proof)


def _codes_for(request_key: str) -> list[str]:
    """The codes of one submit: a repeated submit must not show others than were stored."""
    made: list[str] = st.session_state.setdefault(f"{_CODES}.{request_key}", new_recovery_codes())
    return made


def _remember(request_key: str) -> None:
    """Show them in the next run, and only in that one."""
    st.session_state.pop(_SECRET, None)
    st.session_state[_CODES] = st.session_state.pop(f"{_CODES}.{request_key}")


def _show_codes() -> None:
    codes: list[str] | None = st.session_state.pop(_CODES, None)
    if codes is None:
        return
    with st.container(border=True, key="second_factor.codes"):
        st.header(_("备用码，只显示这一次"))
        st.text(_("手机不在身边时，用一个备用码代替六位数字；每个只能用一次。请抄下来，和密码分开放。"))
        st.code("\n".join(codes), language=None)
