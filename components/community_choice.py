"""Which community a page shows: chosen by those above the communities, kept in the address."""

from collections.abc import Sequence
from typing import Literal, Protocol

import streamlit as st

from components.address import Width, follow, hold, id_in_address, text_in_address
from components.wording import _


class Community(Protocol):
    """A community with its name."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class OneCommunity(Protocol):
    """What a page reads about one community, and the communities that the user may choose from."""

    @property
    def community_id(self) -> int: ...
    @property
    def communities(self) -> Sequence[Community]: ...


def community_choice(communities: Sequence[Community], *, everyone: bool = True) -> int | None:
    """The id of the chosen community; None means all of them together."""
    return _choice(communities, id_in_address("community"), everyone=everyone, width=320)


def choose_community(here: OneCommunity) -> None:
    """Show which community the page has read; when the user chooses another, the page is drawn anew with that one."""
    shown = here.community_id
    # Kept in the session as well: the user stays in the community on the way to another page.
    chosen = _choice(here.communities, shown, everyone=False, persist_state="session")
    if chosen != shown:
        st.rerun()


def _choice(
    communities: Sequence[Community],
    start: int | None,
    *,
    everyone: bool,
    width: Width = "stretch",
    persist_state: Literal["session"] | None = None,
) -> int | None:
    """A user with one community only is not asked."""
    if len(communities) == 1:
        return communities[0].id
    names = {one.id: one.name for one in communities}
    options: list[int | None] = [None, *names] if everyone else list(names)
    key = "filter.community"
    # What the address says goes before what the session remembers of another page.
    if persist_state is None or text_in_address("community") or key not in st.session_state:
        key = follow("community", start if start in options else options[0])
    chosen: int | None = st.selectbox(
        _("社区"),
        options,
        format_func=lambda one: _("全部社区") if one is None else names.get(one, ""),
        key=key,
        width=width,
        persist_state=persist_state,
    )
    hold("community", chosen)
    return chosen
