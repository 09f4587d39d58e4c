"""Who uses this run, and whether they may: every page opens with `user = require(Permission.X)`.

The cookie holds a random token; whom it belongs to is read from the database once in every run and every fragment run,
so that a changed role, a disabled account or a revoked sign-in takes effect on the next interaction.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.wording import _, set_language, side_by_side
from components.wording.terms import term
from db.actions.accounts.sign_in import touch
from db.engine import utc_now
from db.queries.accounts.accounts import SignedIn, signed_in_by
from db.queries.accounts.in_use import Use
from db.rules.clock import lately
from db.rules.limits import LONGEST_TOKEN, TOUCH_EVERY, USED_EVERY
from db.rules.permissions import GRANTS, Actor, Permission
from db.settings import settings

P = ParamSpec("P")
R = TypeVar("R")


def cookie_name() -> str:
    """Under HTTPS the browser itself guarantees host, path and Secure of a `__Host-` cookie."""
    return "__Host-yiqilai" if settings().https else "yiqilai"


def read_token() -> str | None:
    """The token of the browser that holds this connection; the one seam that tests replace."""
    token: str | None = st.context.cookies.get(cookie_name())
    return token if token and len(token) <= LONGEST_TOKEN else None


def mark_cookie_name() -> str:
    """What a browser keeps beyond its sign-in, so that its account knows it again; it opens nothing."""
    return f"{cookie_name()}_device"


def read_mark() -> str:
    """The mark of the browser that holds this connection; empty without one."""
    mark = st.context.cookies.get(mark_cookie_name())
    return mark if isinstance(mark, str) and len(mark) <= LONGEST_TOKEN else ""


def signed_in() -> SignedIn | None:
    """Who is signed in, looked up once a run."""
    context = get_script_run_ctx(suppress_warning=True)
    # Streamlit gives every run, also of a fragment, a new table of cursors: while it is the same object, so is the run.
    run = getattr(context, "cursors", None)
    known: tuple[Any, SignedIn | None] | None = getattr(context, "_yiqilai", None)
    if run is not None and known is not None and known[0] is run:
        return known[1]
    token, now = read_token(), utc_now()
    kept: tuple[str, datetime, frozenset[Use]] | None = st.session_state.get("_used")
    known_uses = kept[2] if kept and kept[0] == token and lately(kept[1], now, USED_EVERY) else None
    found = signed_in_by(token, now=now, with_uses=known_uses is None) if token else None
    if found and token and found.used is not None:
        st.session_state["_used"] = (token, now, found.used)
    elif found:
        found = replace(found, used=known_uses)
    if found and found.actor.sign_in_id and not lately(found.last_seen_at, now, TOUCH_EVERY):
        touch(found.actor.sign_in_id, now=now)
    if context is not None:
        context._yiqilai = (run, found)  # type: ignore[attr-defined]
    return found


def forget_run() -> None:
    """Look again at the next question: after an action of this very run changed who may what."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        context._yiqilai = None  # type: ignore[attr-defined]


def current_actor() -> Actor | None:
    """Who acts in this run, or None."""
    found = signed_in()
    return found.actor if found else None


def require(permission: Permission) -> Actor:
    """The actor, if the role holds the permission; otherwise the run ends with the reason and a way back."""
    actor = current_actor()
    if actor is None:
        # The shell draws the sign-in form; inside a fragment only a whole run reaches the shell.
        st.rerun(scope="app")
    set_language(actor.language)
    if actor.must_change_password and permission is not Permission.CHANGE_OWN_PASSWORD:
        st.rerun(scope="app")
    if not actor.may(permission):
        refuse(actor, permission)
    return actor


def refuse(actor: Actor, permission: Permission) -> None:
    """Say why this page stays closed, who can open it, and the way back; ends the run."""
    roles = side_by_side(term(role) for role in sorted(GRANTS[permission].roles))
    st.title(_("这一页不对您的角色开放"))
    st.write(
        _("您现在的角色是“{role}”。这一页由{roles}使用。如果您需要它，请联系街道管理员调整角色。",
          role=term(actor.role), roles=roles)
    )  # fmt: skip
    st.link_button(_("回到今日"), "/", icon=":material/arrow_back:")
    st.stop()


def fragment(
    permission: Permission, *, run_every: float | None = None
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[P, R]]:
    """`st.fragment` that asks again who acts: the actor is the first argument of the decorated function.

    A plain fragment would go on with the actor of the last whole run after the account was disabled.
    """

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[P, R]:
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            return function(require(permission), *args, **kwargs)

        run.__name__, run.__qualname__, run.__module__ = function.__name__, function.__qualname__, function.__module__
        run.__doc__ = function.__doc__
        return st.fragment(run, run_every=run_every)

    return decorate
