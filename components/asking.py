"""What cannot be undone asks first: a button opens, says what the step will do, and holds the one that takes it.

    revoked = ask(f"revoke.{one.id}", _("作废链接"), _("拿着这个链接的人不能再看；已经打印的码也失效。"), _("作废"))

Nothing reaches the server before the second press. `asking` is the same around a form whose fields the step needs.
`Folded` is what opens at a press, here and in menus; `unfolding` is the same in the page. What lies in them is drawn
once somebody opened them:

    with more() as menu:
        if menu.open:
            …

`says` stands above the button of a form that is filled in anyway: whoever has typed a reason is not asked once more.
`look` asks why somebody looks at what is masked, before the trace of it is left.
A step that can be undone is taken at once (`components.forms.press`); `tests/house/test_asking.py` names the others.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.acting import Look, Request
from components.forms import GIVEN_BACK, RESTORED, Pressed, form, press
from components.wording import _, safe, side_by_side

Width = Literal["stretch", "content"]


ROOM = 320
"""Pixels that a menu asks for before its inside is drawn."""
_DRAWN, _BEFORE = "_folds_drawn", "_folds_before"
"""The folds whose inside is drawn in this run, and was in the run before."""


def folds_of_a_run() -> None:
    """Call at the start of a run: what was open stays drawn, what was not drawn again is forgotten."""
    st.session_state[_BEFORE] = st.session_state.pop(_DRAWN, set())


class Folded:
    """A popover. It opens at a press, so words that came back into it would lie unseen: a line beside it names them.

    `late` (it needs a key): nothing has to be drawn in it before it was `open` once. `unfolded` makes it a fold in the
    page, open at first or not.
    """

    def __init__(
        self,
        label: str,
        *,
        icon: str | None = None,
        primary: bool = False,
        disabled: bool = False,
        width: Width = "content",
        key: str | None = None,
        wide: str = "",
        late: bool = False,
        unfolded: bool | None = None,
    ) -> None:
        self._label, self._name = label, key or label
        # A line of its own only where something waits for its field.
        self._line = st.empty() if st.session_state.get(RESTORED) else None
        look: Literal["primary", "secondary"] = "primary" if primary else "secondary"
        change: Literal["rerun", "ignore"] = "rerun" if late else "ignore"
        box = (
            st.popover(label, icon=icon, type=look, disabled=disabled, width=width, key=key, on_change=change)
            if unfolded is None
            else st.expander(label, unfolded, icon=icon, key=key, on_change=change)
        )
        self._opened, self._late = not late or bool(box.open), late and unfolded is None
        self._box: DeltaGenerator = box.container(key=wide) if wide else box
        self._before: set[str] = set()

    @property
    def open(self) -> bool:
        """Whether to draw its inside: it is open, or was, and closing it must not lose what was typed there."""
        waits = self._line is not None  # words that came back may belong here
        drawn = self._opened or waits or self._name in st.session_state.get(_BEFORE, ())
        if drawn:
            st.session_state.setdefault(_DRAWN, set()).add(self._name)
        return drawn

    def __enter__(self) -> "Folded":
        self._before = set(st.session_state.get(GIVEN_BACK, {}))
        self._box.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._late and not self.open:
            self._box.space(ROOM)  # an empty popover would open where nothing else has room
        self._box.__exit__(kind, error, trace)
        given: dict[str, str] = st.session_state.get(GIVEN_BACK, {})
        names = [label for key, label in given.items() if key not in self._before]
        if names and self._line is not None:
            named = side_by_side(name for name in names if name)
            said = _("您刚才填写的内容（{fields}）放回了“{where}”里，点开接着填。", fields=named, where=self._label)
            self._line.info(safe(said), icon=":material/restore:")


@contextmanager
def kept_part(name: str, *, shown: bool) -> Iterator[bool]:
    """A part of a page that another choice hides; yields whether to draw it.

    Once it was shown it stays drawn, out of sight (`pages/public/frame.py`): what was typed in a form reaches the
    server only with its button, and a form that is not drawn loses it.
    """
    drawn = shown or name in st.session_state.get(_BEFORE, ())
    if not drawn:
        yield False
        return
    st.session_state.setdefault(_DRAWN, set()).add(name)
    with st.container(key=f"part-{name}" if shown else f"unseen-{name}"):
        yield True


def unfolding(label: str, icon: str, key: str, *, opened: bool = False) -> Folded:
    """A fold in the page; its inside is drawn once it was `open`, from the start with `opened`."""
    return Folded(label, icon=f":material/{icon}:", key=key, late=True, unfolded=opened)


@contextmanager
def asking(
    label: str, does: str, *, icon: str | None = None, primary: bool = False, disabled: bool = False, wide: bool = False
) -> Iterator[None]:
    """What opens at a press and says in `does` what the step will do; inside stands what takes it."""
    with Folded(label, icon=icon, primary=primary, disabled=disabled, width="stretch" if wide else "content"):
        st.text(does)
        yield


def ask(
    name: str,
    label: str,
    does: str,
    go: str,
    *,
    icon: str | None = None,
    primary: bool = False,
    disabled: bool = False,
    wide: bool = False,
) -> Pressed | None:
    """A step that is asked about: what is pressed second, or None. `label` opens, `go` says what the press does."""
    with asking(label, does, icon=icon, primary=primary, disabled=disabled, wide=wide):
        return press(name, go, icon=icon, primary=True)


def look(name: str, act: Callable[..., Any], values: Mapping[str, object], *, label: str = "", start: str = "") -> Look:
    """查看原值: behind a press the reason is asked first; `components.acting.show` shows the originals there.

    `values` are those of the action besides the reason; `start` is a reason to begin with.
    """
    within = Folded(label or _("查看原值"), icon=":material/visibility:")
    with within, form(name, border=False) as filling:
        reason = filling.line("reason", _("为什么要看？"), most=200, help=_("会留下记录，只显示这一次。"), start=start)
        pressed = filling.submit(_("查看"))
    return Look(within, Request(filling, act, values={**values, "reason": reason}) if pressed else None)


def in_clear(*lines: str) -> None:
    """Original values, one a line, with the word that they are shown this once; empty ones are left out."""
    st.warning(_("以下是原值，离开或刷新后不再显示。"), icon=":material/visibility:")
    st.text("\n".join(line for line in lines if line.strip()))


def says(does: str) -> None:
    """Inside a form, above its button: what the press will do."""
    st.caption(safe(does))
