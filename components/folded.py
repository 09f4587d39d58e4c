"""What lies behind a press, and says so when words that were given back after a lost sign-in lie in it."""

from types import TracebackType
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.forms import GIVEN_BACK, RESTORED
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
