"""The sign-in form: streamlit-authenticator draws it and checks the password, everything else about it is replaced.

What the library would do by itself is unsafe (docs/parts.md 2): its cookie is written by JavaScript and cannot be
revoked, its lock-out lives in a dictionary, and its session-state keys can be overwritten by widgets. So here it is
built anew for every run, sees only the row of the name that was typed, never writes a cookie, and nothing it leaves in
the session state is believed. A right password yields a one-time ticket, which the browser trades for an HttpOnly
cookie.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController, CookieController
from streamlit_authenticator.models import AuthenticationModel
from streamlit_authenticator.views import Authenticate

from components.access import read_mark
from components.accounts.handover import hand_over
from components.accounts.sign_in_code import ask_for_code, code_asked_for, minutes_of, remember_for_code
from components.metrics import SIGN_INS
from components.refusals.accounts import TOO_MANY
from components.wording import _, language, set_language
from db.actions.accounts.sign_in import Attempt, forget_attempt, grant, open_attempt
from db.engine import utc_now
from db.errors import Refused
from db.passwords import MOST_BYTES, matches, nobodys_hash
from db.rules.accounts.origin import origin
from db.settings import settings
from db.terms import Language

LIBRARY_KEYS = ("name", "authentication_status", "username", "email", "roles", "logout", "password_hint")


class Outcome(StrEnum):
    """What came of one look at the sign-in form."""

    UNTRIED = "untried"
    EMPTY = "empty"
    WRONG = "wrong"
    LOCKED = "locked"
    RIGHT = "right"


@dataclass(slots=True)
class Result:
    """The outcome; the ticket of a right password, the wait of a locked name."""

    outcome: Outcome = Outcome.UNTRIED
    ticket: str | None = None
    wait: timedelta | None = None
    needs_code: bool = False


class _NoCookie(CookieController):  # type: ignore[misc]
    """Never reads, writes or deletes a cookie in the browser."""

    def __init__(self) -> None:
        """Without the library's cookie component."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None

    def delete_cookie(self) -> None:
        return None


class _Model(AuthenticationModel):  # type: ignore[misc]
    """Knows one account at a time: that of the name that was typed, or none."""

    def __init__(self) -> None:
        super().__init__(credentials={"usernames": {}}, auto_hash=False)
        self.result = Result()

    def login(self, username: str, password: str, *_args: object, **_more: object) -> bool:
        if not username or not password:
            self.result = Result(Outcome.EMPTY)
            return False
        attempt = open_attempt(username, client_address(), mark=read_mark(), now=utc_now())
        if attempt.wait is not None:
            # The wait is the same for a name without an account, and nobody's flood of tries costs us a hash each.
            self.result = Result(Outcome.LOCKED, wait=attempt.wait)
        else:
            right = self._right(attempt, username, password)
            ticket = grant(attempt, now=utc_now()) if right else None
            self.result = Result(Outcome.RIGHT if ticket else Outcome.WRONG, ticket, needs_code=attempt.second)
        return self.result.outcome is Outcome.RIGHT

    def _right(self, attempt: Attempt, username: str, password: str) -> bool:
        """The library's own check, with the same work for every name and every length of password."""
        plain = password.strip()
        usable = len(plain.encode(errors="replace")) <= MOST_BYTES and "\0" not in plain
        stored = attempt.password_hash or nobodys_hash()
        self.credentials["usernames"] = {username: {"password": stored}}
        fits = self.check_credentials(username, plain.encode(errors="replace").decode() if usable else "-")
        return bool(fits) and usable and attempt.password_hash is not None


class _Controller(AuthenticationController):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(credentials={"usernames": {}}, auto_hash=False)
        self.authentication_model = _Model()


class _Form(Authenticate):  # type: ignore[misc]
    def __init__(self) -> None:
        self.attrs = {"login_sleep_time": 0}
        self.path, self.api_key, self.secret_key = None, None, ""
        self.cookie_controller = _NoCookie()
        self.authentication_controller = _Controller()


def client_address() -> str:
    """Where the browser is: the peer, or what a trusted proxy says of it."""
    peer = st.context.ip_address or "127.0.0.1"
    return origin(peer, st.context.headers.get("X-Forwarded-For") or "", settings().trusted_proxies.split(","))


def _ask() -> Result:
    """Draw the form and, when it was sent, check it."""
    for key in LIBRARY_KEYS:
        st.session_state.pop(key, None)
    form = _Form()
    form.login(
        location="main",
        key="sign_in",
        fields={"Form name": _("登录"), "Username": _("用户名"), "Password": _("密码"), "Login": _("进入")},
    )
    for key in LIBRARY_KEYS:
        st.session_state.pop(key, None)
    result: Result = form.authentication_controller.authentication_model.result
    if result.outcome is not Outcome.UNTRIED:
        SIGN_INS.labels(outcome=result.outcome.value).inc()
    return result


def sign_in_form() -> None:
    """The whole page for a visitor who is not signed in; the address with its query stays, so deep links survive."""
    with st.container(horizontal_alignment="center"), st.container(width=440):
        mark()
        if code_asked_for():
            ask_for_code(client_address())
            return
        result = _ask()
        if result.outcome is Outcome.RIGHT and result.ticket and result.needs_code:
            remember_for_code(result.ticket)
        elif result.outcome is Outcome.RIGHT and result.ticket:
            hand_over(result.ticket)
        elif result.outcome is Outcome.LOCKED and result.wait:
            st.warning(_(TOO_MANY, minutes=minutes_of(result.wait)))
        elif result.outcome is Outcome.WRONG:
            st.error(_("用户名或密码不对。忘记密码请联系管理员。"))
        elif result.outcome is Outcome.EMPTY:
            st.error(_("请填写用户名和密码。"))
        other = Language.ENGLISH if language() is Language.CHINESE else Language.CHINESE
        st.button(
            "English" if other is Language.ENGLISH else "中文",
            key="sign_in.language",
            type="tertiary",
            icon=":material/translate:",
            on_click=set_language,
            args=(other,),
        )


def mark() -> None:
    """The product's mark and its promise."""
    promise = _("从敲门到验收，件件有回音")
    name = "font-size:2.6rem;font-weight:700;letter-spacing:.18em;text-indent:.18em;color:#B23A2E"
    st.html(
        f'<div style="text-align:center;padding:1.2rem 0 .6rem"><div style="{name}">议起来</div>'
        f'<div style="font-size:1rem;opacity:.75;margin-top:.2rem">{promise}</div></div>'
    )


def proven_password(username: str, password: str) -> None:
    """The present password is right; otherwise Refused, and it counts as a failed sign-in: tries are limited."""
    attempt = open_attempt(username, client_address(), mark=read_mark(), now=utc_now())
    if attempt.wait is not None:
        raise Refused("too_many_tries", minutes=minutes_of(attempt.wait))
    if not matches(password, attempt.password_hash):
        raise Refused("wrong_password")
    forget_attempt(attempt.id)
