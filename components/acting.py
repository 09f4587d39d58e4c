"""What every page of the council does alike: which object is asked for, what time it is, carrying out a wish."""

from collections.abc import Callable, Sequence
from datetime import datetime
from types import ModuleType
from typing import Any

import streamlit as st

from components.forms import announce
from components.refusals.shown import told_to_user
from components.request import Wish
from components.wording import _
from db.engine import PERMISSION_OF, carry_out, reading, utc_now
from db.rules.permissions import Actor


def now() -> datetime:
    """The present moment, once a run."""
    return utc_now()


def asked(name: str = "id") -> int | None:
    """The number in the address, or None for none or for something that is no number."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def keep(name: str, value: int | str | None) -> None:
    """Hold a choice in the address, so that a reload and a link come back to it."""
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)


def named_acts(*acts: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """Actions by their name, as a wish names them."""
    return {act.__name__: act for act in acts}


def acts_of(*modules: ModuleType) -> dict[str, Callable[..., Any]]:
    """Every action of these modules by its name; each asks for itself who may."""
    return {
        name: act
        for module in modules
        for name, act in vars(module).items()
        if f"{getattr(act, '__module__', '')}.{name}" in PERMISSION_OF
    }


def asks_of(user: Actor, *queries: Callable[..., Any]) -> Callable[..., Any]:
    """`ask("query", **values)`: read when a part of the page needs it, and not for the parts that are not shown."""
    named = named_acts(*queries)

    def ask(query: str, **values: Any) -> Any:
        with reading(user) as session:
            return named[query](session, **values)

    return ask


def carry(user: Actor, wish: Wish | None, acts: dict[str, Callable[..., Any]]) -> None:
    """Carry out what was asked for and draw the page anew; an error is told where it was asked."""
    if wish is None:
        return
    with told_to_user(wish.at):
        result = carry_out(user, wish.at.request_key, acts[wish.act], **wish.values)
        wish.at.done()
        announce(wish.words(result))
        st.rerun()


def back_to_all(label: str, *, key: str) -> None:
    """A way from the one thing that is shown back to the list of all."""
    if st.button(label, icon=":material/arrow_back:", key=key):
        keep("id", None)
        st.rerun()


def enter(opened: str | None) -> None:
    """Show the one thing that was clicked in the list."""
    if opened is not None:
        keep("id", opened)
        st.rerun()


def older(rows: Sequence[Any], more: bool, *, key: str = "before") -> None:
    """Links to the next fifty and back to the first, held in the address."""
    before = asked(key)
    if not more and before is None:
        return
    with st.container(horizontal=True):
        if before is not None and st.button(_("回到最新"), icon=":material/first_page:", key=f"{key}.first"):
            keep(key, None)
            st.rerun()
        if more and st.button(_("更早的"), icon=":material/chevron_right:", key=f"{key}.more"):
            keep(key, rows[-1].id)
            st.rerun()
