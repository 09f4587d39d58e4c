"""A button that hands out a file with personal data or secrets, and the codes that stand on such a file only.

Nothing is made before the press; what is made leaves by a ticket (`components/file_tickets.py`): for the account that
pressed, once, within two minutes. `st.download_button` is for what anybody may read
(`tests/components/test_file_button.py`).
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any, Generic, Literal, TypeVar

import streamlit as st

from components.access import signed_in
from components.file_tickets import hand_out, show_file
from components.papers.author import written_by
from db.engine import utc_now
from db.errors import NotPermitted, Refused
from db.rules.permissions import Actor, Permission

T = TypeVar("T")
PRESSED = "_file.pressed"
"""The key of the button that was pressed last: the link of its file is drawn below it, and below no other."""
ONCE_MORE = timedelta(minutes=10)
"""For so long codes can be fetched again: the paper jammed, or another program took the download."""
AT_MOST = timedelta(hours=1)


def file_button(
    user: Actor,
    permission: Permission,
    label: str,
    name: str,
    mime: str,
    make: Callable[[Actor], bytes],
    *,
    key: str,
    icon: str = ":material/download:",
    primary: bool = False,
    help: str | None = None,
) -> None:
    """A press fetches the file: `make` runs then, as the actor of that moment, who must still hold the permission.

    `make` writes down that the file leaves the house before it gives the bytes.
    """

    found = signed_in()
    place = (found.community or found.subdistrict) if found else ""

    def made(actor: Actor) -> bytes:
        if not actor.may(permission):
            raise NotPermitted(permission=permission, role=actor.role)
        with written_by(place):
            return make(actor)

    if _pressed(label, key=key, icon=icon, type="primary" if primary else "secondary", help=help):
        hand_out(user, name, mime, made)
    if st.session_state.get(PRESSED) == key:
        show_file()


def _pressed(label: str, *, key: str, icon: str, type: Literal["primary", "secondary"], help: str | None) -> bool:
    return st.button(label, key=key, icon=icon, type=type, help=help, on_click=_last, args=(key,))


def _last(key: str) -> None:
    st.session_state[PRESSED] = key


class Codes(Generic[T]):
    """Codes of which the database has only hashes: on the way to their paper, in the memory of one session.

    They are over ten minutes after they were first fetched, or an hour after they were made; looking at them then
    forgets them. A paper that was lost is replaced by new codes, never by the old ones.
    """

    def __init__(self, owner: tuple[int, int], codes: Sequence[T], now: datetime) -> None:
        self.owner = owner
        """The account that made them, and the meeting or body that they are for."""
        self._codes = list(codes)
        self._over_at = now + AT_MOST
        self.fetched = False

    def left(self, now: datetime) -> list[T]:
        """The codes that can still be printed."""
        if now >= self._over_at:
            self._codes.clear()
        return list(self._codes)

    def fetch(self, now: datetime) -> list[T]:
        """What goes on the paper; raises Refused("codes_gone") when it is over."""
        codes = self.left(now)
        if not codes:
            raise Refused("codes_gone")
        if not self.fetched:
            self.fetched = True
            self._over_at = min(self._over_at, now + ONCE_MORE)
        return codes

    def forget(self) -> None:
        """Forget the codes at once; a ticket that is on its way finds nothing any more."""
        self._codes.clear()


def held(key: str, owner: tuple[int, int]) -> "Codes[Any] | None":
    """The codes of this session for this owner while any are left; those of another owner are forgotten."""
    kept: Codes[Any] | None = st.session_state.get(key)
    if kept is not None and kept.owner == owner and kept.left(utc_now()):
        return kept
    forget(key)
    return None


def forget(key: str) -> None:
    """Drop the codes of this session."""
    kept: Codes[object] | None = st.session_state.pop(key, None)
    if kept is not None:
        kept.forget()


def to_copy(text: str, *, key: str = "") -> None:
    """Text that people take along: it reads like all other text, and one press copies it.

    `st.code` is Streamlit's only element that copies with one press; it sets text as code. The frame
    (`pages/public/frame.py`) gives the font of the page to what stands in a block whose key begins with `to-copy`; a
    block that bears such a key already needs no second one.
    """
    with st.container(key=f"to-copy-{key.replace('.', '-')}") if key else nullcontext():
        st.code(text, language=None, wrap_lines=True)
