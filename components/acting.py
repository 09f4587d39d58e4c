"""The one way to act: a component returns a `Request`, the page hands it to `run`.

    request = order_form(facts)
    run(user, request)

Only this module, `components/access.py` and `components/accounts/` carry anything out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from sqlalchemy.orm import Session
from streamlit.delta_generator import DeltaGenerator

from components.forms import Pressed, announce
from components.refusals.shown import refusals_shown
from db.engine import carry_out, reading
from db.rules.permissions import Actor

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that the user asks for: an action with its values, the form or button it was asked at, what to say.

    `said` is a sentence or a function of what the action returned; an empty one says nothing. `after` runs once the
    result is stored and before the page is drawn anew: it moves the address on or puts away what was typed. `before`
    runs first and may refuse what needs no database, or a wrong present password.
    """

    at: Pressed
    act: Callable[..., Any]
    said: str | Callable[[Any], str] = ""
    values: Mapping[str, object] = field(default_factory=dict)
    after: Callable[[Any], object] | None = None
    before: Callable[[], object] | None = None


CARRIED = "_carried"
"""How many requests this session has carried out: what opened for one of them closes (`components.detail`)."""


@dataclass(frozen=True, slots=True)
class Done:
    """What the action returned."""

    result: Any


def carried(user: Actor, request: Request) -> Done | None:
    """Carry a request out and stay on the page; None when it was refused, which then shows where it was asked."""
    result = None
    with refusals_shown(request.at) as shown:
        if request.before is not None:
            request.before()
        result = carry_out(user, request.at.request_key, request.act, **request.values)
        request.at.done()
        st.session_state[CARRIED] = st.session_state.get(CARRIED, 0) + 1
        if request.after is not None:
            request.after(result)
        said = request.said if isinstance(request.said, str) else request.said(result)
        if said:
            announce(said)
    return Done(result) if shown.ok else None


@dataclass(frozen=True, slots=True)
class Look:
    """A look at original values: where they are shown, and the request that leaves the trace, once it is made."""

    within: DeltaGenerator
    request: Request | None


def show(user: Actor, look: Look | None, read: Callable[[Session, Any], R | None], draw: Callable[[R], object]) -> None:
    """Leave the trace of a look and show the originals this once; `read` gets what the trace returned."""
    if look is None or look.request is None or (done := carried(user, look.request)) is None:
        return
    with reading(user) as session:
        clear = read(session, done.result)
    if clear:
        with look.within:
            draw(clear)


def run(user: Actor, request: Request | None) -> None:
    """Carry a request out, if there is one, and draw the page anew."""
    if request is not None and carried(user, request) is not None:
        st.rerun()


def note(user: Actor, act: Callable[..., R], /, **values: object) -> R:
    """Carry out what a page does by itself and nobody pressed for: a file that left the house, turns that fell due."""
    return carry_out(user, "", act, **values)
