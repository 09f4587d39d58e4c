"""What cannot be undone asks first: a button opens, says what the step will do, and holds the one that takes it.

    revoked = ask(f"revoke.{one.id}", _("作废链接"), _("拿着这个链接的人不能再看；已经打印的码也失效。"), _("作废"))

Nothing reaches the server before the second press. `asking` is the same around a form whose fields the step needs.
`Folded` is what opens at a press, here and in menus.
`says` stands above the button of a form that is filled in anyway: whoever has typed a reason is not asked once more.
A step that can be undone is taken at once (`components.forms.press`); `tests/house/test_asking.py` names the others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.forms import GIVEN_BACK, RESTORED, Pressed, press
from components.wording import _, safe

Width = Literal["stretch", "content"]


class Folded:
    """A popover. It opens at a press, so words that came back into it would lie unseen: a line beside it names them."""

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
    ) -> None:
        self._label = label
        # A line of its own only where something waits for its field.
        self._line = st.empty() if st.session_state.get(RESTORED) else None
        look: Literal["primary", "secondary"] = "primary" if primary else "secondary"
        box = st.popover(label, icon=icon, type=look, disabled=disabled, width=width, key=key)
        self._box: DeltaGenerator = box.container(key=wide) if wide else box
        self._before: set[str] = set()

    def __enter__(self) -> DeltaGenerator:
        self._before = set(st.session_state.get(GIVEN_BACK, {}))
        self._box.__enter__()
        return self._box

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._box.__exit__(kind, error, trace)
        given: dict[str, str] = st.session_state.get(GIVEN_BACK, {})
        names = [label for key, label in given.items() if key not in self._before]
        if names and self._line is not None:
            named = "、".join(name for name in names if name)
            said = _("您刚才填写的内容（{fields}）放回了“{where}”里，点开接着填。", fields=named, where=self._label)
            self._line.info(safe(said), icon=":material/restore:")


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


def says(does: str) -> None:
    """Inside a form, above its button: what the press will do."""
    st.caption(safe(does))
