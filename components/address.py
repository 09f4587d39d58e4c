"""What stands in the address: the object that is shown, filters, the place in a list; a link shows the same again."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Literal, Protocol, TypeVar

import streamlit as st

from components.wording import _
from components.wording.terms import term

T = TypeVar("T")
Kind = TypeVar("Kind", bound=StrEnum)
Width = int | Literal["stretch"]
"""Pixels, or as wide as the place."""
MOST_DIGITS = 15
"""Digits of the largest number that is believed; a longer one fits no id of either engine."""


class WithId(Protocol):
    """A row that a list can go on from."""

    @property
    def id(self) -> int: ...


def from_address(name: str, read: Callable[[str], T]) -> T | None:
    """A value of the address, or None when it is missing or nonsense."""
    text = st.query_params.get(name)
    try:
        return read(text) if text else None
    except (ValueError, KeyError):
        return None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ValueError(text)
    return int(text)


def id_in_address(name: str = "id") -> int | None:
    """The number in the address, or None for none or for something that is no number."""
    return from_address(name, _number)


def text_in_address(name: str, start: str = "") -> str:
    """The text in the address, or `start` for none."""
    return st.query_params.get(name, start)


def address_values() -> dict[str, str]:
    """Everything that stands in the address."""
    return st.query_params.to_dict()


def to_address(name: str, value: object) -> None:
    """Hold a value in the address, so that a reload and a link come back to it; nothing takes it out."""
    if value in (None, ""):
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)


def out_of_address(*names: str) -> None:
    """Take these values out of the address."""
    for name in names:
        st.query_params.pop(name, None)


def clear_address() -> None:
    """Take everything out of the address: the page as the menu opens it."""
    st.query_params.clear()


def back_to_list(label: str, *, key: str) -> None:
    """A way from the one thing that is shown back to the list of all."""
    if st.button(label, icon=":material/arrow_back:", key=key):
        to_address("id", None)
        st.rerun()


def open_row(opened: str | None) -> None:
    """Show the one thing that was clicked in the list."""
    if opened is not None:
        to_address("id", opened)
        st.rerun()


def pager(rows: Sequence[WithId], more: bool, *, key: str = "before") -> None:
    """Links to the next rows and back to the first, held in the address."""
    before = id_in_address(key)
    if not more and before is None:
        return
    with st.container(horizontal=True):
        if before is not None and st.button(_("回到最新"), icon=":material/first_page:", key=f"{key}.first"):
            to_address(key, None)
            st.rerun()
        if more and st.button(_("更早的"), icon=":material/chevron_right:", key=f"{key}.more"):
            to_address(key, rows[-1].id)
            st.rerun()


# --- filters ----------------------------------------------------------------------------------------------------


def pick(
    name: str,
    label: str,
    options: Sequence[T],
    show: Callable[[T], str],
    *,
    read: Callable[[str], T],
    everything: str = "",
    width: Width = "stretch",
) -> T | None:
    """One of the options or everything (None), held in the address as `?name=`; its widget is `filter.<name>`."""
    held = from_address(name, read)
    start = next((i for i, option in enumerate(options) if option == held), None)
    chosen: T | None = st.selectbox(
        label,
        list(options),
        index=start,
        key=f"filter.{name}",
        format_func=show,
        placeholder=everything or _("全部"),
        width=width,
    )
    to_address(name, chosen)
    return chosen


def filter_words(label: str, placeholder: str) -> str:
    """Words to look for."""
    return st.text_input(
        label, key="q", bind="query-params", placeholder=placeholder, icon=":material/search:", type="search"
    )


def filter_by(name: str, label: str, options: Sequence[Kind]) -> Kind | None:
    """One value of an enumeration, or None for all."""
    by_value = {option.value: option for option in options}
    return pick(name, label, options, term, read=by_value.__getitem__)


def filter_id(name: str, label: str, options: Mapping[int, str]) -> int | None:
    """One row by its id, or None for all."""
    return pick(name, label, list(options), lambda one: options.get(one, ""), read=_number)
