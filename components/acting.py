"""The one way to act: a component returns a `Request`, the page hands it to `run`.

    request = order_form(facts)
    run(user, request)

A form that is sent often is carried out before anything is drawn, so that the page is drawn once and not twice:

    run_first(user, need_sent(name, visit_id))      # at the head of the page; the form below says what was refused

Only this module, `components/access.py` and `components/accounts/` carry anything out.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Event
from time import monotonic
from typing import Any, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from components.forms import DRAWN, TYPED, WRITTEN, Filling, Pressed
from components.refusals.shown import refusals_shown
from components.wording import _, in_a_row, safe
from db.engine import carry_out, reading
from db.errors import YiqilaiError
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


TWICE = 10
"""Seconds in which a form that says the very same again was pressed twice."""
WORDS = 4
"""So many characters are words that nobody types twice within that time."""
PRESSED = "_pressed"
"""What this session carried out last: what it said, when, and under which key."""
DONE = "_done"
"""The name of what this session carried out last, and when."""
MADE = "_made"
"""What was stored by a run that a further press ended before it could say so, by the name of what was pressed."""
UNDER_WAY = "_under_way"
"""What is being stored in this moment, by the name of what was pressed: an event that is set at its end."""
LONGEST = 5
"""Seconds that a run waits for one before it to end the storing that others see already."""
KEPT = "_kept_presses"
"""Names of what could be pressed on a page that a further press ended before it was drawn."""
CARRIED = "_carried"
"""How many requests this session has carried out: what opened for one of them closes (`components.detail`)."""


SAYING, ENDED = "_saying", "_ended"
"""What was announced last, each with its time; whether the run that did so came to its end."""
PASSING = 4
"""Seconds in which a message that a further press took off the screen is said again."""


class Warned(str):
    """Words of what was stored but did not go well: announced with another sign than a success."""

    __slots__ = ()


def announce(text: str) -> None:
    """Say something after the next rerun, when the page has moved on."""
    st.session_state.setdefault("_said", []).append(text)


def show_announcements(*, pressed: bool | None = None) -> None:
    """Draw what was announced; the shell calls it once a run and says whether something was `pressed` for it.

    A further press takes passing messages off the screen. Where it ended the run that said them, or hit a button that
    the page does not have any more, the run that follows says them again.
    """
    state, now = st.session_state, monotonic()
    fresh = [(text, now) for text in state.pop("_said", [])]
    saying: list[tuple[str, float]] = state.get(SAYING, [])
    told = fresh
    if pressed is None:
        state[SAYING] = [*saying, *fresh]
    else:
        again = not (fresh or (pressed and state.get(ENDED, True)))
        told = [one for one in saying if now - one[1] < PASSING] if again else fresh
        state[SAYING], state[ENDED] = told, False
    for text, _since in told:
        icon = ":material/error:" if isinstance(text, Warned) else ":material/check_circle:"
        st.toast(safe(text), icon=icon, duration="long")


def all_announced() -> None:
    """The run came to its end: what it announced stands on the screen."""
    st.session_state[ENDED] = True


@dataclass(frozen=True, slots=True)
class Done:
    """What the action returned."""

    result: Any


@dataclass(frozen=True, slots=True)
class Made:
    """What was stored, under which key, when."""

    request: Request
    result: Any
    key: str
    at: float


def carried(user: Actor, request: Request) -> Done | None:
    """Carry a request out and stay on the page; None when it was refused, which then shows where it was asked."""
    result = None
    with refusals_shown(request.at) as shown:
        refused: YiqilaiError | None = st.session_state.pop(_refused(request.at), None)
        if refused is not None:
            raise refused
        result = _carry(user, request)
    return Done(result) if shown.ok else None


def _carry(user: Actor, request: Request) -> Any:
    if request.before is not None:
        request.before()
    stored: dict[str, Made] = st.session_state.setdefault(MADE, {})
    key = _request_key(request, stored.get(request.at.name))
    under_way: dict[str, Event] = st.session_state.setdefault(UNDER_WAY, {})
    ended = under_way[request.at.name] = Event()
    # A press that came meanwhile has begun another run, and ends this one at its next look into the state. What is
    # stored is noted before, in a plain dict.
    try:
        result = carry_out(user, key, request.act, **request.values)
        made = stored[request.at.name] = Made(request, result, key, monotonic())
    finally:
        ended.set()
        if under_way.get(request.at.name) is ended:
            del under_way[request.at.name]
    again = key != request.at.request_key
    _put_down(made)
    if request.after is not None:
        request.after(result)
    _say(request, result)
    stored.pop(request.at.name, None)
    if again:
        announce(_("和刚才存的一模一样，算同一份，没有再存。如果确是另一份，请过十秒再填一次。"))
    return result


def _put_down(made: Made) -> None:
    """The form is done with: the next press of it is a new one."""
    made.request.at.done()
    st.session_state[DONE] = (made.request.at.name, made.at)
    st.session_state[CARRIED] = st.session_state.get(CARRIED, 0) + 1


def _say(request: Request, result: Any) -> None:
    said = request.said if isinstance(request.said, str) else request.said(result)
    if said:
        announce(said)


def _told_late(names: Collection[str]) -> None:
    """Say and put down what runs stored that were ended before they could, or that are about to return from it."""
    under_way: dict[str, Event] = st.session_state.get(UNDER_WAY, {})
    for ended in [under_way.get(name) for name in names]:
        if ended is not None:
            ended.wait(LONGEST)
    stored: dict[str, Made] = st.session_state.get(MADE, {})
    for name in [one for one in stored if one in names]:
        made = stored.pop(name)
        _put_down(made)
        _say(made.request, made.result)


def _request_key(request: Request, made: Made | None) -> str:
    """The key of the press; that of the first one when a slow screen made somebody press twice.

    The second press was sent before the browser heard that the form is empty, and the first is stored by then: it
    says the same once more, and gets what the first returned. Only words tell that: five paper answers of the same
    marks, one after the other, are five. Whatever else is done in between makes it a press of its own. Nothing tells
    two residents who say the same from one press too many, so it is said that only one was stored.

    The key that `made` was stored under is that of the very same request only.
    """
    if made is not None and made.key == request.at.request_key and not _same(made.request, request):
        request.at.anew()
    first: tuple[object, float, str] | None = st.session_state.pop(PRESSED, None)
    typed = _typed(request.at.name, st.session_state.get(TYPED, {}))
    if not any(len(words) >= WORDS for words in typed):
        return request.at.request_key  # a photo or a list that was handed in is not written down to be compared
    # A session outlives its forms: of what was typed it keeps what tells it apart, and no word.
    values = sha256(repr(request.values).encode("utf-8", "surrogatepass")).digest()
    said, now = (request.at.name, request.act, values), monotonic()
    if first is None or first[0] != said or now - first[1] >= TWICE:
        first = said, now, request.at.request_key
    st.session_state[PRESSED] = first
    return first[2]


def _same(one: Request, other: Request) -> bool:
    return (one.act, repr(one.values)) == (other.act, repr(other.values))


def _refused(at: Pressed) -> str:
    return f"_refused.{at.name}"


def sent(name: str) -> Filling | None:
    """The form that this run was sent with, before it is drawn; None in every other run.

    None, too, where the form has not been drawn in this session yet (a browser that reconnected after a restart sends
    what it holds), or not since it was stored (a second tap of a double one): the page then draws it first.
    """
    if st.session_state.get(f"{name}.submit") and f"_empty.{name}" not in st.session_state:
        return Filling(name)
    return None


def run_first(user: Actor, request: Request | None) -> None:
    """Carry out what was sent before the page is drawn, and go on with the page, whose form is then empty.

    What is refused waits until the page has drawn the form and calls `run` for it: nothing is tried a second time. So
    does a sign-in that ended in this moment: what was typed is known once its fields are drawn.
    """
    if request is None:
        return
    st.session_state.pop(_refused(request.at), None)
    try:
        _carry(user, request)
    except YiqilaiError as error:
        st.session_state[_refused(request.at)] = error
    else:
        show_announcements()  # the shell has drawn those of before


@dataclass(frozen=True, slots=True)
class Look:
    """A look at original values: where they are shown, and the request that leaves the trace, once it is made."""

    within: AbstractContextManager[object]
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


def presses_sent() -> dict[str, str]:
    """Names of what was pressed, each with the words typed in its form; call it before anything else in a run."""
    state, starts = st.session_state, st.session_state.get(TYPED, {})
    state[KEPT] = state.get(KEPT, set()) | state.pop(DRAWN, set())
    names = [one for one in state[KEPT] if True in (state.get(one), state.get(f"{one}.submit"))]
    _told_late(set(state.get(MADE, {})) - set(names))
    return {name: in_a_row(_typed(name, starts)) for name in names}


def _typed(name: str, starts: Mapping[str, object]) -> list[str]:
    written: set[str] = st.session_state.get(WRITTEN, set())
    said = {key: st.session_state.get(key) for key in starts if key in written and key.startswith(f"{name}.")}
    return [words for key, words in said.items() if isinstance(words, str) and words not in ("", starts[key])]


def say_too_late(sent: Mapping[str, str]) -> None:
    """Say that a press did nothing since the page does not have it any more: another tab or person did it.

    Whoever pressed twice did it with the first press.
    """
    gone = sent.keys() - st.session_state.get(DRAWN, set())
    _told_late(gone)
    show_announcements()
    last, when = st.session_state.get(DONE, ("", 0.0))
    for name in gone:
        if name == last and monotonic() - when < TWICE:
            st.toast(_("您按了两下：第一下已经办好，没有重复办。"), icon=":material/check_circle:")
            continue
        told = _("这一步没有办：情况已经变了，可能刚刚有人办过。现在显示的是最新的。")
        if sent[name]:
            told += _("您刚才填写的：{words}", words=sent[name])
        st.toast(safe(told), icon=":material/error:", duration="infinite")
    st.session_state[KEPT] = set()
    all_announced()
