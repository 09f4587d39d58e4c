"""The second step of a sign-in: the code of the authenticator app, or one of the codes on paper."""

from datetime import timedelta

import streamlit as st

from components.access import read_mark
from components.accounts.handover import hand_over
from components.forms import form
from components.refusals.accounts import TOO_MANY
from components.wording import _
from db.actions.accounts.second_factor import prove
from db.engine import utc_now

_PENDING = "_sign_in_code"
"""The ticket that still needs a code; it opens nothing."""


def code_asked_for() -> bool:
    """Whether the password was right and the code is still to come."""
    return _PENDING in st.session_state


def remember_for_code(ticket: str) -> None:
    """Ask for the code from the next run on."""
    st.session_state[_PENDING] = ticket
    st.rerun()


def ask_for_code(address: str) -> None:
    """The field for the code; a right one hands out the ticket that opens."""
    st.header(_("二次验证"))
    with form("sign_in_code") as filling:
        typed = filling.line(
            "code",
            _("验证码"),
            autocomplete="one-time-code",
            help=_("验证器里的六位数字；手机不在身边时用一个备用码。"),
        )
        pressed = filling.submit(_("进入"), wide=True)
    if st.button(_("返回"), key="sign_in_code.back", type="tertiary", icon=":material/arrow_back:"):
        st.session_state.pop(_PENDING, None)
        st.rerun()
    if not pressed:
        return
    found = prove(st.session_state[_PENDING], typed, address=address, mark=read_mark(), now=utc_now())
    if found.ticket:
        st.session_state.pop(_PENDING, None)
        hand_over(found.ticket)
    elif found.over:
        st.session_state.pop(_PENDING, None)
        st.error(_("等得太久了，请重新输入用户名和密码。"))
        st.button(_("重新登录"), key="sign_in_code.again")
    elif found.wait:
        st.warning(_(TOO_MANY, minutes=minutes_of(found.wait)))
    else:
        st.error(_("验证码不对，或者已经用过。请等下一个。"))


def minutes_of(wait: timedelta) -> int:
    """Whole minutes to wait, at least one."""
    return max(1, -(-int(wait.total_seconds()) // 60))
