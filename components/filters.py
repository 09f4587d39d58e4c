"""Filters that live in the address: a word, and choices by their stored value, so that a link shows the same list."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from components.wording import _
from components.wording.terms import term

Kind = TypeVar("Kind", bound=StrEnum)


def filter_words(label: str, placeholder: str) -> str:
    """Words to look for."""
    return st.text_input(
        label, key="q", bind="query-params", placeholder=placeholder, icon=":material/search:", type="search"
    )


def filter_by(name: str, label: str, options: Sequence[Kind]) -> Kind | None:
    """One value of an enumeration, or None for all."""
    by_code = {option.value: option for option in options}
    chosen = _filter(name, label, {code: term(option) for code, option in by_code.items()})
    return by_code.get(chosen) if chosen else None


def filter_id(name: str, label: str, options: Mapping[int, str]) -> int | None:
    """One row by its id, or None for all."""
    chosen = _filter(name, label, {str(key): shown for key, shown in options.items()})
    return int(chosen) if chosen else None


def _filter(name: str, label: str, options: Mapping[str, str]) -> str:
    codes = ["", *options]
    asked = st.query_params.get(name, "")
    chosen: str = st.selectbox(
        label,
        codes,
        index=codes.index(asked) if asked in codes else 0,
        format_func=lambda code: options.get(code) or _("全部"),
        key=f"filter.{name}",
    )
    if chosen and chosen != asked:
        st.query_params[name] = chosen
    elif not chosen:
        st.query_params.pop(name, None)
    return chosen


def more_button(before: int | None, *, first: bool) -> None:
    """Go on to older rows, or back to the newest; the place in the list is in the address."""
    with st.container(horizontal=True):
        if not first and st.button(_("回到最新"), key="page.first", icon=":material/first_page:"):
            st.query_params.pop("before", None)
            st.rerun()
        if before is not None and st.button(_("更早的"), key="page.more", icon=":material/expand_more:"):
            st.query_params["before"] = str(before)
            st.rerun()


def page_start() -> int | None:
    """The id before which this page of rows begins."""
    asked = st.query_params.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 18 else None
