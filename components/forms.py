"""Forms that lose nothing: stable keys, a problem shown at its field, one request key per filling-in.

    with form("log_need") as filling:
        title = filling.line("title", _("标题"), most=60)
        pressed = filling.submit(_("登记"))
    if pressed:
        return Request(at=filling, act=log_need, said=_("已登记"), values={"title": title})

The page gives the `Request` to `components.acting.run`. Widget keys are `<form>.<field>`, so a reconnecting browser
finds its values again, also after a server restart. Nothing is cleared before `done()`, which `run` calls only when the
server has stored the result.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.gaps import gaps
from components.inputs import STEPS, amiss_number
from components.wording import _, apart, listed, plainly, safe
from components.wording.dates import dated
from components.wording.terms import term

T = TypeVar("T")
WidgetArguments = dict[str, Any]
"""Keyword arguments of a Streamlit widget; every kind of widget has its own."""
Fit = Callable[[Any], object]
"""Makes what waits for a field a value that its widget can hold, or None."""
TYPED, RESTORED, GIVEN_BACK = "_typed", "_restored", "_given_back"
"""Fields of this run with their start; what waits for its field after a lost sign-in; the fields that have it again."""
WRITTEN = "_written"  # keys of the fields that somebody writes in: what is picked may be text, too, but no words
YEARS: WidgetArguments = {"min_value": date(1900, 1, 1), "max_value": date(2100, 12, 31)}  # what a calendar offers
DRAWN = "_drawn_presses"
"""Names of what can be pressed on the page as this run draws it."""
LONG = 5
"""From so many fields on, what is wrong is said above the button, too: the first field is out of sight."""


def begin(
    key: str, start: object, argument: str = "value", fit: Fit = lambda value: value, **given: object
) -> WidgetArguments:
    """Arguments for the beginning of a widget whose value must survive the end of a sign-in.

    A value that waits is set as the widget's state, once, if `fit` makes it one that the widget can hold (not None).
    """
    st.session_state.setdefault(TYPED, {})[key] = start
    if fit is as_text and argument == "value":
        st.session_state.setdefault(WRITTEN, set()).add(key)
    waiting: dict[str, object] = st.session_state.get(RESTORED, {})
    if key in waiting:
        try:
            value = fit(waiting.pop(key))
        except (TypeError, ValueError):
            value = None
        if value is not None:
            st.session_state[key] = value
            st.session_state.setdefault(GIVEN_BACK, {})[key] = ""
            return {}
    return given or {argument: start}


def one_of(options: Sequence[object]) -> Fit:
    """A `begin` fit: the option that equals the value."""
    return lambda value: next((option for option in options if option == value), None)


def some_of(options: Sequence[object]) -> Fit:
    """A `begin` fit: the options that are among the values."""
    return lambda values: [option for option in options if option in values]


def as_text(value: object) -> str | None:
    """A `begin` fit: text."""
    return value if isinstance(value, str) else None


class Pressed:
    """Something that submits: holds the request key until the server has stored the result."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.slots: dict[str, DeltaGenerator] = {}
        self._key = f"_request.{name}"
        st.session_state.setdefault(DRAWN, set()).add(name)
        self.request_key: str = st.session_state.setdefault(self._key, secrets.token_urlsafe(24))

    def done(self) -> None:
        """The server has stored it: the next submit is a new one."""
        st.session_state.pop(self._key, None)

    def anew(self) -> None:
        """What is asked for is not what was stored under this key: it gets a key of its own, and the form stays."""
        self.request_key = st.session_state[self._key] = secrets.token_urlsafe(24)

    def problem(self, field: str, text: str) -> None:
        """Show what is wrong, at the field when the form has it, else below the form."""
        slot = self.slots.get(field) or self.slots.get("")
        (slot or st).error(safe(text), icon=":material/error:")

    def wrong(self, problems: Mapping[str, str], *, missing: bool) -> None:
        """Show what is wrong at each field; `missing`: they are only empty."""
        for field, text in problems.items():
            self.problem(field, text)


class Filling(Pressed):
    """A form being filled in; every field method draws one widget and returns its value."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._emptying: bool = st.session_state.pop(f"_empty.{name}", False)
        self._labels: dict[str, str] = {}
        self._outside: dict[str, str] = {}
        self._above: DeltaGenerator | None = None

    def done(self) -> None:
        super().done()
        st.session_state[f"_empty.{self.name}"] = True

    def key(self, field: str) -> str:
        return f"{self.name}.{field}"

    def seen(self, field: str, value: T) -> T:
        """`value` as it was when this form was drawn first or stored last, which is what the user has seen; it may
        have changed since. Call it before the field is drawn.
        """
        kept = f"_seen.{self.key(field)}"
        if self._emptying or kept not in st.session_state or self.key(field) not in st.session_state:
            st.session_state[kept] = value
        return st.session_state[kept]  # type: ignore[no-any-return]

    def _start(
        self, field: str, default: object, argument: str = "value", fit: Fit = as_text, **given: object
    ) -> WidgetArguments:
        # Setting the state is the only way to empty a widget; passing the default is the only way that keeps what a
        # reconnecting browser sends. So: state right after a stored submit, argument in every other run.
        if self._emptying:
            st.session_state[self.key(field)] = default
            return {}
        return begin(self.key(field), default, argument, fit, **given)

    def _slot(self, field: str, label: str) -> None:
        self._labels[field] = label
        if (given := st.session_state.get(GIVEN_BACK, {})).get(self.key(field)) == "":
            given[self.key(field)] = label
        self.slots[field] = st.empty()

    def wrong(self, problems: Mapping[str, str], *, missing: bool) -> None:
        super().wrong(problems, missing=missing)
        known = [(self._labels[field], self.key(field)) for field in self._labels if field in problems]
        if self._above is not None:
            gaps(self._above, known, missing=missing)

    def line(
        self,
        field: str,
        label: str,
        *,
        most: int = 60,
        start: str = "",
        help: str | None = None,
        type: Literal["default", "password"] = "default",
        autocomplete: str | None = None,
        placeholder: str | None = None,
    ) -> str:
        """One line of text."""
        secret = type == "password"
        first = {"value": start} if secret and not self._emptying else self._start(field, start)
        # The action checks the length: a hard stop while typing would silently cut what was pasted.
        value = st.text_input(
            label, key=self.key(field), help=help, type=type, autocomplete=autocomplete,
            placeholder=placeholder, **first,
        )  # fmt: skip
        self._slot(field, label)
        return value or ""

    def words(
        self,
        field: str,
        label: str,
        *,
        start: str = "",
        height: int = 120,
        help: str | None = None,
        placeholder: str | None = None,
    ) -> str:
        """Several lines of text."""
        value = st.text_area(
            label, key=self.key(field), help=help, height=height, placeholder=placeholder, **self._start(field, start)
        )
        self._slot(field, label)
        return value or ""

    def choice(
        self,
        field: str,
        label: str,
        options: Sequence[T],
        *,
        start: T | None = None,
        show: Callable[[T], str] = term,
        few: bool = False,
        wide: bool = False,
        help: str | None = None,
        placeholder: str | None = None,
    ) -> T | None:
        """One of several; `few` draws buttons (about six at most; `wide`: over the page), else a list with search."""
        # Buttons read Markdown, a list does not.
        drawn = plainly(apart(options, show)) if few else listed(options, show)
        arguments: WidgetArguments = {"key": self.key(field), "format_func": drawn, "help": help}
        value: T | None
        if few:
            first = self._start(field, start, "default", one_of(options))
            width: Literal["stretch", "content"] = "stretch" if wide else "content"
            # Required: a second tap on the chosen one, as a thumb easily does, takes nothing back.
            value = st.segmented_control(label, list(options), width=width, required=True, **arguments, **first)
        else:
            at = next((i for i, option in enumerate(options) if option == start), None)
            first = self._start(field, start, fit=one_of(options), index=at)
            value = st.selectbox(label, list(options), placeholder=placeholder or _("请选择"), **arguments, **first)
        self._slot(field, label)
        return value

    def several(
        self,
        field: str,
        label: str,
        options: Sequence[T],
        *,
        start: Sequence[T] = (),
        show: Callable[[T], str] = term,
        help: str | None = None,
    ) -> list[T]:
        """Any number of several."""
        first = self._start(field, list(start), "default", some_of(options))
        value = st.multiselect(
            label, list(options), key=self.key(field), format_func=apart(options, show), help=help,
            placeholder=_("请选择"), **first,
        )  # fmt: skip
        self._slot(field, label)
        return list(value)

    def ticks(
        self,
        field: str,
        label: str,
        options: Sequence[T],
        *,
        start: Sequence[T] = (),
        show: Callable[[T], str] = term,
        help: str | None = None,
    ) -> list[T]:
        """Any number of a few dozen, all of them in sight: a sign-in sheet to tick off."""
        first = self._start(field, list(start), "default", some_of(options))
        value = st.pills(
            label, list(options), selection_mode="multi", key=self.key(field), help=help,
            format_func=plainly(apart(options, show)), **first,
        )  # fmt: skip
        self._slot(field, label)
        return list(value or [])

    def whole(
        self,
        field: str,
        label: str,
        *,
        least: int = 0,
        most: int = 10**9,
        start: int | None = None,
        help: str | None = None,
    ) -> int | None:
        """A whole number; what is none, or outside `least` and `most`, is not sent."""
        value = self._number(field, label, start, help)
        if value is not None:
            self._outside[field] = amiss_number(value, least, most, decimals=0)
        return int(value) if value is not None and value.is_integer() else None

    def amount(
        self,
        field: str,
        label: str,
        *,
        least: float | None = None,
        most: float = 10**9,
        start: Decimal | None = None,
        help: str | None = None,
    ) -> Decimal | None:
        """An exact number with at most two decimals."""
        value = self._number(field, label, start, help)
        if value is None:
            return None
        self._outside[field] = amiss_number(value, -(10**9) if least is None else least, most, decimals=2)
        return Decimal(f"{value:.2f}")

    def _number(self, field: str, label: str, start: int | Decimal | None, help: str | None) -> float | None:
        first = self._start(field, None if start is None else float(start), fit=float)
        value = st.number_input(label, key=self.key(field), help=help, **STEPS, **first)
        self._slot(field, label)
        return None if value is None else float(value)

    def day(
        self,
        field: str,
        label: str,
        *,
        start: date | None = None,
        least: date | None = None,
        most: date | None = None,
        help: str | None = None,
    ) -> date | None:
        """A day. Outside `least` and `most` nothing is sent: a widget with limits would send the old day."""
        first = self._start(field, start, fit=date.fromisoformat)
        value = st.date_input(label, key=self.key(field), format="YYYY-MM-DD", help=help, **YEARS, **first)
        self._slot(field, label)
        day = value if isinstance(value, date) else None
        if day and least and day < least:
            self._outside[field] = _("请选 {day}或以后的日期。", day=dated(least))
        elif day and most and day > most:
            self._outside[field] = _("请选 {day}或以前的日期。", day=dated(most))
        return day

    def clock(self, field: str, label: str, *, start: time | None = None, help: str | None = None) -> time | None:
        """A time of day in steps of 15 minutes."""
        first = self._start(field, start, fit=time.fromisoformat)
        value = st.time_input(label, key=self.key(field), step=900, help=help, **first)
        self._slot(field, label)
        return value if isinstance(value, time) else None

    def yes(self, field: str, label: str, *, start: bool = False, help: str | None = None) -> bool:
        """A tick."""
        value = st.checkbox(label, key=self.key(field), help=help, **self._start(field, start, fit=bool))
        self._slot(field, label)
        return bool(value)

    def submit(self, label: str, *, icon: str | None = None, wide: bool = False) -> bool:
        """The one button of the form."""
        self._above = st.empty() if len(self._labels) >= LONG else None
        pressed = st.form_submit_button(
            label, type="primary", icon=icon, key=self.key("submit"), width="stretch" if wide else "content"
        )
        self.slots[""] = st.empty()
        outside = {field: text for field, text in self._outside.items() if text}
        if sent := bool(pressed) and not self._emptying:  # else stored in this run already, by `acting.run_first`
            self.wrong(outside, missing=False)
        return sent and not outside


@contextmanager
def form(name: str, *, border: bool = True) -> Iterator[Filling]:
    """A form whose fields keep what was typed until the server has stored it."""
    filling = Filling(name)
    with st.form(name, clear_on_submit=False, enter_to_submit=False, border=border):
        yield filling


def press(
    name: str,
    label: str,
    *,
    primary: bool = False,
    icon: str | None = None,
    help: str | None = None,
    disabled: bool = False,
    wide: bool = False,
    shortcut: str | None = None,
) -> Pressed | None:
    """A button outside a form that acts at once; the result carries the request key. `shortcut` is a key for it."""
    pressed = Pressed(name)
    hit = st.button(
        label,
        key=name,
        type="primary" if primary else "secondary",
        icon=icon,
        help=help,
        disabled=disabled,
        width="stretch" if wide else "content",
        shortcut=shortcut,
    )
    pressed.slots[""] = st.empty()
    return pressed if hit else None
