"""What cannot be undone asks first: a button opens, says what the step will do, and holds the one that takes it.

    revoked = ask(f"revoke.{one.id}", _("作废链接"), _("拿着这个链接的人不能再看；已经打印的码也失效。"), _("作废"))

Nothing reaches the server before the second press. `asking` is the same around a form whose fields the step needs.
`says` stands above the button of a form that is filled in anyway: whoever has typed a reason is not asked once more.
A step that can be undone is taken at once (`components.forms.press`); `tests/house/test_asking.py` names the others.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.folded import Folded
from components.forms import Pressed, press
from components.wording import safe


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
